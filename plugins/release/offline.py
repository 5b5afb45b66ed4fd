"""Rewrite a page or style sheet to work from disk: relative addresses, no scripts; otherwise byte for byte. Pure."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from html import escape, unescape
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import tinycss2

_ADDRESSES = {"href", "src", "action", "formaction", "poster", "xlink:href"}
# Browsers fetch these with CORS, which fails from a disk.
_LINKS_FOR_SERVERS = {"preload", "modulepreload", "manifest"}


def relocate_page(html: str, path: str, files: Collection[str]) -> str:
    """Return a page without scripts and with relative addresses. `path` is its path; `files` are those of the site."""
    reader = _Reader(html, lambda address: relocate(address, path, files))
    parts, end = [], 0
    for start, stop, text in reader.edits:
        parts += [html[end:start], text]
        end = stop
    return "".join([*parts, html[end:]])


def relocate_style(css: str, path: str, files: Collection[str]) -> str:
    """Return a style sheet with relative addresses, without rules for pages on which scripts run."""
    nodes = tinycss2.parse_component_value_list(css)
    return str(tinycss2.serialize(_relocate_nodes(nodes, lambda address: relocate(address, path, files))))


def relocate(address: str, path: str, files: Collection[str]) -> str:
    """Return an address of the site relative to the file at `path`; that of another site unchanged."""
    if not address or address.startswith(("#", "//")) or urlsplit(address).scheme:
        return address
    parts = urlsplit(urljoin(f"/{quote(path)}", address))
    if (target := unquote(parts.path).lstrip("/")) not in files:
        target = posixpath.join(target, "index.html")
    return parts._replace(path=quote(posixpath.relpath(target, posixpath.dirname(path) or "."))).geturl()


def read_title(html: str) -> str:
    """Return the <title> of a page."""
    found = re.search(r"<title\b[^>]*>(.*?)</title>", html, re.DOTALL)
    return unescape(found[1]) if found else ""


class _Reader(HTMLParser):
    """Collects the changes to a page in `edits`: start, end, new text."""

    def __init__(self, html: str, move: Callable[[str], str]) -> None:
        super().__init__()
        self.edits: list[tuple[int, int, str]] = []
        self._html, self._move = html, move
        self._script: int | None = None
        self._lines = [*accumulate((len(line) + 1 for line in html.split("\n")), initial=0)]
        self.feed(html)
        self.close()

    @property
    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, text = self._here, self.get_starttag_text() or ""
        named = dict(attrs)
        if tag == "script" and "src" in named:
            self._script = start
        elif tag == "link" and _LINKS_FOR_SERVERS.intersection((named.get("rel") or "").lower().split()):
            self.edits.append((start, start + len(text), ""))
        elif (changed := [(name, self._change(tag, named, name, value)) for name, value in attrs]) != attrs:
            written = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in changed)
            self.edits.append((start, start + len(text), f"<{tag}{written}{'/' if text.endswith('/>') else ''}>"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.edits.append((self._script, self._html.index(">", self._here) + 1, ""))
            self._script = None

    def _change(self, tag: str, named: dict[str, str | None], name: str, value: str | None) -> str | None:
        if value is None:
            return None
        if name in _ADDRESSES:
            return self._move(value)
        if name in ("srcset", "imagesrcset"):
            sources = map(str.split, value.split(","))
            return ", ".join(" ".join([self._move(address), *sizes]) for address, *sizes in sources)
        if tag == "meta" and name == "content" and (named.get("http-equiv") or "").lower() == "refresh":
            seconds, found, address = value.partition("url=")
            return f"{seconds}{found}{self._move(address)}"
        return value


def _relocate_nodes(nodes: Sequence[Any], move: Callable[[str], str]) -> Iterator[Any]:
    skipped = -1
    for place, node in enumerate(nodes):
        if place <= skipped:
            continue
        if node.type == "at-keyword" and node.lower_value == "media":
            block = next(number for number in range(place, len(nodes)) if nodes[number].type == "{} block")
            queries = tinycss2.serialize(nodes[place + 1 : block]).replace(" ", "").lower().split(",")
            if all("(scripting:enabled)" in query for query in queries):
                # No script runs here.
                skipped = block
                continue
        if node.type == "url":
            yield from tinycss2.parse_component_value_list(f'url("{move(node.value)}")')
        elif node.type == "function" and node.lower_name == "url":
            inside = [argument for argument in node.arguments if argument.type == "string"]
            yield from tinycss2.parse_component_value_list(f'url("{move(inside[0].value)}")' if inside else "url()")
        else:
            for name in ("content", "arguments"):
                if hasattr(node, name):
                    setattr(node, name, [*_relocate_nodes(getattr(node, name), move)])
            yield node
