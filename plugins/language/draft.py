"""What a writer wrote, as the rules of language see it: prose with its lines, whether or not it makes a story yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from plugins.markdown.body import Body
    from plugins.sources.front_matter import FrontMatter
    from plugins.sources.schema import Record
    from plugins.sources.yaml_nodes import Node

_WORDS_BESIDE = 3
_FAR = 100  # characters in which those words are found
_ADDRESS = re.compile(r"https?://[^\s)>\]]+|www\.[^\s)>\]]+")
_FIGURE = re.compile(r"\d[\d.,/ -]*")


@dataclass(frozen=True, eq=False)
class Passage:
    """A value of the front matter, or the whole body (`attribute` ""); `prose` is the text with what is no prose blank.

    `text` and `prose` are of one length, so that what is found in one is shown from the other.
    """

    attribute: str
    line: int
    text: str
    prose: str

    def line_of(self, position: int) -> int:
        """Return the line in the file at which this position of the text stands."""
        return self.line + self.text.count("\n", 0, position)

    def mend(self, start: int, end: int, new: str) -> str:
        """Return “sửa … thành …”, ready to paste: what is to change, with a few words on both sides of it."""
        before = self.text[max(0, start - _FAR) : start].rpartition("\n")[2]
        after = self.text[end : end + _FAR].partition("\n")[0]
        left = "".join(re.findall(r"\S+\s*|\s+", before)[-_WORDS_BESIDE:]).lstrip()
        right = "".join(re.findall(r"\s*\S+", after)[:_WORDS_BESIDE])
        return f"sửa “{left}{self.text[start:end]}{right}” thành “{f'{left}{new}{right}'.strip()}”"


@dataclass(frozen=True, eq=False)
class Draft:
    """A story's record, its passages in the order of the file, of which the last is the body, and the body as read."""

    record: Record
    passages: tuple[Passage, ...]
    read: Body

    @property
    def body(self) -> Passage:
        return self.passages[-1]

    @cached_property
    def prose(self) -> str:
        """The prose of all passages, in which a pattern is looked for once before it is in each."""
        return "\n".join(passage.prose for passage in self.passages)

    @cached_property
    def lower(self) -> str:
        """The same in lower case."""
        return self.prose.lower()

    @cached_property
    def figures(self) -> str:
        """The numbers alone, one a line, with what may stand between their digits."""
        return "\n".join(_FIGURE.findall(self.prose))

    def find(self, pattern: re.Pattern[str], *, in_lower: bool = False) -> Iterable[tuple[Passage, re.Match[str]]]:
        """Return every place where the pattern is found, as written or in lower case, in the order of the file."""
        if not pattern.search(self.lower if in_lower else self.prose):
            return ()
        texts = ((passage, _lower(passage.prose) if in_lower else passage.prose) for passage in self.passages)
        return ((passage, match) for passage, text in texts for match in pattern.finditer(text))

    def of(self, *attributes: str) -> Iterator[Passage]:
        """Yield the passages of these keys."""
        return (passage for passage in self.passages if passage.attribute in attributes)


@dataclass(frozen=True)
class Advice:
    """What one rule has to say: the line, what could be better, and the text to put there."""

    line: int
    message: str
    fix: str


def build_draft(matter: FrontMatter, body: Body, record: Record, prose: Container[str]) -> Draft:
    """Return the passages of a story's file; `prose` are the keys that hold sentences or names."""
    attributes = {line: attribute for attribute, line in record.lines.items() if attribute in prose}
    passages = []
    for name, node in matter.mapping.pairs:
        if attribute := attributes.get(name.line):
            passages += [Passage(attribute, line, text, text) for line, text in _texts(node) if text]
    words = body.prose
    if "://" in words or "www." in words:
        words = _ADDRESS.sub(lambda found: " " * len(found[0]), words)
    return Draft(record, (*passages, Passage("", body.line, body.source, words)), body)


def _lower(text: str) -> str:
    """Return the text in lower case, letter for letter: İ, whose lower form is two characters, gives i."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.replace("İ", "I").lower()


def _texts(node: Node) -> Iterator[tuple[int, str]]:
    if node.kind == "scalar":
        # A value over several lines is one line of text to YAML.
        yield node.line, " ".join(node.text.split())
    for item in node.items:
        yield from _texts(item)
    for name, value in node.pairs:
        yield name.line, " ".join(f"{name.text}: {value.text}".split())
