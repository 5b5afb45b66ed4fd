"""Entries -> the files of the index: a contents list, shards of posting lists, and packs of entries. Pure.

A browser fetches the contents list once, then the shards of the query's words and the packs of the ten entries shown,
so that the weight of a search hardly grows with the number of entries. Parts that would grow with it are split:

- facets: one file each, fetched when results are filtered or counted by it;
- the posting list of a frequent word: its shard has only an outline (the entries, and the foremost part of each where
  it occurs: enough to count and rank), and the positions are in further files, one for each segment of the entries.

The folder is named by the hash of its files, so that they can be cached without limit and editions never mix.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby, islice
from typing import Any

from plugins.content.addresses.sections import SEARCH_INDEX_URL
from plugins.search.entries import FACETS, SearchEntry
from plugins.search.postings import DIGITS, Posting, encode_numbers, find_places
from plugins.search.words import Word
from plugins.vietnamese import sort_key

CONTENTS = "muc-luc.json"
# Entries read at a time, a divisor of a segment: the positions in ten thousand stories would take half a gigabyte.
_AT_ONCE = 256


@dataclass(frozen=True)
class IndexSizes:
    """Most characters of a shard of words, of a posting list without segments and of a pack; entries of a segment."""

    shard: int = 6_000
    long: int = 32_000
    pack: int = 3_000
    segment: int = 2_048


SIZES = IndexSizes()
# The number of entries in a pack is one character of the contents list.
_MOST_IN_PACK = 31

# The posting list of each written form of a word.
Forms = dict[str, str]


@dataclass(frozen=True)
class LongWord:
    """A segmented word: the outline of each form, and the posting lists by segment."""

    outlines: Forms
    segments: dict[int, Forms]

    @property
    def lengths(self) -> list[int]:
        """The size of each segment in characters."""
        return [_size(self.segments.get(segment, {})) for segment in range(max(self.segments) + 1)]


@dataclass
class _Packs:
    """Packs of entries: a single entry would be smaller than the headers of its request."""

    limit: int
    lengths: list[int] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, shown: str) -> Iterator[tuple[str, str]]:
        # A long entry is alone in its pack, as its neighbours would be fetched for nothing.
        if self.waiting and (self.size + len(shown) > self.limit or len(self.waiting) == _MOST_IN_PACK):
            yield from self.close()
        self.waiting.append(shown)
        self.size += len(shown)

    def close(self) -> Iterator[tuple[str, str]]:
        if self.waiting:
            yield f"{len(self.lengths)}.bai.json", f"[{','.join(self.waiting)}]"
            self.lengths.append(len(self.waiting))
            self.waiting, self.size = [], 0


def build_index_files(entries: Iterable[SearchEntry], sizes: IndexSizes = SIZES) -> tuple[str, dict[str, str]]:
    """Return the address of the index's folder, and its files by name."""
    files = dict(make_index_files(entries, sizes))
    return name_folder({name: sha256(text.encode()).hexdigest() for name, text in files.items()}), files


def make_index_files(entries: Iterable[SearchEntry], sizes: IndexSizes = SIZES) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file of the index. Entries are taken lazily and not kept."""
    postings: defaultdict[Word, Posting] = defaultdict(lambda: Posting(sizes.segment, sizes.long))
    facets: dict[str, list[str]] = {name: [] for name in FACETS}
    packs = _Packs(sizes.pack)
    count = 0
    rest = iter(entries)
    while some := list(islice(rest, min(_AT_ONCE, sizes.segment))):
        for entry in some:
            yield from packs.add(_to_json(entry.shown))
            for name, values in facets.items():
                values.append(entry.facets.get(name, ""))
        for word, places in find_places(some).items():
            postings[word].add(places, count)
        count += len(some)
    yield from packs.close()
    for name, values in facets.items():
        yield f"{name}.loc.json", _to_json(_column(values))
    fixed = {"entries": count, "segment": sizes.segment, "packs": encode_numbers(packs.lengths)}
    yield from _make_word_files(fixed, postings, sizes)


def name_folder(digests: Mapping[str, str]) -> str:
    """Return the address of an index's folder by the SHA-256 of its files, by name."""
    whole = "\0".join(part for name in sorted(digests) for part in (name, digests[name]))
    return f"{SEARCH_INDEX_URL}{sha256(whole.encode()).hexdigest()[:12]}/"


def _make_word_files(
    fixed: dict[str, Any], postings: dict[Word, Posting], sizes: IndexSizes
) -> Iterator[tuple[str, str]]:
    """Yield the shards of all words in order, and the contents list, which includes `fixed`."""
    names: list[str] = []
    weights: list[str] = []
    for number, shard in enumerate(_cut(_read(postings, sizes.long), sizes.shard)):
        names.append("|".join(shard))
        weights.append("".join(DIGITS[_size(word).bit_length()] for word in shard.values()))
        told: dict[str, Any] = {}
        for key, word in shard.items():
            if isinstance(word, LongWord):
                told[key] = [word.outlines, encode_numbers(word.lengths)]
                yield from ((f"{number}-{at}.json", _to_json(forms)) for at, forms in word.segments.items())
            else:
                told[key] = word
        yield f"{number}.json", _to_json(told)
    # Words are joined by a bar: with a space, 84 and 840 could look like a telephone number. `sizes` has the size of
    # each word as a power of two, to choose between corrections and to weigh a shard.
    yield CONTENTS, _to_json({**fixed, "words": names, "sizes": weights})


def _read(postings: dict[Word, Posting], long: int) -> Iterator[tuple[str, Forms | LongWord]]:
    """Yield each key, in order, with its posting lists, which are removed from `postings`."""
    for key, words in groupby(sorted(postings), key=lambda word: word.key):
        written = {word.form: postings.pop(word) for word in words}
        if sum(posting.size for posting in written.values()) <= long:
            yield key, {form: posting.text for form, posting in written.items()}
            continue
        segments: defaultdict[int, Forms] = defaultdict(dict)
        for form, posting in written.items():
            for segment, text in posting.segments.items():
                segments[segment][form] = text
        outlines = {form: posting.outline for form, posting in written.items()}
        yield key, LongWord(outlines, dict(sorted(segments.items())))


def _cut(words: Iterable[tuple[str, Forms | LongWord]], most: int) -> Iterator[dict[str, Forms | LongWord]]:
    """Yield shards of neighbouring words; a segmented word is alone, as its segments have the shard's number."""
    shard: dict[str, Forms | LongWord] = {}
    total = 0
    for key, word in words:
        size = most + 1 if isinstance(word, LongWord) else _size(word)
        if shard and total + size > most:
            yield shard
            shard, total = {}, 0
        shard[key] = word
        total += size
    if shard:
        yield shard


def _size(word: Forms | LongWord) -> int:
    return sum(map(len, (word.outlines if isinstance(word, LongWord) else word).values()))


def _column(values: Sequence[str]) -> dict[str, object]:
    """Return the distinct values, and for each entry the number of its value from 1, or 0."""
    different = sorted({value for value in values if value}, key=sort_key)
    numbers = {value: number for number, value in enumerate(different, 1)}
    return {"values": different, "of": encode_numbers(numbers.get(value, 0) for value in values)}


# The shortest JSON.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
