"""The pictures of a story for its form: which there are, where the text says so, and each as a thumbnail."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from plugins.editing.saving import open_file
from plugins.markdown.excess import find_excess
from plugins.markdown.pictures import find_pictures
from plugins.photos import pixels, recipe
from plugins.photos.photo import open_cache, read_photo
from plugins.preview.serving.exchange import OWN, Request, Response
from plugins.preview.serving.guard import guarded, refuse, to_json
from plugins.release.policy import content_type
from plugins.sources.folders import list_folder
from plugins.sources.held import explain_reading
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from plugins.editing.saving import Opened

PHOTOS = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif", ".avif")
# Twice as many pixels as the form shows it wide.
_LONGEST = 320


def describe_pictures(opened: Opened, body: str) -> dict[str, Any]:
    """Return the pictures of a body, with their places as a script counts them, and all that lie in the folder."""
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
    """Answer with the photo `ten` of the folder of the story at `tep`, small."""
    try:
        opened = open_file(request.site.project, request.query.get("tep", ""))
        return Response(_shrink(request, _read(opened, nfc(request.query.get("ten", "")))), content_type("x.jpg"))
    except Invalid as invalid:
        return refuse(invalid)


def look_at(request: Request) -> Response:
    """Answer with a photo that is still to be put into a story, the body, small; Invalid when it is none."""
    written = b64encode(_shrink(request, request.body)).decode()
    return to_json({"picture": f"data:{content_type('x.jpg')};base64,{written}"})


def _read(opened: Opened, name: str) -> bytes:
    file = next((file for listed, file in _list(opened) if listed == name), None)
    if file is None:
        raise Invalid(f'Không có tệp ảnh "{name}" trong thư mục bài', "chép ảnh vào lại, hoặc bỏ ảnh khỏi bài")
    try:
        return read_photo(file)
    except OSError as error:
        raise explain_reading(error, "tệp ảnh") from None


def _shrink(request: Request, data: bytes) -> bytes:
    cache = open_cache(request.site.project)
    key = f"thumbnail {_LONGEST} {recipe.JUDGED} {recipe.MADE_WITH} {recipe.RECIPE} {sha256(data).hexdigest()}"
    small = cache.read(key)
    if small is None:
        small = pixels.keep(data, _LONGEST, room=recipe.ROOM)
        cache.write(key, small)
    return small


def _list(opened: Opened) -> Iterator[tuple[str, Path]]:
    """Yield the photos that lie in the folder itself, by name; no link is followed."""
    folder = opened.file.parent
    for name, entry in list_folder(folder):
        if name.lower().endswith(PHOTOS) and entry.is_file(follow_symlinks=False):
            yield name, folder / entry.name


def _count(body: str, at: int) -> int:
    """Return a place in a text as a browser counts it: a sign outside the first plane is two."""
    return at if at < 0 else len(body[:at].encode("utf-16-le", "surrogatepass")) // 2


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {
    ("GET", f"{OWN}anh"): show_thumbnail,
    ("POST", f"{OWN}sua/anh-nho"): guarded(look_at),
}
