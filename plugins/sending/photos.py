"""The photos of a story for sending: the stored bytes, without the position where they were taken."""

from dataclasses import dataclass
from struct import error as StructError  # noqa: N812 - raised for truncated EXIF

from plugins.content.stories.story import Story
from plugins.photos import pixels, recipe
from plugins.photos.judging.opening import open_photo
from plugins.photos.photo import read_photo
from plugins.vietnamese import nfc

_GPS = 0x8825
_XMP = b"GPSLatitude"  # the position in XMP, which is plain text in the file
_FULL = 1 << 20  # longer than any photo, so that none is made smaller


@dataclass(frozen=True)
class Shot:
    """A photo of a story as sent, its address on the site, and whether it was encoded anew to remove its position."""

    number: int
    name: str
    caption: str
    url: str
    data: bytes
    is_stripped: bool


def take_photos(story: Story) -> tuple[Shot, ...]:
    """Return the photos in reading order: the one above the text, those within it, the gallery."""
    captions = {story.photo_name: story.photo_caption or story.photo_alt} if story.photo_name else {}
    for one in story.body.photos:
        captions.setdefault(nfc(one.target), one.caption or one.alt)
    for further in story.gallery:
        captions.setdefault(further.name, further.caption or further.alt)
    found = [(photo, caption) for name, caption in captions.items() if (photo := story.photos.get(name))]
    shots = []
    for number, (photo, caption) in enumerate(found, 1):
        data, suffix = read_photo(photo.file), photo.file.suffix.lower()
        if is_stripped := tells_position(data):
            # In full size, upright, without metadata.
            data, suffix = pixels.keep(data, _FULL, room=recipe.ROOM), ".jpg"
        shots.append(Shot(number, f"anh-{number}{suffix}", caption, photo.url, data, is_stripped))
    return tuple(shots)


def tells_position(data: bytes) -> bool:
    """Return whether a photo contains the position where it was taken, or metadata that cannot be read."""
    if _XMP in data:
        return True
    try:
        with open_photo(data) as opened:
            return bool(opened.image.getexif().get_ifd(_GPS))
    except (SyntaxError, StructError, LookupError, ValueError, TypeError, OSError):
        return b"Exif\0\0" in data
