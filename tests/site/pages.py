"""A built site as its reader meets it: pages by address, their elements, and the stories that they list."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import html5lib
from lxml.html import HTMLParser, fromstring

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element


def find(root: Element, tag: str = "*", css_class: str = "", **attributes: str) -> list[Element]:
    """Return the elements under (and including) root with this tag, class and attribute values, in document order."""
    return [
        element
        for element in root.iter(None if tag == "*" else tag)
        if isinstance(element.tag, str)
        and (not css_class or css_class in element.get("class", "").split())
        and all(element.get(name.rstrip("_").replace("_", "-")) == value for name, value in attributes.items())
    ]


def words(element: Element) -> str:
    """Return the text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def pictures(page: Page) -> Iterator[str]:
    """Yield the path of every picture that a page shows, in any size, or gives to those who share it."""
    for img in page.find("img"):
        yield img.get("src", "")
    for source in page.find("source"):
        yield from (part.split()[0] for part in source.get("srcset", "").split(","))
    for meta in page.find("meta", property="og:image"):
        yield urlsplit(meta.get("content", "")).path


class Page:
    """One page: its address and its HTML, parsed as a browser parses it when a test looks into it."""

    def __init__(self, url: str, file: Path, *, quick: bool = False) -> None:
        self.url, self._quick = url, quick
        self.html = file.read_text(encoding="utf-8")

    @cached_property
    def _parsed(self) -> tuple[Element, list[str]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root: Element = parser.parse(self.html)
        return root, [f"{self.url}:{line}:{column}: {code} {data}" for (line, column), code, data in parser.errors]

    @cached_property
    def root(self) -> Element:
        return fromstring(self.html.encode(), parser=HTMLParser(encoding="utf-8")) if self._quick else self._parsed[0]

    @property
    def errors(self) -> list[str]:
        return self._parsed[1]

    def find(self, tag: str = "*", css_class: str = "", **attributes: str) -> list[Element]:
        return find(self.root, tag, css_class, **attributes)

    def first(self, tag: str = "*", css_class: str = "", **attributes: str) -> Element:
        return self.find(tag, css_class, **attributes)[0]

    @cached_property
    def main(self) -> Element:
        return self.first("main")

    @cached_property
    def heading(self) -> str:
        return words(self.first("h1"))

    @cached_property
    def day(self) -> str:
        """The day of a story, as its byline says it to machines."""
        return find(find(self.main, "p", "story__byline")[0], "time")[0].get("datetime", "")

    @cached_property
    def modified(self) -> str:
        """The day on which a story last said something new."""
        day: str = self.described_as("Article")[0]["dateModified"]
        return day

    @cached_property
    def ids(self) -> list[str]:
        return [element.get("id", "") for element in self.find() if element.get("id") is not None]

    @cached_property
    def data(self) -> list[dict[str, Any]]:
        """The page's JSON-LD."""
        return [json.loads(script.text or "") for script in self.find("script", type="application/ld+json")]

    def described_as(self, type_name: str) -> list[dict[str, Any]]:
        return [data for data in self.data if data["@type"] == type_name]

    def part(self, anchor: str) -> Element:
        """Return the element that an anchor leads to; the whole main part without one."""
        return self.first(id=anchor) if anchor else self.main


class Site:
    """A folder that a build wrote; `quick` has it parsed six times as fast, its elements but not all their parents."""

    def __init__(self, root: Path, *, quick: bool = False) -> None:
        self.root, self._quick = root, quick
        self.pages = {page.url: page for page in self._read()}

    def _read(self) -> Iterator[Page]:
        for file in sorted(self.root.rglob("*.html")):
            path = f"/{file.relative_to(self.root).as_posix()}"
            yield Page(path.removesuffix("index.html"), file, quick=self._quick)

    def __getitem__(self, url: str) -> Page:
        return self.pages[url]

    @cached_property
    def address(self) -> str:
        """Where the site says that it lives, such as https://ten-mien.vn."""
        return self["/"].first("link", rel="canonical").get("href", "").rstrip("/")

    def has(self, url: str) -> bool:
        """Tell whether a web server would answer this address, and its page has the anchor."""
        path, anchor = urldefrag(url)
        # A question to the search is its page.
        path = unquote(path.partition("?")[0])
        if path in self.pages:
            return not anchor or unquote(anchor) in self[path].ids
        return not path.endswith("/") and (self.root / path.lstrip("/")).is_file()

    def listed(self, url: str) -> list[str]:
        """Return the stories that a reader finds who follows a link to a list: all its parts and pages."""
        path, anchor = urldefrag(url)
        page = self[path]
        found: list[str] = []
        for part in _parts(page.part(anchor)):
            more = [link.get("href", "") for link in find(part, "a", "more")]
            # A part that shows only its newest says where the rest is.
            found += self.listed(more[0]) if more and part.tag == "section" else _card_urls(part)
        following = [] if anchor else page.find("a", rel="next")
        return found + (self.listed(urljoin(path, following[0].get("href", ""))) if following else [])

    @cached_property
    def signposts(self) -> set[str]:
        """The addresses at which only stands where something has gone, or that it is gone; in no list, in no trail."""
        return {url for url, page in self.pages.items() if page.find("meta", name="robots")} - {"/404.html"}

    @cached_property
    def stories(self) -> dict[str, Page]:
        """The pages of single stories."""
        return {url: page for url, page in self.pages.items() if page.described_as("Article")}


def _parts(element: Element) -> list[Element]:
    groups = find(element, "section", "group")
    # Stories of another main field are below a list, and not counted.
    own = [group for group in groups if "lĩnh vực khác" not in words(find(group, "h2")[0])]
    beside = [group for group in groups if group not in own]
    if own:
        return own
    if beside:
        return [child for child in find(element, "ol", "cards") if not any(child in list(group) for group in beside)]
    return [element]


def _card_urls(element: Element) -> list[str]:
    return [find(card, "a")[0].get("href", "") for card in find(element, "li", "card")]
