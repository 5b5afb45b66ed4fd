"""Search the handbook by words typed with or without marks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import log
from operator import itemgetter
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from plugins.preview.handbook.book import Block, blocks
from plugins.vietnamese import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.content.vocabulary.vocabulary import Vocabulary

MOST = 30
# Of a long block: how many words and separators are shown, and how many of them before the first hit.
_MOST_PARTS, _BEFORE = 120, 20
_MOST_WORDS = 20
# A block needs this much of the weight of a query's words: staff ask in words of their own, of which a block has most.
_ENOUGH = 0.65
_HEADING, _PAIR, _TYPED = 0.5, 0.8, 0.3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Hit:
    """A block that has most words of a query, with these marked."""

    block: Block
    marked: Markup


@dataclass(frozen=True)
class _Words:
    """The words of a block as written and without marks, and those of its headings without marks."""

    block: Block
    written: list[str]
    own: list[str]
    heading: list[str]


def search(query: str, vocabulary: Vocabulary) -> list[Hit]:
    """Return the blocks that have most words of a query, rare words counting more, the closest first."""
    typed = _WORD.findall(nfc(query).casefold())[:_MOST_WORDS]
    wanted = [fold(word) for word in typed]
    read = [_read(block) for block in blocks(vocabulary)]
    blocks_with = Counter(word for words in read for word in {*words.own, *words.heading})
    weights = {word: log(1 + len(read) / max(blocks_with[word], 1)) for word in wanted}
    least = _ENOUGH * sum(weights.values())
    found = [
        (_score(words, typed, wanted, weights), words.block)
        for words in read
        if not weights.keys().isdisjoint(words.own)
        and sum(weights[word] for word in weights.keys() & {*words.own, *words.heading}) >= least
    ]
    found.sort(key=itemgetter(0), reverse=True)
    return [Hit(block, _mark(block.text, set(wanted))) for _, block in found[:MOST]]


def _read(block: Block) -> _Words:
    written = _WORD.findall(block.text.casefold())
    return _Words(
        block, written, list(map(fold, written)), _WORD.findall(fold(f"{block.section} {block.chapter.title}"))
    )


def _score(words: _Words, typed: list[str], wanted: list[str], weights: Mapping[str, float]) -> float:
    """Add the weights of a query's words in a block and its headings, and again of neighbours and of agreeing marks."""
    heading = words.heading
    score = sum(weights[word] for word in weights.keys() & set(words.own))
    score += _HEADING * sum(weights[word] for word in weights.keys() & set(heading))
    for neighbours in {*pairwise(wanted)}:
        near = (neighbours in pairwise(words.own)) + _HEADING * (neighbours in pairwise(heading))
        score += _PAIR * near * sum(map(weights.__getitem__, neighbours))
    written = set(words.written)
    return score + _TYPED * sum(weights[fold(word)] for word in set(typed) if word in written and word != fold(word))


def _mark(text: str, wanted: set[str]) -> Markup:
    """Return a block with the wanted words marked; of a long one, only the surroundings of the first."""
    parts = re.split(r"(\w+)", text)
    first = next(at for at, part in enumerate(parts) if fold(part) in wanted)
    start = max(0, first - _BEFORE) if len(parts) > _MOST_PARTS else 0
    parts = ["… " * (start > 0), *parts[start : start + _MOST_PARTS], " …" * (len(parts) > start + _MOST_PARTS)]
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if fold(part) in wanted else escape(part) for part in parts
    )
