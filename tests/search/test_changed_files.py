"""An index that was changed is the index that would be built anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.changed_files import change_index_files
from plugins.search.entries import Entry
from plugins.search.index_files import CONTENTS, SHARD, build_index_files

if TYPE_CHECKING:
    from collections.abc import Mapping

# Few words, so that one is often new, or gone with its last place; with marks and case, so that one key has many forms.
WORDS = ["nước", "nuoc", "NƯỚC", "đắk", "dak", "Wil", "3,2", "hòa", "hoà", "giữ", "kênh"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


def entry(number: int, text: str) -> Entry:
    return Entry(f"/{number}/", "Đắk Wil giữ nước", text=text, more="nguồn", facets={"nam": str(2018 + number % 3)})


def change(before: list[Entry], texts: Mapping[int, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the files after a change, and those of a new index."""
    after = [replace(one, text=texts.get(number, one.text)) for number, one in enumerate(before)]
    _, files = build_index_files(before)
    changed = change_index_files(files.__getitem__, {number: after[number] for number in texts})
    return {name: text for name, text in (files | changed).items() if text}, build_index_files(after)[1]


@given(st.data())
def test_as_if_it_were_built_anew(data: st.DataObject) -> None:
    before = [entry(number, text) for number, text in enumerate(data.draw(st.lists(TEXTS, min_size=1, max_size=12)))]
    texts = data.draw(st.dictionaries(st.integers(0, len(before) - 1), TEXTS, max_size=3))
    changed, anew = change(before, texts)
    assert changed == anew


def test_a_file_more_and_a_file_fewer() -> None:
    few = [entry(number, "nước kênh") for number in range(8)]
    much = " ".join(f"{word} {place}" for place, word in enumerate(["nước", "kênh", "đắk"] * SHARD))
    longer, anew = change(few, {3: much})
    assert longer == anew
    shorter, anew = change([*few[:3], entry(3, much), *few[4:]], {3: "nước"})
    assert shorter == anew
    assert len(longer) > len(shorter) + 2


def test_nothing_is_given_that_is_as_before() -> None:
    before = [entry(number, "nước kênh") for number in range(3)]
    _, files = build_index_files(before)
    assert change_index_files(files.__getitem__, {1: before[1]}).keys() == {"1.bai.json"}
    words = change_index_files(files.__getitem__, {1: replace(before[1], text="nước " * 40)})
    assert words.keys() == {"0.json", "1.bai.json", CONTENTS}
