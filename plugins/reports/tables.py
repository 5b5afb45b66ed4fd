"""Tables of counts, as shown in the Word file, the workbook, the CSV and the page of a report. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plugins.content.registers.act import LEVELS, PRAISES, Act, ActKind
from plugins.content.registers.registration import OWN, Registration, State
from plugins.content.sent import Sending, count_sent
from plugins.content.stories.story import Story
from plugins.content.territory.words import Words
from plugins.content.vocabulary.terms import KINDS, Commune, Field
from plugins.exemplars.model.matrix import Matrix
from plugins.vietnamese import capitalize, format_date, format_number

Count = Callable[[Iterable[Registration]], tuple[int, ...]]
UNIT = "đăng ký"
STORY_UNIT = "điển hình"
SENT_UNIT = "tin, bài"
# The things counted, as printed above a table.
_BASES = {UNIT: "đăng ký trong sổ", STORY_UNIT: "điển hình đã được đăng tin, bài", SENT_UNIT: "tin, bài gửi trong năm"}
# The source of the counts, as a heading of a page.
_SOURCES = {UNIT: "Theo sổ đăng ký", STORY_UNIT: "Theo tin, bài đã đăng", SENT_UNIT: "Gửi cấp trên"}
Counts = tuple[int | None, ...]
# Each is counted by itself: none implies another.
STAGES = ("Đăng ký", "Bình xét công khai", "Công nhận", "Biểu dương, khen thưởng", "Nhân rộng", "Đăng tin, bài")
# The acts counted in each stage but the first and the last.
STAGE_ACTS = ((ActKind.REVIEW,), (ActKind.RECOGNITION,), PRAISES, (ActKind.REPLICATION,))
SENT = ("Đã gửi", "Được sử dụng")


@dataclass(frozen=True)
class CountRow:
    """A row of counts, None where nobody kept one, with the address of its page and the name of its color, if any."""

    name: str
    counts: Counts
    url: str = ""
    color: str = ""

    @property
    def total(self) -> int:
        return sum(count or 0 for count in self.counts)


@dataclass(frozen=True)
class CountTable:
    """Counts with headings and column totals.

    If the columns divide the whole (`divides`), rows have a total too; else the first column is the whole.
    """

    id: str
    title: str
    first: str  # heading of the column of names
    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]
    divides: bool = False
    unit: str = STORY_UNIT
    again: bool = False  # the table before it again, by today's communes

    @property
    def basis(self) -> str:
        """The things counted, in words."""
        return _BASES.get(self.unit, self.unit)

    @property
    def source(self) -> str:
        """The heading above the tables of this unit."""
        return _SOURCES.get(self.unit, self.title)

    @property
    def trimmed(self) -> "CountTable":
        """This table without rows and columns of zeros, except the column of the whole."""
        kept = [at for at, total in enumerate(self.column_totals) if total or not (self.divides or at)]
        rows = tuple(replace(row, counts=tuple(row.counts[at] for at in kept)) for row in self.rows if any(row.counts))
        columns = tuple(self.columns[at] for at in kept)
        return replace(self, columns=columns, rows=rows, divides=self.divides and len(columns) > 1)

    @property
    def tells(self) -> bool:
        """Whether it has more than one row: one is said in a sentence."""
        return len(self.rows) > 1

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the counts, including the total."""
        return (*self.columns, "Tổng") if self.divides else self.columns

    @property
    def lines(self) -> list[tuple[str, Counts]]:
        """The rows as shown, with their totals and a row of column totals."""
        rows = (*self.rows, CountRow("Tổng", self.column_totals))
        return [(row.name, (*row.counts, row.total) if self.divides else row.counts) for row in rows]

    @property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(sum(row.counts[column] or 0 for row in self.rows) for column in range(len(self.columns)))

    @property
    def total(self) -> int:
        return sum(self.column_totals) if self.divides else self.column_totals[0]

    @property
    def parts(self) -> tuple[str, ...]:
        """The headings of the columns other than the whole."""
        return self.columns if self.divides else self.columns[1:]

    def parts_of(self, counts: Counts) -> Counts:
        """Return the counts under `parts`."""
        return counts if self.divides else counts[1:]

    def whole(self, row: CountRow) -> int | None:
        """Return the total of a row, which its bar shows; None if nobody kept count."""
        return row.total if self.divides else row.counts[0]

    def share(self, row: CountRow) -> float:
        """Return the length of a row's bar in percent of the longest."""
        most = max((self.whole(one) or 0 for one in self.rows), default=0)
        return round(100 * (self.whole(row) or 0) / most, 1) if most else 0.0


def matrix_table(
    matrix: Matrix, identifier: str, title: str, first: str, year: int, only: Sequence[Commune] | None = None
) -> CountTable:
    """Return a matrix of communes × fields as a table of the communes that existed in the year or have a count."""
    rows = tuple(
        CountRow(dated_name(row.commune), tuple(cell.count for cell in row.cells), row.commune.url)
        for row in matrix.rows
        if (row.total or row.commune.existed_in(year)) and (only is None or row.commune in only)
    )
    return CountTable(identifier, title, first, tuple(term.short for term in matrix.fields), rows, divides=True)


