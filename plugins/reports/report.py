"""The numbers of a year's report, of the office or of one commune. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby

from plugins.content.addresses.sections import report_url
from plugins.content.content import Content, as_of_its_day
from plugins.content.registers.act import PRAISES, Act, ActKind
from plugins.content.registers.registration import Registration
from plugins.content.sent import Sending, in_year
from plugins.content.stories.listed import Listed, Result
from plugins.content.stories.story import Story
from plugins.content.territory.words import Words
from plugins.content.vocabulary.terms import KINDS, Commune, Field, Year
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.model.figures import Total, add_up, find_unread
from plugins.exemplars.model.index import Index, Stories, build_index
from plugins.reports import tables
from plugins.reports.tables import CountRow, Counts, CountTable, matrix_table
from plugins.sources.problem import Level, Problem

# Exemplars of other sites named in a field.
MOST_NAMED = 40
# The name of a registration whose story was taken down: it is still counted.
_GONE = "(bài đã gỡ)"
VIEWS = ("Điển hình", "Biểu dương, khen thưởng", "Nhân rộng từ nơi khác", "Đã được nhân rộng")


@dataclass(frozen=True)
class Report:
    """The numbers of a year as of a day, of one commune if it is given.

    `index` has its exemplars alone, `whole` all of the edition. `has_register` is true even if the register has no
    registrations of the commune.
    """

    year: int
    commune: Commune | None
    day: date
    index: Index
    whole: Index
    registrations: tuple[Registration, ...] = ()
    has_register: bool = False
    sendings: tuple[Sending, ...] = ()

    @property
    def url(self) -> str:
        return report_url(self.year)

    @property
    def name(self) -> str:
        """The stem of its file names."""
        return f"bao-cao-{self.year}" + (f"-{self.commune.id}" if self.commune else "")

    @property
    def csv_url(self) -> str:
        """The URL of its numbers."""
        return f"{self.url}{self.name}.csv"

    @property
    def stories(self) -> Stories:
        """Its exemplars, newest first."""
        return self.index.exemplars

    @cached_property
    def named(self) -> tuple[tuple[Field, Stories, int], ...]:
        """By field, the exemplars to name and the number left out: those of other sites but the newest.

        A province counts thousands from other sites, too many to list.
        """
        found = []
        for term, stories in self.index.by_field.items():
            elsewhere = [story for story in stories if story.site]
            left_out = set(elsewhere[MOST_NAMED:])
            named = tuple(story for story in stories if story not in left_out)
            found += [(term, named, len(left_out))] if stories else []
        return tuple(found)

    @property
    def samples(self) -> int:
        return sum(story.sample for story in self.stories)

    @cached_property
    def words(self) -> Words:
        """The words for the communes of that time."""
        there = [story.commune for story in self.stories] + [one.commune for one in self.registrations]
        return self.index.vocabulary.words_in(self.year).beside(one for one in there if one)

    @cached_property
    def by_field(self) -> CountTable:
        kinds = {field: [story.kind for story in stories] for field, stories in self.index.by_field.items()}
        rows = [CountRow(field.name, tuple(map(of.count, KINDS)), field.url, field.id) for field, of in kinds.items()]
        columns = tuple(kind.name for kind in KINDS)
        return CountTable("linh-vuc", "Điển hình theo lĩnh vực", "Lĩnh vực", columns, tuple(rows), divides=True)

    @cached_property
    def by_commune(self) -> CountTable:
        """By the communes of that time; for one commune, by those that it was formed from."""
        lineage = [place for place, _ in self.index.by_predecessor(self.commune)] if self.commune else None
        title = f"Điển hình theo {self.words.listed}"
        return matrix_table(self.index.matrix_then, "xa", title, self.words.heading, self.year, lineage)

    @cached_property
    def by_commune_today(self) -> CountTable:
        """By the communes of today."""
        words, title = self.index.vocabulary.words, f"Điển hình theo {self.index.vocabulary.words.one} hiện nay"
        table = matrix_table(self.index.matrix_now, "xa-nay", title, words.heading, self.year)
        return replace(table, again=True)

    @cached_property
    def by_kind(self) -> CountTable:
        rows = tuple(CountRow(kind.name, self.view(self.index.by_kind[kind]), kind.url) for kind in KINDS)
        return CountTable("loai", "Điển hình theo loại", "Loại", VIEWS, rows)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The acts of the year's registrations, and of its exemplars that were not registered."""
        known = {one.code for one in self.registrations}
        found = [act for one in self.registrations for act in one.acts]
        found += [act for story in self.stories if story.registration not in known for act in story.acts]
        return tuple(found)

    @cached_property
    def by_level(self) -> CountTable:
        """Praises and awards by level; an exemplar may have several."""
        return tables.level_table(self.acts, self.words.levels)

    @cached_property
    def sent_stories(self) -> tuple[Story, ...]:
        """Stories and news sent to the committee above in the year, newest first."""
        slugs = {one.slug for one in self.sendings}
        return tuple(story for story in self.whole.stories if story.slug in slugs)

    @cached_property
    def sent_by_commune(self) -> CountTable:
        """Stories of each place sent and used, each counted once."""
        return tables.sent_table(self.sendings, self.sent_stories, self.words.heading)

    @cached_property
    def told(self) -> frozenset[str]:
        """The codes of registrations with a story by the day."""
        told = (story for story in self.whole.exemplars if story.date <= self.day)
        return frozenset(story.registration for story in told if story.registration)

    def count(self, registrations: Iterable[Registration]) -> tuple[int, ...]:
        """Return the counts of tables.STAGES for some of the registrations."""
        return tables.count_stages(registrations, self.told)

    @cached_property
    def registered_by_commune(self) -> CountTable:
        communes = (*self.index.communes_then, *self.index.communes_now)
        return tables.commune_table(self.registrations, self.count, communes, self.words, self.year)

    @property
    def register_tables(self) -> tuple[CountTable, ...]:
        """The tables of the registrations; empty without any."""
        if not self.registrations:
            return ()
        vocabulary = self.index.vocabulary
        by_field = tables.field_table(self.registrations, self.count, vocabulary.fields)
        found = [tables.state_table(self.registrations), by_field]
        if not self.commune:
            found.append(self.registered_by_commune)
            if any(one.commune and one.commune.successor for one in self.registrations):
                now, today = self.index.communes_now, vocabulary.today
                words = vocabulary.words
                found.append(tables.commune_table(self.registrations, self.count, now, words, self.year, today))
        return tuple(found)

    @cached_property
    def every_table(self) -> tuple[CountTable, ...]:
        """All tables in the order of the report, including zeros."""
        places = [self.by_commune, self.by_commune_today]
        if self.commune or not any(story.commune and story.commune.successor for story in self.stories):
            places.pop()
        if len(self.by_commune.rows) == 1:
            places = []
        return (*self.register_tables, self.by_field, *places, self.by_kind, self.by_level, self.sent_by_commune)

    @cached_property
    def tables(self) -> tuple[CountTable, ...]:
        """The tables to show, without rows and columns of zeros."""
        return tuple(table for table in (table.trimmed for table in self.every_table) if table.tells)

    @property
    def parts(self) -> tuple[tuple[CountTable, ...], ...]:
        """The tables grouped by their unit."""
        return tuple(tuple(tables) for _, tables in groupby(self.tables, key=lambda table: table.unit))

    @property
    def headline(self) -> tuple[tuple[int, str], ...]:
        """The main numbers with their names, all of one basis, without zeros except the first."""
        counts = self.count(self.registrations) if self.registrations else self.view(self.stories)
        named = zip(counts, tables.STAGES if self.registrations else VIEWS, strict=True)
        return tuple((count, name) for at, (count, name) in enumerate(named) if count or not at)

    @cached_property
    def results(self) -> tuple[Total, ...]:
        """All figures of the exemplars, grouped by label and unit."""
        return add_up(reversed(self.stories))

    @property
    def totals(self) -> tuple[Total, ...]:
        """The results that are sums of several figures."""
        return tuple(total for total in self.results if total.is_sum)

    @cached_property
    def unread(self) -> tuple[tuple[Listed, Result], ...]:
        """Results that cannot be added, as they have no exact number."""
        return find_unread(self.stories)

    def view(self, stories: Stories) -> tuple[int, ...]:
        """Return the counts of VIEWS for some exemplars."""
        return (
            len(stories),
            sum(story.has(*PRAISES) for story in stories),
            sum(map(self.whole.is_copy, stories)),
            sum(story.has(ActKind.REPLICATION) or story.slug in self.whole.copies for story in stories),
        )


