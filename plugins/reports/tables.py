"""A table of counts: what the Word file, the workbook, the CSV and the page all show. Pure.

Of registrations: by state of work, and by field or commune with what has happened to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plugins.content.registers.act import LEVELS, PRAISES, ActKind
from plugins.content.registers.registration import OWN, State
from plugins.content.sent import count_sent
from plugins.content.vocabulary.terms import KINDS
from plugins.vietnamese import capitalize, format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from plugins.content.registers.act import Act
    from plugins.content.registers.registration import Registration
    from plugins.content.sent import Sending
    from plugins.content.stories.story import Story
    from plugins.content.territory.words import Words
    from plugins.content.vocabulary.terms import Commune, Field
    from plugins.exemplars.model.matrix import Matrix

UNIT = "đăng ký"
STORY_UNIT = "điển hình"
SENT_UNIT = "tin, bài"
# What a table counts, in the words that stand over it.
_BASES = {UNIT: "đăng ký trong sổ", STORY_UNIT: "điển hình đã được đăng tin, bài", SENT_UNIT: "tin, bài gửi trong năm"}
# Where each is counted.
_SOURCES = {UNIT: "Theo sổ đăng ký", STORY_UNIT: "Theo tin, bài đã đăng", SENT_UNIT: "Gửi cấp trên"}
Counts = tuple[int | None, ...]
# Each counted by itself: nothing follows from anything else.
STAGES = ("Đăng ký", "Bình xét công khai", "Công nhận", "Biểu dương, khen thưởng", "Nhân rộng", "Đăng tin, bài")
# The acts behind these, but for registering and telling.
STAGE_ACTS = ((ActKind.REVIEW,), (ActKind.RECOGNITION,), PRAISES, (ActKind.REPLICATION,))
SENT = ("Đã gửi", "Được sử dụng")


@dataclass(frozen=True)
class Row:
    """What is counted, its counts by column, the page about it, and the name of its colour where it has one.

    A count is None where nobody keeps count.
    """

    name: str
    counts: Counts
    url: str = ""
    color: str = ""

    @property
    def total(self) -> int:
        return sum(count or 0 for count in self.counts)


@dataclass(frozen=True)
class Table:
    """Counts with their headings, zeros included; a column always has a total.

    `divides`: its columns divide the whole, so that a row has a total too. Else they are views of it, the first of
    which is the whole.
    """

    id: str
    title: str
    first: str  # the heading over the names of the rows
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    divides: bool = False
    unit: str = STORY_UNIT
    again: bool = False  # the numbers of the table before it, by the places of today

    @property
    def basis(self) -> str:
        """What is counted, in words: registrations and what there are stories of are two sets of numbers."""
        return _BASES.get(self.unit, self.unit)

    @property
    def source(self) -> str:
        """The heading over the tables of this basis."""
        return _SOURCES.get(self.unit, self.title)

    @property
    def trimmed(self) -> Table:
        """The same without rows and columns of nothing; the first view is the whole, and stays."""
        totals = self.column_totals
        kept = [at for at, total in enumerate(totals) if total or not (self.divides or at)]
        rows = tuple(replace(row, counts=tuple(row.counts[at] for at in kept)) for row in self.rows if any(row.counts))
        columns = tuple(self.columns[at] for at in kept)
        return replace(self, columns=columns, rows=rows, divides=self.divides and len(columns) > 1)

    @property
    def tells(self) -> bool:
        """Tell whether there is more in it than one row, which a sentence says and its total would repeat."""
        return len(self.rows) > 1

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings over the counts, that of the total too."""
        return (*self.columns, "Tổng") if self.divides else self.columns

    @property
    def lines(self) -> list[tuple[str, Counts]]:
        """The names of the rows and their counts as they are shown: with the totals of the rows, and under all."""
        counted = [*((row.name, row.counts) for row in self.rows), ("Tổng", self.column_totals)]
        return [
            (name, (*counts, sum(map(int, filter(None, counts)))) if self.divides else counts)
            for name, counts in counted
        ]

    @property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(sum(row.counts[column] or 0 for row in self.rows) for column in range(len(self.columns)))

    @property
    def total(self) -> int:
        return sum(self.column_totals) if self.divides else self.column_totals[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """The headings of the columns beside that of the whole."""
        return self.columns if self.divides else self.columns[1:]

    def parts_of(self, counts: Counts) -> Counts:
        """Return the counts under `parts`."""
        return counts if self.divides else counts[1:]

    def whole(self, row: Row) -> int | None:
        """Return what a row comes to, which its bar stands for; None where nobody keeps count."""
        return row.total if self.divides else row.counts[0]

    def share(self, row: Row) -> float:
        """Return the length of a row's bar in percent of the longest; 0 when all are 0."""
        most = max((self.whole(one) or 0 for one in self.rows), default=0)
        return round(100 * (self.whole(row) or 0) / most, 1) if most else 0.0


def matrix_table(
    matrix: Matrix, identifier: str, title: str, first: str, year: int, only: Sequence[Commune] | None = None
) -> Table:
    """Return a matrix of communes × fields as a table: communes that existed in the year, or where something is."""
    rows = tuple(
        Row(dated_name(row.commune), tuple(cell.count for cell in row.cells), row.commune.url)
        for row in matrix.rows
        if (row.total or row.commune.existed_in(year)) and (only is None or row.commune in only)
    )
    return Table(identifier, title, first, tuple(term.short for term in matrix.fields), rows, divides=True)


def dated_name(commune: Commune) -> str:
    """Return the name in a list where an old commune of the same name may stand too."""
    return f"{commune.short} (từ {format_date(commune.since)})" if commune.since else commune.short


def state_table(registrations: Sequence[Registration]) -> Table:
    """Return the registrations by how far the work has come, and by kind."""
    kinds = {state: [one.kind for one in registrations if one.state is state] for state in State}
    rows = tuple(Row(capitalize(state.label), tuple(map(of.count, KINDS))) for state, of in kinds.items())
    columns = tuple(kind.name for kind in KINDS)
    return Table(
        "trang-thai", "Đăng ký theo tiến độ thực hiện", "Tiến độ thực hiện", columns, rows, divides=True, unit=UNIT
    )


def field_table(registrations: Sequence[Registration], told: Collection[str], fields: Iterable[Field]) -> Table:
    """Return how far the registrations of each field have come; `told` are the codes of those that have a story."""
    rows = tuple(
        Row(field.name, count_stages((one for one in registrations if one.field == field), told), field.url, field.id)
        for field in fields
    )
    return Table("dang-ky-linh-vuc", "Đăng ký theo lĩnh vực", "Lĩnh vực", STAGES, rows, unit=UNIT)


def commune_table(
    registrations: Sequence[Registration],
    told: Collection[str],
    communes: Iterable[Commune],
    words: Words,
    year: int,
    place: Callable[[Commune], Commune] | None = None,
) -> Table:
    """Return how far the registrations of each commune have come; `place` gives the commune to count one under."""
    rows = []
    local = [(one, one.commune) for one in registrations if one.commune]
    for commune in communes:
        there = [one for one, where in local if (place(where) if place else where) == commune]
        if there or commune.existed_in(year):
            rows.append(Row(dated_name(commune), count_stages(there, told), commune.url))
    if own := [one for one in registrations if one.commune is None]:
        rows.append(Row(OWN, count_stages(own, told)))
    identifier, of = ("dang-ky-xa-nay", f"{words.one} hiện nay") if place else ("dang-ky-xa", words.listed)
    title = f"Đăng ký theo {of}"
    return Table(identifier, title, words.heading, STAGES, tuple(rows), unit=UNIT, again=place is not None)


def level_table(acts: Iterable[Act], levels: Iterable[str]) -> Table:
    """Return how often someone was praised or commended, by level: those that are usual, and any that did it."""
    given = [(act.kind, act.level) for act in acts if act.kind in PRAISES]
    told = {*levels, *(level for _, level in given)}
    names = {level: f"Cấp {level}" for level in reversed(LEVELS) if level in told}
    names |= {"trung ương": "Cấp Trung ương"}
    if any(not level for _, level in given):
        names[""] = "Chưa ghi cấp"
    rows = (Row(name, tuple(given.count((kind, level)) for kind in PRAISES)) for level, name in names.items())
    columns = tuple(capitalize(kind.label) for kind in PRAISES)
    title = "Biểu dương, khen thưởng các cấp"
    return Table("bieu-duong", title, "Cấp", columns, tuple(rows), divides=True, unit="lần")


def sent_table(sendings: Collection[Sending], stories: Iterable[Story], first: str) -> Table:
    """Return how many of these stories were sent on and how many of them were used, by place."""
    by_place: dict[Commune | None, list[Story]] = {}
    for story in stories:
        by_place.setdefault(story.commune, []).append(story)
    places = sorted(by_place, key=lambda place: (place is None, place.sort_key if place else ()))
    counts = ((place, count_sent(sendings, by_place[place])) for place in places)
    rows = [
        Row(dated_name(place) if place else OWN, (one.sent, one.used), place.url if place else "")
        for place, one in counts
    ]
    return Table("gui-bai", "Tin, bài gửi cấp trên", first, SENT, tuple(rows), unit=SENT_UNIT)


def format_count(count: int | None) -> str:
    """Return a count as it is printed: a dash where nobody keeps count."""
    return "–" if count is None else format_number(count)


def count_stages(registrations: Iterable[Registration], told: Collection[str]) -> tuple[int, ...]:
    """Return the counts of STAGES."""
    counted = tuple(registrations)
    return (
        len(counted),
        *(sum(one.has(*kinds) for one in counted) for kinds in STAGE_ACTS),
        sum(one.code in told for one in counted),
    )
