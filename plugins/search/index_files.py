"""Entries -> the files of the index: a contents list, the places of each word, and one small file an entry. Pure.

A reader's browser fetches the contents list once, then only the words of the query and the ten entries that it shows,
so the weight of a search hardly grows with the number of stories. The files of one edition stand in a folder named
by their hash: they may be cached for ever, and two editions never mix.

Places are numbers: 0 for the first word of a title. Each part of an entry begins at a fixed place, so that a place
alone tells its part. Numbers are written five bits a character, least first (as in source maps, without a sign).
"""

from __future__ import annotations

import json
from collections import defaultdict
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any

from plugins.content.sections import SEARCH_INDEX_URL
from plugins.search.entries import FACETS
from plugins.search.words import Word, read_words
from plugins.vietnamese import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plugins.search.entries import Entry

CONTENTS = "muc-luc.json"
# Where each part of an entry begins. theme/static/js/search-rank.js weighs the parts by the same numbers.
TITLE, NAME, TERMS, LEAD, TEXT = 0, 40, 64, 128, 256
# A word so frequent that its places take more characters has a file of its own; rarer neighbours share one.
SHARD = 6_000
# More than the words of any entry; with so many entries at once, a number is still one that is quickly counted with.
_PLACE_BITS = 22
_PLACES = (1 << _PLACE_BITS) - 1
_AT_ONCE = 256
# Between two names that are not one phrase.
_GAP = 2

# By key and form, in which entries and at which places each word stands; sorted, encoded.
Words = dict[str, dict[str, str]]

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def build_index_files(entries: Iterable[Entry]) -> tuple[str, dict[str, str]]:
    """Return the folder of the index, as an address, and its files by their name in it."""
    files = dict(make_index_files(entries))
    return name_folder({name: digest_file(text.encode()) for name, text in files.items()}), files


def make_index_files(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the files of the index, each with its name. Entries are asked for as they are needed, and let go."""
    encoded: defaultdict[Word, list[str]] = defaultdict(list)
    last: dict[Word, int] = {}
    facets: dict[str, list[str]] = {name: [] for name in FACETS}
    count = 0
    rest = iter(entries)
    # So many at a time: as numbers, the places in ten thousand stories would take half a gigabyte.
    while some := list(islice(rest, _AT_ONCE)):
        for number, entry in enumerate(some, count):
            yield f"{number}.bai.json", write_json(entry.shown)
            for name, values in facets.items():
                values.append(entry.facets.get(name, ""))
        for word, places in find_places(some).items():
            encoded[word].append(encode(count_steps(places, last.get(word, -1) - count)))
            last[word] = count + (places[-1] >> _PLACE_BITS)
        count += len(some)
    words: Words = {}
    for word in sorted(encoded):
        words.setdefault(word.key, {})[word.form] = "".join(encoded.pop(word))
    columns = {name: _column(values) for name, values in facets.items()}
    planned = plan_word_files({"entries": count, "facets": columns}, words)
    yield from ((name, write_json(value)) for name, value in planned.items())


def name_folder(digests: Mapping[str, str]) -> str:
    """Return the folder of an index, as an address: another one for other files. `digests` are theirs, by name."""
    whole = "\0".join(part for name in sorted(digests) for part in (name, digests[name]))
    return f"{SEARCH_INDEX_URL}{sha256(whole.encode()).hexdigest()[:12]}/"


def digest_file(data: bytes) -> str:
    """Return what tells a file from another."""
    return sha256(data).hexdigest()


def plan_word_files(fixed: dict[str, Any], words: Words) -> dict[str, Any]:
    """Return what the files of all words in order say, by name, and the contents list, which has `fixed` too."""
    shards = list(_cut(words))
    contents = {
        **fixed,
        # By no space: two numbers side by side here, 84 and 840, are no one's telephone.
        "words": ["|".join(shard) for shard in shards],
        # How much there is of each word, as a power of two: the likelier of two corrections, and what a file weighs.
        "sizes": ["".join(DIGITS[_size(forms).bit_length()] for forms in shard.values()) for shard in shards],
    }
    return {f"{number}.json": shard for number, shard in enumerate(shards)} | {CONTENTS: contents}


class _Codes(dict[int, str]):
    """Each whole number as text, once it has been asked for."""

    def __missing__(self, number: int) -> str:
        code = DIGITS[number] if number < 32 else DIGITS[32 + (number & 31)] + self[number >> 5]
        self[number] = code
        return code


_CODES = _Codes()


def encode(numbers: Iterable[int]) -> str:
    """Return whole numbers from 0 as text."""
    return "".join(map(_CODES.__getitem__, numbers))


def _parts(entry: Entry) -> Iterator[tuple[int, Sequence[Word]]]:
    """Yield each part of an entry with the place where it begins."""
    yield TITLE, read_words(entry.title)[: NAME - _GAP]
    yield NAME, read_words(entry.name)[: TERMS - NAME - _GAP]
    place = TERMS
    for term in entry.terms:
        words = read_words(term)[: max(0, LEAD - place - _GAP)]
        yield place, words
        place += len(words) + _GAP
    yield LEAD, read_words(entry.lead)[: TEXT - LEAD - _GAP]
    yield TEXT, read_words(f"{entry.text}\n{entry.more}")


def find_places(entries: Iterable[Entry]) -> dict[Word, list[int]]:
    """Return where each word stands, in order: above its place, of _PLACE_BITS, the number of the entry."""
    found: defaultdict[Word, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for start, words in _parts(entry):
            for place, word in enumerate(words, (number << _PLACE_BITS) + start):
                found[word].append(place)
    return found


def count_steps(places: Iterable[int], last: int = -1) -> list[int]:
    """Return what stands of a word: of each entry the step to it, how many places, the first, the steps to the others.

    `last` is the number of the entry from which the first step is taken.
    """
    numbers: list[int] = []
    count_at = before = 0
    for place in places:
        number = place >> _PLACE_BITS
        if number == last:
            numbers[count_at] += 1
            numbers.append(place - before)
        else:
            count_at = len(numbers) + 1
            numbers += (number - last, 1, place & _PLACES)
            last = number
        before = place
    return numbers


def _size(forms: dict[str, str]) -> int:
    return sum(map(len, forms.values()))


def _cut(words: Words) -> Iterator[Words]:
    shard: Words = {}
    total = 0
    for key, forms in words.items():
        size = _size(forms)
        if shard and total + size > SHARD:
            yield shard
            shard, total = {}, 0
        shard[key] = forms
        total += size
    if shard:
        yield shard


def _column(values: Sequence[str]) -> dict[str, object]:
    """Return the different values, and for each entry which of them it has, or 0."""
    different = sorted({value for value in values if value}, key=sort_key)
    numbers = {value: number for number, value in enumerate(different, 1)}
    return {"values": different, "of": encode(numbers.get(value, 0) for value in values)}


# Whatever a file says, in as few bytes as may be.
write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
