"""The numbers of a year's report, of the district or of one commune: counted once, by the index. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.exemplars.figures import Total, add_up, find_unread
from plugins.exemplars.index import Index, Stories, build_index
from plugins.exemplars.story import LEVELS
from plugins.exemplars.terms import KINDS, Year
from plugins.reports.tables import Row, Table, matrix_table
from plugins.vietnamese import capitalize, format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plugins.exemplars.story import Result, Story
    from plugins.exemplars.terms import Commune

URL = "/bao-cao/"
VIEWS = ("Điển hình", "Được biểu dương", "Học từ nơi khác", "Có nơi làm theo")


@dataclass(frozen=True)
class Report:
    """What a report says in numbers. `index` is of its exemplars alone, `whole` of the edition they are from."""

    year: int
    commune: Commune | None
    index: Index
    whole: Index

    @property
    def url(self) -> str:
        return f"{URL}{self.year}/"

    @property
    def name(self) -> str:
        """The name that its files go by."""
        return f"bao-cao-{self.year}" + (f"-{self.commune.id}" if self.commune else "")

    @property
    def stories(self) -> Stories:
        """The exemplars, newest first."""
        return self.index.exemplars

    @property
    def samples(self) -> int:
        return sum(story.sample for story in self.stories)

    @cached_property
    def by_field(self) -> Table:
        rows = (
            Row(field.name, tuple(sum(story.kind is kind for story in stories) for kind in KINDS), field.url, field.id)
            for field, stories in self.index.by_field.items()
        )
        columns = tuple(kind.name for kind in KINDS)
        return Table("linh-vuc", "Theo lĩnh vực", "Lĩnh vực", columns, tuple(rows), divides=True)

    @cached_property
    def by_commune(self) -> Table:
        """By the communes of that time."""
        return matrix_table(self.index.matrix_then, "xa", "Theo xã, thị trấn", self.year)

    @cached_property
    def by_commune_today(self) -> Table:
        """The same, each in the commune that its place belongs to today."""
        return matrix_table(self.index.matrix_now, "xa-nay", "Theo xã hiện nay", self.year)

    @cached_property
    def by_kind(self) -> Table:
        rows = tuple(Row(kind.name, self.view(self.index.by_kind[kind]), kind.url) for kind in KINDS)
        return Table("loai", "Theo loại", "Loại", VIEWS, rows)

    @cached_property
    def by_level(self) -> Table:
        """How often someone was commended, by the level that did it: an exemplar may be more than once."""
        given = [commendation.level for story in self.stories for commendation in story.commendations]
        rows = (
            Row(capitalize(level) if level == "trung ương" else f"Cấp {level}", (given.count(level),))
            for level in reversed(LEVELS)
        )
        return Table("bieu-duong", "Biểu dương theo cấp", "Cấp", ("Số lần biểu dương",), tuple(rows), unit="lần")

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the report. What says nothing of a lone commune is left out of its own."""
        places: tuple[Table, ...] = (self.by_commune, self.by_commune_today)
        if self.commune:
            # Its predecessors are what it is divided into, where it has any.
            places = places[:1] if len(self.by_commune.rows) > 1 else ()
        elif not any(story.commune and story.commune.successor for story in self.stories):
            places = places[:1]
        return (self.by_field, *places, self.by_kind, self.by_level)

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        return add_up(reversed(self.stories))

    @cached_property
    def unread(self) -> tuple[tuple[Story, Result], ...]:
        """Results whose quantity is no exact number: they are in no total."""
        return find_unread(self.stories)

    @property
    def summary(self) -> tuple[str, ...]:
        """What the numbers come to, in sentences; the first says what was counted."""
        count = format_number
        stories = self.stories
        what = (
            f"Chưa có sổ đăng ký năm {self.year}: báo cáo đếm những điển hình đã có bài trên trang thông tin, mỗi điển "
            "hình một lần, ở xã lúc ấy và theo lĩnh vực chính."
        )
        if not stories:
            return what, f"Năm {self.year} chưa có điển hình nào."
        kinds = ", ".join(f"{count(len(self.index.by_kind[kind]))} {kind.name.lower()}" for kind in KINDS)
        places = sum(row.total > 0 for row in self.by_commune.rows)
        where = "" if self.commune else f", ở {count(places)} xã, thị trấn"
        _, praised, copies, copied = self.view(stories)
        rest = (
            f"Trong đó {count(praised)} được biểu dương, {count(copies)} học từ nơi khác, "
            f"{count(copied)} đã có nơi làm theo."
        )
        return (
            what,
            f"Năm {self.year} có {count(len(stories))} điển hình{where}, gồm {kinds}.",
            rest,
        )

    @property
    def basis_of_totals(self) -> str:
        """How the results were added, and what was not."""
        text = "Chỉ cộng những kết quả ghi cùng một việc và cùng đơn vị; việc khác nhau để riêng."
        if self.unread:
            text += f" {format_number(len(self.unread))} kết quả không ghi số chính xác nên không cộng."
        return text

    def notice(self, *, prose_is_sample: bool = False) -> str:
        """Return the line that says what in the report is made up; "" when nothing is."""
        parts = []
        if self.samples:
            counts = f"{format_number(self.samples)} trong {format_number(len(self.stories))}"
            parts.append(f"{counts} điển hình là bài mẫu")
        if prose_is_sample:
            parts.append("lời viết là lời mẫu")
        return f"BÁO CÁO MINH HỌA: {'; '.join(parts)}. Không dùng làm văn bản chính thức." if parts else ""

    def view(self, stories: Stories) -> tuple[int, ...]:
        """Return the counts of VIEWS for some of the exemplars."""
        return (
            len(stories),
            sum(bool(story.commendations) for story in stories),
            sum(self.whole.origin(story) is not None for story in stories),
            sum(story.slug in self.whole.copies for story in stories),
        )


def build_report(whole: Index, year: int, commune: Commune | None = None) -> Report:
    """Count a year's exemplars; with a commune, its own and its predecessors' alone."""
    stories = whole.by_year.get(Year(year), ())
    if commune:
        there = set(whole.in_place(commune))
        stories = tuple(story for story in stories if story in there)
    return Report(year, commune, build_index(stories, whole.vocabulary), whole)


def compare_years(reports: Sequence[Report]) -> tuple[Table, ...]:
    """Return the tables that set the district's years beside each other, in the order given."""
    fields = reports[0].index.vocabulary.fields if reports else ()

    def rows(count: Callable[[Report], tuple[int, ...]]) -> tuple[Row, ...]:
        return tuple(Row(f"Năm {report.year}", count(report), report.url) for report in reports)

    by_field = rows(lambda report: tuple(len(report.index.by_field[field]) for field in fields))
    by_kind = rows(lambda report: tuple(len(report.index.by_kind[kind]) for kind in KINDS))
    by_view = rows(lambda report: report.view(report.stories))
    return (
        Table("nam-linh-vuc", "Các năm, theo lĩnh vực", "Năm", tuple(f.short for f in fields), by_field, divides=True),
        Table("nam-loai", "Các năm, theo loại", "Năm", tuple(kind.name for kind in KINDS), by_kind, divides=True),
        Table("nam", "Các năm, biểu dương và nhân rộng", "Năm", VIEWS, by_view),
    )
