"""The chapters of the handbook: from Markdown files to the HTML of one page each, or of the whole book on one.

Their tables are made of the program's own declarations: keys, columns, commands, advice.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from html import escape, unescape
from pathlib import Path

from PIL import Image

from plugins.content.agenda import MEETING_KEYS
from plugins.content.members.members import member_keys
from plugins.content.page import DOCUMENT_KEYS, PAGE_KEYS
from plugins.content.prose import PROSE_KEYS
from plugins.content.registers.columns import act_columns, paper_columns, register_columns
from plugins.content.registers.schedule import schedule_keys
from plugins.content.sent import SENT_COLUMNS
from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import COMMUNE_KEYS, FIELD_KEYS, MOVEMENT_KEYS
from plugins.content.vocabulary.offices import OFFICE_KEYS
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.language.advice import RULES
from plugins.markdown.body import Body
from plugins.markdown.reading import read_body
from plugins.preview.addresses import OWN
from plugins.sources.schema import Key
from plugins.staff_program import read_tasks
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
_PLACEHOLDER = re.compile(r"^\[\[bảng: (.+)\]\]$", re.MULTILINE)
# Signs with a meaning in Markdown that a declaration has as plain text.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>|#])")


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


def fill_tables(source: str, vocabulary: Vocabulary) -> str:
    """Return a chapter's Markdown with each placeholder replaced by its table; KeyError for an unknown one."""
    return _PLACEHOLDER.sub(lambda found: TABLES[found[1]](vocabulary), source)


def row_anchor(prefix: str, attribute: str) -> str:
    """Return the id of the row of a key, column, command or rule."""
    return f"muc-{prefix}-{attribute.replace('_', '-')}"


def _of_keys(name: str, vocabulary: Vocabulary) -> str:
    prefix, keys = OF_KEYS[name]
    rows = []
    for key in keys(vocabulary):
        cells = [f"`{key.attribute}`", key.requirement, _plain(key.help), _plain(key.example)]
        rows.append((row_anchor(prefix, key.attribute), _plain(key.name), cells))
    return _table([name.partition(" ")[0].capitalize(), "Tên tiếng Anh", "Bắt buộc", "Ghi gì", "Ví dụ"], rows)


def _of_tasks(_vocabulary: Vocabulary) -> str:
    rows = []
    for name, task in read_tasks().items():
        options = [_describe_option(option, told) for option, told in (task.help or {}).items()]
        rows.append((row_anchor("lenh", name), f"`{name}`", [_plain(task.__doc__ or ""), "<br>".join(options)]))
    return _table(["Lệnh", "Làm gì", "Ghi thêm được"], rows)


def _describe_option(name: str, told: str) -> str:
    # The help of a flag that is on by default names the option that turns it off.
    off, _, rest = told.partition(": ")
    name, told = (off, rest) if off.startswith("--no-") else (f"--{name}", told)
    return f"`{name}`: {_plain(told)}"


def _of_advice(_vocabulary: Vocabulary) -> str:
    rows = [(advice_anchor(name), f"`{name}`", [_plain(what)]) for name, (_, what) in RULES.items()]
    return _table(["Lời nhắc", "Khi nào"], rows)


def advice_anchor(name: str) -> str:
    """Return the id of the row of a rule of language."""
    return row_anchor("nhac", slugify(name))


def _table(headings: Sequence[str], rows: Iterable[tuple[str, str, Sequence[str]]]) -> str:
    lines = [headings, ["---"] * len(headings)]
    lines += [[f'<span id="{anchor}">{name}</span>', *cells] for anchor, name, cells in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


# By the name in a placeholder: how ids of its rows begin, and the keys.
OF_KEYS: dict[str, tuple[str, Callable[[Vocabulary], Sequence[Key]]]] = {
    "mục của bài": ("bai", story_keys),
    "mục của trang": ("trang", lambda _: PAGE_KEYS),
    "mục của văn bản": ("van-ban", lambda _: DOCUMENT_KEYS),
    "mục của lời báo cáo": ("bao-cao", lambda _: PROSE_KEYS),
    "mục của cơ quan": ("co-quan", lambda _: OFFICE_KEYS),
    "mục của lĩnh vực": ("linh-vuc", lambda _: FIELD_KEYS),
    "mục của địa bàn": ("xa", lambda _: COMMUNE_KEYS),
    "mục của phong trào": ("phong-trao", lambda _: MOVEMENT_KEYS),
    "mục của thời hạn": ("ke-hoach", schedule_keys),
    "mục của lịch": ("lich", lambda _: MEETING_KEYS),
    "mục của trang thành viên": ("nguon", member_keys),
    "cột của sổ đăng ký": ("dang-ky", register_columns),
    "cột của việc": ("viec", lambda _: act_columns()),
    "cột của văn bản": ("theo-doi", paper_columns),
    "cột của sổ gửi bài": ("gui-bai", lambda _: SENT_COLUMNS),
}
TABLES: dict[str, Callable[[Vocabulary], str]] = {
    "các lệnh": _of_tasks,
    "lời nhắc": _of_advice,
    **{name: partial(_of_keys, name) for name in OF_KEYS},
}
