"""The footnotes and endnotes of a .docx, numbered in the order in which the text refers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.word.docx.ooxml import W

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from plugins.word.report import ImportReport

# The lines between the text and its notes are notes too, by Word's reckoning.
_LINES = {"separator", "continuationSeparator", "continuationNotice"}


class Notes:
    """What the text has referred to so far."""

    def __init__(self, parts: Mapping[str, Element | None], report: ImportReport) -> None:
        self._report = report
        self._notes: dict[tuple[str, str], Element] = {}
        for kind, root in parts.items():
            for note in root.iter(f"{W}{kind}") if root is not None else ():
                if note.get(f"{W}type", "normal") not in _LINES:
                    self._notes[kind, note.get(f"{W}id", "")] = note
        self._referred: list[tuple[str, str]] = []

    def mark(self, kind: str, identifier: str) -> str:
        """Return the mark of a note that the text refers to; "" when there is no such note."""
        if (kind, identifier) not in self._notes:
            self._report.lost["chú thích không còn trong tệp"] += 1
            return ""
        self._referred.append((kind, identifier))
        number = len(self._referred)
        return f'<sup><a href="#footnote-{number}" id="footnote-ref-{number}">[{number}]</a></sup>'

    def write(self, read: Callable[[Element, str], str]) -> str:
        """Return the notes as a list, each read by `read` (the note, its kind)."""
        items = []
        # A note may refer to another.
        for number, (kind, identifier) in enumerate(self._referred, 1):
            items.append(f'<li id="footnote-{number}">{read(self._notes[kind, identifier], kind)}</li>')
        return f"<ol>{''.join(items)}</ol>" if items else ""
