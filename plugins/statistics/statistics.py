"""The tables of a span of days, of all places or of one; for a whole year, the numbers of its report. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from plugins.bulletin.period import Period
from plugins.content.content import Content
from plugins.content.members.exemplars import GatheredExemplar
from plugins.content.registers.act import Act
from plugins.content.registers.registration import Registration
from plugins.content.sent import in_year
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import KINDS, Commune, Movement
from plugins.exemplars.model.index import Index, build_index
from plugins.reports import tables
from plugins.reports.report import Report
from plugins.reports.tables import CountRow, CountTable
from plugins.vietnamese import format_date, format_number, squash


class Span(Period):
    """The days from `first` to `last`, inclusive, and what falls within them."""

    @property
    def years(self) -> range:
        return range(self.first.year, self.last.year + 1)

    @property
    def title(self) -> str:
        """Both days, or the year if it is a whole one."""
        if (self.first, self.last) == (date(self.first.year, 1, 1), date(self.first.year, 12, 31)):
            return f"năm {self.first.year}"
        return f"từ ngày {format_date(self.first)} đến ngày {format_date(self.last)}"

    def has(self, act: Act) -> bool:
        """Return whether an act certainly happened within it, by its day or else by its year."""
        if act.day:
            return act.day in self
        return self.first <= date(act.year, 1, 1) and date(act.year, 12, 31) <= self.last

    def may_have(self, act: Act) -> bool:
        """Return whether an act without a day may or may not have happened within it."""
        return act.day is None and act.year in self.years and not self.has(act)

    def registers(self, one: Registration) -> bool:
        """Return whether a registration falls within it, by its day moved into the year of its register."""
        return _within(one.registered_on, one.year) in self

    def tells(self, story: Listed) -> bool:
        """Return whether a story falls within it, by its day moved into its year."""
        return story.date <= self.last and _within(story.date, story.year.number) in self


def _within(day: date, year: int) -> date:
    """Return the day of a year nearest to a day."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


@dataclass(frozen=True)
class Apart:
    """An act or story that no table counts, and the exemplar it is of."""

    of: str
    what: str


def keep_within(acts: Iterable[Act], span: Span) -> tuple[Act, ...]:
    """Return the acts that certainly happened within a span."""
    return tuple(act for act in acts if span.has(act))


def trim_story(story: Listed, span: Span) -> Listed:
    """Return a story with only the acts within a span."""
    acts = keep_within((*story.acts, *story.undated), span)
    if isinstance(story, Story):
        return replace(story, acts=acts, undated=())
    return replace(story, acts=acts) if isinstance(story, GatheredExemplar) else story


_TIMES = "lượt, một điển hình có thể thuộc nhiều phong trào"  # an exemplar may belong to several movements
_NO_MOVEMENT = "Không ghi phong trào"


@dataclass(frozen=True)
class Statistics:
    """The numbers of a span, its registrations and acts, and acts not counted: `undated`, and of `others` years."""

    span: Span
    report: Report
    registrations: tuple[Registration, ...]
    acts: tuple[Act, ...]
    undated: tuple[Apart, ...]
    others: tuple[Apart, ...]

    @property
    def commune(self) -> Commune | None:
        return self.report.commune

    @property
    def name(self) -> str:
        """The stem of its file names."""
        place = f"-{self.commune.id}" if self.commune else ""
        return f"so-lieu-{self.span.first.isoformat()}-{self.span.last.isoformat()}{place}"

    @cached_property
    def told(self) -> frozenset[str]:
        """The codes of registrations with a story within the span."""
        found = (story for story in self.report.whole.exemplars if self.span.tells(story))
        return frozenset(story.registration for story in found if story.registration)

    def count(self, some: Iterable[Registration]) -> tuple[int, ...]:
        """Return the counts of tables.STAGES within the span; only the first requires registration within it."""
        counted = tuple(some)
        return (sum(map(self.span.registers, counted)), *tables.count_stages(counted, self.told)[1:])

    @cached_property
    def every_table(self) -> tuple[CountTable, ...]:
        """All tables, including zeros."""
        report, vocabulary, registered = self.report, self.report.index.vocabulary, self.registrations
        kinds = [CountRow(kind.name, self.count(one for one in registered if one.kind == kind)) for kind in KINDS]
        movements: list[tuple[Movement | None, str]] = [(one, one.name) for one in vocabulary.movements]
        of_movements = [
            CountRow(name, self.count(one for one in registered if one.movement == movement))
            for movement, name in (*movements, (None, _NO_MOVEMENT))
        ]
        exemplars = report.index.exemplars
        moved = [
            CountRow(movement.name, (sum(movement in story.movements for story in exemplars),), movement.url)
            for movement in vocabulary.movements
        ]
        moved.append(CountRow(_NO_MOVEMENT, (sum(not story.movements for story in exemplars),)))
        title, first = "Điển hình theo phong trào", "Cuộc vận động, phong trào"
        communes = (*report.index.communes_then, *report.index.communes_now)
        places = tables.commune_table(registered, self.count, communes, report.words, self.span.last.year)
        return (
            tables.field_table(registered, self.count, vocabulary.fields),
            tables.stage_table("dang-ky-loai", "loại", kinds),
            *(() if self.commune else (places,)),
            tables.stage_table("dang-ky-phong-trao", "phong trào", of_movements),
            report.by_field,
            *(() if self.commune else (report.by_commune,)),
            report.by_kind,
            CountTable("phong-trao", title, first, ("Lượt điển hình",), tuple(moved), unit=_TIMES),
            tables.level_table(self.acts, report.words.levels),
            report.sent_by_commune,
        )

    @cached_property
    def tables(self) -> tuple[CountTable, ...]:
        """The tables with rows, without rows and columns of zeros."""
        trimmed = (table.trimmed for table in self.every_table)
        return tuple(table for table in trimmed if table.rows)

    @property
    def summary(self) -> tuple[str, ...]:
        """The basis and the numbers in sentences, then the acts not counted."""
        registered, *stages = self.count(self.registrations)
        far = f"; {reached}" if (reached := tables.list_stages(stages)) else ""
        of = f"{self.commune.full_name} đăng ký" if self.commune else "đăng ký"
        none = f"{self.commune.full_name} chưa có đăng ký nào" if self.commune else "chưa có đăng ký nào"
        until = f" (tính đến ngày {format_date(self.report.day)})" if self.report.day < self.span.last else ""
        stories = len(self.report.stories)
        sent, used = self.report.sent_by_commune.column_totals
        use = f"{format_number(used)} tin, bài" if used else "chưa có tin, bài nào"
        said = [
            f"Số liệu {self.span.title}{until}, lấy từ sổ đăng ký và tin, bài đã đăng; mỗi việc tính vào ngày đã ghi.",
            f"Trong kỳ {of} {format_number(registered)} nội dung, mô hình{far}." if registered else f"Trong kỳ {none}.",
            f"Đã đăng tin, bài về {format_number(stories)} điển hình." if stories else "Chưa đăng tin, bài nào.",
            f"Đã gửi cấp trên {format_number(sent)} tin, bài; {use} được sử dụng." if sent else "",
            _list("Chưa rõ ngày nên chưa tính", self.undated),
            _list("Trong kỳ nhưng thuộc năm khác nên không tính ở các biểu", self.others),
        ]
        return tuple(filter(None, said))

    @property
    def notice(self) -> str:
        """The line on sample data in the numbers; "" if there is none."""
        samples = sum(one.sample for one in self.registrations) + self.report.samples
        samples += sum(story.sample for story in self.report.sent_stories)
        return "SỐ LIỆU MINH HỌA: có bài mẫu, số liệu mẫu. Không dùng làm văn bản chính thức." if samples else ""