def make_report(
    content: Content, whole: Index, year: int, commune: Commune | None = None, *, samples: bool = True
) -> Report:
    """Return the report of a year from an edition's index; for a commune, it includes its predecessors.

    Without `samples`, sample registrations are left out.
    """
    gone = {one.registration for one in content.gone.values()}
    stories = whole.by_year.get(Year(year), ())
    sendings = tuple(one for one in in_year(content.sendings, year) if one.slug in whole.by_slug)
    registrations = [
        replace(one, name=_GONE, unit="", place="", result="", note="") if one.code in gone else one
        for one in content.registrations(samples=samples).values()
        if one.year == year
    ]
    if commune:
        lineage = [place for place, _ in whole.by_predecessor(commune)]
        stories = tuple(story for story in stories if story.commune in lineage)
        registrations = [one for one in registrations if one.commune in lineage]
        here = {story.slug for story in whole.stories if story.commune in lineage}
        sendings = tuple(one for one in sendings if one.slug in here)
    index = build_index(stories, whole.vocabulary)
    return Report(year, commune, content.day, index, whole, tuple(registrations), year in content.registers, sendings)


def make_reports(edition: Edition, *, samples: bool) -> list[Report]:
    """Return the report of each year with anything to report, oldest first, as of the day of the content."""
    shown = replace(edition.content, sources=edition.sources)
    # The site may show stories dated later, which are not counted.
    content = as_of_its_day(shown)
    index = edition.index if content is shown else build_index(content.listed, content.vocabulary)
    years = {one.year for one in shown.registrations(samples=samples).values()}
    years |= {year.number for year in edition.index.by_year}
    return [make_report(content, index, year, samples=samples) for year in sorted(years)]


