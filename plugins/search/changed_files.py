"""The files of an index after a few texts have other words: those of a new index, for the work of those few. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from plugins.search.index_files import (
    CONTENTS,
    DIGITS,
    build_shown_file,
    count_steps,
    encode,
    find_places,
    plan_word_files,
    shown_file,
    word_file,
    write_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plugins.search.entries import Entry
    from plugins.search.index_files import Words

_NUMBER = re.compile(r"[g-z0-9_-]*[A-Za-f]")


@dataclass
class Known:
    """What the next build is to know of an index: its folder, a digest of each of its files, and the popular words."""

    folder: str
    digests: dict[str, str]
    popular: list[str]


def change_index_files(read: Callable[[str], str], changed: Mapping[int, Entry]) -> dict[str, str]:
    """Return, by name, the files that are not as before; "" is for one that is no more.

    `read` gives a file as it was, and `changed` the entries, by number, whose `text` is another. Nothing else may be.
    """
    contents: dict[str, Any] = json.loads(read(CONTENTS))
    before = {name: json.loads(read(name)) for name in map(word_file, range(len(contents["words"])))}
    words: Words = {key: forms for shard in before.values() for key, forms in shard.items()}
    files: dict[str, str] = {}
    for number, entry in changed.items():
        files[shown_file(number)] = build_shown_file(entry)
        text = json.loads(read(shown_file(number))).get("text", "")
        _change_places(words, number, replace(entry, text=text), entry)
    fixed = {name: contents[name] for name in ("entries", "facets")}
    before[CONTENTS] = contents
    after = plan_word_files(fixed, dict(sorted(words.items())))
    files |= {name: write_json(value) for name, value in after.items() if value != before.get(name)}
    return files | dict.fromkeys(before.keys() - after.keys(), "")


def _change_places(words: Words, number: int, before: Entry, after: Entry) -> None:
    """Let the words of an entry stand where they now stand."""
    old, new = find_places([before]), find_places([after])
    for word in sorted(old.keys() | new.keys()):
        if old.get(word) == new.get(word):
            continue
        # Not changed in its place: what was read is held against it in the end.
        forms = dict(words.get(word.key, {}))
        places = _change_entry(forms.pop(word.form, ""), number, new.get(word, ()))
        if places:
            forms[word.form] = places
        if forms:
            words[word.key] = dict(sorted(forms.items()))
        else:
            del words[word.key]


def _change_entry(encoded: str, number: int, places: Sequence[int]) -> str:
    """Return where a form stands in all entries when in this one it stands at these places, or at none."""
    tokens = _NUMBER.findall(encoded)
    numbers = [_decode(token) for token in tokens]
    last, start = -1, 0
    # Of each entry: the step to it, how many places, and as many numbers.
    while start < len(numbers) and last + numbers[start] < number:
        last += numbers[start]
        start += 2 + numbers[start + 1]
    end, counted_from = start, last
    if start < len(numbers) and last + numbers[start] == number:
        end, counted_from = start + 2 + numbers[start + 1], number
    here = encode([number - last, *count_steps(places)[1:]]) if places else ""
    rest = tokens[end:]
    if rest:
        following = counted_from + numbers[end]
        rest[0] = encode([following - (number if places else last)])
    return "".join(tokens[:start]) + here + "".join(rest)


@cache
def _decode(token: str) -> int:
    return sum((DIGITS.index(digit) & 31) << (5 * place) for place, digit in enumerate(token))
