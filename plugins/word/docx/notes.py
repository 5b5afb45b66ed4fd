"""The footnotes and endnotes of a .docx, numbered in the order of their references."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import W
from plugins.word.nodes import Node
from plugins.word.report import ImportReport

# To Word, the lines between the text and its notes are notes too.
_LINES = {"separator", "continuationSeparator", "continuationNotice"}


class Notes:
    """The notes of a document, and the references found so far."""

    def __init__(self, parts: Mapping[str, Element], report: ImportReport) -> None:
        self._report = report
        self._notes: dict[tuple[str, str], Element] = {}
        for kind, root in parts.items():
            for note in root.iter(f"{W}{kind}"):
                if note.get(f"{W}type", "normal") not in _LINES:
                    self._notes[kind, note.get(f"{W}id", "")] = note
        self._referred: list[tuple[str, str]] = []

    def refer(self, kind: str, identifier: str) -> int:
        """Return the number of a note that the text refers to; 0 if there is no such note."""
        if (kind, identifier) not in self._notes:
            self._report.lost["chú thích không còn trong tệp"] += 1
            return 0
        self._referred.append((kind, identifier))
        return len(self._referred)

    def read(self, read: Callable[[Element, str], list[Node]]) -> list[list[Node]]:
        """Return the notes in order, each read by `read` (the note, its kind)."""
        # A note may refer to another, which joins the end of this list.
        return [read(self._notes[one], one[0]) for one in self._referred]
