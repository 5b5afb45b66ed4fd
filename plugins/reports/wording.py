"""What a report calls things: its subject, its lists, an exemplar in a line. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.content.registers.act import PRAISES
from plugins.content.territory.kinds import PLACE_KINDS
from plugins.vietnamese import capitalize, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plugins.content.stories.listed import Listed
    from plugins.exemplars.model.figures import Total
    from plugins.reports.report import Report
    from plugins.reports.tables import CountTable

# The titles of lists, and the heads of what was added: the same in every form.
EXEMPLARS_TITLE = "Danh sách điển hình đã được đăng tin, bài"
REGISTRATIONS_TITLE = "Danh sách nội dung, mô hình đã đăng ký"
TOTALS_TITLE = "Tổng hợp kết quả theo nội dung và đơn vị tính"
TOTALS_HEADS = ("Nội dung", "Số lượng", "Đơn vị tính", "Điển hình thực hiện")
# With more than these, nobody reads which places are still to register: their number says it.
_MOST_NAMED = 20
_SINCE = re.compile(r" \(từ [\d/]+\)$")
# A name that a list shows with its type, which within a sentence has no capital.
_TYPED = re.compile(rf"^({'|'.join(capitalize(kind.name) for kind in PLACE_KINDS)})\b")


def spread(report: Report) -> Iterator[str]:
    """Yield how the registrations spread by kind, field, progress and place, in sentences."""
    if not report.registrations:
        return
    state, by_field, *places = report.register_tables
    listed = ", ".join(
        f"{kind.lower()} {format_number(count)}"
        for kind, count in zip(state.columns, state.column_totals, strict=True)
        if count
    )
    yield (
        f"Số đăng ký chia theo loại: {listed}; theo lĩnh vực: {_list_rows(by_field)}; "
        f"theo tiến độ thực hiện: {_list_rows(state).lower()}."
    )
    if places:
        kinds = report.words.kinds
        known = [one for one in report.index.vocabulary.communes if one.kind in kinds and one.existed_on(report.day)]
        there = {one.commune for one in report.registrations}
        # Of a year in which communes were formed, nobody is said to have registered nothing.
        without = [] if any(one.since and one.since.year >= report.year for one in known) else known
        silent = [place for place in sorted(without, key=lambda one: one.sort_key) if place not in there]
        missing = ", ".join(_within(place.short) for place in silent)
        if len(silent) > _MOST_NAMED:
            missing = f"{format_number(len(silent))} {report.words.one} khác"
        yield f"Theo địa bàn: {_list_rows(places[0])}{f'; chưa có đăng ký: {missing}' if missing else ''}."


def _list_rows(table: CountTable) -> str:
    """Return the names of a table's rows with their numbers; within a sentence, a town has no capital."""
    rows = [row for row in table.rows if table.whole(row)]
    bare = [_SINCE.sub("", row.name) for row in rows]
    # Since when there is a commune matters where an old one of its name stands too.
    names = [name if bare.count(name) == 1 else row.name for name, row in zip(bare, rows, strict=True)]
    # What is called by a number must not run into the number of it.
    form = "{} ({})" if any(name[-1:].isdecimal() for name in names) else "{} {}"
    counts = [format_number(table.whole(row) or 0) for row in rows]
    return ", ".join(form.format(_within(name), count) for name, count in zip(names, counts, strict=True))


def _within(name: str) -> str:
    """Return a place's name as a sentence has it, where its type has no capital."""
    return _TYPED.sub(lambda found: found[0].lower(), name)


def subject(report: Report) -> str:
    """Return what the report is about, as its title says it."""
    return capitalize(about(report))


def about(report: Report) -> str:
    """Return the same within a sentence."""
    return f"kết quả thực hiện phong trào thi đua “Dân vận khéo” năm {report.year}"


def list_totals(totals: Iterable[Total]) -> str:
    """Return what was added, by what it is: hiến đất 67 hộ, 2.390 m²; kênh 4 km."""
    found: dict[str, list[str]] = {}
    for total in totals:
        found.setdefault(total.label, []).append(str(total.quantity))
    return "; ".join(f"{label} {', '.join(quantities)}" for label, quantities in found.items())


def commune_and_kind(story: Listed) -> str:
    """Return an exemplar's commune and kind, and that it is made up where it is."""
    parts = [story.commune.full_name if story.commune else "", story.kind.name.lower() if story.kind else ""]
    return ", ".join(part for part in (*parts, "bài mẫu" if story.sample else "") if part)


def list_results(story: Listed) -> str:
    """Return the results and the commendations of an exemplar as sentences; "" when it has neither."""
    praise = "; ".join(act.title for act in story.acts if act.kind in PRAISES)
    sentences = [story.results_line, f"Biểu dương, khen thưởng: {praise}" if praise else ""]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
