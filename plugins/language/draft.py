"""The texts of a story as the rules of language see them, whether or not it has errors."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from plugins.markdown.body import Body
from plugins.sources.front_matter import FrontMatter
from plugins.sources.schema import Record
from plugins.sources.yaml_nodes import Node

_WORDS_BESIDE = 3
_FAR = 100  # characters searched for those words
_ADDRESS = re.compile(r"https?://[^\s)>\]]+|www\.[^\s)>\]]+")
_FIGURE = re.compile(r"\d[\d.,/ -]*")


@dataclass(frozen=True, eq=False)
class Passage:
    """A value of the front matter, or the body (`attribute` ""); `prose` is `text`, as long, with other parts blank."""

    attribute: str
    line: int
    text: str
    prose: str

    def line_of(self, position: int) -> int:
        """Return the line in the file of a position in the text."""
        return self.line + self.text.count("\n", 0, position)

    def mend(self, start: int, end: int, new: str) -> str:
        """Return “sửa … thành …” for a replacement, with a few words of context to paste."""
        before = self.text[max(0, start - _FAR) : start].rpartition("\n")[2]
        after = self.text[end : end + _FAR].partition("\n")[0]
        left = "".join(re.findall(r"\S+\s*|\s+", before)[-_WORDS_BESIDE:]).lstrip()
        right = "".join(re.findall(r"\s*\S+", after)[:_WORDS_BESIDE])
        return f"sửa “{left}{self.text[start:end]}{right}” thành “{f'{left}{new}{right}'.strip()}”"


@dataclass(frozen=True, eq=False)
class Draft:
    """The record of a story, its passages in order, the last being the body, and the parsed body."""

    record: Record
    passages: tuple[Passage, ...]
    read: Body

    @property
    def body(self) -> Passage:
        return self.passages[-1]

    @cached_property
    def prose(self) -> str:
        """The prose of all passages, to test a pattern once before searching each."""
        return "\n".join(passage.prose for passage in self.passages)

    @cached_property
    def lower(self) -> str:
        """The prose of all passages in lower case."""
        return self.prose.lower()

    @cached_property
    def figures(self) -> str:
        """The numbers of all passages, one per line, with separators between their digits."""
        return "\n".join(_FIGURE.findall(self.prose))

    def find(self, pattern: re.Pattern[str], *, in_lower: bool = False) -> Iterable[tuple[Passage, re.Match[str]]]:
        """Return all matches of a pattern, in the text as written or in lower case, in order."""
        if not pattern.search(self.lower if in_lower else self.prose):
            return ()
        texts = ((passage, _lower(passage.prose) if in_lower else passage.prose) for passage in self.passages)
        return ((passage, match) for passage, text in texts for match in pattern.finditer(text))

    def of(self, *attributes: str) -> Iterator[Passage]:
        """Return the passages of these attributes."""
        return (passage for passage in self.passages if passage.attribute in attributes)


@dataclass(frozen=True)
class Advice:
    """The advice of a rule: line, message and fix."""

    line: int
    message: str
    fix: str


def build_draft(matter: FrontMatter, body: Body, record: Record, prose: Container[str]) -> Draft:
    """Return the draft of a story; `prose` are the attributes with sentences or names."""
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
    """Return the text in lower case with equal length: İ, whose lower case has two characters, becomes i."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.replace("İ", "I").lower()


def _texts(node: Node) -> Iterator[tuple[int, str]]:
    if node.kind == "scalar":
        # YAML folds a value over several lines into one.
        yield node.line, " ".join(node.text.split())
    for item in node.items:
        yield from _texts(item)
    for name, value in node.pairs:
        yield name.line, " ".join(f"{name.text}: {value.text}".split())
