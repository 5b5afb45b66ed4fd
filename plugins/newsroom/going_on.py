"""Where a title in the head of a document continues in the next line, and where it ends. Pure."""

import re
from collections.abc import Sequence

from plugins.newsroom.heads import HeadLine
from plugins.newsroom.line_roles import LONGEST, Role
from plugins.newsroom.offices import is_place
from plugins.vietnamese import fold

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


def last_anchor(lines: Sequence[HeadLine]) -> int:
    """Return the index of the last motto or number, which only letterheads have; -1 for none."""
    return max((at for at, line in enumerate(lines) if line.role in (Role.MOTTO, Role.NUMBER)), default=-1)


def with_more(lines: Sequence[HeadLine], at: int) -> list[HeadLine]:
    """Return a line and the lines that continue it."""
    found = [lines[at]]
    for after in range(at + 1, len(lines)):
        is_subject = len(found) == 1 and _has_subject(lines[at], lines[after])
        if not is_subject and not _goes_on(lines, found[-1], after):
            break
        if sum(len(line.text) for line in found) > LONGEST:
            break
        found.append(lines[after])
    return found


def joins(before: HeadLine, line: HeadLine) -> bool:
    """Tell by look and words whether a line of text continues the one before it."""
    if line.role is not Role.TEXT or line.look != before.look:
        return False
    if before.is_capital and line.is_capital:
        return True
    if _is_undone(before):
        return True
    is_more = line.text[0].islower() or _GOING_ON.match(fold(line.text)) or line.is_styled
    return before.is_capital == line.is_capital and bool(is_more)


def _is_undone(line: HeadLine) -> bool:
    return bool(_UNDONE.search(fold(line.text)))


def _has_subject(line: HeadLine, after: HeadLine) -> bool:
    """Tell whether a line in capitals is an unusual type of document, and the next line its subject."""
    most = 6 if line.role is Role.OPENING else 4
    return (
        line.is_capital
        and len(line.text.split()) <= most
        and after.role in (Role.TEXT, Role.OPENING, Role.DAY)
        and not after.is_capital
        and after.look == line.look
        and not after.text.endswith((".", ":"))
    )


def _goes_on(lines: Sequence[HeadLine], before: HeadLine, at: int) -> bool:
    line = lines[at]
    is_alike = line.look == before.look and line.is_capital == before.is_capital
    if line.is_arranged != before.is_arranged:
        return False
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
    return goes_on.get(line.role, False)


def _ruled_off(lines: Sequence[HeadLine], at: int, before: HeadLine) -> bool:
    """Tell whether only lines of the same look come before the rule that ends a head."""
    for line in lines[at : at + _MOST_TO_RULE]:
        if line.role is Role.RULE:
            return True
        if line.role is not Role.TEXT or line.look != before.look:
            break
    return False
