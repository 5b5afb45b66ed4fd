"""Search the handbook by words typed with or without marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from plugins.preview.handbook.book import Block, blocks
from plugins.vietnamese import fold, nfc

if TYPE_CHECKING:
    from plugins.content.vocabulary.vocabulary import Vocabulary

MOST = 30
# Words and what is between them.
_MOST_PARTS, _BEFORE = 120, 20
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Hit:
    """A block that has all words of a query, with these marked."""

    block: Block
    marked: Markup


def search(query: str, vocabulary: Vocabulary) -> list[Hit]:
    """Return the blocks that have every word of a query, the closest first; a section's heading counts for its blocks.

    Closest is the query as it was typed, then the query without marks, then its words in any order.
    """
    typed = nfc(query).casefold().strip()
    wanted = _WORD.findall(fold(typed))
    if not wanted:
        return []
    found: list[tuple[int, Block]] = []
    for block in blocks(vocabulary):
        own = _WORD.findall(fold(block.text))
        around = [*own, *_WORD.findall(fold(f"{block.section} {block.chapter.title}"))]
        if all(word in around for word in wanted) and any(word in own for word in wanted):
            found.append((_rank(block.text, typed, " ".join(wanted), own), block))
    return [Hit(block, _mark(block.text, set(wanted))) for _, block in islice(sorted(found, key=itemgetter(0)), MOST)]


def _rank(text: str, typed: str, wanted: str, own: list[str]) -> int:
    if typed in text.casefold():
        return 0
    if f" {wanted} " in f" {' '.join(own)} ":
        return 1
    return 2 if all(word in own for word in wanted.split()) else 3


def _mark(text: str, wanted: set[str]) -> Markup:
    """Return a block with the wanted words marked; of a long one, what is around the first."""
    parts = re.split(r"(\w+)", text)
    first = next(at for at, part in enumerate(parts) if fold(part) in wanted)
    start = max(0, first - _BEFORE) if len(parts) > _MOST_PARTS else 0
    parts = ["… " * (start > 0), *parts[start : start + _MOST_PARTS], " …" * (len(parts) > start + _MOST_PARTS)]
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if fold(part) in wanted else escape(part) for part in parts
    )