def _list(what: str, some: Iterable[Apart]) -> str:
    listed = "; ".join(f"{one.of} ({one.what})" for one in some)
    return f"{what}: {listed}." if listed else ""


def make_statistics(
    content: Content, whole: Index, span: Span, commune: Commune | None = None, *, samples: bool = True
) -> Statistics:
    """Return the statistics of a span from an edition's index; for a commune, they include its predecessors."""
    lineage = [place for place, _ in whole.by_predecessor(commune)] if commune else None
    known = [
        one for one in content.registrations(samples=samples).values() if lineage is None or one.commune in lineage
    ]
    stories = [story for story in whole.everything if lineage is None or story.commune in lineage]
    own = [one for one in known if one.year in span.years]
    trimmed = tuple(replace(one, acts=keep_within((*one.acts, *one.undated), span), undated=()) for one in own)
    codes = {one.code for one in known}
    loose = [story for story in stories if story.is_exemplar and story.registration not in codes]
    counted = (one for one in stories if one.is_exemplar and one.year.number in span.years and span.tells(one))
    everything = build_index([trim_story(story, span) for story in whole.everything], whole.vocabulary)
    index = build_index([everything.by_slug[story.slug] for story in counted], whole.vocabulary)
    slugs = {story.slug for story in stories}
    sent = [one for year in span.years for one in in_year(content.sendings, year)]
    sendings = tuple(one for one in sent if one.sent_on in span and one.slug in slugs)
    report = Report(span.last.year, commune, content.day, index, everything, trimmed, bool(own), sendings)
    told = [(*story.acts, *story.undated) for story in loose if story.year.number in span.years]
    acts = chain(*(one.acts for one in trimmed), *(keep_within(some, span) for some in told))
    return Statistics(span, report, trimmed, tuple(acts), *_find_apart(known, stories, loose, span))


def _name(story: Listed) -> str:
    """Return a story's exemplar with its commune, which the name of a hamlet's board leaves open."""
    where = story.commune.full_name if story.commune else ""
    return f"{story.name}, {where}" if where and squash(where) not in squash(story.name) else story.name


def _find_apart(
    known: Iterable[Registration], stories: Iterable[Listed], loose: Collection[Listed], span: Span
) -> tuple[tuple[Apart, ...], tuple[Apart, ...]]:
    """Return the acts that may be within a span, and those within it of exemplars of other years."""
    stated = [(one.code, one.year, (*one.acts, *one.undated)) for one in known]
    stated += [(_name(story), story.year.number, (*story.acts, *story.undated)) for story in loose]
    undated = [Apart(of, f"{act.name}, {act.when}") for of, _, acts in stated for act in acts if span.may_have(act)]
    others = [
        Apart(of, act.title) for of, year, acts in stated if year not in span.years for act in acts if span.has(act)
    ]
    others += [
        Apart(_name(story), f"tin, bài {format_date(story.date)}")
        for story in stories
        if story.is_exemplar and story.year.number not in span.years and story.date in span
    ]
    return tuple(undated), tuple(others)
