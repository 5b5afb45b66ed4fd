"""The footnotes and endnotes of a .docx, numbered in the order of their references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.word.docx.ooxml import W
from plugins.word.spans import mark_note, write_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from plugins.word.report import ImportReport

# To Word, the lines between the text and its notes are notes too.
_LINES = {"separator", "continuationSeparator", "continuationNotice"}


class Notes:
    """The notes of a document, and the references found so far."""

    def __init__(self, parts: Mapping[str, Element | None], report: ImportReport) -> None:
        self._report = report
        self._notes: dict[tuple[str, str], Element] = {}
        for kind, root in parts.items():
            for note in root.iter(f"{W}{kind}") if root is not None else ():
                if note.get(f"{W}type", "normal") not in _LINES:
                    self._notes[kind, note.get(f"{W}id", "")] = note
        self._referred: list[tuple[str, str]] = []

    def mark(self, kind: str, identifier: str) -> str:
        """Return the HTML of a reference to a note; "" if there is no such note."""
        if (kind, identifier) not in self._notes:
            self._report.lost["chú thích không còn trong tệp"] += 1
            return ""
        self._referred.append((kind, identifier))
        return mark_note(len(self._referred))

    def write(self, read: Callable[[Element, str], str]) -> str:
        """Return the notes as a list, each read by `read` (the note, its kind)."""
        # Lazily: a note may refer to another.
        return write_notes((at, read(self._notes[one], one[0])) for at, one in enumerate(self._referred, 1))
