"""Facts of an HTML page, parsed once and as a browser parses it.

turbohtml is the only parser here that follows the standard and reports errors by line: lxml repairs by its own rules in
silence, html5lib takes sixty times as long.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from sys import intern
from typing import Any

import turbohtml
from turbohtml import Document, Element, Node, Text

from plugins.language.privacy import find_numbers
from plugins.release.verify.facts import Facts

_PLACEHOLDER = re.compile(r"\[điền[^\]\n]*\]|https?://localhost[^\s\"'<>]*", re.IGNORECASE)
# How either begins: a search for that passes over a page in a fraction of the time.
_PLACEHOLDER_BEGINS = re.compile(r"\[[đĐ]"), re.compile("//[lL]")
_LABEL = re.compile(r"Bài (?:mẫu|nháp)")
# Classes of elements that label a draft or sample; the words alone may occur in any text.
_LABELLED = {"tag", "tag--sample", "notice", "teaser__facts"}
_HEADINGS = {"title", "h1", "h2", "h3"}
_READ_BARE = {*_HEADINGS, "link", "style"}  # elements that say something without any attribute
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "samp", "small", "span"}
_INLINE |= {"strong", "sub", "sup", "time", "u", "var", "wbr"}
_SPOKEN = ("alt", "title", "content", "aria-label", "placeholder", "value")

# Elements and attributes that browsers fetch, by the directive that allows it.
_LOADED_BY = {
    "img-src": ("img src", "input src", "image href", "use href", "video poster"),
    "script-src": ("script src",),
    "frame-src": ("iframe src", "frame src"),
    "object-src": ("embed src", "object data"),
    "media-src": ("audio src", "video src", "source src", "track src"),
    "form-action": ("form action", "button formaction", "input formaction"),
    "base-uri": ("base href",),
    "connect-src": ("a ping",),
}
_LOADS = {place: directive for directive, places in _LOADED_BY.items() for place in places}
# Their attributes, by which hundreds of thousands of others are passed over quickly.
_LOADING = {place.partition(" ")[2] for place in _LOADS} | {"xlink:href"}
_LINK_LOADS = {
    "stylesheet": "style-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
    **dict.fromkeys(("icon", "apple-touch-icon", "mask-icon"), "img-src"),
    **dict.fromkeys(("preconnect", "dns-prefetch", "prefetch", "prerender"), "connect-src"),
}
_PRELOADS = {"font": "font-src", "script": "script-src", "style": "style-src", "image": "img-src"}


def read_page(text: str) -> Facts:
    """Return the facts of a page, without its weight."""
    document = turbohtml.parse(text)
    page = _Page(document)
    return Facts(
        # Most addresses are on every page: keep one string for each.
        links=tuple(map(intern, dict.fromkeys(page.links))),
        loads=tuple((directive, intern(target)) for directive, target in dict.fromkeys(page.loads)),
        ids=tuple(page.ids),
        inline=tuple(dict.fromkeys(page.inline)),
        faults=(*_find_faults(text, document, page), *page.faults),
        numbers=tuple(dict.fromkeys(find_numbers("".join(page.spoken)))),
        placeholders=find_placeholders(text),
        labels=tuple(dict.fromkeys(page.labels)),
        headings=tuple(dict.fromkeys(page.headings)),
    )


def find_placeholders(text: str) -> tuple[str, ...]:
    """Return placeholders still to be filled in, and addresses of this machine, in a text."""
    may_be = any(begins.search(text) for begins in _PLACEHOLDER_BEGINS)
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text))) if may_be else ()


class _Page:
    """Facts collected in one walk through a page; `outline` lists where elements begin ("p") and end ("/p")."""

    def __init__(self, document: Document) -> None:
        self.links: list[str] = []
        self.loads: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.faults: list[str] = []
        self.labels: list[str] = []
        self.headings: list[str] = []
        self.spoken: list[str] = []
        self.outline: list[str] = []
        self._walk(document)

    def _walk(self, node: Node) -> None:
        # Half a million elements in a thousand stories: each is asked for as little as can be.
        spoken, outline = self.spoken, self.outline
        for child in node.children:
            if isinstance(child, Text):
                spoken.append(child.data)
            elif isinstance(child, Element):
                tag = child.tag.lower()
                outline.append(tag)
                if given := child.attrs.items():
                    self._read(child, tag, self._read_attributes(tag, given))
                elif tag in _READ_BARE:
                    self._read(child, tag, {})
                # No number continues from one paragraph or cell into the next.
                is_block = tag not in _INLINE
                if is_block:
                    spoken.append("\n")
                if tag == "script":
                    self._read_data(child)
                elif tag not in _VOID:
                    self._walk(child)
                if is_block:
                    spoken.append("\n")
                outline.append(f"/{tag}")

    def _read(self, element: Element, tag: str, attrs: dict[str, str]) -> None:
        if tag in ("a", "area") and (target := attrs.get("href")) is not None:
            self._follow(tag, target)
        elif tag == "link":
            self._read_link(attrs)
        elif tag == "meta":
            self._read_meta(attrs)
        elif tag == "style":
            self.inline.append("<style>")
        elif tag in _HEADINGS:
            self.headings.append(" ".join(element.text.split()))
        is_labelled = "class" in attrs and not _LABELLED.isdisjoint(attrs["class"].split())
        if is_labelled and (label := _LABEL.search(element.text)):
            self.labels.append(label.group())

    def _read_attributes(self, tag: str, given: Iterable[tuple[str, str | list[str] | None]]) -> dict[str, str]:
        """Note names and text in attributes. Returns them, a list of words as one string."""
        attrs = {}
        for name, written in given:
            attrs[name] = value = " ".join(written) if isinstance(written, list) else written or ""
            if name == "class":
                continue
            if name == "id":
                self.ids.append(value)
            elif name in ("style", "srcdoc") or (name[:2] == "on" and len(name) > 3):
                self.inline.append(f'<{tag} {name}="…">')
            elif name in ("srcset", "imagesrcset"):
                self.loads += [("img-src", part.split()[0]) for part in value.split(",") if part.strip()]
            elif name in _LOADING and (directive := _LOADS.get(f"{tag} {name.removeprefix('xlink:')}")):
                self.loads.append((directive, value))
            elif name in _SPOKEN:
                self.spoken.append(f"\n{value}\n")
        return attrs

    def _follow(self, tag: str, target: str) -> None:
        scheme = target.partition(":")[0].strip().lower()
        if scheme in ("javascript", "data", "vbscript"):
            self.inline.append(f'<{tag} href="{scheme}:…">')
        elif scheme in ("tel", "sms"):
            self.spoken.append(f"\n{target.partition(':')[2]}\n")
        else:
            self.links.append(target)

    def _read_link(self, attrs: dict[str, str]) -> None:
        target, rels = attrs.get("href", ""), attrs.get("rel", "").lower().split()
        directives = {_LINK_LOADS[rel] for rel in rels if rel in _LINK_LOADS}
        if "preload" in rels:
            directives.add(_PRELOADS.get(attrs.get("as", ""), "connect-src"))
        # Alternate style sheets and icons are fetched, other alternates followed.
        self.loads += [(directive, target) for directive in sorted(directives)]
        if not directives:
            self.links.append(target)

    def _read_meta(self, attrs: dict[str, str]) -> None:
        content = attrs.get("content", "")
        if attrs.get("property", "") in ("og:url", "og:image") or attrs.get("name", "") == "twitter:image":
            self.links.append(content)
        elif attrs.get("http-equiv", "").lower() == "refresh" and (found := re.search(r"url=['\"]?([^'\"]+)", content)):
            self.links.append(found[1])

    def _read_data(self, script: Element) -> None:
        if script.attr("src") is not None:
            return
        if script.attr("type") not in ("application/ld+json", "application/json"):
            self.inline.append("<script>")
            return
        try:
            strings = list(walk_json(json.loads(script.text)))
        except ValueError:
            self.faults.append("dữ liệu JSON-LD viết sai")
            return
        self.links += [string for string in strings if string.startswith(("http://", "https://"))]
        self.spoken += [f"\n{string}\n" for string in strings]


def walk_json(value: Any) -> Iterator[str]:
    """Yield every string in a JSON value, except keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from walk_json(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk_json(item)


def _find_faults(text: str, document: Document, page: _Page) -> Iterator[str]:
    """Yield parse errors, and tags that a browser has to repair: the written tags must match the parsed tree."""
    for error in document.errors[:5]:
        yield f"dòng {error.line}: {error.code}"
    if next((node for node in document.children if type(node).__name__ == "Doctype"), None) is None:
        yield "dòng 1: thiếu <!doctype html>"
    written, lines = _read_outline(text)
    if written != page.outline:
        yield _tell_mismatch(written, lines, page.outline)
    if not any(page.headings):
        yield "trang không có tên"
    yield from (f'hai chỗ cùng có id="{value}"' for value, count in Counter(page.ids).items() if count > 1)


def _tell_mismatch(written: list[str], lines: list[int], made: list[str]) -> str:
    for tag, line, other in zip(written, lines, [*made, None], strict=False):
        if tag != other:
            return f"dòng {line}: thẻ <{tag}> đóng mở không khớp"
    return f"dòng {lines[-1] if lines else 1}: còn thẻ chưa đóng"


def _read_outline(text: str) -> tuple[list[str], list[int]]:
    """Return the tags as written, "p" where one opens, "/p" where it or a void one closes, and their lines."""
    outline, lines = [], []
    # By its source: turbohtml computes the type of a token on each access, which takes three times as long.
    for token in turbohtml.tokenize(text, capture_attributes=False, capture_source=True):
        if (tag := token.tag) and (source := token.source):
            is_end = source.startswith("</")
            outline.append(f"/{tag}" if is_end else tag)
            lines.append(token.line)
            if not is_end and (tag in _VOID or token.self_closing):
                outline.append(f"/{tag}")
                lines.append(token.line)
    return outline, lines
