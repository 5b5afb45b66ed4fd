"""The pages of the handbook in the preview: contents and search, each chapter, and the whole of it for paper."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from markupsafe import Markup

from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.preview.addresses import HANDBOOK_URL, WHOLE_HANDBOOK_URL
from plugins.preview.handbook import book
from plugins.preview.handbook.book import Chapter, chapters
from plugins.preview.handbook.searching import MOST, search
from plugins.preview.rendering import render
from plugins.preview.serving.exchange import Request, Response
from plugins.release.policy import content_type


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


def show_picture(file: Path, _request: Request) -> Response:
    """Answer with a picture of the handbook."""
    return Response(file.read_bytes(), content_type(file.name))


ROUTES: dict[str, Callable[[Request], Response]] = {
    HANDBOOK_URL: show_contents,
    WHOLE_HANDBOOK_URL: show_whole,
    **{f"{HANDBOOK_URL}{chapter.slug}/": partial(show_chapter, chapter) for chapter in chapters()},
    **{book.picture_url(file.name): partial(show_picture, file) for file in sorted(book.PICTURES.glob("*.webp"))},
}
