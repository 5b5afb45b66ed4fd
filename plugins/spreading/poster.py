"""A story as a poster of one A3 sheet for a hamlet's house of culture: photo, title, three figures, and a code to scan.

The browser prints it, as it does the bulletin. Letters are large enough to be read from two metres; where much is to be
said they are a step smaller. All steps are printed at once, since a browser takes longer to start than to print.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from plugins.bulletin.browser import CannotPrint, find_browser, print_page
from plugins.bulletin.pdf import count_pages, finish_pdf, read_starts, take_page
from plugins.content.addresses.urls import readable_url
from plugins.exemplars.pages.sharing import draw_qr
from plugins.photos.pixels import keep
from plugins.photos.recipe import ROOM
from plugins.sources.held import insist_on_reading
from plugins.spreading.telling import read_passages

if TYPE_CHECKING:
    from plugins.content.stories.listed import Result
    from plugins.content.stories.story import Story
    from plugins.exemplars.model.edition import Edition

CREATOR = "Dân vận khéo: inv poster"
# From the largest letters on, none too small for two metres; at the last two the least needed words go.
STEPS = range(5)
_NO_OPENING, _NO_SUMMARY = 2, 4
_FIGURES = 3
_PAGES = Path(__file__).resolve().parent / "pages"
_THEME = _PAGES.parents[2] / "theme/static"
# 260 mm wide at 200 dots an inch.
_LONGEST = 2100
_NO_BROWSER = (
    "cần trình duyệt Edge, Chrome hoặc Chromium trên máy này để in ra PDF; "
    "cài Microsoft Edge (microsoft.com/edge) hoặc gói chromium rồi chạy lại"
)


def render_poster(edition: Edition, story: Story) -> bytes:
    """Return the poster as PDF; CannotPrint says why there is none, OSError and Invalid as reading a photo."""
    browser = find_browser()
    if browser is None:
        raise CannotPrint(_NO_BROWSER)
    office = edition.content.vocabulary.office_on(edition.content.day)
    with tempfile.TemporaryDirectory(prefix="ap-phich-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        if story.photo:
            (folder / "anh.jpg").write_bytes(keep(insist_on_reading(story.photo.file.read_bytes), _LONGEST, room=ROOM))
        page = folder / "ap-phich.html"
        page.write_text(render_page(edition, story), encoding="utf-8", newline="\n")
        data = print_page(browser, page, folder)
    starts = read_starts(data)
    after = count_pages(data) + 1
    for step in STEPS:
        first, end = starts[f"buoc-{step}"], starts.get(f"buoc-{step + 1}", after)
        if end == first + 1:
            sheet = take_page(data, first)
            return finish_pdf(sheet, story.title, office.name if office else "", story.date, CREATOR)
    raise CannotPrint("bài có tiêu đề, tóm tắt hoặc kết quả quá dài cho một tờ A3; rút ngắn trong bài rồi làm lại")


def render_page(edition: Edition, story: Story) -> str:
    """Return the poster as HTML, its photo beside it, in each step: the first that takes one sheet is the one."""
    content = edition.content
    office = content.vocabulary.office_on(content.day)
    address = f"{content.site_url.rstrip('/')}{story.url}" if content.site_url else ""
    passages = read_passages(story.body)
    return _template().render(
        story=story,
        steps=STEPS,
        results=choose_figures(story),
        # A story without a photo has room for more of its own words.
        opening=" ".join(passages[0]) if passages and not story.photo else "",
        no_opening=_NO_OPENING,
        no_summary=_NO_SUMMARY,
        office=office.name if office else "",
        address=readable_url(address).partition("://")[2].rstrip("/"),
        # Drawn here: nothing of the address is in it as text.
        code=Markup(draw_qr(address)) if address else "",  # noqa: S704
        style=(_PAGES / "ap-phich.css").as_uri(),
        band=(_THEME / "band.svg").as_uri(),
    )


def choose_figures(story: Story) -> list[Result]:
    """Return up to three results, those that are figures before those that are not."""
    return sorted(story.results, key=lambda result: not result.quantity)[:_FIGURES]


@cache
def _template() -> Template:
    loader = FileSystemLoader(_PAGES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.get_template("ap-phich.html")
