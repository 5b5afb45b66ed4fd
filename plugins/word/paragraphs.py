"""Inlines as a reader of documents finds them -> paragraphs, tidied for a page: spaces, breaks, blanks, emphasis."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from plugins.vietnamese import nfc
from plugins.word.nodes import NO_MARKS, Inline, Node, Paragraph, Quote, words_of
from plugins.word.report import ImportReport

# Raised or lowered text is a power or an index only if it is short.
_LONGEST_RAISED = 3
_SHIFTED = {"raised": "sup", "lowered": "sub"}
# Kinds of paragraphs that are no headings.
RUNNING = {"p", "caption", "quote"}
_EDGES = re.compile(r"^\s+|\s+$|\S(?:.*\S)?", re.DOTALL)
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)
_OWN_FILE = re.compile(r"file:|[a-z]:|(?![a-z][\w+.-]*:)", re.IGNORECASE)
# Characters that would end an address in Markdown, or mean something in it.
_UNSAFE = {ord(letter): f"%{ord(letter):02X}" for letter in ' ()<>"[]\\`{}|^'}
_LONGEST_LINK = 2_000
BREAK, PAGE = Inline("break"), Inline("page")
# Spaces of every width, and invisible characters: soft hyphens, zero-width spaces, marks of direction.
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\x00-\x08\x0e-\x1f\x7f-\x9f]")
TYPED_ITEM = re.compile(r"^([-+•*●▪◦]|\uf0b7|\uf02d)\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;…][”\"’)]?$")
# Blanks to fill in by hand, on paper as wide as the line.
_BLANK = re.compile(r"(?:_ ?){5,}|(?:[.…] ?){6,}|…{3,}")
BLANK = "…………"
_RULE = re.compile(r"(?=(?:[^\w\s] ?){4}|[^\w\s]{2,}[o0]+[^\w\s]{2,})[-–—=*~+#o0 ]{5,}|_[_ ]{4,30}", re.IGNORECASE)
_EMPHASIS = frozenset(("strong", "em", "s"))


def is_empty(inlines: Iterable[Inline]) -> bool:
    """Tell whether none of these is visible."""
    return not any(one.kind not in {"break", "page", "text"} or one.text.strip() for one in inlines)


def make_paragraph(
    inlines: Iterable[Inline], kind: str, report: ImportReport, *, is_title: bool = False, is_loose: bool = False
) -> list[Node]:
    """Return a paragraph of this kind: title, h1 … h6, caption, quote or p; nothing for a drawn line or blanks."""
    linked = _settle_links(inlines, report)
    # A drawn line: ------, =====o0o=====; a long one of underscores is a blank.
    if all(one.kind == "text" for one in linked) and _RULE.fullmatch(words_of(linked).strip()):
        report.changed["đường kẻ trang trí đã bỏ"] += 1
        return []
    if not (tidied := tidy(linked, report)):
        return []
    level = 1 if kind == "title" else int(kind[1]) if kind not in RUNNING else 0
    paragraph = Paragraph(
        tidied, level, is_title=is_title or kind == "title", is_caption=kind == "caption", is_loose=is_loose
    )
    return [Quote((paragraph,))] if kind == "quote" else [paragraph]


def _settle_links(inlines: Iterable[Inline], report: ImportReport) -> list[Inline]:
    """Return inlines with addresses as Markdown may have them; links that no page can have are reported."""
    made: list[Inline] = []
    for href, group in groupby(inlines, lambda one: one.href.strip()):
        address = f"http://{href}" if href.lower().startswith("www.") else href
        if _SAFE_LINK.match(address) and len(address) <= _LONGEST_LINK:
            address = address.translate(_UNSAFE)
        elif href:
            if not href.startswith("#"):
                what = "tới tệp trên máy người viết" if _OWN_FILE.match(address) else "không mở được trên trang"
                report.lost[f"liên kết {what} (giữ chữ)"] += 1
            address = ""
        made += (one._replace(href=address) for one in group)
    return made


def settle_spaces(inlines: Iterable[Inline]) -> list[Inline]:
    """Return inlines with the spaces at the ends of texts apart, each marked if both its neighbours are."""
    words: list[Inline] = []
    for one in inlines:
        if one.kind == "text":
            is_short = len(one.text.strip()) <= _LONGEST_RAISED
            shifts = {tag for mark, tag in _SHIFTED.items() if mark in one.marks and is_short}
            marks = one.marks.difference(_SHIFTED) | shifts
            words += [one._replace(text=word, marks=marks) for word in _EDGES.findall(one.text)]
        else:
            words.append(one)
    settled = []
    for before, one, after in zip([BREAK, *words], words, [*words[1:], BREAK], strict=False):
        if one.kind == "text" and one.text.isspace():
            href = before.href if before.href == after.href else ""
            marks = before.marks - {"sup", "sub"} if before.marks == after.marks else NO_MARKS
            settled.append(one._replace(marks=marks, href=href))
        else:
            settled.append(one)
    return settled


def text_of(nodes: Iterable[Node]) -> str:
    """Return the text of paragraphs."""
    return " ".join(node.words for node in nodes if isinstance(node, Paragraph))


def tidy(pieces: Iterable[Inline], report: ImportReport) -> tuple[Inline, ...]:
    """Return inlines in NFC with single spaces, none at the ends or at a break, and no emphasis without a letter."""
    joined = []
    for piece in _joined(pieces):
        text = piece.text
        if piece.kind == "text":
            spaced = _SPACES.sub(" ", _UNSEEN.sub("", nfc(text)))
            text, blanks = _BLANK.subn(lambda blank: BLANK + " " * blank[0].endswith(" "), spaced)
            report.changed["chỗ để trống (____, ……) rút ngắn"] += blanks
        joined.append(piece._replace(text=text))
    return trim(joined)


def trim(pieces: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return inlines without double spaces, spaces or breaks at the ends, and emphasis without a letter."""
    made: list[Inline] = []
    is_after_space = True
    for piece in pieces:
        if piece.kind == "break":
            if made:
                made[-1] = made[-1]._replace(text=made[-1].text.rstrip(" "))
                made.append(piece)
            is_after_space = True
            continue
        text = piece.text
        if piece.kind == "text":
            text = text.lstrip(" ") if is_after_space else text
            if not text:
                continue
        is_after_space = piece.kind == "text" and text.endswith(" ")
        made.append(piece._replace(text=text))
    while made and (made[-1].kind == "break" or not made[-1].text.strip(" ")):
        made.pop()
    if made and made[-1].kind == "text":
        made[-1] = made[-1]._replace(text=made[-1].text.rstrip(" "))
    bare = [
        piece._replace(marks=piece.marks - _EMPHASIS)
        if piece.kind == "text" and not any(map(str.isalnum, piece.text))
        else piece
        for piece in made
        if piece.text or piece.kind == "break"
    ]
    return tuple(_joined(bare))


