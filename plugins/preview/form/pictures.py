"""The photos of a story in its form: their places in the text, thumbnails, and adding one."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from plugins.editing.saving import Opened, add_file, open_file
from plugins.markdown.excess import find_excess
from plugins.markdown.pictures import find_pictures
from plugins.photos import pixels, recipe
from plugins.photos.photo import open_cache, read_photo
from plugins.photos.recipe import KEPT_LONGEST
from plugins.preview.serving.exchange import Request, Response, refuse, to_json
from plugins.release.policy import content_type
from plugins.sources.folders import list_folder, safe_stem
from plugins.sources.held import explain_reading
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

PHOTOS = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif", ".avif")
# Twice the width in the form, for sharp screens.
_LONGEST = 320


def describe_pictures(opened: Opened, body: str) -> dict[str, Any]:
    """Return the pictures of a body, with their places as JavaScript counts them, and the photos in the folder."""
    found = [
        {
            "name": nfc(picture.name),
            "alt": picture.alt,
            "caption": picture.caption,
            "start": _count(body, picture.start),
            "end": _count(body, picture.end),
        }
        for picture in ([] if find_excess(body, opened.path, 1) else find_pictures(body))
    ]
    return {"pictures": found, "files": [name for name, _ in _list(opened)]}


def show_thumbnail(request: Request) -> Response:
    """Return a thumbnail of the photo `ten` in the folder of the story at `tep`."""
    try:
        opened = open_file(request.site.project, request.query.get("tep", ""))
        return Response(_shrink(request, _read(opened, nfc(request.query.get("ten", "")))), content_type("x.jpg"))
    except Invalid as invalid:
        return refuse(invalid)


def preview_photo(request: Request) -> Response:
    """Return a thumbnail of the body, a photo that is not in a story yet; Invalid when it is no photo."""
    written = b64encode(_shrink(request, request.body)).decode()
    return to_json({"picture": f"data:{content_type('x.jpg')};base64,{written}"})


def take_photo(request: Request) -> Response:
    """Put the body, a photo named `ten`, into the folder of the story at `tep`: upright, resized, without metadata."""
    opened = open_file(request.site.project, request.query.get("tep", ""))
    name = f"{safe_stem(Path(request.query.get('ten', '')).stem, 'anh')}.jpg"
    return to_json({"name": add_file(opened.file.parent, name, pixels.keep(request.body, KEPT_LONGEST))})


def _read(opened: Opened, name: str) -> bytes:
    if (file := dict(_list(opened)).get(name)) is None:
        raise Invalid(f'Không có tệp ảnh "{name}" trong thư mục bài', "chép ảnh vào lại, hoặc bỏ ảnh khỏi bài")
    try:
        return read_photo(file)
    except OSError as error:
        raise explain_reading(error, "tệp ảnh") from None


def _shrink(request: Request, data: bytes) -> bytes:
    cache = open_cache(request.site.project)
    key = f"thumbnail {_LONGEST} {recipe.JUDGED} {recipe.MADE_WITH} {recipe.RECIPE} {sha256(data).hexdigest()}"
    if (small := cache.read(key)) is None:
        small = pixels.keep(data, _LONGEST, room=recipe.ROOM)
        cache.write(key, small)
    return small


def _list(opened: Opened) -> Iterator[tuple[str, Path]]:
    """Yield the photos of a story's folder by name; symbolic links are left out."""
    folder = opened.file.parent
    for name, entry in list_folder(folder):
        if name.lower().endswith(PHOTOS) and entry.is_file(follow_symlinks=False):
            yield name, folder / entry.name


def _count(body: str, at: int) -> int:
    """Return an index in UTF-16 units, as JavaScript counts."""
    return at if at < 0 else len(body[:at].encode("utf-16-le", "surrogatepass")) // 2
