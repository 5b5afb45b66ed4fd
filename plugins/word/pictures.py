"""A picture of a document on its way to a file: what the reader of the document hands over, and gets back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from plugins.word.report import ImportReport

# Left, top, right and bottom of what is shown, as parts of the whole.
Crop = tuple[float, float, float, float]
WHOLE: Crop = (0.0, 0.0, 1.0, 1.0)
# How it is turned: clockwise, in quarters, after it was mirrored left to right or not.
Turn = tuple[int, bool]
UPRIGHT: Turn = (0, False)


@dataclass(frozen=True)
class EmbeddedPicture:
    """The bytes of a picture as it lies in a document, which part of it is shown, its alternative text, its turn."""

    data: bytes
    crop: Crop = WHOLE
    alt: str = ""
    turn: Turn = UPRIGHT


# Keeps a picture and returns the name of its file; raises Invalid when it cannot be kept.
KeepPicture = Callable[[EmbeddedPicture], str]


def keep_or_count(picture: EmbeddedPicture, keep: KeepPicture, report: ImportReport) -> str:
    """Return the name under which a picture is kept; "" when it cannot be, which the report then counts as lost."""
    try:
        return keep(picture)
    except Invalid as invalid:
        report.lost[f"ảnh ({invalid.message[:1].lower()}{invalid.message[1:]})"] += 1
        return ""


# What programs write by themselves: the name of the file, or what a machine guessed, in a language of its own.
_NOT_WRITTEN = re.compile(
    r"\.(jpe?g|jfif|png|gif|bmp|tiff?|hei[cf]|avif|webp)$|[\\/]|^(IMG|DSC|image|picture|hình ảnh|ảnh)?[\s_]*\d*$"
    r"|automatically generated|được tạo tự động|^(A|An) [a-z]+ ",
    re.IGNORECASE,
)


def written_alt(text: str) -> str:
    """Return an alternative text that a person wrote, as one line; "" for what a program wrote."""
    text = " ".join(nfc(text).split())
    return "" if _NOT_WRITTEN.search(text) else text
