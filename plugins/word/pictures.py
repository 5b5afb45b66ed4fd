"""A picture of a document on its way to a file."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from plugins.photos.recipe import MAX_BYTES
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc
from plugins.word.nodes import Inline
from plugins.word.package import Parts
from plugins.word.report import ImportReport

# Left, top, right and bottom of the visible part, as fractions of the whole.
Crop = tuple[float, float, float, float]
WHOLE: Crop = (0.0, 0.0, 1.0, 1.0)
# Quarters of a turn clockwise, after mirroring left to right or not.
Turn = tuple[int, bool]
UPRIGHT: Turn = (0, False)


@dataclass(frozen=True)
class EmbeddedPicture:
    """The bytes of a picture in a document, its crop, its alternative text and its turn."""

    data: bytes
    crop: Crop = WHOLE
    alt: str = ""
    turn: Turn = UPRIGHT


# Keeps a picture and returns the name of its file; raises Invalid if it cannot be kept.
KeepPicture = Callable[[EmbeddedPicture], str]
VECTORS = (".emf", ".wmf", ".emz", ".wmz", ".svm", ".svg", ".svgz")
OUTSIDE = "ảnh chỉ được dẫn từ ngoài tệp"


def load_picture(parts: Parts, name: str, report: ImportReport) -> bytes | None:
    """Return the bytes of a part that is a photo; None for any other, which the report counts as lost."""
    if name.lower().endswith(VECTORS):
        lost = "hình vẽ véc-tơ (EMF, WMF, SVG)"
    elif name not in parts:
        lost = "ảnh không còn trong tệp"
    elif parts.size(name) > MAX_BYTES:
        lost = "ảnh (ảnh nặng quá 40 MB)"
    else:
        try:
            return parts[name]
        except Invalid:
            lost = "ảnh hỏng trong tệp"
    report.lost[lost] += 1
    return None


def show_picture(picture: EmbeddedPicture, keep: KeepPicture, report: ImportReport) -> list[Inline]:
    """Keep a picture and return its inline; none if it cannot be kept, which the report counts as lost."""
    try:
        name = keep(picture)
    except Invalid as invalid:
        report.lost[f"ảnh ({invalid.message[:1].lower()}{invalid.message[1:]})"] += 1
        return []
    return [Inline("picture", name, alt=picture.alt)] if name else []


def make_turn(degrees: float, *, is_mirrored: bool, is_upset: bool) -> Turn:
    """Return a turn clockwise after flipping; upside down is mirrored and then turned by half."""
    return (round(degrees / 90) + 2 * is_upset) % 4, is_mirrored != is_upset


# Alternative text by programs: a file name, or the guess of a machine.
_NOT_WRITTEN = re.compile(
    r"\.(jpe?g|jfif|png|gif|bmp|tiff?|hei[cf]|avif|webp)$|[\\/]|^(IMG|DSC|image|picture|hình ảnh|ảnh)?[\s_]*\d*$"
    r"|automatically generated|được tạo tự động|^(A|An) [a-z]+ ",
    re.IGNORECASE,
)


def written_alt(text: str) -> str:
    """Return an alternative text by a person on one line; "" for one by a program."""
    text = " ".join(nfc(text).split())
    return "" if _NOT_WRITTEN.search(text) else text
