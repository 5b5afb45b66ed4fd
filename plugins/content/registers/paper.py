"""A paper that a commune owes in a year, or minutes of an inspection of it, as the office's register has them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.sources import values

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.vocabulary.terms import Commune


class PaperKind(values.Labelled):
    """What a paper is, as staff write it."""

    PLAN = "kế hoạch"
    REGISTRATION = "đăng ký"
    REPORT = "báo cáo"
    INSPECTION = "biên bản kiểm tra"
    SUPERVISION = "biên bản giám sát"


# What a commune owes (IV.2 of the guidance), in the order of the year; the rest is written by whoever inspects (IV.1).
OWED = (PaperKind.PLAN, PaperKind.REGISTRATION, PaperKind.REPORT)
INSPECTIONS = (PaperKind.INSPECTION, PaperKind.SUPERVISION)


@dataclass(frozen=True)
class Paper:
    """One row of a register of papers; `received_on` of minutes is their day. `where` is the file and the row in it.

    It is internal: no page of a site shows it. `sample` is one made up to illustrate.
    """

    commune: Commune
    kind: PaperKind
    number: str
    received_on: date
    note: str
    year: int
    where: tuple[str, int]
    sample: bool = False