def dated_name(commune: Commune) -> str:
    """Return the name for a list that may have an older commune of the same name."""
    return f"{commune.short} (từ {format_date(commune.since)})" if commune.since else commune.short


def state_table(registrations: Sequence[Registration]) -> CountTable:
    """Return the registrations by state of work, and by kind."""
    kinds = {state: [one.kind for one in registrations if one.state is state] for state in State}
    rows = tuple(CountRow(capitalize(state.label), tuple(map(of.count, KINDS))) for state, of in kinds.items())
    title, columns = "Đăng ký theo tiến độ thực hiện", tuple(kind.name for kind in KINDS)
    return CountTable("trang-thai", title, "Tiến độ thực hiện", columns, rows, divides=True, unit=UNIT)


def field_table(registrations: Sequence[Registration], count: Count, fields: Iterable[Field]) -> CountTable:
    """Return the stages that the registrations of each field have reached."""
    rows = tuple(
        CountRow(field.name, count(one for one in registrations if one.field == field), field.url, field.id)
        for field in fields
    )
    return stage_table("dang-ky-linh-vuc", "lĩnh vực", rows)


def stage_table(identifier: str, of: str, rows: Iterable[CountRow]) -> CountTable:
    """Return a table of registrations by stage, with a row for each kind of thing named by `of`."""
    return CountTable(identifier, f"Đăng ký theo {of}", capitalize(of), STAGES, tuple(rows), unit=UNIT)


def commune_table(
    registrations: Sequence[Registration],
    count: Count,
    communes: Iterable[Commune],
    words: Words,
    year: int,
    place: Callable[[Commune], Commune] | None = None,
) -> CountTable:
    """Return the stages that the registrations of each commune have reached; `place` maps a commune to its row."""
    local = [(one, place(one.commune) if place else one.commune) for one in registrations if one.commune]
    by_commune = {commune: [one for one, where in local if where == commune] for commune in communes}
    rows = [
        CountRow(dated_name(commune), count(there), commune.url)
        for commune, there in by_commune.items()
        if there or commune.existed_in(year)
    ]
    if own := [one for one in registrations if one.commune is None]:
        rows.append(CountRow(OWN, count(own)))
    identifier, of = ("dang-ky-xa-nay", f"{words.one} hiện nay") if place else ("dang-ky-xa", words.listed)
    return replace(stage_table(identifier, of, rows), first=words.heading, again=place is not None)


def level_table(acts: Iterable[Act], levels: Iterable[str]) -> CountTable:
    """Return the numbers of praises and awards by level: of the usual `levels`, and of any that gave some."""
    given = [(act.kind, act.level) for act in acts if act.kind in PRAISES]
    told = {*levels, *(level for _, level in given)}
    names = {level: f"Cấp {level}" for level in reversed(LEVELS) if level in told}
    names |= {"trung ương": "Cấp Trung ương"} | ({"": "Chưa ghi cấp"} if "" in told else {})
    rows = (CountRow(name, tuple(given.count((kind, level)) for kind in PRAISES)) for level, name in names.items())
    columns = tuple(capitalize(kind.label) for kind in PRAISES)
    title = "Biểu dương, khen thưởng các cấp"
    return CountTable("bieu-duong", title, "Cấp", columns, tuple(rows), divides=True, unit="lần")


def sent_table(sendings: Collection[Sending], stories: Iterable[Story], first: str) -> CountTable:
    """Return the numbers of these stories that were sent to the committee above, and used there, by place."""
    by_place: dict[Commune | None, list[Story]] = {}
    for story in stories:
        by_place.setdefault(story.commune, []).append(story)
    places = sorted(by_place, key=lambda place: (place is None, place.sort_key if place else ()))
    counts = ((place, count_sent(sendings, by_place[place])) for place in places)
    rows = tuple(
        CountRow(dated_name(place) if place else OWN, (one.sent, one.used), place.url if place else "")
        for place, one in counts
    )
    return CountTable("gui-bai", "Tin, bài gửi cấp trên", first, SENT, rows, unit=SENT_UNIT)


def format_count(count: int | None) -> str:
    """Return a count for print: a dash if nobody kept it."""
    return "–" if count is None else format_number(count)


def count_stages(registrations: Iterable[Registration], told: Collection[str]) -> tuple[int, ...]:
    """Return the counts of STAGES; `told` are the codes of registrations with a story."""
    counted = tuple(registrations)
    return (
        len(counted),
        *(sum(one.has(*kinds) for one in counted) for kinds in STAGE_ACTS),
        sum(one.code in told for one in counted),
    )


def list_stages(stages: Sequence[int]) -> str:
    """Return the counts of STAGES after the first as a phrase, without zeros."""
    verbs = ("bình xét công khai", "công nhận", "biểu dương, khen thưởng", "nhân rộng", "đăng tin, bài")
    return "; ".join(f"{format_number(n)} được {verb}" for n, verb in zip(stages, verbs, strict=True) if n)


def table_rows(tables: Iterable[CountTable]) -> Iterator[list[str | int]]:
    """Yield table, row, column, number and unit for each number of some tables."""
    for table in tables:
        for name, counts in table.lines:
            for column, count in zip(table.headings, counts, strict=True):
                yield [table.title, name, column, "–" if count is None else count, table.unit]
