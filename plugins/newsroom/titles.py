"""The title in the head of a document: type and subject of an official one, else the line that stands out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from plugins.newsroom.going_on import joins, last_anchor, with_more
from plugins.newsroom.heads import HeadLine, read_head
from plugins.newsroom.kinds import read_document_type
from plugins.newsroom.line_roles import Role
from plugins.word.blocks import Block

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_ENDING = (Role.BODY, Role.SECTION)
# A plain line is a title if it has so many words and the body follows at once.
_FEWEST_PLAIN, _LONGEST_PLAIN = 3, 120
_AFTER_PLAIN = (*_ENDING, Role.BYLINE, Role.PERSON, Role.DAY)


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
    after = lines[len(found) : len(found) + 1]
    is_sure = all(line.text.endswith(".") or line.role in _AFTER_PLAIN for line in after)
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
