"""`bulletin`: the stories of a period as a PDF to print."""

import tempfile
from pathlib import Path

from plugins import job_status
from plugins.bulletin import layout
from plugins.bulletin.browser import OLDEST, need_browser, print_page
from plugins.bulletin.pdf import count_pages, finish_pdf, is_ours, read_engine, read_starts
from plugins.bulletin.period import parse_period
from plugins.content.content import as_of_its_day
from plugins.content.load import can_use, load_content
from plugins.content.vocabulary.terms import is_placeholder
from plugins.exemplars.hooks import installed
from plugins.exemplars.model.edition import select_edition
from plugins.official.filing import fails_with
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date, format_number, today

_FAILURE = "Chưa làm được bản tin"
# The second print has the right page numbers, unless a longer number breaks a line of the contents.
_MOST_PRINTS = 4


@fails_with(_FAILURE)
def write_bulletin(project: Path, first: str, last: str, output: str = "", size: str = "") -> int:
    """Write the bulletin of a period and return the exit code: 1 if there is none, or a story is left out for an error.

    A file of the same name is replaced only if it is an earlier bulletin.
    """
    period, paper = parse_period(first, last), _parse_paper(size)
    file = _output_file(project, output or f"ban-tin-{period.first}-{period.last}.pdf")
    content = as_of_its_day(load_content(project, min(period.last, today()), installed(project)))
    if not can_use(content, _FAILURE):
        return 1
    bulletin = layout.build_bulletin(select_edition(content, drafts=False, samples=True), period, paper)
    if not bulletin.stories:
        days = f"từ {format_date(period.first)} đến {format_date(period.last)}"
        drafts = f" ({format_number(len(_drafts(bulletin)))} bài còn là nháp)" if _drafts(bulletin) else ""
        raise Invalid(f"không có bài nào đã đăng {days}{drafts}", "chọn khoảng ngày khác")
    data = render_pdf(bulletin)
    file.write_bytes(data)
    job_status.report_file(project, file)
    _print_summary(bulletin, file, data)
    return 1 if content.errors else 0


def render_pdf(bulletin: layout.Bulletin) -> bytes:
    """Return the bulletin as PDF, the same bytes from the same browser; Invalid when it cannot be printed."""
    browser = need_browser()
    # A browser may hold files of its profile for a moment after it has ended.
    with tempfile.TemporaryDirectory(prefix="ban-tin-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        layout.write_photos(bulletin, folder)
        numbers = dict.fromkeys((story.slug for story in bulletin.stories), 1)
        for _ in range(_MOST_PRINTS):
            page = layout.render_bulletin(bulletin, folder, numbers)
            (folder / layout.PAGE).write_text(page, encoding="utf-8", newline="\n")
            data = print_page(browser, folder / layout.PAGE, folder)
            if (engine := read_engine(data)) < OLDEST:
                fix = f"cập nhật lên bản {OLDEST} trở lên rồi chạy lại"
                raise Invalid(f"{browser.name} trên máy này quá cũ (bản {engine})", fix)
            starts = {slug: page for slug, page in read_starts(data).items() if slug in numbers}
            if starts.keys() != numbers.keys():
                message = f"{browser.name} in ra tệp PDF không có liên kết, nên mục lục không có số trang"
                raise Invalid(message, "dùng Edge hay Chrome bản mới rồi chạy lại")
            if starts == numbers:
                break
            numbers = starts
        else:
            raise Invalid("số trang trong mục lục không ổn định", "chọn khoảng ngày khác một chút rồi chạy lại")
    title = f"{bulletin.title}, {_words(bulletin.period.title)}"
    return finish_pdf(data, title, bulletin.office.name, bulletin.period.last)


def _parse_paper(size: str) -> str:
    """Return a paper size as PAPERS names it, A4 by default; Invalid for an unknown one."""
    wanted = size.strip().replace("×", "x").replace(" ", "").lower().removesuffix("cm") or "a4"
    for paper in layout.PAPERS:
        if paper.lower() == wanted:
            return paper
    raise Invalid(f"Khổ “{size}” không có", f"chọn một trong: {', '.join(layout.PAPERS)}")


def _output_file(project: Path, name: str) -> Path:
    file = project / name
    if file.suffix.lower() != ".pdf":
        raise Invalid(f"“{name}” không phải tên tệp PDF", "đặt tên có đuôi .pdf")
    if file.exists() and not is_ours(file.read_bytes()):
        raise Invalid(f"Đã có tệp {name}, không phải bản tin do lệnh này làm", "đặt tên khác sau --output")
    return file


def _drafts(bulletin: layout.Bulletin) -> list[str]:
    return [story.path for story in bulletin.edition.drafts_left_out if story.date in bulletin.period]


def _words(title: str) -> str:
    return title[:1].lower() + title[1:]


def _print_summary(bulletin: layout.Bulletin, file: Path, data: bytes) -> None:
    stories = bulletin.stories
    counts = f"{format_number(len(stories))} bài, {format_number(count_pages(data))} trang"
    size = bulletin.paper if bulletin.paper == "A4" else f"{bulletin.paper.replace('x', ' × ')} cm"
    print(f"Đã làm xong {file.name}: {bulletin.title}, {_words(bulletin.period.title)}: {counts} khổ {size}.")
    if drafts := _drafts(bulletin):
        print(f"Không đưa vào {format_number(len(drafts))} bài nháp: {', '.join(drafts)}")
    if samples := sum(story.sample for story in stories):
        print(f"Có {format_number(samples)} bài mẫu, ghi rõ là bài mẫu trên trang in.")
    if missing := [label for label, value in layout.build_imprint(bulletin) if is_placeholder(value)]:
        print(f"Phần ghi tên cơ quan còn thiếu, vì content/danh-muc/co-quan.yaml chưa điền: {', '.join(missing)}.")
    if gaps := [label for label, value in layout.build_printing(bulletin) if is_placeholder(value)]:
        print(f"Cuối bản in để chấm: {', '.join(gaps)}; ghi vào co-quan.yaml, hoặc viết tay sau khi có giấy phép.")
