"""Acts: dated events of an exemplar such as its recognition. Pure.

No act implies another: praise does not imply recognition, nor recognition a vote.
"""

import re
from dataclasses import dataclass
from datetime import date

from plugins.content.territory.kinds import PLACE_KINDS, PRAISING
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import fold, format_date, format_number

# Forms of awards by law (khen thưởng); any other form is praise (biểu dương).
_AWARDS = re.compile(r"(giay|bang|thu) khen|(huan|huy|ky niem) chuong|danh hieu|chien si|co thi dua|khen thuong")


class ActKind(values.Labelled):
    """The kinds of acts."""

    REVIEW = "bình xét"
    RECOGNITION = "công nhận"
    PRAISE = "biểu dương"
    AWARD = "khen thưởng"
    REPLICATION = "nhân rộng"
    COMPLETION = "hoàn thành"
    STOP = "dừng"


PRAISES = (ActKind.PRAISE, ActKind.AWARD)
# The levels of praise, from the lowest up, and other spellings of them.
LEVELS = tuple(PRAISING)
_SAME = {kind.name: level for level, tier in PRAISING.items() for kind in PLACE_KINDS if kind.tier is tier}
SPELLED_LEVELS = {f"cấp {name}": level for name, level in (_SAME | {name: name for name in LEVELS}).items()} | _SAME


@dataclass(frozen=True)
class Votes:
    """Votes in favour, and people present."""

    in_favor: int
    of: int

    @property
    def label(self) -> str:
        return f"{format_number(self.in_favor)}/{format_number(self.of)}"


@dataclass(frozen=True)
class Act:
    """An act, stated in the file and line `where`.

    If its `day` is unknown, it happened in `year` or, unless `in_year`, by the end of it. `form` and `level` belong to
    praise and awards, `votes` and `posted_…` to a review, `receiver` to a replication.
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
    in_year: bool = False  # the year is stated, not that of its register
    sample: bool = False  # a sample story states it

    @property
    def since(self) -> date:
        """The day by which it happened: its own, or the last of its year."""
        return self.day or date(self.year, 12, 31)

    @property
    def key(self) -> tuple[object, ...]:
        """The identity of the act among those of its exemplar."""
        return self.kind, self.day, self.year, fold(self.form), self.level, fold(self.receiver)

    @property
    def is_bare(self) -> bool:
        """Whether only its kind is known, as from a status in old registers."""
        return not (self.day or self.paper or self.form or self.level or self.receiver)

    @property
    def name(self) -> str:
        """Its form or kind with its level: Giấy khen cấp huyện, bình xét, công nhận."""
        name = self.form or self.kind.label
        if self.level:
            name += f" {self.level}" if self.level == "trung ương" else f" cấp {self.level}"
        return name

    @property
    def when(self) -> str:
        """Its day, or else its stated year."""
        return format_date(self.day) if self.day else str(self.year) if self.in_year else "không rõ ngày"

    @property
    def title(self) -> str:
        return f"{self.name}, {self.when}"

    @property
    def details(self) -> str:
        """Its votes, paper, posting and receiver for readers; "" if none are stated."""
        votes = f"{self.votes.label} phiếu đồng ý" if self.votes else ""
        place = f"niêm yết tại {self.posted_at}" if self.posted_at else ""
        until = f"đến {format_date(self.posted_until)}" if self.posted_until else ""
        return ", ".join(filter(None, (votes, self.paper, place, until, self.receiver)))


def kind_of(form: str) -> ActKind:
    """Return whether a form is praise or an award."""
    return ActKind.AWARD if _AWARDS.match(fold(form)) else ActKind.PRAISE


def parse_votes(value: str | list[str]) -> Votes:
    """Return votes written as 45/48; Invalid if more were in favour than present."""
    written = " ".join(value.split()) if isinstance(value, str) else ""
    found = re.fullmatch(r"(\d{1,6})\s*(?:phiếu)?\s*(?:/|trên|trong)\s*(\d{1,6})(?:\s*phiếu)?", written)
    votes = Votes(int(found[1]), int(found[2])) if found else None
    if votes is None or not 0 < votes.of >= votes.in_favor:
        raise Invalid(f'Số phiếu "{written}" không đúng', "viết số phiếu đồng ý/số người dự, ví dụ 45/48")
    return votes


def without_samples(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Return the acts that no sample story states."""
    return tuple(act for act in acts if not act.sample)


def split_by_day(acts: tuple[Act, ...], day: date) -> tuple[tuple[Act, ...], tuple[Act, ...]]:
    """Return the acts that happened by a day, in order, and those of unknown day that may have."""
    ordered = sorted(acts, key=lambda act: act.since)
    happened = tuple(act for act in ordered if act.since <= day)
    return happened, tuple(act for act in ordered if act.day is None and act.since > day and act.year <= day.year)
