"""`bulletin`: the stories of a period become a PDF to print, or one line says why not."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from plugins import job_status
from plugins.bulletin.browser import OLDEST, CannotPrint, find_browser, print_page
from plugins.bulletin.layout import (
    PAGE,
    PAPERS,
    build_bulletin,
    build_imprint,
    build_printing,
    render_page,
    write_photos,
)
from plugins.bulletin.pdf import count_pages, finish_pdf, is_ours, read_engine, read_starts
from plugins.bulletin.period import parse_period
from plugins.content.as_of import as_of_its_day
from plugins.content.load import load_content
from plugins.content.vocabulary.terms import is_placeholder
from plugins.exemplars.hooks import installed
from plugins.exemplars.model.selection import select_edition
from plugins.output import explain
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date, format_number, today

if TYPE_CHECKING:
    from plugins.bulletin.layout import Bulletin
    from plugins.bulletin.period import Period
    from plugins.content.content import Content

_NO_BROWSER = (
    "cần trình duyệt Edge, Chrome hoặc Chromium trên máy này để in ra PDF mà không thấy; "
    "cài Microsoft Edge (microsoft.com/edge) hoặc gói chromium rồi chạy lại"
)
# The numbers change nothing but themselves, so that the second print settles them; a third is for a line that breaks.
_MOST_PRINTS = 4


def write_bulletin(project: Path, first: str, last: str, output: str = "", size: str = "") -> int:
    """Write the bulletin of a period. Returns the exit code: 1 when there is none, or a story is missing for an error.

    A file of the same name is replaced when it is an earlier bulletin, and never otherwise.
    """
    try:
        period, paper = parse_period(first, last), _parse_paper(size)
        file = _output_file(project, output or f"ban-tin-{period.first}-{period.last}.pdf")
        content = as_of_its_day(load_content(project, min(period.last, today()), installed(project)))
        for problem in content.errors:
            print(problem)
        bulletin = _choose_stories(content, period, paper)
        data = render_pdf(bulletin)
        file.write_bytes(data)
    except Invalid as invalid:
        why = f"{invalid.message}; {invalid.fix}"
    except CannotPrint as cannot:
        why = str(cannot)
    except OSError as error:
        why = explain(error, project, doing="đọc hoặc ghi")
    else:
        job_status.report_file(project, file)
        _print_summary(bulletin, file, data)
        return 1 if content.errors else 0
    print(f"Chưa làm được bản tin: {why}.", file=sys.stderr)
    return 1


def render_pdf(bulletin: Bulletin) -> bytes:
    """Return the bulletin as PDF; the same stories and browser give the same bytes. CannotPrint says why not."""
    browser = find_browser()
    if browser is None:
        raise CannotPrint(_NO_BROWSER)
    # A browser may still hold a file of its profile for a moment after it has ended.
    with tempfile.TemporaryDirectory(prefix="ban-tin-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        write_photos(bulletin, folder)
        numbers = dict.fromkeys((story.slug for story in bulletin.stories), 1)
        for _ in range(_MOST_PRINTS):
            (folder / PAGE).write_text(render_page(bulletin, folder, numbers), encoding="utf-8", newline="\n")
            data = print_page(browser, folder / PAGE, folder)
            if (engine := read_engine(data)) < OLDEST:
                fix = f"cập nhật lên bản {OLDEST} trở lên rồi chạy lại"
                raise CannotPrint(f"{browser.name} trên máy này quá cũ (bản {engine}); {fix}")
            starts = {slug: page for slug, page in read_starts(data).items() if slug in numbers}
            if starts.keys() != numbers.keys():
                raise CannotPrint(f"{browser.name} in ra tệp PDF không có liên kết, nên mục lục không có số trang")
            if starts == numbers:
                break
            numbers = starts
        else:
            raise CannotPrint("số trang trong mục lục không ổn định; chọn khoảng ngày khác một chút rồi chạy lại")
    title = f"{bulletin.title}, {_words(bulletin.period.title)}"
    return finish_pdf(data, title, bulletin.office.name, bulletin.period.last)


def _choose_stories(content: Content, period: Period, paper: str) -> Bulletin:
    if not content.is_sound or content.is_passing:
        raise CannotPrint("hãy sửa các lỗi trên rồi chạy lại")
    bulletin = build_bulletin(select_edition(content, drafts=False, samples=True), period, paper)
    if not bulletin.stories:
        days = f"từ {format_date(period.first)} đến {format_date(period.last)}"
        drafts = f" ({format_number(len(_drafts(bulletin)))} bài còn là nháp)" if _drafts(bulletin) else ""
        raise CannotPrint(f"không có bài nào đã đăng {days}{drafts}")
    return bulletin


def _parse_paper(size: str) -> str:
    """Return the size of the paper that is asked for, A4 when none is; Invalid for another."""
    wanted = size.strip().replace("×", "x").replace(" ", "").lower().removesuffix("cm") or "a4"
    for paper in PAPERS:
        if paper.lower() == wanted:
            return paper
    raise Invalid(f"Khổ “{size}” không có", f"chọn một trong: {', '.join(PAPERS)}")


def _shown(paper: str) -> str:
    return f"khổ {paper.replace('x', ' × ')}{'' if paper == 'A4' else ' cm'}"


def _output_file(project: Path, name: str) -> Path:
    file = project / name
    if file.suffix.lower() != ".pdf":
        raise Invalid(f"“{name}” không phải tên tệp PDF", "đặt tên có đuôi .pdf")
    if file.exists() and not is_ours(file.read_bytes()):
        raise Invalid(f"Đã có tệp {name}, không phải bản tin do lệnh này làm", "đặt tên khác sau --output")
    return file


def _drafts(bulletin: Bulletin) -> list[str]:
    return [story.path for story in bulletin.edition.drafts_left_out if story.date in bulletin.period]


def _words(title: str) -> str:
    return title[:1].lower() + title[1:]


def _print_summary(bulletin: Bulletin, file: Path, data: bytes) -> None:
    stories = bulletin.stories
    counts = f"{format_number(len(stories))} bài, {format_number(count_pages(data))} trang {_shown(bulletin.paper)}"
    print(f"Đã làm xong {file.name}: {bulletin.title}, {_words(bulletin.period.title)}: {counts}.")
    if drafts := _drafts(bulletin):
        print(f"Không đưa vào {format_number(len(drafts))} bài nháp: {', '.join(drafts)}")
    if samples := sum(story.sample for story in stories):
        print(f"Có {format_number(samples)} bài mẫu, ghi rõ là bài mẫu trên trang in.")
    if missing := [label for label, value in build_imprint(bulletin) if is_placeholder(value)]:
        print(f"Phần ghi tên cơ quan còn thiếu, vì content/danh-muc/co-quan.yaml chưa điền: {', '.join(missing)}.")
    if gaps := [label for label, value in build_printing(bulletin) if is_placeholder(value)]:
        print(f"Cuối bản in để chấm: {', '.join(gaps)}; ghi vào co-quan.yaml, hoặc viết tay sau khi có giấy phép.")
