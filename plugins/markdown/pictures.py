"""The spans of a body's pictures in its source, so that one can be rewritten alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from plugins.markdown.reading import read_body
from plugins.markdown.references import Reference

# Starts and ends to try: a description or caption may contain brackets.
_MOST = 8
_LONGEST = 5_000


@dataclass(frozen=True)
class PictureSource:
    """A picture of a body: file as written, words, and span in the source, -1 if it cannot be rewritten alone."""

    name: str
    alt: str
    caption: str
    start: int = -1
    end: int = -1


def find_pictures(source: str) -> list[PictureSource]:
    """Return the pictures of a body in the order of the source."""
    if "![" not in source:
        return []
    photos = read_body(source, is_shown=False).photos
    found = [PictureSource(photo.target, photo.alt, photo.caption, *_span(source, photo)) for photo in photos]
    return sorted(found, key=lambda picture: picture.start)


def _span(source: str, photo: Reference) -> tuple[int, int]:
    for start in islice(_before(source, photo.at), _MOST):
        for end in islice(_behind(source, photo.at + len(photo.target)), _MOST):
            if end - start < _LONGEST and _read_alone(source[start:end]) == (photo.target, photo.alt, photo.caption):
                return start, end
    return -1, -1


def _before(source: str, at: int) -> Iterator[int]:
    while (at := source.rfind("![", 0, at)) >= 0:
        yield at


def _behind(source: str, at: int) -> Iterator[int]:
    while (at := source.find(")", at) + 1) > 0:
        yield at


@lru_cache(maxsize=1_024)
def _read_alone(written: str) -> tuple[str, str, str] | None:
    """Return the file, description and caption of a source that is one picture; None for any other."""
    body = read_body(written)
    is_alone = len(body.photos) == 1 and body.parts[0] == '<figure class="figure">' and len(body.parts) == 3
    photo = body.photos[0] if is_alone else None
    return (photo.target, photo.alt, photo.caption) if photo else None
