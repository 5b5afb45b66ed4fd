"""The numbers of a year's report, of the district or of one commune: counted once, by the index. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.content.sections import report_url
from plugins.content.story import LEVELS
from plugins.content.terms import KINDS, Year
from plugins.exemplars.figures import Total, add_up, find_unread
from plugins.exemplars.index import Index, Stories, build_index
from plugins.reports import tables
from plugins.reports.tables import Row, Table, matrix_table
from plugins.vietnamese import capitalize, format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from plugins.content.load import Content
    from plugins.content.registers.registration import Registration
    from plugins.content.story import Result, Story
    from plugins.content.terms import Commune

# Counted as it was registered, and not named: its story was taken down.
_GONE = "(bài đã gỡ)"
VIEWS = ("Điển hình", "Được biểu dương", "Học từ nơi khác", "Có nơi làm theo")


@dataclass(frozen=True)
class Report:
    """What a report says in numbers. `index` is of its exemplars alone, `whole` of the edition they are from.

    `registrations` are those of the year's register; none when there is no register.
    """

    year: int
    commune: Commune | None
    index: Index
    whole: Index
    registrations: tuple[Registration, ...] = ()

    @property
    def url(self) -> str:
        return report_url(self.year)

    @property
    def name(self) -> str:
        """The name that its files go by."""
        return f"bao-cao-{self.year}" + (f"-{self.commune.id}" if self.commune else "")

    @property
    def csv_url(self) -> str:
        """The address of its numbers."""
        return f"{self.url}{self.name}.csv"

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
        return Table("linh-vuc", "Điển hình theo lĩnh vực", "Lĩnh vực", columns, tuple(rows), divides=True)

    @cached_property
    def by_commune(self) -> Table:
        """By the communes of that time; in a commune's own report, by those that it was formed from."""
        lineage = [place for place, _ in self.index.by_predecessor(self.commune)] if self.commune else None
        return matrix_table(self.index.matrix_then, "xa", "Điển hình theo xã, thị trấn", self.year, lineage)

    @cached_property
    def by_commune_today(self) -> Table:
        """The same, each in the commune that its place belongs to today."""
        return matrix_table(self.index.matrix_now, "xa-nay", "Điển hình theo xã hiện nay", self.year)

    @cached_property
    def by_kind(self) -> Table:
        rows = tuple(Row(kind.name, self.view(self.index.by_kind[kind]), kind.url) for kind in KINDS)
        return Table("loai", "Điển hình theo loại", "Loại", VIEWS, rows)

    @cached_property
    def by_level(self) -> Table:
        """How often someone was commended, by the level that did it: an exemplar may be more than once."""
        given = [commendation.level for story in self.stories for commendation in story.commendations]
        rows = (
            Row(capitalize(level) if level == "trung ương" else f"Cấp {level}", (given.count(level),))
            for level in reversed(LEVELS)
        )
        return Table("bieu-duong", "Biểu dương theo cấp", "Cấp", ("Số lần biểu dương",), tuple(rows), unit="lần")

    @cached_property
    def told(self) -> frozenset[str]:
        """The codes of the registrations that have a story, of whatever year."""
        return frozenset(story.registration for story in self.whole.exemplars if story.registration)

    @cached_property
    def registered_by_commune(self) -> Table:
        communes = (*self.index.communes_then, *self.index.communes_now)
        return tables.commune_table(self.registrations, self.told, communes, self.year)

    @property
    def register_tables(self) -> tuple[Table, ...]:
        """What the register says; nothing where there is none."""
        if not self.registrations:
            return ()
        vocabulary = self.index.vocabulary
        by_field = tables.field_table(self.registrations, self.told, vocabulary.fields)
        found = [tables.status_table(self.registrations), by_field]
        if not self.commune:
            found.append(self.registered_by_commune)
            if any(one.commune.successor for one in self.registrations):
                now, today = self.index.communes_now, vocabulary.today
                found.append(tables.commune_table(self.registrations, self.told, now, self.year, today))
        return tuple(found)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the report; none of what there is nothing of, or that would have one row."""
        if not self.stories:
            return self.register_tables
        places = [self.by_commune, self.by_commune_today]
        if self.commune or not any(story.commune and story.commune.successor for story in self.stories):
            places.pop()
        if len(self.by_commune.rows) == 1:
            places = []
        return (*self.register_tables, self.by_field, *places, self.by_kind, self.by_level)

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
        each = "mỗi điển hình một lần, ở xã lúc ấy và theo lĩnh vực chính"
        if not self.registrations:
            # The register may be there, and say nothing of this commune.
            of = f" của {self.commune.full_name}" if self.commune else ""
            what = f"Không có đăng ký nào{of} trong sổ năm {self.year}: báo cáo đếm những điển hình đã có bài"
            return f"{what} trên trang, {each}.", self._exemplars_counted
        count = format_number
        total, recognised, praised, copied, told = tables.count_stages(self.registrations, self.told)
        what = f"Số đăng ký, công nhận lấy từ sổ đăng ký năm {self.year}; số điển hình đếm theo bài trên trang, {each}."
        far = (
            f"Năm {self.year} đăng ký {count(total)} nội dung, mô hình. Đến nay {_some(recognised)} được công nhận, "
            f"{_some(praised)} được biểu dương, {_some(copied)} được nhân rộng, {_some(told)} có bài trên trang."
        )
        return what, far, self._exemplars_counted

    @property
    def _exemplars_counted(self) -> str:
        count = format_number
        if not self.stories:
            return f"Chưa có bài nào về điển hình của năm {self.year}."
        kinds = ", ".join(f"{count(len(self.index.by_kind[kind]))} {kind.name.lower()}" for kind in KINDS)
        places = sum(row.total > 0 for row in self.by_commune.rows)
        where = "" if self.commune else f" ở {count(places)} xã, thị trấn"
        _, praised, copies, copied = self.view(self.stories)
        return (
            f"Trên trang có {count(len(self.stories))} điển hình năm {self.year}{where}, gồm {kinds}. Trong đó "
            f"{_some(praised)} được biểu dương, {_some(copies)} học từ nơi khác, {_some(copied)} có nơi làm theo."
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
        if made_up := sum(one.sample for one in self.registrations):
            counts = f"{format_number(made_up)} trong {format_number(len(self.registrations))}"
            parts.append(f"{counts} đăng ký là số liệu mẫu")
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


def build_report(
    whole: Index, year: int, commune: Commune | None = None, registrations: Iterable[Registration] = ()
) -> Report:
    """Count a year's exemplars and registrations; with a commune, its own and its predecessors' alone."""
    stories = whole.by_year.get(Year(year), ())
    registrations = tuple(registrations)
    if commune:
        lineage = [place for place, _ in whole.by_predecessor(commune)]
        stories = tuple(story for story in stories if story.commune in lineage)
        registrations = tuple(one for one in registrations if one.commune in lineage)
    return Report(year, commune, build_index(stories, whole.vocabulary), whole, registrations)


def make_report(
    content: Content, whole: Index, year: int, commune: Commune | None = None, *, samples: bool = True
) -> Report:
    """Count a year of an edition's index; without `samples`, illustrative registrations are left out too."""
    register = content.registers.get(year)
    gone = {one.registration for one in content.gone.values()}
    kept = [
        replace(one, name=_GONE, unit="", place="", result="", note="") if one.code in gone else one
        for one in (register.registrations if register else ())
        if samples or not one.sample
    ]
    return build_report(whole, year, commune, kept)


