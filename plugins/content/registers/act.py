"""What happened to an exemplar, each thing by itself with its day and its paper. Pure.

No act follows from another: what was commended need not have been recognised, and nobody has voted unless it is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plugins.content.territory.kinds import PLACE_KINDS, PRAISING
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import fold, format_date, format_number

# Forms that are a commendation by law (khen thưởng); any other is praise (biểu dương).
_AWARDS = re.compile(r"(giay|bang|thu) khen|(huan|huy|ky niem) chuong|danh hieu|chien si|co thi dua|khen thuong")


class ActKind(values.Labelled):
    """What may happen to an exemplar, as staff write it."""

    REVIEW = "bình xét"
    RECOGNITION = "công nhận"
    PRAISE = "biểu dương"
    AWARD = "khen thưởng"
    REPLICATION = "nhân rộng"
    COMPLETION = "hoàn thành"
    STOP = "dừng"


PRAISES = (ActKind.PRAISE, ActKind.AWARD)
# Who may commend, from the nearest up; how else a level is written.
LEVELS = tuple(PRAISING)
_SAME = {kind.name: level for level, tier in PRAISING.items() for kind in PLACE_KINDS if kind.tier is tier}
SPELLED_LEVELS = {f"cấp {name}": level for name, level in (_SAME | {name: name for name in LEVELS}).items()} | _SAME


@dataclass(frozen=True)
class Votes:
    """How many voted for it, of how many who were there."""

    in_favor: int
    of: int

    @property
    def label(self) -> str:
        return f"{format_number(self.in_favor)}/{format_number(self.of)}"


@dataclass(frozen=True)
class Act:
    """One act; `day` None where it is not known. `where` is the file and the line that state it.

    Without its day, `year` is the one in which it happened, or at whose end its register says that it had happened.
    `form` and `level` are of praise and awards, `votes` and `posted_…` of a review, `receiver` of a replication. An act
    is a `sample` when it is an illustrative story that tells it.
    """

    kind: ActKind
    day: date | None
    year: int
    where: tuple[str, int]
    paper: str = ""
    form: str = ""
    level: str = ""
    votes: Votes | None = None
    posted_at: str = ""
    posted_until: date | None = None
    receiver: str = ""
    note: str = ""
    in_year: bool = False  # its year is stated, not taken from its register
    sample: bool = False

    @property
    def since(self) -> date:
        """The first day on which it is known to have happened: the last of its year where its own is not known."""
        return self.day or date(self.year, 12, 31)

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from another act of its exemplar."""
        return self.kind, self.day, self.year, fold(self.form), self.level, fold(self.receiver)

    @property
    def is_bare(self) -> bool:
        """Tell whether nothing is known but that it happened, as a status of the old registers says it."""
        return not (self.day or self.paper or self.form or self.level or self.receiver)

    @property
    def name(self) -> str:
        """What it was: Giấy khen cấp huyện, bình xét, công nhận."""
        name = self.form or self.kind.label
        if self.level:
            name += f" {self.level}" if self.level == "trung ương" else f" cấp {self.level}"
        return name

    @property
    def when(self) -> str:
        """Its day, or its year where that is all that is known."""
        return format_date(self.day) if self.day else str(self.year) if self.in_year else "không rõ ngày"

    @property
    def title(self) -> str:
        return f"{self.name}, {self.when}"

    @property
    def details(self) -> str:
        """What else is stated of it, as a reader is told: votes, paper, to whom; "" where nothing is."""
        parts = [
            f"{self.votes.label} phiếu đồng ý" if self.votes else "",
            self.paper,
            f"niêm yết tại {self.posted_at}" if self.posted_at else "",
            f"đến {format_date(self.posted_until)}" if self.posted_until else "",
            self.receiver,
        ]
        return ", ".join(part for part in parts if part)


def kind_of(form: str) -> ActKind:
    """Return whether a form of honour is praise or an award."""
    return ActKind.AWARD if _AWARDS.match(fold(form)) else ActKind.PRAISE


def parse_votes(value: str | list[str]) -> Votes:
    """Return votes written as 45/48; Invalid where more were in favour than there."""
    written = " ".join(value.split()) if isinstance(value, str) else ""
    found = re.fullmatch(r"(\d{1,6})\s*(?:phiếu)?\s*(?:/|trên|trong)\s*(\d{1,6})(?:\s*phiếu)?", written)
    votes = Votes(int(found[1]), int(found[2])) if found else None
    if votes is None or not 0 < votes.of >= votes.in_favor:
        raise Invalid(f'Số phiếu "{written}" không đúng', "viết số phiếu đồng ý/số người dự, ví dụ 45/48")
    return votes


def without_samples(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Return those that no illustrative story tells."""
    return tuple(act for act in acts if not act.sample)


def split_by_day(acts: tuple[Act, ...], day: date) -> tuple[tuple[Act, ...], tuple[Act, ...]]:
    """Return what had happened by a day, in order, and what may have: of that year at the latest, its day unknown."""
    ordered = sorted(acts, key=lambda act: act.since)
    happened = tuple(act for act in ordered if act.since <= day)
    return happened, tuple(act for act in ordered if act.day is None and act.since > day and act.year <= day.year)
