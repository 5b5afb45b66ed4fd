"""A parsed body: its HTML, with photos and links left open, which may differ between editions."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

from plugins.markdown.references import FILENAME, Reference
from plugins.photos.photo import Photo
from plugins.vietnamese import nfc

# The width of a photo in running text, as .prose and .wrap in the style sheets set it.
SIZES = "(min-width: 44rem) 40.5rem, calc(100vw - 2rem)"
# In cleaned HTML, in which every attribute is quoted and escaped.
_ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
_MARKERS = re.compile(r"^[ >]*(?:[-*+–•]|\d{1,9}[.)]|#{1,6}|>|\[\^[^\]\n]+\]:|:)(?=[ \n])", re.MULTILINE)
_BLOCK_OF_LINES = re.compile(r"(?:[^\n]+\n?)+")
_NOT_RUNNING = re.compile(r"\s*(?:[#>|!]|[-*+–•] |\d+[.)] |\[\^|\{)")
_LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[*_`]+|\[\^[^\]]*\]")
_NAMED = r"""(?:[#.][^\s{}]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))"""
ATTRIBUTES = rf"\{{:?[ ]*({_NAMED}(?:[ ]+{_NAMED})*)[ ]*\}}"
_ATTRIBUTES = re.compile(ATTRIBUTES)
_HEADING = re.compile(r"^#{1,6}(?!#).*$", re.MULTILINE)
_NOT_BREAK = re.compile(r"[^\n]")
_NOT_READ = re.compile(r'<a (?:aria-label="[^"]*" )?class="footnote-(?:ref|backref)".*?</a>', re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|blockquote|tr|dt|dd|figcaption|figure|div|table|hr|br)\b[^>]*>")
_BETWEEN_CELLS = re.compile(r"</t[dh]>")
_TAG = re.compile(r"<[^>]*>")
# Paper needs only the JPEG, and no links within the site or a story; ids would clash with those of other stories.
_NOT_ON_PAPER = re.compile(r'<source [^>]*>| (?:id="[^"]*"|href="(?!https?:|mailto:|tel:)[^"]*")')
# Returns the current URL of an address; None if it is not on the site.
Resolve = Callable[[str], str | None]
_LINK = r'<a(?: [\w-]+="[^"]*")*>|</a>'


def cut(html: str, mark: str) -> tuple[str, ...]:
    """Return cleaned HTML split at links and photos, which are every other part; a photo has its mark as src."""
    if not mark:
        return tuple(re.split(f"({_LINK})", html)) if "<a " in html else (html,)
    return tuple(re.split(f'({_LINK}|<img(?: (?!src)[\\w-]+="[^"]*")* src="{mark}[0-9]+"[^>]*>)', html))


@dataclass(frozen=True)
class Body:
    """A body: its source, the line of its file at which it begins, the parts of its HTML, and its references."""

    source: str
    line: int = 1
    parts: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()  # levels as typed, and words
    hidden: tuple[tuple[int, int], ...] = ()  # spans of the source that are no prose

    @property
    def photos(self) -> list[Reference]:
        """The photos, in order."""
        return [reference for reference in self.references if reference.kind == "photo"]

    @property
    def prose(self) -> str:
        """The source with code, comments, addresses, tags and markers replaced by spaces: same offsets."""
        # Markers matter only where two spaces may follow them.
        prose = _MARKERS.sub(_blank, self.source) if "  " in self.source else self.source
        prose = _ATTRIBUTES.sub(_blank, prose) if "{" in prose else prose
        parts, at = [], 0
        for start, end in sorted(self.hidden):
            parts += [prose[at:start], _NOT_BREAK.sub(" ", prose[max(at, start) : end])]
            at = max(at, end)
        return "".join([*parts, prose[at:]])

    @property
    def words(self) -> str:
        """The visible words, one line per paragraph."""
        text = _BLOCK.sub("\n", _NOT_READ.sub("", "".join(self.parts).replace("\n", " ")))
        text = unescape(_TAG.sub("", _BETWEEN_CELLS.sub(" ", text)))
        return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))

    @property
    def paragraphs(self) -> Iterator[tuple[int, str]]:
        """The offset and prose of each paragraph of running text; no heading, list or table."""
        prose = self.prose
        for block in _BLOCK_OF_LINES.finditer(self.source):
            text = prose[block.start() : block.end()]
            if text.strip() and not _NOT_RUNNING.match(block.group()):
                yield block.start(), text

    def sections(self, level: int) -> Iterator[tuple[str, int, str]]:
        """Yield the title, line and source of each section of this level, first the text before all headings."""
        title, line, start = "", self.line, 0
        headings = list(self.headings)
        for found in _HEADING.finditer(self.source):
            if not headings or any(first <= found.start() < end for first, end in self.hidden):
                continue
            while headings[1:] and not _is_heading(found[0], *headings[0]):
                headings.pop(0)
            found_level, words = headings.pop(0)
            if found_level == level:
                yield title, line, self.source[start : found.start()]
                title, line = words, self.line + self.source.count("\n", 0, found.start())
                start = found.end()
        yield title, line, self.source[start:]

    def on_paper(self, photos: Mapping[str, Photo], follow: Resolve) -> str:
        """Return the HTML of a body for print."""
        return _NOT_ON_PAPER.sub("", self.html(photos, lambda _: None, follow))

    def html(self, photos: Mapping[str, Photo], link: Resolve, follow: Resolve = lambda href: href) -> str:
        """Return the HTML of a body; `link` resolves {filename} targets, `follow` other addresses, None to words."""
        shown = list(self.parts)
        named = [nfc(photo.target) for photo in self.photos]
        end = "</a>"
        for at in range(1, len(shown), 2):
            part = shown[at]
            if part == "</a>":
                shown[at], end = end, "</a>"
            elif part.startswith("<a"):
                shown[at], end = _lead(part, link, follow)
            else:
                shown[at] = _show(part, named, photos)
        return "".join(shown)


