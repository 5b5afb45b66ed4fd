"""The wording of a report in all its forms: subject, titles, lists in sentences. Pure."""

import re
from collections.abc import Iterable, Iterator

from plugins.content.registers.act import PRAISES
from plugins.content.stories.listed import Listed
from plugins.content.territory.kinds import PLACE_KINDS
from plugins.exemplars.model.figures import Total
from plugins.reports.report import Report
from plugins.reports.tables import CountTable, list_stages
from plugins.vietnamese import capitalize, format_date, format_number

# The titles and headings of lists.
EXEMPLARS_TITLE = "Danh sách điển hình đã được đăng tin, bài"
REGISTRATIONS_TITLE = "Danh sách nội dung, mô hình đã đăng ký"
TOTALS_TITLE = "Tổng hợp kết quả theo nội dung và đơn vị tính"
TOTALS_HEADS = ("Nội dung", "Số lượng", "Đơn vị tính", "Điển hình thực hiện")
# Communes without registrations named in a sentence; more are only counted.
_MOST_NAMED = 20
_ONCE = "mỗi điển hình tính một lần, theo lĩnh vực chính và địa bàn tại thời điểm thực hiện"
_SINCE = re.compile(r" \(từ [\d/]+\)$")
# A type of place that begins a name; within a sentence it has no capital.
_TYPED = re.compile(rf"^({'|'.join(capitalize(kind.name) for kind in PLACE_KINDS)})\b")


def summary(report: Report) -> tuple[str, ...]:
    """Return the numbers in sentences; the first states the basis."""
    counted, praised, undated = _exemplars_counted(report), _praised(report), _undated(report)
    if report.registrations:
        return tuple(filter(None, (*_registered(report), praised, undated, counted, _sent(report))))
    until = f"tính đến ngày {format_date(report.day)}"
    missing = f"không có đăng ký nào{_of_commune(report)}" if report.has_register else "không có sổ đăng ký"
    basis = f"Năm {report.year} {missing}; số liệu đếm các điển hình đã đăng tin, bài {until}, {_ONCE}."
    if not report.stories:
        basis = f"{capitalize(until)}, năm {report.year} {missing}."
    return tuple(filter(None, (basis, counted, praised, undated, _sent(report))))


def _registered(report: Report) -> tuple[str, str]:
    """Return sentences on the basis, and on the stages that the registrations have reached."""
    year, commune, until = report.year, report.commune, f"tính đến ngày {format_date(report.day)}"
    registered, *stages = report.count(report.registrations)
    reached = list_stages(stages) or "chưa có nội dung, mô hình nào được bình xét, công nhận"
    by = f"{commune.full_name} đăng ký" if commune else "đã đăng ký"
    if commune and commune.since and commune.since.year > year:
        # It did not exist then.
        by = f"các {report.words.listed} nay thuộc {commune.full_name} đã đăng ký"
    return (
        f"Số liệu lấy từ sổ đăng ký năm {year} và tin, bài đã đăng, {until}; {_ONCE}.",
        f"Năm {year}, {by} {format_number(registered)} nội dung, mô hình; {until}: {reached}.",
    )


def _sent(report: Report) -> str:
    """Return a sentence on the stories sent and used; "" if there are none."""
    sent, used = report.sent_by_commune.column_totals
    if not sent:
        return ""
    use = f"{format_number(used)} tin, bài được sử dụng" if used else "chưa có tin, bài nào được sử dụng"
    return f"Trong năm {report.year} đã gửi cấp trên {format_number(sent)} tin, bài; {use}."


def _of_commune(report: Report) -> str:
    return f" của {report.commune.full_name}" if report.commune else ""


def _praised(report: Report) -> str:
    """Return a sentence on praises and awards by level; "" if there are none."""
    given = [
        f"{format_number(count)} lần {heading.lower()} {re.sub('^(Cấp|Chưa)', lambda of: of[0].lower(), row.name)}"
        for row in report.by_level.rows
        for heading, count in zip(report.by_level.columns, row.counts, strict=True)
        if count
    ]
    return f"Đã có {', '.join(given)}." if given else ""


def _undated(report: Report) -> str:
    """Return a sentence on the acts not counted for lack of a date; "" if there are none."""
    doubtful = [(one.code, act) for one in report.registrations for act in one.undated]
    doubtful += [(story.name, act) for story in report.stories if not story.registration for act in story.undated]
    listed = "; ".join(f"{of} ({act.name})" for of, act in doubtful)
    return f"Chưa rõ ngày nên chưa tính: {listed}." if listed else ""


def _exemplars_counted(report: Report) -> str:
    count = format_number
    if not report.stories:
        return f"Chưa đăng tin, bài nào về điển hình năm {report.year}{_of_commune(report)}."
    found = {kind.name.lower(): len(stories) for kind, stories in report.index.by_kind.items() if stories}
    listed = ", ".join(f"{count(number)} {kind}" for kind, number in found.items())
    kinds = f"gồm {listed}" if len(report.stories) > 1 else f"là {next(iter(found))}"
    places = sum(row.total > 0 for row in report.by_commune.rows)
    where = "" if report.commune else f" ở {count(places)} {report.words.listed}"
    said = f"Đã đăng tin, bài về {count(len(report.stories))} điển hình năm {report.year}{where}, {kinds}"
    if report.registrations:
        known = {one.code for one in report.registrations}
        beside = sum(story.registration not in known for story in report.stories if not story.site)
        elsewhere = sum(bool(story.site) for story in report.stories)
        also = [f"{count(beside)} điển hình trong đó không có trong sổ đăng ký"] if beside else []
        also += [f"{count(elsewhere)} điển hình trong đó có bài ở trang khác"] if elsewhere else []
        return "; ".join([said, *also]) + "."
    _, *views = report.view(report.stories)
    verbs = ("được biểu dương, khen thưởng", "nhân rộng từ nơi khác", "đã được nhân rộng")
    also = [f"{count(number)} {verb}" for number, verb in zip(views, verbs, strict=True) if number]
    return f"{said}; trong đó {', '.join(also)}." if also else f"{said}."


def basis_of_totals(report: Report) -> str:
    """Return how the results were added, and how many were not."""
    text = "Chỉ cộng những kết quả cùng nội dung và cùng đơn vị tính; còn lại ghi theo từng điển hình."
    if report.unread:
        text += f" {format_number(len(report.unread))} kết quả không ghi số chính xác nên không cộng."
    return text


def notice(report: Report, *, prose_is_sample: bool = False) -> str:
    """Return the line that names the sample data in the report; "" if it has none."""
    counts = (
        (report.samples, report.stories, "điển hình là bài mẫu"),
        (sum(one.sample for one in report.registrations), report.registrations, "đăng ký là số liệu mẫu"),
    )
    parts = [f"{format_number(n)} trong {format_number(len(all_of))} {what}" for n, all_of, what in counts if n]
    parts += ["lời viết là lời mẫu"] if prose_is_sample else []
    return f"BÁO CÁO MINH HỌA: {'; '.join(parts)}. Không dùng làm văn bản chính thức." if parts else ""


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
    place, kind = story.commune.full_name if story.commune else "", story.kind.name.lower() if story.kind else ""
    return ", ".join(filter(None, (place, kind, "bài mẫu" if story.sample else "")))


def list_results(story: Listed) -> str:
    """Return the results and awards of an exemplar as sentences; "" if it has neither."""
    praise = "; ".join(act.title for act in story.acts if act.kind in PRAISES)
    sentences = [story.results_line, f"Biểu dương, khen thưởng: {praise}" if praise else ""]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
