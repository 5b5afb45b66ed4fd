"""A page on the clipboard -> the copied part of it, with the text boxes and formulas that Word hides in comments.

Each of those comments precedes a picture of the same thing for programs that cannot read it.
"""

import re

from lxml.html import HtmlElement

from plugins.word.report import FORMULAS, ImportReport


def _between(start: str, end: str) -> str:
    """Return a pattern for the text between two marks, the first not repeated in it: linear time."""
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
    """Take text boxes and formulas out of their comments, and drop the pictures that replace them."""

    def open_boxes(match: re.Match[str]) -> str:
        boxes = _BOX.findall(_SCAFFOLD.sub("", match[1]))
        return "".join(f"<v:textbox>{box}</v:textbox>" for box in boxes) or match[2] or ""

    def open_formula(match: re.Match[str]) -> str:
        report.changed[FORMULAS] += 1
        return _TAG.sub("", match[1])

    html = _NO_FORMULA.sub("", _FORMULA.sub(open_formula, _VML.sub(open_boxes, html)))
    return _CONDITION.sub("", html)


def cut_to_fragment(root: HtmlElement) -> None:
    """Drop everything around the copied part but the elements that contain it."""
    starts = root.xpath("//comment()[normalize-space() = 'StartFragment']")
    ends = root.xpath("//comment()[normalize-space() = 'EndFragment']")
    for mark, is_start in (*((mark, True) for mark in starts[:1]), *((mark, False) for mark in ends[-1:])):
        for node in (mark, *mark.iterancestors()):
            if (parent := node.getparent()) is None:
                break
            for sibling in list(node.itersiblings(preceding=is_start)):
                parent.remove(sibling)
            if is_start:
                parent.text = None
            else:
                node.tail = None