def _joined(pieces: Iterable[Inline]) -> Iterable[Inline]:
    """Yield inlines, neighbouring texts of one look joined."""
    for (kind, marks, href), group in groupby(pieces, lambda piece: (piece.kind, piece.marks, piece.href)):
        if kind == "text":
            yield Inline("text", "".join(piece.text for piece in group), marks, href)
        else:
            yield from group


def split(paragraph: Paragraph) -> list[Paragraph]:
    """Give each picture its own paragraph, and end paragraphs at breaks before a new sentence or item."""
    if all(piece.kind in ("text", "note") for piece in paragraph.pieces):
        return [paragraph]
    if paragraph.level:
        pictures = [Paragraph((piece,)) for piece in paragraph.pieces if piece.kind == "picture"]
        text = [piece for piece in paragraph.pieces if piece.kind != "picture"]
        words = trim(Inline("text", " ") if piece.kind == "break" else piece for piece in text)
        return [*([replace(paragraph, pieces=words)] if words else []), *pictures]
    made: list[Paragraph] = []
    open_pieces: list[Inline] = []

    def end() -> None:
        if pieces := trim(open_pieces):
            made.append(replace(paragraph, pieces=pieces))
        open_pieces.clear()

    for line in _lines(paragraph.pieces):
        if line and line[0].kind == "picture":
            end()
            made.append(replace(paragraph, pieces=tuple(line)))
            continue
        before, after = words_of(open_pieces[-2:]).strip(), words_of(line).strip()
        if open_pieces:
            if not after or _SENTENCE_END.search(before) or TYPED_ITEM.match(after):
                end()
            else:
                open_pieces.append(join_lines(after))
        elif not after and not any(piece.kind == "note" for piece in line):
            continue
        open_pieces += line
    end()
    return made


def join_lines(after: str) -> Inline:
    """Return the inline between two lines, the second of this text: a space if a sentence goes on, else a break."""
    return Inline("text", " ") if after[:1].islower() else Inline("break")


def _lines(pieces: Iterable[Inline]) -> list[list[Inline]]:
    lines: list[list[Inline]] = [[]]
    for piece in pieces:
        if piece.kind == "break":
            lines.append([])
        elif piece.kind == "picture":
            lines += [[piece], []]
        else:
            lines[-1].append(piece)
    return lines


def split_at(kind: str, inlines: Iterable[Inline]) -> list[list[Inline]]:
    """Return the inlines between those of a kind: breaks, or breaks of pages and columns."""
    found: list[list[Inline]] = [[]]
    for one in inlines:
        if one.kind == kind:
            found.append([])
        else:
            found[-1].append(one)
    return found


def drop_start(pieces: Sequence[Inline], length: int) -> tuple[Inline, ...]:
    """Return inlines without their first `length` characters."""
    left = []
    for piece in pieces:
        cut = min(length, len(piece.text)) if piece.kind == "text" else 0
        length -= cut
        left.append(piece._replace(text=piece.text[cut:]))
    return trim(left)


def with_label(label: str, pieces: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return inlines after a label of the same look."""
    texts = [piece.marks for piece in pieces if piece.kind == "text"]
    shared = frozenset.intersection(*texts) if texts else NO_MARKS
    return trim(_joined([Inline("text", f"{label} ", shared & {"strong", "em"}), *pieces]))
