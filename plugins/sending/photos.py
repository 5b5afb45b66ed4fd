"""A story's photos as they are kept, to be sent on: byte by byte, but for one that tells where it was taken."""

from __future__ import annotations

from dataclasses import dataclass
from struct import error as StructError  # noqa: N812 - raised for truncated EXIF
from typing import TYPE_CHECKING

from plugins.photos import pixels, recipe
from plugins.photos.judging.opening import open_photo
from plugins.photos.photo import read_photo
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from plugins.content.stories.story import Story

_GPS = 0x8825
# The same in XMP, whose text stands in the file as it is.
_XMP = b"GPSLatitude"
# Longer than any side: nothing is made smaller.
_FULL = 1 << 20


@dataclass(frozen=True)
class Shot:
    """A photo of a story: its number there, the name of the file that is sent, and its bytes.

    `url` is its address on the site, by which the body shows it; `is_stripped` when it told where it was taken, and was
    written anew without that.
    """

    number: int
    name: str
    caption: str
    url: str
    data: bytes
    is_stripped: bool = False


def take_photos(story: Story) -> tuple[Shot, ...]:
    """Return the photos in the order of a reader: the one above the text, those within it, and the further ones."""
    captions = {story.photo_name: story.photo_caption or story.photo_alt} if story.photo_name else {}
    for one in story.body.photos:
        captions.setdefault(nfc(one.target), one.caption or one.alt)
    for further in story.gallery:
        captions.setdefault(further.name, further.caption or further.alt)
    found = [(photo, caption) for name, caption in captions.items() if (photo := story.photos.get(name))]
    shots = []
    for number, (photo, caption) in enumerate(found, 1):
        data, suffix = read_photo(photo.file), photo.file.suffix.lower()
        if tells_position(data):
            shots.append(Shot(number, f"anh-{number}.jpg", caption, photo.url, strip(data), is_stripped=True))
        else:
            shots.append(Shot(number, f"anh-{number}{suffix}", caption, photo.url, data))
    return tuple(shots)


def tells_position(data: bytes) -> bool:
    """Tell whether a photo says where it was taken. What of it cannot be read is taken for a yes."""
    if _XMP in data:
        return True
    try:
        with open_photo(data) as opened:
            return bool(opened.image.getexif().get_ifd(_GPS))
    except (SyntaxError, StructError, LookupError, ValueError, TypeError, OSError):
        return b"Exif\0\0" in data


def strip(data: bytes) -> bytes:
    """Return a photo in its full size, upright, without anything that is said in it."""
    return pixels.keep(data, _FULL, room=recipe.ROOM)