def _show(part: str, named: list[str], photos: Mapping[str, Photo]) -> str:
    given = dict(_ATTRIBUTE.findall(part))
    if (photo := photos.get(named[int(given.pop("src").rpartition("-")[2])])) is None:
        return f"<img{_write(given)}>"
    # The markup of theme/templates/partials/picture.html.
    given |= {"decoding": "async", "loading": "lazy", "src": escape(photo.url)}
    given |= {"width": str(photo.width), "height": str(photo.height)}
    source = {"sizes": SIZES, "srcset": escape(photo.srcset()), "type": "image/webp"}
    return f"<picture><source{_write(source)}><img{_write(given)}></picture>"


def _is_heading(line: str, level: int, words: str) -> bool:
    """Tell whether a line with # may be this heading; underlined headings have no such line."""
    return len(line) - len(line.lstrip("#")) == level and all(word in line for word in words.split()[:1])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def plain(prose: str) -> str:
    """Return the words of a paragraph's prose on one line, without markup."""
    return " ".join(_MARKUP.sub("", _LINKED.sub(r"\1", prose)).split())


def _write(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))


def _lead(tag: str, link: Resolve, follow: Resolve) -> tuple[str, str]:
    """Return the start and the end tag of a link."""
    if (written := dict(_ATTRIBUTE.findall(tag)).get("href", "#")).startswith("#"):
        return tag, "</a>"
    href = unescape(written)
    if href.startswith(FILENAME):
        # Not in this edition (a draft, a sample): keep only the words.
        target, _, anchor = href[len(FILENAME[0]) :].partition("#")
        url = link(target)
        now, words = (f"{url}#{anchor}" if url and anchor else url), ("<span>", "</span>")
    else:
        now, words = follow(href), ("", "")
    if now is None:
        return words
    return (tag if now == href else tag.replace(f' href="{written}"', f' href="{escape(now)}"', 1)), "</a>"
