"""A story as a poster of one A3 sheet for a hamlet's house of culture: photo, title, three figures, and a QR code.

Printed by the browser, in letters that can be read from two metres. A long text gets smaller letters, in steps that are
printed all at once, as a browser takes longer to start than to print.
"""

import tempfile
from pathlib import Path

from markupsafe import Markup

from plugins.bulletin.browser import need_browser, print_page
from plugins.bulletin.pdf import count_pages, finish_pdf, read_starts, take_page
from plugins.content.addresses.urls import readable_url
from plugins.content.stories.listed import Result
from plugins.content.stories.story import Story
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.pages.sharing import draw_qr
from plugins.photos.pixels import keep
from plugins.photos.recipe import ROOM
from plugins.sources.held import insist_on_reading
from plugins.sources.problem import Invalid
from plugins.spreading.telling import read_passages
from plugins.templates import open_templates
from plugins.tokens import band_for_print, style_for_print

CREATOR = "Dân vận khéo: inv poster"
STEPS = range(5)  # from the largest letters to the smallest that can be read from two metres
# The steps from which the opening and the summary are left out.
_NO_OPENING, _NO_SUMMARY = 2, 4
_FIGURES = 3
_PAGES = Path(__file__).resolve().parent / "pages"
_LONGEST = 2100  # pixels of the longer side: 260 mm at 200 dpi


def render_poster(edition: Edition, story: Story) -> bytes:
    """Return the poster as PDF; Invalid when it cannot be printed or does not fit, OSError from reading the photo."""
    browser = need_browser()
    office = edition.content.vocabulary.office_on(edition.content.day)
    with tempfile.TemporaryDirectory(prefix="ap-phich-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        if story.photo:
            (folder / "anh.jpg").write_bytes(keep(insist_on_reading(story.photo.file.read_bytes), _LONGEST, room=ROOM))
        page = folder / "ap-phich.html"
        page.write_text(render_steps(edition, story), encoding="utf-8", newline="\n")
        data = print_page(browser, page, folder)
    starts = read_starts(data)
    after = count_pages(data) + 1
    for step in STEPS:
        first, end = starts[f"buoc-{step}"], starts.get(f"buoc-{step + 1}", after)
        if end == first + 1:
            sheet = take_page(data, first)
            return finish_pdf(sheet, story.title, office.name if office else "", story.date, CREATOR)
    raise Invalid("bài có tiêu đề, tóm tắt hoặc kết quả quá dài cho một tờ A3", "rút ngắn trong bài rồi làm lại")


def render_steps(edition: Edition, story: Story) -> str:
    """Return the poster as HTML in every step, of which the first that fits one sheet is used."""
    content = edition.content
    office = content.vocabulary.office_on(content.day)
    address = f"{content.site_url.rstrip('/')}{story.url}" if content.site_url else ""
    passages = read_passages(story.body)
    return (
        open_templates(_PAGES)
        .get_template("ap-phich.html")
        .render(
            story=story,
            steps=STEPS,
            results=choose_figures(story),
            # In the room of a photo.
            opening=" ".join(passages[0]) if passages and not story.photo else "",
            no_opening=_NO_OPENING,
            no_summary=_NO_SUMMARY,
            office=office.name if office else "",
            address=readable_url(address).partition("://")[2].rstrip("/"),
            # Safe: the address is in it as squares only.
            code=Markup(draw_qr(address)) if address else "",  # noqa: S704
            style=Markup(style_for_print(_PAGES / "ap-phich.css")),  # noqa: S704 - a file of this package
            band=band_for_print(),
        )
    )


def choose_figures(story: Story) -> list[Result]:
    """Return up to three results, those with a quantity first."""
    return sorted(story.results, key=lambda result: not result.quantity)[:_FIGURES]
