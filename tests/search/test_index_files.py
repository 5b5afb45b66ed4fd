"""The files of the index: small, the same from the same entries, and true."""

import json

import pytest

from plugins.content.addresses.sections import SEARCH_INDEX_URL
from plugins.language.privacy import find_numbers
from plugins.search.entries import SearchEntry
from plugins.search.index_files import SIZES, IndexSizes, build_index_files
from plugins.search.postings import LEAD, NAME, TERMS, TEXT, TITLE, encode_numbers

ENTRIES = [
    SearchEntry(
        "/a/", "Đắk Wil giữ nước", "Tổ 7", ("Xã Đắk Wil", "Kinh tế"), "Nước về", "Đặc sản\nđak", "km", {"nam": "2020"}
    ),
    SearchEntry("/b/", "Hòa giải", lead="Nước", text="Nước Đắk", facets={"nam": "2019", "xa": "ea-po"}),
]
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def decode(text: str) -> list[int]:
    numbers, value, shift = [], 0, 0
    for digit in map(DIGITS.index, text):
        value += (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(value)
            value = shift = 0
    return numbers


def shard_of(files: dict[str, str], key: str) -> int:
    words = json.loads(files["muc-luc.json"])["words"]
    return next(number for number, names in enumerate(words) if key in names.split("|"))


def read_places(text: str) -> dict[int, list[int]]:
    """Return by entry the places of a word."""
    numbers, entry = decode(text), -1
    found: dict[int, list[int]] = {}
    while numbers:
        step, count, *numbers = numbers
        entry += step
        steps, numbers = numbers[:count], numbers[count:]
        found[entry] = [sum(steps[: i + 1]) for i in range(count)]
    return found


def places(files: dict[str, str], key: str) -> dict[str, dict[int, list[int]]]:
    """Return by form and entry the places of a word."""
    told = json.loads(files[f"{shard_of(files, key)}.json"])[key]
    return {form: read_places(text) for form, text in told.items()}


def test_positions_of_each_word() -> None:
    _, files = build_index_files(ENTRIES)
    assert places(files, "dak") == {"đăk4": {0: [0, TERMS + 1], 1: [TEXT + 1]}, "đak": {0: [TEXT + 2]}}
    assert places(files, "7") == {"7": {0: [NAME + 1]}}
    assert places(files, "nuoc") == {"nươc4": {0: [3, LEAD], 1: [LEAD, TEXT]}}
    assert places(files, "km") == {"km": {0: [TEXT + 3]}}
    # Names that are filed one after another are not one phrase.
    assert places(files, "kinh") == {"kinh": {0: [TERMS + 5]}}


def test_a_word_is_found_however_many_entries_lie_between() -> None:
    told = [0, 1, 255, 256, 257, 800, 1023, 1024, 1099]
    _, files = build_index_files(
        [SearchEntry(f"/{n}/", "bài", text="mương kênh mương" * (n in told)) for n in range(1100)]
    )
    assert places(files, "muong") == {"mương": {number: [TEXT, TEXT + 2] for number in told}}
    assert places(files, "bai")["bai1"] == {number: [TITLE] for number in range(1100)}


def test_a_result_shows_its_entry_and_a_filter_its_value() -> None:
    _, files = build_index_files(ENTRIES)
    shown = json.loads(files["0.bai.json"])
    assert [entry["url"] for entry in shown] == ["/a/", "/b/"]
    assert shown[0]["text"] == "Đặc sản\nđak"
    assert json.loads(files["muc-luc.json"])["entries"] == 2
    assert json.loads(files["nam.loc.json"]) == {"values": ["2019", "2020"], "of": encode_numbers([2, 1])}
    assert json.loads(files["xa.loc.json"]) == {"values": ["ea-po"], "of": encode_numbers([0, 1])}


def test_cards_share_a_pack_and_a_story_with_a_body_has_its_own() -> None:
    texts = ["", "", "chữ " * 2000, "", *[""] * 40]
    entries = [SearchEntry(f"/{number}/", "Tên", text=text) for number, text in enumerate(texts)]
    _, files = build_index_files(entries)
    lengths = decode(json.loads(files["muc-luc.json"])["packs"])
    packs = [json.loads(files[f"{number}.bai.json"]) for number in range(len(lengths))]
    assert lengths == [2, 1, 31, 10]
    assert [len(pack) for pack in packs] == lengths
    assert [entry["url"] for pack in packs for entry in pack] == [entry.url for entry in entries]


def test_a_long_posting_list_has_an_outline_and_segments() -> None:
    segment = 512
    count = segment + 40
    entries = [
        SearchEntry(
            f"/{number}/",
            "hộ" if number % 7 else "kênh",
            text="Hồ hộ hộ" * (number % 3 == 0),
            terms=("hộ",) * (number == 7),
        )
        for number in range(count)
    ]
    _, whole = build_index_files(entries)
    _, files = build_index_files(entries, IndexSizes(long=500, segment=segment))
    shard = shard_of(files, "ho")
    outlines, lengths = json.loads(files[f"{shard}.json"])["ho"]
    parts = [json.loads(files[f"{shard}-{segment}.json"]) for segment in range(2)]
    assert decode(lengths) == [sum(map(len, forms.values())) for forms in parts]
    for form, known in places(whole, "ho").items():
        read = read_places(parts[0][form]) | {
            segment + entry: found for entry, found in read_places(parts[1][form]).items()
        }
        assert read == known
        entry, told = -1, {}
        for number in decode(outlines[form]):
            entry += (number >> 2) + 1
            told[entry] = (TITLE, TERMS, LEAD, TEXT)[number & 3]
        starts = (TITLE, TERMS, LEAD, TEXT)
        assert told == {entry: max(s for s in starts if s <= found[0]) for entry, found in known.items()}
    # Rare words are unchanged.
    assert places(files, "kenh") == places(whole, "kenh")


def test_an_outline_begun_late_is_the_same() -> None:
    entries = [SearchEntry(f"/{number}/", "hộ", lead="hộ nào") for number in range(900)]
    told = []
    for long in (1, 1_500, 3_500):
        _, files = build_index_files(entries, IndexSizes(long=long))
        told.append(json.loads(files[f"{shard_of(files, 'ho')}.json"])["ho"])
    assert told == [told[0]] * 3


def test_a_long_title_never_runs_into_the_next_part() -> None:
    _, files = build_index_files([SearchEntry("/a/", "dài " * 300, "tên " * 300, ("mục " * 300,), "tóm " * 300, "chữ")])
    assert max(places(files, "dai")["dai1"][0]) < NAME - 1
    assert max(places(files, "ten")["tên"][0]) < TERMS - 1
    assert max(places(files, "muc")["muc5"][0]) < LEAD - 1
    assert max(places(files, "tom")["tom4"][0]) < TEXT - 1
    assert places(files, "chu") == {"chư3": {0: [TEXT]}}


def test_the_same_entries_give_the_same_folder_and_others_another() -> None:
    first, again, other = (build_index_files(entries) for entries in (ENTRIES, list(ENTRIES), ENTRIES[:1]))
    assert first == again
    assert first[0] != other[0]
    assert first[0].startswith(SEARCH_INDEX_URL)


def test_words_share_files_and_frequent_ones_have_their_own() -> None:
    entries = [SearchEntry(f"/{n}/", f"chung x{chr(97 + n % 26)}y", text="chung " * 20) for n in range(600)]
    _, files = build_index_files(entries)
    shards = [json.loads(text) for name, text in files.items() if name[0].isdigit() and "bai" not in name]
    own = [shard for shard in shards if "chung" in shard]
    assert [list(shard) for shard in own] == [["chung"]]
    sizes = [sum(len(text) for forms in shard.values() for text in forms.values()) for shard in shards]
    assert [size for shard, size in zip(shards, sizes, strict=True) if size > SIZES.shard and len(shard) > 1] == []
    assert sorted(key for shard in shards for key in shard) == [key for shard in shards for key in shard]


def test_no_entries_give_an_index_of_nothing() -> None:
    _, files = build_index_files([])
    assert json.loads(files["muc-luc.json"])["entries"] == 0


@pytest.mark.parametrize("numbers", [[], [0], [31, 32, 33], [1023, 1024, 10**6]])
def test_numbers_are_written_and_read(numbers: list[int]) -> None:
    assert decode(encode_numbers(numbers)) == numbers


def test_words_of_the_index_are_no_ones_number() -> None:
    numbers = ["84", "840", "842", "843", "0912", "345", "678", "079", "123", "456", "789"]
    _, files = build_index_files([SearchEntry(f"/{number}/", number) for number in numbers])
    assert [number for text in files.values() for number in find_numbers(text)] == []
