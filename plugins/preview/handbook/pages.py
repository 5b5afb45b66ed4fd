"""The handbook in the preview: contents and search, each chapter, the whole; and the command that prints it."""

import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from markupsafe import Markup

from plugins.bulletin.browser import find_browser, print_page
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.preview.addresses import HANDBOOK_URL, WHOLE_HANDBOOK_URL
from plugins.preview.handbook import book
from plugins.preview.handbook.book import Chapter, chapters
from plugins.preview.handbook.searching import MOST, search
from plugins.preview.rendering import render
from plugins.preview.serving.exchange import Request, Response
from plugins.release.policy import content_type
from plugins.sources.files import write_whole
from plugins.sources.problem import Invalid
from plugins.tokens import own_tokens

FOLDER = "so-tay"
_STATIC = Path(__file__).parents[1] / "static"


def _vocabulary(request: Request) -> Vocabulary:
    content = request.site.content
    return content.vocabulary if content else Vocabulary()


def _site_name(request: Request) -> str:
    content = request.site.content
    office = content.vocabulary.office_on(content.day) if content else None
    return office.site_name if office else ""


def show_contents(request: Request) -> Response:
    """Answer with the list of chapters; with `tim`, with the paragraphs that have these words."""
    vocabulary, query = _vocabulary(request), request.query.get("tim", "").strip()[:200]
    listed = [(chapter, book.contents(book.chapter_html(chapter, vocabulary))) for chapter in chapters()]
    hits = search(query, vocabulary) if query else []
    values = {"query": query, "hits": hits, "most": MOST, "chapters": listed, "site_name": _site_name(request)}
    return Response(render("so-tay.html", **values))


def show_chapter(chapter: Chapter, request: Request) -> Response:
    """Answer with a chapter, and links to the ones before and after it."""
    html = book.chapter_html(chapter, _vocabulary(request))
    around = [None, *chapters(), None]
    at = around.index(chapter)
    page = render(
        "so-tay-chuong.html",
        chapter=chapter,
        html=Markup(html),  # noqa: S704 - of the program's own text
        contents=book.contents(html),
        before=around[at - 1],
        after=around[at + 1],
        site_name=_site_name(request),
    )
    return Response(page)


def show_whole(request: Request) -> Response:
    """Answer with every chapter on one page, to be printed."""
    return Response(render_whole(_vocabulary(request), book.picture_url))


def render_whole(vocabulary: Vocabulary, picture: Callable[[str], str], style: str = "") -> bytes:
    """Return every chapter on one page; with `style`, a page that needs no other file."""
    listed = [(book.chapter_anchor(chapter.slug), chapter.title) for chapter in chapters()]
    html = Markup(book.whole_html(vocabulary, picture))  # noqa: S704 - of the program's own text
    return render("so-tay-tat-ca.html", html=html, chapters=listed, style=style)


def write_handbook(project: Path) -> int:
    """Write so-tay/so-tay.html, and so-tay.pdf where this machine has a browser, and return the exit code."""
    for file in _write(project):
        print(f"Đã ghi {file.relative_to(project).as_posix()}")
    return 0


def _write(project: Path) -> Iterator[Path]:
    style = "".join((_STATIC / name).read_text(encoding="utf-8") for name in ("trang.css", "so-tay.css"))
    style = own_tokens().root + style.replace('url("theme/band.svg")', "")
    page = project / FOLDER / "so-tay.html"
    page.parent.mkdir(exist_ok=True)
    write_whole(page, render_whole(load_vocabulary(project)[0], _embed, style))
    yield page
    if browser := find_browser():
        paper = page.with_suffix(".pdf")
        with tempfile.TemporaryDirectory() as folder:
            try:
                write_whole(paper, print_page(browser, page, Path(folder)))
            except Invalid as fault:
                print(f"Chưa làm được PDF: {fault.message}; {fault.fix}.")
                return
        yield paper


def _embed(name: str) -> str:
    return f"data:image/webp;base64,{b64encode((book.PICTURES / name).read_bytes()).decode()}"


def show_picture(file: Path, _request: Request) -> Response:
    """Answer with a picture of the handbook."""
    return Response(file.read_bytes(), content_type(file.name))


ROUTES: dict[str, Callable[[Request], Response]] = {
    HANDBOOK_URL: show_contents,
    WHOLE_HANDBOOK_URL: show_whole,
    **{f"{HANDBOOK_URL}{chapter.slug}/": partial(show_chapter, chapter) for chapter in chapters()},
    **{book.picture_url(file.name): partial(show_picture, file) for file in sorted(book.PICTURES.glob("*.webp"))},
}
