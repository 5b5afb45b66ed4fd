"""HTML of a document -> its blocks, cleaned: spaces, breaks, lists typed by hand, headings in bold, captions, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from plugins.vietnamese import fold, nfc
from plugins.word.markdown import render_markdown
from plugins.word.tables import settle_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.word.report import Report

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Spaces of every width, and what is neither seen nor meant: soft hyphens, zero-width spaces, marks of direction.
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\x00-\x08\x0e-\x1f\x7f-\x9f]")
_TYPED_ITEM = re.compile(r"^([-+•*●▪◦]|\uf0b7|\uf02d)\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;…][”\"’)]?$")
_CAPTION = re.compile(r"^\(?(anh|hinh|trong anh|chu thich anh|chu thich)\s*(\d+)?\s*[:.\-–]", re.IGNORECASE)
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_LONGEST_HEADING = 120
_LONGEST_CAPTION = 300


@dataclass(frozen=True)
class Block:
    """One block of a document: title, heading, paragraph, list, table, picture or note; its text and its Markdown.

    A paragraph is `bold` when all of it is, `arranged` when it stood in a table or a letter's head.
    """

    kind: str
    text: str
    markdown: str
    bold: bool = False
    arranged: bool = False


def build_blocks(html: str, report: Report, first_note: int = 1) -> list[Block]:
    """Return the blocks of a document in order, notes last, and count in the report what they are."""
    soup = BeautifulSoup(html, "html.parser")
    notes = _take_notes(soup)
    _settle_links(soup, report)
    for picture in soup.find_all("img", src=""):
        picture.decompose()
    _clean_text(soup)
    settle_tables(soup, report)
    _split_paragraphs(soup)
    _settle_emphasis(soup)
    _caption_pictures(soup)
    _collect_typed_items(soup, report)
    _raise_bold_headings(soup, report)
    _settle_levels(soup)
    blocks = [block for child in soup.find_all(recursive=False) if (block := _block_of(child))]
    for number, note in enumerate(notes, first_note):
        note.name = "div"
        _clean_text(note)
        text = " ".join(render_markdown(note).split())
        blocks.append(Block("note", note.get_text(), f"[^{number}]: {text}"))
    counted = {"heading": "đề mục", "list": "danh sách", "picture": "ảnh", "note": "chú thích", "paragraph": "đoạn văn"}
    for kind, what in counted.items():
        report.kept[what] += sum(block.kind == kind for block in blocks)
    report.kept["liên kết"] += len(soup.find_all("a"))
    return blocks


def _take_notes(soup: BeautifulSoup) -> Sequence[Tag]:
    """Take the notes out of the end of a document, and leave in the text a mark for each."""
    for mark in soup.find_all("a", id=re.compile(r"^(footnote|endnote)-ref-")):
        made = soup.new_tag("note", attrs={"number": re.sub(r"\D", "", mark.get_text())})
        place = mark.find_parent("sup") or mark
        place.replace_with(made)
    notes = soup.find_all("li", id=re.compile(r"^(footnote|endnote)-"))
    for item in notes:
        for back in item.find_all("a", href=re.compile(r"^#(footnote|endnote)-ref-")):
            back.decompose()
        around = item.parent
        item.extract()
        if around and not around.find("li"):
            around.decompose()
    return notes


def _settle_links(soup: BeautifulSoup, report: Report) -> None:
    for link in soup.find_all("a"):
        href = str(link.get("href", "")).strip()
        if _SAFE_LINK.match(href) and link.get_text(strip=True):
            link.attrs = {"href": href.replace(" ", "%20").replace("(", "%28").replace(")", "%29")}
            continue
        if href and not href.startswith("#"):
            report.lost["liên kết tới tệp trên máy người viết (giữ chữ)"] += 1
        link.unwrap()
    soup.smooth()


def _clean_text(root: Tag) -> None:
    """Bring every text to NFC with single spaces, none at the ends of a block or beside a break."""
    for text in root.find_all(string=True):
        text.replace_with(_SPACES.sub(" ", _UNSEEN.sub("", nfc(str(text)))))
    for block in root.find_all(["p", "li", "td", "th", *_HEADINGS]):
        before = " "
        for text in block.find_all(string=True):
            place = text.previous_element
            if getattr(place, "name", None) == "br":
                before = " "
            cleaned = str(text).lstrip(" ") if before.endswith(" ") else str(text)
            if cleaned != text:
                text.replace_with(cleaned)
            before = cleaned or before


def _split_paragraphs(soup: BeautifulSoup) -> None:
    """Give each picture a paragraph, and end a paragraph at a break after which something new begins."""
    for heading in soup.find_all([*_HEADINGS, "td", "th", "li"]):
        for line_break in heading.find_all("br"):
            line_break.replace_with(" ")
    for paragraph in soup.find_all("p"):
        if paragraph.find_parent(["td", "th", "li"]) is None:
            _split(soup, paragraph)
    for paragraph in soup.find_all(["p", *_HEADINGS, "ul", "ol", "blockquote"]):
        if not paragraph.get_text(strip=True) and not paragraph.find("img"):
            paragraph.decompose()


def _split(soup: BeautifulSoup, paragraph: Tag) -> None:
    for picture in paragraph.find_all("img"):
        # Out of what it is wrapped in, to be a child of the paragraph.
        while picture.parent is not None and picture.parent is not paragraph:
            picture.parent.insert_after(picture.extract())
    if not paragraph.find(["img", "br"]):
        return
    pieces = _pieces(paragraph)
    for piece in pieces:
        made = soup.new_tag("p", attrs={"class": " ".join(_classes(paragraph))})
        made.extend(piece)
        paragraph.insert_before(made)
    paragraph.decompose()


def _pieces(paragraph: Tag) -> list[list[PageElement]]:
    pieces: list[list[PageElement]] = [[]]
    children = list(paragraph.children)
    for index, child in enumerate(children):
        if isinstance(child, Tag) and child.name == "img":
            pieces += [[child], []]
        elif isinstance(child, Tag) and child.name == "br":
            before = "".join(_text_of(piece) for piece in pieces[-1]).strip()
            after = "".join(_text_of(piece) for piece in children[index + 1 :]).strip()
            if not before or _SENTENCE_END.search(before) or _TYPED_ITEM.match(after):
                pieces.append([])
            elif after[:1].islower():
                pieces[-1].append(NavigableString(" "))
            elif after:
                pieces[-1].append(child)
        else:
            pieces[-1].append(child)
    return [piece for piece in pieces if piece]


def _words(element: Tag) -> str:
    """Return the text of a block, a new line for each break."""
    return "".join(_text_of(child) for child in element.descendants if not isinstance(child, Tag) or child.name == "br")


def _text_of(child: PageElement) -> str:
    if isinstance(child, Tag):
        return "\n" if child.name == "br" else child.get_text()
    return str(child)


def _settle_emphasis(soup: BeautifulSoup) -> None:
    """Take emphasis from headings and from what has no letter, and note which paragraphs are bold as a whole."""
    for emphasis in soup.find_all(["strong", "em", "s"]):
        if emphasis.find_parent([*_HEADINGS, "th"]) or not any(map(str.isalnum, emphasis.get_text())):
            emphasis.unwrap()
    soup.smooth()
    for paragraph in soup.find_all("p"):
        marked = paragraph.get_text(strip=True)
        strong = "".join(part.get_text(strip=True) for part in paragraph.find_all("strong"))
        if marked and strong == marked:
            paragraph["data-bold"] = "1"


def _caption_pictures(soup: BeautifulSoup) -> None:
    """Make what stands under a picture, or at need over it, its caption."""
    for picture in soup.find_all("img"):
        paragraph = picture.find_parent()
        if paragraph is None or paragraph.name != "p" or paragraph.get_text(strip=True):
            continue
        before, after = paragraph.find_previous_sibling(), paragraph.find_next_sibling()
        caption = after if _is_caption(after) else before if _is_styled_caption(before) else None
        if caption is not None:
            picture["title"] = re.sub(r'"([^"]*)"', r"“\1”", " ".join(_words(caption).split())).replace('"', "”")
            caption.decompose()
        picture["alt"] = re.sub(r"[\[\]]", "", str(picture.get("alt", "")))


def _is_styled_caption(paragraph: Tag | None) -> bool:
    return paragraph is not None and "caption" in _classes(paragraph) and not paragraph.find("img")


def _is_caption(paragraph: Tag | None) -> bool:
    if paragraph is None or paragraph.name != "p" or paragraph.find("img"):
        return False
    text = paragraph.get_text(strip=True)
    emphasised = "".join(part.get_text(strip=True) for part in paragraph.find_all("em"))
    looks = bool(_CAPTION.match(fold(text))) or (emphasised == text)
    return _is_styled_caption(paragraph) or (looks and 0 < len(text) <= _LONGEST_CAPTION)


def _collect_typed_items(soup: BeautifulSoup, report: Report) -> None:
    """Make a list of paragraphs that begin with a dash or a bullet typed by hand; a plus under a dash is a level."""
    made: Tag | None = None
    for paragraph in soup.find_all("p", recursive=False):
        marker = _TYPED_ITEM.match(paragraph.get_text())
        if not marker:
            continue
        _drop_start(paragraph, len(marker[0]))
        paragraph.name, paragraph.attrs = "li", {}
        before = paragraph.find_previous_sibling()
        if before is not None and before.name == "ul":
            made = before
        else:
            made = soup.new_tag("ul", attrs={"data-marker": marker[1]})
            paragraph.insert_before(made)
            report.changed["danh sách gõ bằng dấu gạch thành danh sách"] += 1
        if marker[1] == "+" and made.get("data-marker") != "+":
            item = made.find_all("li", recursive=False)[-1]
            inner = item.find("ul", recursive=False) or soup.new_tag("ul")
            item.append(inner)
            inner.append(paragraph.extract())
        else:
            made.append(paragraph.extract())


def _drop_start(paragraph: Tag, length: int) -> None:
    for text in paragraph.find_all(string=True):
        cut = min(length, len(text))
        length -= cut
        text.replace_with(str(text)[cut:].lstrip() if not length else str(text)[cut:])
        if not length:
            return


def _raise_bold_headings(soup: BeautifulSoup, report: Report) -> None:
    """Make a heading of a short bold paragraph with plain text under it, where no style says what is one."""
    if soup.find([heading for heading in _HEADINGS if heading != "h1"]):
        return
    for paragraph in soup.find_all("p", recursive=False):
        text = paragraph.get_text(strip=True)
        after = paragraph.find_next_sibling()
        if (
            paragraph.get("data-bold")
            and "arranged" not in _classes(paragraph)
            and len(text) <= _LONGEST_HEADING
            and not re.search(r"[.,;…!][”\"’)]?$", text)
            and after is not None
            and (after.name != "p" or (not after.get("data-bold") and not after.find("img")))
            and "arranged" not in _classes(after)
        ):
            for emphasis in paragraph.find_all(["strong", "em"]):
                emphasis.unwrap()
            paragraph.name, paragraph["class"] = "h2", "raised"
            report.changed["dòng in đậm đứng riêng thành đề mục"] += 1


def _settle_levels(soup: BeautifulSoup) -> None:
    """Let the highest heading but the title be ##: # is the title's."""
    headings = [heading for heading in soup.find_all(_HEADINGS) if "title" not in _classes(heading)]
    if headings:
        up = min(int(heading.name[1]) for heading in headings) - 2
        for heading in headings:
            heading.name = f"h{min(6, int(heading.name[1]) - up)}"


def _classes(element: Tag) -> list[str]:
    return " ".join(str(name) for name in element.get_attribute_list("class") if name).split()


def _block_of(element: Tag) -> Block | None:
    classes = _classes(element)
    text = element.get_text(" ").strip() if element.name in ("ul", "ol", "table") else _words(element).strip()
    if element.name in _HEADINGS:
        kind = "title" if "title" in classes else "heading"
    elif element.find("img"):
        kind = "picture"
    else:
        kind = {"ul": "list", "ol": "list", "table": "table"}.get(element.name, "paragraph")
    is_bold = bool(element.get("data-bold")) or "raised" in classes
    markdown = render_markdown(element)
    return Block(kind, text, markdown, is_bold, "arranged" in classes) if markdown else None
