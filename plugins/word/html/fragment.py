"""A page as the clipboard holds it -> the part of it that was copied, with what Word hides in comments in its place.

Text boxes and formulas stand in comments, each before a picture of itself for who cannot read those.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4.element import Comment

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from plugins.word.report import ImportReport


def _between(start: str, end: str) -> str:
    """Return the pattern of what stands between two marks; with the start again in it there would be no end to it."""
    return f"{start}((?:(?!{start}).)*?){end}"


_END = r"<!(?:--)?\[endif\](?:--)?>"
_NO_VML = _between(r"<!(?:--)?\[if\s+!vml\](?:--)?>", _END)
_VML = re.compile(_between(r"<!--\[if\s+gte\s+vml\s+1\]>", r"<!\[endif\]-->") + rf"(\s*{_NO_VML})?", re.DOTALL)
_BOX = re.compile(_between(r"<v:textbox\b[^>]*(?<!/)>", "</v:textbox>"), re.DOTALL)
_SCAFFOLD = re.compile(_between(r"<!\[if\s+!mso\]>", r"<!\[endif\]>"), re.DOTALL)
_FORMULA = re.compile(_between(r"<!--\[if\s+gte\s+msEquation\s+12\]>", r"<!\[endif\]-->"), re.DOTALL)
_NO_FORMULA = re.compile(_between(r"<!(?:--)?\[if\s+!msEquation\](?:--)?>", _END), re.DOTALL)
_CONDITION = re.compile(r"<!\[[^\]<>]*\]>")
_TAG = re.compile(r"<[^<>]*>")


def open_comments(html: str, report: ImportReport) -> str:
    """Bring text boxes and formulas out of their comments, and drop the pictures that stand in for them."""

    def open_boxes(match: re.Match[str]) -> str:
        boxes = _BOX.findall(_SCAFFOLD.sub("", match[1]))
        return "".join(f"<v:textbox>{box}</v:textbox>" for box in boxes) or match[2] or ""

    def open_formula(match: re.Match[str]) -> str:
        report.changed["công thức thành chữ thường"] += 1
        return _TAG.sub("", match[1])

    html = _NO_FORMULA.sub("", _FORMULA.sub(open_formula, _VML.sub(open_boxes, html)))
    return _CONDITION.sub("", html)


def cut_to_fragment(soup: BeautifulSoup) -> None:
    """Drop what stands around the part that was copied; what that part stands in is kept."""
    comments = soup.find_all(string=lambda text: isinstance(text, Comment))
    starts = [mark for mark in comments if mark.strip() == "StartFragment"]
    ends = [mark for mark in comments if mark.strip() == "EndFragment"]
    outside = [(mark, mark.previous_elements) for mark in starts[:1]]
    outside += [(mark, mark.next_elements) for mark in ends[-1:]]
    for mark, elements in outside:
        around = set(map(id, mark.parents))
        for element in list(elements):
            if id(element) not in around:
                element.extract()
