"""The chapters of the handbook: from Markdown files to the HTML of one page each, or of the whole book on one."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape, unescape
from pathlib import Path

from PIL import Image

from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.markdown.body import Body
from plugins.markdown.reading import read_body
from plugins.preview.addresses import OWN
from plugins.preview.handbook.tables import fill_tables
from plugins.vietnamese import slugify

FOLDER = Path(__file__).parent
PICTURES = FOLDER / "anh"
_CHAPTER_LINK = re.compile(r"\d+-([a-z-]+)\.md(#.*)?")
_HEADING = re.compile(r'<h([2-4]) id="([^"]+)">(.*?)</h\1>')
_HEADED_OR_TABLE = re.compile(r'<h[2-6][^>]*>(.*?)</h[2-6]>|aria-label="Bảng"')
_BLOCK = re.compile(r"(?=<(?:h[2-6]|p|li|tr|pre|figcaption)\b)")
_ID = re.compile(r'<(h[2-6]|span) id="([^"]+)">(.*?)</\1>')
_BOLD_ITEM = re.compile(r"<li>(?=\s*(?:<p>)?<strong>(.*?)</strong>)")
_LEAD = re.compile(r'<li id="([^"]+)">\s*(?:<p>)?<strong>(.*?)</strong>')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Chapter:
    """One chapter: its name in addresses, its title, and its Markdown below the title."""

    slug: str
    title: str
    source: str


@dataclass(frozen=True)
class Block:
    """A paragraph, a list item, a row or a heading: the id that leads nearest to it, its section, and its words.

    `lead` is the bold beginning of a list item, such as a question of staff; or "".
    """

    chapter: Chapter
    anchor: str
    section: str
    text: str
    lead: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in their order."""
    read = ((file.stem, file.read_text(encoding="utf-8").partition("\n")) for file in sorted(FOLDER.glob("[0-9]*.md")))
    return tuple(Chapter(stem.partition("-")[2], title.removeprefix("# "), text) for stem, (title, _, text) in read)


def chapter_html(chapter: Chapter, vocabulary: Vocabulary) -> str:
    """Return a chapter for a page of its own, whose heading is the chapter's title."""
    return _to_html(chapter, chapter.source, vocabulary, _lead_to_page, picture_url)


def whole_html(vocabulary: Vocabulary, picture: Callable[[str], str]) -> str:
    """Return all chapters for one page; `picture` gives the address of a picture by its name."""
    made = (_to_html(one, f"# {one.title}\n{one.source}", vocabulary, _lead_within, picture) for one in chapters())
    return "\n".join(f'<section class="chapter">{html}</section>' for html in made)


def chapter_anchor(slug: str) -> str:
    """Return the id of a chapter's title on the page of all."""
    return next(f"muc-{slugify(one.title)}" for one in chapters() if one.slug == slug)


def picture_url(name: str) -> str:
    """Return the address at which the preview serves a picture."""
    return f"{OWN}so-tay/{name}"


def contents(html: str) -> list[tuple[int, str, str]]:
    """Return the headings of a page: level, id and HTML."""
    return [(int(level), anchor, words) for level, anchor, words in _HEADING.findall(html)]


def _to_html(
    chapter: Chapter, source: str, vocabulary: Vocabulary, follow: Callable[[str], str], picture: Callable[[str], str]
) -> str:
    body = _parse(fill_tables(source, vocabulary))
    names = iter([Path(photo.target).name for photo in body.photos])
    html = body.html({}, lambda _: None, follow)
    html = _BOLD_ITEM.sub(lambda found: f'<li id="{chapter.slug}-{slugify(_words(found[1]), 40)}">', html)
    return _name_tables(re.sub(r"<img(?= )", lambda _: _begin_picture(next(names), picture), html), chapter.title)


# Room for each chapter alone and within the whole; a search reads all chapters.
@lru_cache(maxsize=100)
def _parse(source: str) -> Body:
    return read_body(source)


def _name_tables(html: str, title: str) -> str:
    """Return a page's HTML with each table named after the heading above it, or the chapter; no two alike."""
    heading, count = title, Counter[str]()

    def name(found: re.Match[str]) -> str:
        nonlocal heading
        if found[1]:
            heading = _words(found[1])
            return found[0]
        count[heading] += 1
        number = f", {count[heading]}" if count[heading] > 1 else ""
        return f'aria-label="Bảng: {escape(heading)}{number}"'

    return _HEADED_OR_TABLE.sub(name, html)


def _begin_picture(name: str, picture: Callable[[str], str]) -> str:
    with Image.open(PICTURES / name) as opened:
        width, height = opened.size
    return f'<img src="{escape(picture(name))}" width="{width}" height="{height}" loading="lazy"'


def _lead_to_page(href: str) -> str:
    return _CHAPTER_LINK.sub(r"../\1/\2", href) if _CHAPTER_LINK.fullmatch(href) else href


def _lead_within(href: str) -> str:
    found = _CHAPTER_LINK.fullmatch(href)
    return (found[2] or f"#{chapter_anchor(found[1])}") if found else href


def blocks(vocabulary: Vocabulary) -> Iterator[Block]:
    """Yield every block of the handbook, in order."""
    for chapter in chapters():
        yield from _blocks(chapter, chapter_html(chapter, vocabulary))


@lru_cache(maxsize=100)
def _blocks(chapter: Chapter, html: str) -> tuple[Block, ...]:
    anchor, section, made = "", chapter.title, list[Block]()
    for part in _BLOCK.split(html):
        lead = _LEAD.match(part)
        if found := _ID.search(part):
            anchor = found[2]
            section = _words(found[3]) if found[1] != "span" else section
        if text := _words(part):
            made.append(Block(chapter, lead[1] if lead else anchor, section, text, _words(lead[2]) if lead else ""))
    return tuple(made)


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
