"""A tool's page of a document, as its reader sees it: words, rows, items, links, pictures."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import normalize

import markdown
from bs4 import BeautifulSoup
from PIL import Image

from plugins.photos import pixels
from plugins.sources.problem import Invalid
from plugins.word.document import load_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bs4.element import Tag

    from plugins.word.pictures import EmbeddedPicture

    Open = Callable[[str], bytes | None]

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉", "0123456789+-0123456789")


class Page:
    """HTML that a tool made, or that its Markdown becomes; `open_picture` finds the pictures that it names."""

    def __init__(self, html: str, open_picture: Open = lambda _: None, said: str = "") -> None:
        self.html = html
        # Two neighbours of one emphasis are seen as one.
        html = re.sub(r"</(strong|em|b|i)>(\s*)<\1>", r"\2", html)
        self._soup = BeautifulSoup(html, "html.parser")
        self._open_picture = open_picture
        self.said = said
        for tag in self._soup.find_all(["script", "style", "head"]):
            tag.decompose()
        for box in self._soup.find_all("input", type="checkbox"):
            box.replace_with("☒" if box.has_attr("checked") else "☐")
        for formula in self._soup.find_all("math"):
            for unseen in formula.find_all(["annotation", "annotation-xml"]):
                unseen.decompose()
            for name, sign in (("mfrac", "/"), ("msup", "^"), ("msub", "_")):
                for part in formula.find_all(name):
                    part.find_all(recursive=False)[-1].insert_before(sign)
        # Numbers that are raised or lowered, marked so that they run into no other number.
        for raised in self._soup.find_all(["sup", "sub"]):
            if raised.get_text(strip=True):
                raised.insert(0, "^" if raised.name == "sup" else "_")

    @classmethod
    def of_markdown(
        cls, text: str, open_picture: Callable[[str], bytes | None] = lambda _: None, said: str = ""
    ) -> Page:
        text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+", lambda found: f"^{found[0].translate(_RAISED)}", text)
        text = re.sub(r"[₀₁₂₃₄₅₆₇₈₉]+", lambda found: f"_{found[0].translate(_RAISED)}", text)
        return cls(markdown.markdown(text, extensions=["tables", "footnotes", "sane_lists"]), open_picture, said)

    @property
    def text(self) -> str:
        """All that is read, on one line."""
        return _words(self._soup)

    @property
    def blocks(self) -> list[str]:
        """The words of each paragraph, heading, item or cell that holds no other."""
        names = ["p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"]
        found = [one for one in self._soup.find_all(names) if not one.find(names)]
        return [words for one in found if (words := _words(one))]

    @property
    def headings(self) -> list[str]:
        return [_words(one) for one in self._soup.find_all(re.compile("^h[1-6]$"))]

    @property
    def links(self) -> dict[str, str]:
        """The address of each link by its words."""
        return {_words(link): str(link["href"]) for link in self._soup.find_all("a", href=True)}

    @property
    def tables(self) -> list[list[list[str]]]:
        """The cells of each table that holds no other, row by row, with what is merged in each of its places."""
        return [_grid(table) for table in self._soup.find_all("table") if not table.find("table")]

    @property
    def rows(self) -> list[list[str]]:
        return [row for table in self.tables for row in table]

    @property
    def items(self) -> list[str]:
        """The marker of each item, a number where its list is numbered, and its words."""
        found = []
        for item in self._soup.find_all("li"):
            around = item.parent
            words = _words(item)
            if around is not None and around.name == "ol" and not item.get("id"):
                number = int(str(around.get("start", "1"))) + len(item.find_previous_siblings("li"))
                kind = {"a": "abcdefghij"[(number - 1) % 10], "I": ["", "I", "II", "III", "IV", "V"][min(number, 5)]}
                words = f"{kind.get(str(around.get('type', '1')), number)}. {words}"
            found.append(words)
        return found

    def has(self, tag: str, words: str) -> bool:
        return any(words in _words(one) for one in self._soup.find_all(tag))

    def opened(self) -> list[tuple[str, bytes]]:
        """Return the pictures that are shown, in order: what names them, and their bytes."""
        found = []
        for source in (str(image.get("src", "")) for image in self._soup.find_all("img")):
            inline = re.match(r"data:image/[\w+.-]+;base64,(.+)", source, re.DOTALL)
            data = base64.b64decode(inline[1]) if inline else self._open_picture(source)
            found += [(source, data)] if data else []
        return found

    @property
    def pictures(self) -> list[Image.Image]:
        return [Image.open(BytesIO(data)).convert("RGB") for _, data in self.opened()]

    @property
    def outline(self) -> list[str]:
        """The words and "[ảnh]" of each block that holds a picture or words, in order."""
        for image in self._soup.find_all("img"):
            if not image.find_parent("figure"):
                image.insert_before("[ảnh]")
        return self.blocks


def _words(element: Tag) -> str:
    copy = BeautifulSoup(str(element), "html.parser")
    for line_break in copy.find_all("br"):
        line_break.replace_with(" ")
    for block in copy.find_all(["p", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "div", "figcaption", "dd"]):
        block.insert_after(" ")
        block.insert_before(" ")
    return " ".join(normalize("NFC", copy.get_text()).split())


def _grid(table: Tag) -> list[list[str]]:
    places: dict[tuple[int, int], str] = {}
    rows = table.find_all("tr")
    for y, row in enumerate(rows):
        x = 0
        for cell in row.find_all(["td", "th"]):
            while (y, x) in places:
                x += 1
            for dy in range(int(str(cell.get("rowspan", "1")))):
                for dx in range(int(str(cell.get("colspan", "1")))):
                    places[y + dy, x + dx] = _words(cell)
    width = max((x for _, x in places), default=-1) + 1
    return [[places.get((y, x), "") for x in range(width)] for y in range(len(rows))]


def our_page(file: Path) -> Page:
    """Return our reader's page of a file; a page without a word when it refuses it."""
    pictures: dict[str, bytes] = {}

    def keep(picture: EmbeddedPicture) -> str:
        name = f"anh-{len(pictures) + 1}.jpg"
        pictures[name] = pixels.keep(picture.data, 2560, picture.crop, picture.turn)
        return name

    try:
        document = load_document(file, keep)
    except Invalid as invalid:
        return Page("", said=invalid.message)
    text = "\n\n".join(block.markdown for block in document.blocks)
    return Page.of_markdown(text, pictures.get, "\n".join(document.report.lines()))
