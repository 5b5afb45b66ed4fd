"""The wording of a report in all its forms: subject, titles, lists in sentences. Pure."""

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

# The titles and headings of lists.
EXEMPLARS_TITLE = "Danh sách điển hình đã được đăng tin, bài"
REGISTRATIONS_TITLE = "Danh sách nội dung, mô hình đã đăng ký"
TOTALS_TITLE = "Tổng hợp kết quả theo nội dung và đơn vị tính"
TOTALS_HEADS = ("Nội dung", "Số lượng", "Đơn vị tính", "Điển hình thực hiện")
# Communes without registrations named in a sentence; more are only counted.
_MOST_NAMED = 20
_SINCE = re.compile(r" \(từ [\d/]+\)$")
# A type of place that begins a name; within a sentence it has no capital.
_TYPED = re.compile(rf"^({'|'.join(capitalize(kind.name) for kind in PLACE_KINDS)})\b")


def spread(report: Report) -> Iterator[str]:
    """Yield sentences on the registrations by kind, field, state of work and commune."""
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
        # In a year of mergers, no commune is said to have registered nothing.
        without = [] if any(one.since and one.since.year >= report.year for one in known) else known
        silent = [place for place in sorted(without, key=lambda one: one.sort_key) if place not in there]
        missing = ", ".join(_within(place.short) for place in silent)
        if len(silent) > _MOST_NAMED:
            missing = f"{format_number(len(silent))} {report.words.one} khác"
        yield f"Theo địa bàn: {_list_rows(places[0])}{f'; chưa có đăng ký: {missing}' if missing else ''}."


def _list_rows(table: CountTable) -> str:
    """Return a table's rows as a phrase of names and numbers."""
    rows = [row for row in table.rows if table.whole(row)]
    bare = [_SINCE.sub("", row.name) for row in rows]
    # The date of a commune is needed only beside an older one of its name.
    names = [name if bare.count(name) == 1 else row.name for name, row in zip(bare, rows, strict=True)]
    # A name that ends in a digit must not run into its number.
    form = "{} ({})" if any(name[-1:].isdecimal() for name in names) else "{} {}"
    counts = [format_number(table.whole(row) or 0) for row in rows]
    return ", ".join(form.format(_within(name), count) for name, count in zip(names, counts, strict=True))


def _within(name: str) -> str:
    """Return a place's name for a sentence, its type without capital."""
    return _TYPED.sub(lambda found: found[0].lower(), name)


def subject(report: Report) -> str:
    """Return the subject of a report for its title."""
    return capitalize(about(report))


def about(report: Report) -> str:
    """Return the subject of a report for a sentence."""
    return f"kết quả thực hiện phong trào thi đua “Dân vận khéo” năm {report.year}"


def list_totals(totals: Iterable[Total]) -> str:
    """Return sums as a phrase: hiến đất 67 hộ, 2.390 m²; kênh 4 km."""
    found: dict[str, list[str]] = {}
    for total in totals:
        found.setdefault(total.label, []).append(str(total.quantity))
    return "; ".join(f"{label} {', '.join(quantities)}" for label, quantities in found.items())


def commune_and_kind(story: Listed) -> str:
    """Return an exemplar's commune and kind, with a note on a sample."""
    parts = [story.commune.full_name if story.commune else "", story.kind.name.lower() if story.kind else ""]
    return ", ".join(part for part in (*parts, "bài mẫu" if story.sample else "") if part)


def list_results(story: Listed) -> str:
    """Return the results and awards of an exemplar as sentences; "" if it has neither."""
    praise = "; ".join(act.title for act in story.acts if act.kind in PRAISES)
    sentences = [story.results_line, f"Biểu dương, khen thưởng: {praise}" if praise else ""]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
