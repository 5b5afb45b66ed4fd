"""The title in the head of a document: type and subject of an official one, else the line that stands out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from plugins.newsroom.heads import LONGEST, HeadLine, Role, is_place, read_document_type, read_head
from plugins.vietnamese import fold
from plugins.word.blocks import Block

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
# A plain line is a title if it has so many words and the body follows at once.
_FEWEST_PLAIN, _LONGEST_PLAIN = 3, 120
_AFTER_PLAIN = (Role.BODY, Role.SECTION, Role.BYLINE, Role.PERSON, Role.DAY)
# Ends of lines that are incomplete, and beginnings of lines that continue one.
_UNDONE = re.compile(
    r"(?:\b(?:cua|va|voi|ve|trong|cho|tai|tren|o|do|tu|den|cac|nhung|theo|ngay|thang|nam|xa|huyen|tinh|thon|buon|bon"
    r"|vi|la|de|tang|doi voi)|[,–:(-])$"
)
_GOING_ON = re.compile(
    r"giai doan|nam (?:hoc )?\d|nhiem ky|ve viec|thang \d|quy [ivx\d]|nhan (?:dip|ngay)|chao mung|dot \d|lan thu"
    r"|(?:tai|trong|cua|va|tren dia ban|doi voi) |[\d“\"(–-]"
)
_SPAN = re.compile(r"\(?(?:giai doan|nam|tu|lan)\b")
_MOST_TO_RULE = 4  # lines of a head between a title's first and the rule under it


@dataclass(frozen=True)
class Title:
    """A title, in words where it was seen, and the blocks without it."""

    text: str
    seen: str
    rest: tuple[Block, ...]


def find_title(blocks: Sequence[Block]) -> Title | None:
    """Return the title, or None if none is certain."""
    lines = read_head(blocks)
    for find, seen in _FINDING:
        if found := find(lines):
            text = " ".join(" ".join(map(_bare, found)).split())
            is_heading = found[0].level > 0 and not found[0].is_bold
            standing_out = "đề mục đầu tiên" if is_heading else "dòng in đậm hoặc viết hoa đầu tiên"
            return Title(text, seen or standing_out, _without(blocks, lines, found))
    return None


def _bare(line: HeadLine) -> str:
    """Return the text of a line without brackets or stars around it."""
    text = line.text.strip(" *")
    return text[1:-1] if line.role is Role.ABOUT and text.startswith("(") and text.endswith(")") else text


def _official(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """Return the type of a document and its subject; the type alone if it needs none; else nothing."""
    for at, line in enumerate(lines):
        if line.role is Role.OPENING and not _is_outranked(lines, at):
            return with_more(lines, at)
        if line.role is Role.KIND:
            if subject := _subject(lines, at) or _about(lines):
                return [line, *subject]
            kind = read_document_type(line.text)
            return [line] if kind and kind.is_whole else []
    return []


def _is_outranked(lines: Sequence[HeadLine], at: int) -> bool:
    """Tell whether a line that begins like a type is under a title, so only the first heading or lead of the text."""
    over = lines[last_anchor(lines[:at]) + 1 : at]
    return any(line.role is Role.TEXT and line.stands_out and not line.is_arranged for line in over)


def _subject(lines: Sequence[HeadLine], at: int) -> list[HeadLine]:
    """Return the subject under a type, past rules and remarks; a type may specify another: Phụ lục I, Danh sách …"""
    after = next((n for n in range(at + 1, len(lines)) if lines[n].role not in (Role.RULE, Role.MARK)), None)
    if after is None or (lines[after].is_arranged and not lines[at].is_arranged):
        return []
    line = lines[after]
    match line.role:
        case Role.KIND:
            return [line, *_subject(lines, after)]
        case Role.TEXT | Role.ABOUT:
            return with_more(lines, after)
        case Role.OPENING | Role.PERSON | Role.DAY:
            return with_more(lines, after) if line.stands_out and not line.is_arranged else []
        case Role.OFFICE:
            is_begun = line.stands_out and after + 1 < len(lines) and joins(line, lines[after + 1])
            return with_more(lines, after) if is_begun else []
    return []


def _styled(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """Return the lines in the style Title, unless they are a letterhead."""
    roles = (Role.TEXT, Role.OPENING, Role.ABOUT, Role.PERSON)
    return _first(lines, lambda line: line.is_styled and line.role in roles)


def _about(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """Return the subject line of a letter without a type, with further lines of the same look."""
    at = next((at for at, line in enumerate(lines) if line.role is Role.ABOUT), len(lines))
    found = list(lines[at : at + 1])
    for line in lines[at + 1 :]:
        if line.role is not Role.TEXT or line.look != found[0].look or line.is_arranged != found[0].is_arranged:
            break
        found.append(line)
    # An unusual type may be over it.
    over = [line for line in lines[max(0, at - 1) : at] if line.role is Role.TEXT and line.is_capital]
    return [*over, *found] if found and not found[0].is_arranged else found


def _standing_out(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """Return the first line in bold, in capitals or set as a heading outside letterheads and leads."""
    start = last_anchor(lines) + 1

    def is_one(line: HeadLine) -> bool:
        is_lead = line is not lines[start] and line.text.endswith(".") and not line.is_capital
        is_letterhead = start > 0 and line.is_arranged
        return line.role in (Role.TEXT, Role.OPENING) and line.stands_out and not is_lead and not is_letterhead

    return _first(lines, is_one, start)


def _plain(lines: Sequence[HeadLine]) -> list[HeadLine]:
    """Return a plain first line if it can only be a title: the body follows at once."""
    if not lines or lines[0].role is not Role.TEXT or lines[0].is_arranged:
        return []
    found = with_more(lines, 0)
    is_sure = all(line.text.endswith(".") or line.role in _AFTER_PLAIN for line in lines[len(found) : len(found) + 1])
    is_title = len(lines[0].text.split()) >= _FEWEST_PLAIN and len(lines[0].text) <= _LONGEST_PLAIN
    return found if is_sure and is_title else []


def _first(lines: Sequence[HeadLine], is_one: Callable[[HeadLine], bool], start: int = 0) -> list[HeadLine]:
    """Return the first line that satisfies `is_one`, and the lines that continue it."""
    return next((with_more(lines, at) for at in range(start, len(lines)) if is_one(lines[at])), [])


_FINDING: tuple[tuple[Callable[[Sequence[HeadLine]], list[HeadLine]], str], ...] = (
    (_official, "loại văn bản và trích yếu"),
    (_styled, "kiểu Tiêu đề trong tệp"),
    (_about, "dòng trích yếu (V/v)"),
    (_standing_out, ""),
    (_plain, "dòng đầu tiên"),
)


def _without(blocks: Sequence[Block], lines: Sequence[HeadLine], found: Sequence[HeadLine]) -> tuple[Block, ...]:
    """Return the blocks without the title and rules inside it, but with pictures in its paragraphs."""
    first, last = found[0].block, found[-1].block
    taken = {*found, *(line for line in lines if line.role is Role.RULE and first < line.block < last)}
    # A block with more than the title, such as an office over it, stays whole.
    whole = {line.block for line in taken} - {line.block for line in lines if line not in taken}
    rest: list[Block] = []
    for number, block in enumerate(blocks):
        if number not in whole:
            rest.append(block)
        elif pictures := _PICTURE.findall(block.markdown):
            rest.append(replace(block, kind="picture", text="", markdown="\n\n".join(pictures)))
    return tuple(rest)


def last_anchor(lines: Sequence[HeadLine]) -> int:
    """Return the index of the last motto or number, which only letterheads have; -1 for none."""
    return max((at for at, line in enumerate(lines) if line.role in (Role.MOTTO, Role.NUMBER)), default=-1)


def with_more(lines: Sequence[HeadLine], at: int) -> list[HeadLine]:
    """Return a line and the lines that continue it."""
    found = [lines[at]]
    for after in range(at + 1, len(lines)):
        is_more = (len(found) == 1 and _has_subject(lines[at], lines[after])) or _goes_on(lines, found[-1], after)
        if not is_more or sum(len(line.text) for line in found) > LONGEST:
            break
        found.append(lines[after])
    return found


def joins(before: HeadLine, line: HeadLine) -> bool:
    """Tell by look and words whether a line of text continues the one before it."""
    if line.role is not Role.TEXT or line.look != before.look:
        return False
    if (before.is_capital and line.is_capital) or _is_undone(before):
        return True
    is_more = line.text[0].islower() or _GOING_ON.match(fold(line.text)) or line.is_styled
    return before.is_capital == line.is_capital and bool(is_more)


def _is_undone(line: HeadLine) -> bool:
    return bool(_UNDONE.search(fold(line.text)))


def _has_subject(line: HeadLine, after: HeadLine) -> bool:
    """Tell whether a line in capitals is an unusual type of document, and the next line its subject."""
    return (
        line.is_capital
        and len(line.text.split()) <= (6 if line.role is Role.OPENING else 4)
        and after.role in (Role.TEXT, Role.OPENING, Role.DAY)
        and not after.is_capital
        and after.look == line.look
        and not after.text.endswith((".", ":"))
    )


def _goes_on(lines: Sequence[HeadLine], before: HeadLine, at: int) -> bool:
    line = lines[at]
    is_alike = line.look == before.look and line.is_capital == before.is_capital
    goes_on = {
        Role.TEXT: joins(before, line) or (line.stands_out and _ruled_off(lines, at, before)),
        Role.MARK: line.look == before.look and bool(_SPAN.match(fold(line.text))),
        Role.OFFICE: _is_undone(before) or (is_place(line.text) and is_alike and line.stands_out),
        Role.ABOUT: line.stands_out == before.stands_out and before.role is not Role.ABOUT,
        **dict.fromkeys(
            (Role.OPENING, Role.KIND),
            line.look == before.look and (_is_undone(before) or (is_alike and line.is_capital)),
        ),
        **dict.fromkeys((Role.DAY, Role.PERSON), line.look == before.look and _is_undone(before)),
    }
    return line.is_arranged == before.is_arranged and goes_on.get(line.role, False)


def _ruled_off(lines: Sequence[HeadLine], at: int, before: HeadLine) -> bool:
    """Tell whether only lines of the same look come before the rule that ends a head."""
    for line in lines[at : at + _MOST_TO_RULE]:
        if line.role is Role.RULE:
            return True
        if line.role is not Role.TEXT or line.look != before.look:
            break
    return False
