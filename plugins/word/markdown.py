"""Cleaned HTML of a document -> Markdown as Python-Markdown reads it, so that what was text stays text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdownify import MarkdownConverter

if TYPE_CHECKING:
    from bs4 import Tag

# Python-Markdown takes a backslash before these back out, but not before "<" and "&".
_SPECIAL = re.compile(r"[\\`*_{\[]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(?=[#>]|[-+](?:\s|$)|-{2,}\s*$)", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)", re.MULTILINE)
_ODD_START = re.compile(r"^([:=~])(?=[\s=~])", re.MULTILINE)
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_INDENT = "    "


def render_markdown(element: Tag) -> str:
    """Return an element of cleaned HTML as Markdown without blank lines around it."""
    written: str = _Writer(heading_style="atx", bullets="-", autolinks=False).convert_soup(element)
    return written.strip("\n")


class _Writer(MarkdownConverter):
    """markdownify, but for where Python-Markdown or this site want something else."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        text = _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
        text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
        return text.replace("|", "\\|") if parent_tags & {"td", "th"} else text

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = _LINE_START.sub(r"\\", text.strip())
        text = _NUMBERED.sub(r"\1\\\2", text)
        text = _ODD_START.sub(lambda match: f"&#{ord(match[1])};", text)
        return f" {text} " if "_inline" in parent_tags else f"\n\n{text}\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802 - markdownify's name
        # Hashes at the end would be taken for the heading's own.
        text = re.sub(r"#+$", lambda match: "".join(f"\\{mark}" for mark in match[0]), " ".join(text.split()))
        return f"\n\n{'#' * n} {text}\n\n"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = re.sub(r"\n{3,}", "\n\n", text.strip())
        if not text:
            return "\n"
        parent = el.parent
        is_numbered = parent is not None and parent.name == "ol"
        if label := str(el.get("data-label", "")):
            shown = _NUMBERED.sub(r"\1\\\2", self.escape(label, parent_tags))
            text = f"{shown} {text}"
        start = str(parent.get("start", "1")) if parent is not None else "1"
        number = int(start) + len(el.find_previous_siblings("li"))
        # Four spaces make what follows part of the item.
        indented = "\n".join(line and f"{_INDENT}{line}" for line in text.split("\n")).lstrip()
        return f"{number}. {indented}\n" if is_numbered else f"- {indented}\n"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        title = f' "{el["title"]}"' if el.get("title") else ""
        return f"![{el.get('alt', '')}]({el['src']}{title})"

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _shifted("sup", text, _RAISED)

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _shifted("sub", text, _LOWERED)

    def convert_s(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        # Python-Markdown has no ~~, and text struck out must not come back.
        return f"<s>{text}</s>" if text.strip() else text

    def convert_note(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"[^{el['number']}]"

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        # Cleaning has made it a grid: a row of th, rows of td, no cell over more than one place.
        rows = [[self._cell(cell) for cell in row.find_all(["th", "td"])] for row in el.find_all("tr")]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, f"|{'---|' * len(rows[0])}")
        return "\n\n" + "\n".join(lines) + "\n\n"

    def _cell(self, cell: Tag) -> str:
        text = self.process_tag(cell, parent_tags={"table"})  # type: ignore[attr-defined]
        return " ".join(text.split())

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    convert_th = convert_td


def _shifted(tag: str, text: str, letters: dict[int, int]) -> str:
    """Return raised or lowered text: as letters of Unicode where all of it has them (m², CO₂), else as HTML."""
    if text and all(ord(letter) in letters for letter in text):
        return text.translate(letters)
    return f"<{tag}>{text}</{tag}>" if text.strip() else text