def list_years(content: Content, whole: Index, samples: bool = True) -> tuple[int, ...]:
    """Return every year of which there is something to report, the oldest first."""
    registered = {one.year for one in content.registrations(samples=samples).values()}
    return tuple(sorted(registered | {year.number for year in whole.by_year}))


def compare_years(reports: Sequence[Report]) -> tuple[Table, ...]:
    """Return the tables that set the district's years beside each other, in the order given."""
    fields = reports[0].index.vocabulary.fields if reports else ()

    def rows(count: Callable[[Report], tuple[int, ...]]) -> tuple[Row, ...]:
        return tuple(Row(f"Năm {report.year}", count(report), report.url) for report in reports)

    by_field = rows(lambda report: tuple(len(report.index.by_field[field]) for field in fields))
    by_kind = rows(lambda report: tuple(len(report.index.by_kind[kind]) for kind in KINDS))
    by_view = rows(lambda report: report.view(report.stories))
    by_stage = rows(lambda report: tables.count_stages(report.registrations, report.told))
    names, kinds = tuple(field.short for field in fields), tuple(kind.name for kind in KINDS)
    compared = (
        Table("nam-linh-vuc", "Các năm, theo lĩnh vực", "Năm", names, by_field, divides=True),
        Table("nam-loai", "Các năm, theo loại", "Năm", kinds, by_kind, divides=True),
        Table("nam", "Các năm, biểu dương và nhân rộng", "Năm", VIEWS, by_view),
        Table("nam-dang-ky", "Các năm, đăng ký và công nhận", "Năm", tables.STAGES, by_stage, unit=tables.UNIT),
    )
    return compared if any(report.registrations for report in reports) else compared[:3]


def _some(count: int) -> str:
    return format_number(count) if count else "chưa điển hình nào"
