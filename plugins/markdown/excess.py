"""Limits of a Markdown body: beyond them it is an attack or a wrong paste, and would take hours to parse.

Python-Markdown's patterns take time by the square, some by the cube, of the marks in one block; no real story has a
tenth of these limits.
"""

import re

from plugins.sources.problem import Problem

MOST_LETTERS = 400_000
MOST_LINES = 6_000
MOST_MARKS = 8_000
# In one block between blank lines: a paragraph, list or table.
MOST_MARKS_TOGETHER = 1_000
MOST_DEEP = 20
LONGEST_WORD = 4_000
_MARKS = b"[]*_`<>&\\{}\"'!~"
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# Nesting: on one line, “> > - 1. …”; by indent; and definitions without blank lines between them, each of which
# Python-Markdown nests in the one before.
_ITEM = r"(?:>|[-*+:][ \t]|\d{1,9}[.)][ \t])"
_MORE = f"{{{MOST_DEEP + 1}}}"
_DEEP = re.compile(
    rf"\n(?:(?:[ \t]*{_ITEM}){_MORE}|[ \t]{{{MOST_DEEP * 4},}}{_ITEM}|(?:.+\n {{0,3}}:[ \t].*\n){_MORE})"
)
# All lines are rows, the second separates the head.
_TABLE = re.compile(r"\|.*\|\n\|(?: ?:?-{3,}:? ?\|)+(?:\n\|.*\|)*\n?\Z")
_FIX = "chép lại bài từ bản gốc, hoặc tách thành nhiều bài"


def find_excess(body: str, path: str, first_line: int) -> Problem | None:
    """Return the problem of an excessive body that begins at `first_line`; None if it may be parsed."""

    def problem(message: str, at: int = 0) -> Problem:
        return Problem(path, first_line + body.count("\n", 0, at), message, _FIX)

    if len(body) > MOST_LETTERS or body.count("\n") > MOST_LINES:
        return problem(f"Bài quá dài, chỉ nhận {MOST_LETTERS // 1000}.000 chữ cái và {MOST_LINES // 1000}.000 dòng")
    if len(body) > LONGEST_WORD and len(word := max(body.split(), key=len, default="")) > LONGEST_WORD:
        return problem(f"Có một từ dài hơn {LONGEST_WORD // 1000}.000 chữ cái", body.index(word))
    if deep := _DEEP.search(f"\n{body}"):
        return problem("Danh sách hay trích dẫn lồng nhau quá sâu", deep.start())
    if count_marks(body) <= MOST_MARKS_TOGETHER:
        return None
    marks = start = 0
    for end, after in [*(blank.span() for blank in _BLANK_LINE.finditer(body)), (len(body), len(body))]:
        block = body[start:end]
        marks += count_marks(block)
        if marks > MOST_MARKS or count_together(block) > MOST_MARKS_TOGETHER:
            return problem("Quá nhiều dấu (* _ [ ] < > & …) liền nhau, không phải bài viết", start)
        start = after
    return None


def count_together(block: str) -> int:
    """Count the marks of a block that patterns see at once: those of its worst row in a table, else all.

    A list is one text for the patterns of notes and tags, and so is anything that only resembles a table.
    """
    return max(map(count_marks, block.split("\n"))) if _TABLE.match(block) else count_marks(block)


def count_marks(text: str) -> int:
    """Count the characters of a text with a meaning in Markdown."""
    data = text.encode("utf-8", "replace")
    return len(data) - len(data.translate(None, _MARKS))