def check_reports(content: Content) -> Iterator[Problem]:
    """Advise of communes with more recognised exemplars than registrations in a year, naming the unregistered."""
    if not content.registers:
        return
    content = as_of_its_day(content)
    index = build_index([story for story in content.listed if not story.draft], content.vocabulary)
    for report in (make_report(content, index, year) for year in content.registers):
        for row in report.registered_by_commune.rows if report.registrations else ():
            # Stories of other sites have registers of their own.
            own = (story for story in report.stories if not story.site and story.honors and not story.registration)
            beside = [story for story in own if story.commune and story.commune.url == row.url]
            registered, recognised = row.counts[0] or 0, row.counts[2] or 0
            if recognised + len(beside) > registered:
                names = "; ".join(story.name for story in beside)
                message = f"{row.name}: đăng ký {registered} mà được công nhận, biểu dương {recognised + len(beside)}"
                message += f", trong đó {names} không có trong sổ" if names else ""
                fix = "ghi thêm vào sổ rồi ghi mã Đăng ký vào bài"
                yield Problem(report.registrations[0].where[0], 1, message, fix, Level.ADVICE)


def compare_years(reports: Sequence[Report]) -> tuple[CountTable, ...]:
    """Return the tables that compare years, in the order given."""
    fields = reports[0].index.vocabulary.fields if reports else ()

    # Without a register nothing was counted, which is not zero.
    none: Counts = (None,) * len(tables.STAGES)

    def rows(count: Callable[[Report], Counts]) -> tuple[CountRow, ...]:
        return tuple(CountRow(f"Năm {report.year}", count(report), report.url) for report in reports)

    by_field = rows(lambda report: tuple(len(report.index.by_field[field]) for field in fields))
    by_kind = rows(lambda report: tuple(len(report.index.by_kind[kind]) for kind in KINDS))
    by_view = rows(lambda report: report.view(report.stories))
    by_stage = tuple(
        CountRow(f"Năm {report.year}", report.count(report.registrations), report.url)
        if report.registrations
        else CountRow(f"Năm {report.year}, không có sổ", none, report.url)
        for report in reports
    )
    names, kinds = tuple(field.short for field in fields), tuple(kind.name for kind in KINDS)
    compared = (
        CountTable("nam-linh-vuc", "Các năm, theo lĩnh vực", "Năm", names, by_field, divides=True),
        CountTable("nam-loai", "Các năm, theo loại", "Năm", kinds, by_kind, divides=True),
        CountTable("nam", "Các năm, biểu dương, khen thưởng và nhân rộng", "Năm", VIEWS, by_view),
        CountTable("nam-dang-ky", "Các năm, theo sổ đăng ký", "Năm", tables.STAGES, by_stage, unit=tables.UNIT),
    )
    return compared if any(report.has_register for report in reports) else compared[:3]
