"""The lines at the head of a document: the role and look of each. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.newsroom.line_roles import Role, classify
from plugins.word.blocks import Block

_LINED = ("title", "heading", "paragraph")
_MOST_BLOCKS = 40


@dataclass(frozen=True)
class HeadLine:
    """A line with its role and look; `block` is the index of its block."""

    text: str
    role: Role
    block: int
    is_styled: bool = False  # in the style Title
    level: int = 0  # of a heading, 0 for any other
    is_bold: bool = False
    is_arranged: bool = False

    @property
    def is_capital(self) -> bool:
        return self.text.isupper()

    @property
    def stands_out(self) -> bool:
        return self.is_styled or self.level > 0 or self.is_bold or self.is_capital

    @property
    def look(self) -> tuple[bool, bool, int]:
        # Bold lines become headings because of the lines that follow, not because of their look.
        return self.is_styled, self.is_bold, 0 if self.is_bold else self.level


def read_head(blocks: Sequence[Block]) -> list[HeadLine]:
    """Return the lines of a document up to the first of its body text, without tables and pictures."""
    lines: list[HeadLine] = []
    for number, block in enumerate(blocks[:_MOST_BLOCKS]):
        # Stars with spaces between them look like a list.
        if block.kind == "list" and classify(block.text, stands_out=False) is not Role.RULE:
            break
        for line in _lines(number, block):
            lines.append(line)
            if line.role in (Role.BODY, Role.SECTION):
                return lines
    return lines


def read_lines(blocks: Sequence[Block]) -> list[HeadLine]:
    """Return every line of paragraphs and headings."""
    return [line for number, block in enumerate(blocks) for line in _lines(number, block)]


def _lines(number: int, block: Block) -> Iterator[HeadLine]:
    if block.kind not in _LINED:
        return
    level = len(block.markdown) - len(block.markdown.lstrip("#")) if block.kind == "heading" else 0
    for text in filter(None, map(str.strip, block.text.split("\n"))):
        stands_out = block.kind != "paragraph" or block.bold or text.isupper()
        role = classify(text, stands_out=stands_out, is_arranged=block.arranged)
        yield HeadLine(text, role, number, block.kind == "title", level, block.bold, block.arranged)
