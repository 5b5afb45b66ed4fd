"""Is a Markdown body within what a story is? What is far beyond it is an attack or a wrong paste, and would take hours.

Python-Markdown's patterns take time by the square, some by the cube, of the marks that stand together; no story of
people has a tenth of what is allowed here.
"""

from __future__ import annotations

import re

from plugins.sources.problem import Problem

MOST_LETTERS = 400_000
MOST_LINES = 6_000
MOST_MARKS = 8_000
# In one paragraph, list or table: what stands between two blank lines.
MOST_MARKS_TOGETHER = 1_000
MOST_DEEP = 20
LONGEST_WORD = 4_000
_MARKS = b"[]*_`<>&\\{}\"'!~"
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# One in another: on one line, “> > - 1. …”; by its indent; and a definition after another without a blank line, of
# which Python-Markdown takes each for a part of the one before.
_ITEM = r"(?:>|[-*+:][ \t]|\d{1,9}[.)][ \t])"
_MORE = f"{{{MOST_DEEP + 1}}}"
_DEEP = re.compile(
    rf"\n(?:(?:[ \t]*{_ITEM}){_MORE}|[ \t]{{{MOST_DEEP * 4},}}{_ITEM}|(?:.+\n {{0,3}}:[ \t].*\n){_MORE})"
)
# All of its lines are rows, the second is the rule under its head.
_TABLE = re.compile(r"\|.*\|\n\|(?: ?:?-{3,}:? ?\|)+(?:\n\|.*\|)*\n?\Z")
_FIX = "chép lại bài từ bản gốc, hoặc tách thành nhiều bài"


def find_excess(body: str, path: str, first_line: int) -> Problem | None:
    """Return what is too much in a body that begins at `first_line`; None when it may be rendered."""

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
    """Return how many marks of a block stand together: of a table, whose cells are read each by itself, those of a row.

    A list is one text to the patterns that look for notes and tags, and so is whatever only looks like a table.
    """
    return max(map(count_marks, block.split("\n"))) if _TABLE.match(block) else count_marks(block)


def count_marks(text: str) -> int:
    """Return how many signs a text has that may mean something in Markdown."""
    data = text.encode("utf-8", "replace")
    return len(data) - len(data.translate(None, _MARKS))
