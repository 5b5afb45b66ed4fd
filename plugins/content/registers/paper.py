"""Papers received from communes, and minutes of inspections. Pure."""

from dataclasses import dataclass
from datetime import date

from plugins.content.vocabulary.terms import Commune
from plugins.sources import values


class PaperKind(values.Labelled):
    """The kinds of papers."""

    PLAN = "kế hoạch"
    REGISTRATION = "đăng ký"
    REPORT = "báo cáo"
    INSPECTION = "biên bản kiểm tra"
    SUPERVISION = "biên bản giám sát"


# Papers that a commune owes (IV.2 of the guidance), in the order of the year; inspectors write the others (IV.1).
OWED = (PaperKind.PLAN, PaperKind.REGISTRATION, PaperKind.REPORT)
INSPECTIONS = (PaperKind.INSPECTION, PaperKind.SUPERVISION)


@dataclass(frozen=True)
class Paper:
    """A row of a register of papers, which is internal: no page shows it."""

    commune: Commune
    kind: PaperKind
    number: str
    received_on: date  # of minutes, their day
    note: str
    year: int
    where: tuple[str, int]  # the path of the file and the row
    sample: bool = False
