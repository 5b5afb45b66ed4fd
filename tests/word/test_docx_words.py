"""Words in, words out: every word that Word shows of a document comes back once, and no other."""

from __future__ import annotations

import random
import re
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from plugins.word.docx.document import read_docx
from plugins.word.nodes import pieces_in, words_of
from plugins.word.package import unpack
from plugins.word.report import ImportReport
from tests.word.small_documents import (
    NAMESPACES,
    drawing,
    field,
    level,
    numbered,
    numbering,
    paragraph,
    run,
    small,
    styled,
)

if TYPE_CHECKING:
    from collections.abc import Callable

WHO = 'w:id="1" w:author="An"'
MARKS = ("", "", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:strike/>", '<w:vertAlign w:val="superscript"/>')
BREAKS = ("", 'w:type="page"')


class Author:
    """Writes a document at random, and knows which of its words are shown; each is there once."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - chance that is the same every time
        self.shown: list[str] = []
        self.unseen: list[str] = []
        self.notes: dict[int, str] = {}
        self._count = 0
        self.of_notes: list[list[str]] = []

    def word(self, *, is_shown: bool = True) -> str:
        self._count += 1
        word = f"{self.dice.choice(('đất', 'kênh', 'Hộ', 'nước', 'ruộng'))}{self._count}x"
        (self.shown if is_shown else self.unseen).append(word)
        return word

    def words(self, most: int = 4, *, is_shown: bool = True) -> str:
        return " ".join(self.word(is_shown=is_shown) for _ in range(self.dice.randint(1, most)))

    def piece(self) -> str:
        """Write one thing in a line, with a space after it that may be in any run."""
        kinds: list[Callable[[], str]] = [
            lambda: run(f"{self.words()} ", self.dice.choice(MARKS)),
            lambda: run(self.words(), self.dice.choice(MARKS)) + run(" ", self.dice.choice(MARKS)),
            lambda: run(self.words()) + f"<w:r><w:br {self.dice.choice(BREAKS)}/></w:r>",
            lambda: run(self.words()) + "<w:r><w:tab/></w:r>",
            lambda: run(f"{self.words(is_shown=False)} ", "<w:vanish/>"),
            lambda: f"<w:del {WHO}><w:r><w:delText>{self.words(is_shown=False)} </w:delText></w:r></w:del>",
            lambda: f"<w:ins {WHO}>{run(f'{self.words()} ')}</w:ins>",
            lambda: f"<w:sdt><w:sdtContent>{run(f'{self.words()} ')}</w:sdtContent></w:sdt>",
            lambda: f'<w:hyperlink r:id="l">{run(self.words(), self.dice.choice(MARKS))}</w:hyperlink>' + run(" "),
            lambda: field(f'HYPERLINK "https://a.vn" \\o "{self.words(is_shown=False)}"', run(f"{self.words()} ")),
            lambda: field(f"REF {self.word(is_shown=False)}", run(f"{self.words()} ")),
        ]
        return self.dice.choice(kinds)()

    def line(self) -> str:
        return "".join(self.piece() for _ in range(self.dice.randint(1, 5)))

    def block(self, depth: int = 0) -> str:
        kinds: list[Callable[[], str]] = [
            lambda: paragraph(self.line()),
            lambda: paragraph(self.line()),
            lambda: styled(self.dice.choice(("Heading1", "Heading2", "Caption", "Title", "Không có")), self.line()),
            lambda: numbered(self.line(), level=self.dice.randrange(3)),
            lambda: paragraph(self.line(), f"<w:rPr><w:del {WHO}/></w:rPr>"),
            lambda: f"<w:sdt><w:sdtContent>{self.block(depth + 1)}</w:sdtContent></w:sdt>",
            self._box,
            self._noted,
        ]
        if depth < 2:
            kinds += [lambda: self._table(depth), lambda: self._table(depth)]
        return self.dice.choice(kinds)()

    def _table(self, depth: int) -> str:
        columns = self.dice.randint(1, 4)
        rows = ""
        for _ in range(self.dice.randint(1, 4)):
            is_deleted = self.dice.random() < 0.2
            before, noted = list(self.shown), len(self.of_notes)
            properties = f"<w:trPr><w:del {WHO}/></w:trPr>" if is_deleted else ""
            cells = "".join(f"<w:tc>{self.block(depth + 1)}{paragraph('')}</w:tc>" for _ in range(columns))
            if is_deleted:
                self.unseen += [*self.shown[len(before) :], *chain(*self.of_notes[noted:])]
                self.shown, self.of_notes = before, self.of_notes[:noted]
            rows += f"<w:tr>{properties}{cells}</w:tr>"
        return f"<w:tbl>{rows}</w:tbl>"

    def _box(self) -> str:
        first, second = run(f"{self.words()} "), run(f"{self.words()} ")
        inside = f"<w:txbxContent>{paragraph(self.line())}</w:txbxContent>"
        box = drawing(f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>")[5:-6]
        fallback = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        branches = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
        # The text of a box comes after the line that it hangs on.
        return paragraph(f"{first}<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>{second}")

    def _noted(self) -> str:
        before = run(self.words())
        number = len(self.notes) + 2
        kept, self.shown = self.shown, []
        self.notes[number] = paragraph(self.line())
        self.of_notes.append(self.shown)
        self.shown = kept
        return paragraph(f'{before}<w:r><w:footnoteReference w:id="{number}"/></w:r>{run(f" {self.words()}")}')

    def document(self) -> bytes:
        body = "".join(self.block() for _ in range(self.dice.randint(3, 12)))
        notes = "".join(f'<w:footnote w:id="{at}">{note}</w:footnote>' for at, note in self.notes.items())
        part = f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>".encode()
        levels = "".join(level(at, kind, f"%{at + 1})") for at, kind in enumerate(("decimal", "lowerLetter", "bullet")))
        more = {"f": ("footnotes", "footnotes.xml", part), "l": ("hyperlink", "https://a.vn/b", b"")}
        return small(body, numbering=numbering(levels), more=more)


@pytest.mark.parametrize("seed", range(60))
def test_every_word_that_word_shows_comes_back_once(seed: int) -> None:
    author = Author(seed)
    report = ImportReport()
    parsed = read_docx(unpack(author.document()), lambda _: "a.jpg", report)
    texts = pieces_in([*parsed.nodes, *(node for note in parsed.notes for node in note)])
    found = re.findall(r"\w+x\b", " ".join(map(words_of, texts)))
    assert sorted(found) == sorted(author.shown + [word for note in author.of_notes for word in note])
    assert not set(author.unseen) & set(found)
