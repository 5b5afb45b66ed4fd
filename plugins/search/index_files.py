"""Entries -> the files of the index: a contents list, the places of each word, and the entries in packs. Pure.

A reader's browser fetches the contents list once, then only the words of the query and the packs of the ten entries
that it shows, so the weight of a search hardly grows with the number of entries. What would grow with it:

- the values that entries are filtered by: one file a facet, fetched when something is filtered or counted by it;
- the places of a frequent word: its file tells only in which entries it stands, and in which part of each (enough to
  count, and to know the best), and the places stand in further files, a segment of the entries each.

The files of one edition stand in a folder named by their hash: they may be cached for ever, and two editions never mix.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from plugins.content.addresses.sections import SEARCH_INDEX_URL
from plugins.search.entries import FACETS
from plugins.search.postings import DIGITS, Posting, encode, find_places
from plugins.vietnamese import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plugins.search.entries import Entry
    from plugins.search.words import Word

CONTENTS = "muc-luc.json"
# So many at a time, of which a whole number makes a segment: as numbers, the places in ten thousand stories would take
# half a gigabyte.
_AT_ONCE = 256


@dataclass(frozen=True)
class Limits:
    """In characters. Words share a file up to `shard`, and entries up to `pack`; a word of over `long` is cut.

    `segment` is of how many entries the places of a cut word stand in one file.
    """

    shard: int = 6_000
    long: int = 32_000
    pack: int = 3_000
    segment: int = 2_048


LIMITS = Limits()
# The length of a pack is one character of the contents list.
_MOST_IN_PACK = 31

# By how a word is written: where it stands.
Forms = dict[str, str]


@dataclass(frozen=True)
class LongWord:
    """A word that stands in too many entries to be fetched whole: in which ones, and by segment at which places."""

    outlines: Forms
    segments: dict[int, Forms]

    @property
    def lengths(self) -> list[int]:
        """How many characters each segment costs."""
        return [_size(self.segments.get(segment, {})) for segment in range(max(self.segments) + 1)]


@dataclass
class _Packs:
    """The entries that stand together in one file, since each alone would be less than what its request costs."""

    limit: int
    lengths: list[int] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, shown: str) -> Iterator[tuple[str, str]]:
        # What has a body stands alone: ten of them are shown, and none of their neighbours.
        if self.waiting and (self.size + len(shown) > self.limit or len(self.waiting) == _MOST_IN_PACK):
            yield from self.close()
        self.waiting.append(shown)
        self.size += len(shown)

    def close(self) -> Iterator[tuple[str, str]]:
        if self.waiting:
            yield f"{len(self.lengths)}.bai.json", f"[{','.join(self.waiting)}]"
            self.lengths.append(len(self.waiting))
            self.waiting, self.size = [], 0


def build_index_files(entries: Iterable[Entry], limits: Limits = LIMITS) -> tuple[str, dict[str, str]]:
    """Return the folder of the index, as an address, and its files by their name in it."""
    files = dict(make_index_files(entries, limits))
    return name_folder({name: digest_file(text.encode()) for name, text in files.items()}), files


def make_index_files(entries: Iterable[Entry], limits: Limits = LIMITS) -> Iterator[tuple[str, str]]:
    """Yield the files of the index, each with its name. Entries are asked for as they are needed, and let go."""
    postings: defaultdict[Word, Posting] = defaultdict(lambda: Posting(limits.segment, limits.long))
    facets: dict[str, list[str]] = {name: [] for name in FACETS}
    packs = _Packs(limits.pack)
    count = 0
    rest = iter(entries)
    while some := list(islice(rest, min(_AT_ONCE, limits.segment))):
        for entry in some:
            yield from packs.add(write_json(entry.shown))
            for name, values in facets.items():
                values.append(entry.facets.get(name, ""))
        for word, places in find_places(some).items():
            postings[word].add(places, count)
        count += len(some)
    yield from packs.close()
    for name, values in facets.items():
        yield f"{name}.loc.json", write_json(_column(values))
    fixed = {"entries": count, "segment": limits.segment, "packs": encode(packs.lengths)}
    yield from _make_word_files(fixed, postings, limits)


def name_folder(digests: Mapping[str, str]) -> str:
    """Return the folder of an index, as an address: another one for other files. `digests` are theirs, by name."""
    whole = "\0".join(part for name in sorted(digests) for part in (name, digests[name]))
    return f"{SEARCH_INDEX_URL}{sha256(whole.encode()).hexdigest()[:12]}/"


def digest_file(data: bytes) -> str:
    """Return what tells a file from another."""
    return sha256(data).hexdigest()


def _make_word_files(fixed: dict[str, Any], postings: dict[Word, Posting], limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the files of all words in order, and the contents list, which says `fixed` too."""
    names: list[str] = []
    sizes: list[str] = []
    for number, shard in enumerate(_cut(_read(postings, limits.long), limits.shard)):
        names.append("|".join(shard))
        sizes.append("".join(DIGITS[_weigh(word).bit_length()] for word in shard.values()))
        told: dict[str, Any] = {}
        for key, word in shard.items():
            if isinstance(word, LongWord):
                told[key] = [word.outlines, encode(word.lengths)]
                yield from ((f"{number}-{at}.json", write_json(forms)) for at, forms in word.segments.items())
            else:
                told[key] = word
        yield f"{number}.json", write_json(told)
    # By no space: two numbers side by side here, 84 and 840, are no one's telephone. Of each word how much there is to
    # fetch, as a power of two: the likelier of two corrections, and what a file weighs.
    yield CONTENTS, write_json({**fixed, "words": names, "sizes": sizes})


def _read(postings: dict[Word, Posting], long: int) -> Iterator[tuple[str, Forms | LongWord]]:
    """Yield each key, in order, with where it stands. What has been read is let go."""
    for key, words in groupby(sorted(postings), key=lambda word: word.key):
        written = {word.form: postings.pop(word) for word in words}
        if sum(posting.size for posting in written.values()) <= long:
            yield key, {form: posting.text for form, posting in written.items()}
            continue
        segments: defaultdict[int, Forms] = defaultdict(dict)
        for form, posting in written.items():
            for segment, text in posting.segments.items():
                segments[segment][form] = text
        yield (
            key,
            LongWord({form: posting.outline for form, posting in written.items()}, dict(sorted(segments.items()))),
        )


def _cut(words: Iterable[tuple[str, Forms | LongWord]], most: int) -> Iterator[dict[str, Forms | LongWord]]:
    """Yield what stands in one file: neighbours together; a long word, whose further files bear its number, alone."""
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


def _weigh(word: Forms | LongWord) -> int:
    return _size(word.outlines if isinstance(word, LongWord) else word)


def _size(forms: Forms) -> int:
    return sum(map(len, forms.values()))


def _column(values: Sequence[str]) -> dict[str, object]:
    """Return the different values, and for each entry which of them it has, or 0."""
    different = sorted({value for value in values if value}, key=sort_key)
    numbers = {value: number for number, value in enumerate(different, 1)}
    return {"values": different, "of": encode(numbers.get(value, 0) for value in values)}


# Whatever a file says, in as few bytes as may be.
write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
