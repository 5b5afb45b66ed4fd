"""Search the handbook by words typed with or without marks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from math import log
from operator import itemgetter

from markupsafe import Markup, escape

from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.preview.handbook.book import Block, blocks
from plugins.vietnamese import fold, nfc

MOST = 30
# Of a long block: how many words and separators are shown, and how many of them before the first hit.
_MOST_PARTS, _BEFORE = 120, 20
_MOST_WORDS = 20
# A block needs the first share of the weight of a query's words, or the second if none has the first: staff ask in
# words of their own, of which a block has only some.
_ENOUGH, _SOME = 0.65, 0.4
_HEADING, _LEAD, _PAIR, _TYPED = 0.5, 0.4, 0.8, 0.3
# A word of asking weighs this share of another; one that no block has, as if this many had it.
_OF_ASKING, _UNKNOWN = 0.15, 10
# Chapters of those who type commands come later.
_LATER, _TYPISTS = 0.8, {"cac-lenh", "may-chu"}
_WORD = re.compile(r"\w+")
# Words of asking, which say nothing of the thing asked.
_ASKING = re.compile(
    "ai|ban|bi|cac|cai|can|cho|chi|co|con|cua|do|duoc|gi|hay|hoi|khi|khong|kieu|la|lai|lam|len|ma|minh|muon"
    "|nao|nay|nhi|nhu|nhung|oi?|phai|roi|sao|the|theo|thi|toi|va|vay|ve|vi|voi|xin"
)
# Words of staff with the handbook's, without marks. One that stands for itself keeps a part of it from being replaced.
_SYNONYMS = {
    "ba con": "nguoi trong bai",
    "chinh ta": "sai",
    "clip": "video",
    "copy": "dan",
    "dien hinh": "dien hinh",
    "dua bai len": "dang bai len",
    "dung hinh": "dung hinh",
    "file": "tep",
    "font": "phong",
    "hinh": "anh",
    "khong vao duoc": "khong mo duoc",
    "gui bai len tinh": "gui bai len cap tren",
    "laptop": "may",
    "link": "lien ket",
    "man hinh den": "cua so den",
    "man hinh": "man hinh",
    "may vi tinh": "may",
    "mo hinh": "mo hinh",
    "nguoi dan": "nguoi trong bai",
    "paste": "dan",
    "phan mem": "chuong trinh",
    "pass": "mat khau",
    "password": "mat khau",
    "phuc hoi": "khoi phuc",
    "sdt": "so dien thoai",
    "tai anh": "tha anh",
    "tre han": "qua han",
    "up": "dang",
    "utf8": "utf 8",
    "website": "trang",
    "web": "trang",
}
_PHRASES = re.compile(rf"\b(?:{'|'.join(sorted(_SYNONYMS, key=len, reverse=True))})\b")


@dataclass(frozen=True)
class Hit:
    """A block that has most words of a query, with these marked."""

    block: Block
    marked: Markup


@dataclass(frozen=True)
class _Words:
    """The words of a block as written and without marks, those of its headings and of its bold beginning."""

    block: Block
    written: list[str]
    own: list[str]
    heading: list[str]
    lead: list[str]
    all: frozenset[str]


def search(query: str, vocabulary: Vocabulary) -> list[Hit]:
    """Return the blocks that have most words of a query, rare words counting more, the closest first."""
    typed = _WORD.findall(nfc(query).casefold())[:_MOST_WORDS]
    words = [fold(word) for word in typed]
    read = [_read(block) for block in blocks(vocabulary)]
    best: dict[Block, tuple[float, float]] = {}
    asked = {tuple(words), tuple(_PHRASES.sub(lambda found: _SYNONYMS[found[0]], " ".join(words)).split())}
    for wanted in asked:
        for block, share, score in _rate(read, typed, wanted):
            best[block] = max(best.get(block, (0, 0)), (share, score))
    least = _ENOUGH if any(share >= _ENOUGH for share, _ in best.values()) else _SOME
    found = sorted(((score, block) for block, (share, score) in best.items() if share >= least), key=itemgetter(0))
    return [Hit(block, _mark(block.text, set(chain(*asked)))) for _, block in found[: -MOST - 1 : -1]]


def _rate(read: list[_Words], typed: list[str], wanted: tuple[str, ...]) -> Iterator[tuple[Block, float, float]]:
    """Yield each block with a wanted word, the share of the weight of all words that it has, and its score."""
    blocks_with = Counter(word for words in read for word in words.all)
    weights = {word: log(1 + len(read) / (blocks_with[word] or _UNKNOWN)) for word in wanted}
    for word in filter(_ASKING.fullmatch, weights):
        weights[word] *= _OF_ASKING
    for words in read:
        if not weights.keys().isdisjoint(words.own):
            share = sum(weights[word] for word in weights.keys() & words.all) / sum(weights.values())
            yield words.block, share, _score(words, typed, wanted, weights)


# All blocks of the handbook, some 700.
@lru_cache(maxsize=5_000)
def _read(block: Block) -> _Words:
    written = _WORD.findall(block.text.casefold())
    own, heading = list(map(fold, written)), _WORD.findall(fold(f"{block.section} {block.chapter.title}"))
    return _Words(block, written, own, heading, _WORD.findall(fold(block.lead)), frozenset([*own, *heading]))


def _score(words: _Words, typed: list[str], wanted: tuple[str, ...], weights: Mapping[str, float]) -> float:
    """Add the weights of a query's words in a block and its headings, and again of neighbours and of agreeing marks."""
    parts = ((words.own, 1), (words.heading, _HEADING), (words.lead, _LEAD))
    score = sum(share * sum(weights[word] for word in weights.keys() & set(part)) for part, share in parts)
    for neighbours in {*pairwise(wanted)}:
        near = sum(share * (neighbours in pairwise(part)) for part, share in parts)
        score += _PAIR * near * sum(map(weights.__getitem__, neighbours))
    written = set(words.written)
    marked = {fold(word) for word in typed if word in written and word != fold(word)} & weights.keys()
    score += _TYPED * sum(weights[word] for word in marked)
    return score * (_LATER if words.block.chapter.slug in _TYPISTS else 1)


def _mark(text: str, wanted: set[str]) -> Markup:
    """Return a block with the wanted words marked; of a long one, only the surroundings of the first."""
    parts = re.split(r"(\w+)", text)
    first = next(at for at, part in enumerate(parts) if fold(part) in wanted)
    start = max(0, first - _BEFORE) if len(parts) > _MOST_PARTS else 0
    parts = ["… " * (start > 0), *parts[start : start + _MOST_PARTS], " …" * (len(parts) > start + _MOST_PARTS)]
    mark = Markup("<mark>{}</mark>").format
    return Markup("").join(mark(part) if fold(part) in wanted else escape(part) for part in parts)
