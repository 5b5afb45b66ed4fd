"""Pasted lists: every line is a place, unclear, or skipped."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content.territory.kinds import Tier
from plugins.content.vocabulary.files import COMMUNE_KEYS
from plugins.sources.yaml_nodes import Node, parse_yaml
from plugins.starting.new_content import give_ids, write_record
from plugins.starting.places import read_places


def titles(text: str) -> list[str]:
    pasted = read_places(text)
    assert pasted.unclear == ()
    return [place.title for place in pasted.places]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thôn 1", ["Thôn 1"]),
        ("1. thôn  2\r\n2)\tBuôn Nui", ["Thôn 2", "Buôn Nui"]),
        ("• Bon U2\n- Làng Mới\n+ Bản Mường 2\n* Ấp Bắc", ["Bon U2", "Làng Mới", "Bản Mường 2", "Ấp Bắc"]),
        ("TDP 4\nTDP5\ntổ dân phố 6", ["Tổ dân phố 4", "Tổ dân phố 5", "Tổ dân phố 6"]),
        ("Tổ dân phố số 10\nTDP Số 9", ["Tổ dân phố số 9", "Tổ dân phố số 10"]),
        ("khu phố 3\nKP. 2\nKhóm 1", ["Khóm 1", "Khu phố 2", "Khu phố 3"]),
        ("Thôn 1, 2 và 3", ["Thôn 1", "Thôn 2", "Thôn 3"]),
        ("Buôn Ea Mar, Buôn Knir", ["Buôn Ea Mar", "Buôn Knir"]),
        ("Thôn 10\nThôn 9\nThôn Ấp Mới\nThôn An Bình", ["Thôn 9", "Thôn 10", "Thôn An Bình", "Thôn Ấp Mới"]),
        ("THÔN ĐOÀN KẾT\nBUÔN EA T'LING", ["Thôn Đoàn Kết", "Buôn Ea T’ling"]),
        ("Xã Cư K'nia\nXã Đắk D`rông\nthị trấn Ea T’ling", ["Xã Cư K’nia", "Xã Đắk D’rông", "Thị trấn Ea T’ling"]),
        ("p. Nam Gia Nghĩa\nPhường Bắc Gia Nghĩa", ["Phường Bắc Gia Nghĩa", "Phường Nam Gia Nghĩa"]),
        ("đặc khu Phú Quý", ["Đặc khu Phú Quý"]),
        ("xa nam dong\nthi tran ea tling", ["Xã Nam Dong", "Thị trấn Ea Tling"]),
        ("II. Các thôn (2):\n1. Hòa Bình\n2. Tân Lập", ["Thôn Hòa Bình", "Thôn Tân Lập"]),
        ("1,Thôn 20,120", ["Thôn 20"]),
        ("Thôn Ƀ Ŏ Ĕ", ["Thôn Ƀ Ŏ Ĕ"]),
        ("Thôn 3 (mới sáp nhập)", ["Thôn 3"]),
        ("Thôn Nui\nBuôn Nui\nBon Nui", ["Thôn Nui", "Buôn Nui", "Bon Nui"]),
        ("\n\n  \nThôn\u00a01\u200b\n\n", ["Thôn 1"]),
        ("Xã Xa Lú", ["Xã Xa Lú"]),
    ],
)
def test_usual_spellings_are_understood(text: str, found: list[str]) -> None:
    assert titles(text) == found
    assert titles(unicodedata.normalize("NFD", text)) == found


def test_a_table_from_excel_gives_names_and_numbers() -> None:
    text = (
        "DANH SÁCH ĐƠN VỊ HÀNH CHÍNH\nSTT\tTên đơn vị\tLoại\tMã số\tSố dân\n"
        "1\tNam Dong\tXã\t24649\t12345\n2\tBắc Gia Nghĩa\tPhường\t24611\t54321\n\tTổng cộng\t\t\t66666\n"
    )
    pasted = read_places(text)
    assert [(one.title, one.code) for one in pasted.places] == [
        ("Xã Nam Dong", "24649"),
        ("Phường Bắc Gia Nghĩa", "24611"),
    ]
    assert (pasted.unclear, len(pasted.skipped)) == ((), 2)


def test_a_number_of_people_is_no_code() -> None:
    text = "STT\tTên thôn\tSố dân\n1\tĐoàn Kết\t12345\n2\tThôn 2\t54321"
    assert [(one.title, one.code) for one in read_places(text).places] == [("Thôn 2", ""), ("Thôn Đoàn Kết", "")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Nui", "không rõ là loại gì"),
        ("Xa Lú", "không rõ là loại gì"),
        ("Thôn 1 - 5", "chưa kể từng nơi"),
        ("Từ thôn 1 đến thôn 12", "chưa kể từng nơi"),
        ("Buôn Ea Pô, Knia", "nhiều nơi trên một dòng"),
        (f"Thôn {'rất ' * 30}dài", "quá dài"),
        ("Thôn …", "chưa có tên"),
    ],
)
def test_unclear_lines_are_named(line: str, said: str) -> None:
    pasted = read_places(f"Thôn 7\n{line}\nThôn 8")
    assert [place.title for place in pasted.places] == ["Thôn 7", "Thôn 8"]
    (doubt,) = pasted.unclear
    assert doubt.startswith(f"dòng 2, “{line}”: ")
    assert said in doubt


def test_a_repeated_place_is_skipped_and_one_that_differs_only_in_marks_is_unclear() -> None:
    pasted = read_places("Thôn Hòa Bình\nthôn hoà bình\nThôn Hoa Binh\nThôn Hoà Bính")
    assert [place.title for place in pasted.places] == ["Thôn Hòa Bình"]
    assert len(pasted.skipped) == 2
    assert "bỏ dấu thì trùng với Thôn Hòa Bình" in pasted.unclear[0]


def test_a_place_of_another_tier_is_unclear() -> None:
    pasted = read_places("Thôn 1\nXã Nam Dong", Tier.HAMLET)
    assert [place.title for place in pasted.places] == ["Thôn 1"]
    assert "không phải nơi ngay dưới cấp" in pasted.unclear[0]


def test_no_line_is_lost() -> None:
    lines = ["Danh sách thôn", "TT\tThôn", *(f"{n}\tThôn {n}" for n in range(1, 51)), "Cộng\t50", "?", "ghi chú: ok"]
    pasted = read_places("\n".join(lines))
    assert len(pasted.places) == 50
    # Without the two lines of headings.
    assert len(pasted.places) + len(pasted.unclear) + len(pasted.skipped) == len(lines) - 2


def test_ids_have_the_kind_where_it_is_needed() -> None:
    places = read_places("Thôn 1\nBuôn Nui\nXã Nam Dong\nPhường Nam Dong\nXã Con\nĐặc khu Phú Quý").places
    assert {place.title: identifier for identifier, place in give_ids(places)} == {
        "Thôn 1": "thon-1",
        "Buôn Nui": "buon-nui",
        "Xã Nam Dong": "nam-dong",
        "Phường Nam Dong": "phuong-nam-dong",
        "Xã Con": "xa-con",
        "Đặc khu Phú Quý": "phu-quy",
    }
    assert [identifier for identifier, _ in give_ids(places[:1], ["con"])] == ["xa-con"]
    assert [identifier for identifier, _ in give_ids(read_places("Thôn 1").places, ["thon-1"])] == ["thon-1-2"]


@given(st.lists(st.text("thôn buôn TDP xã 1,2;|\t.-()và đến ÊĐơ’'\u0323\u200b\\\"…IVX", max_size=25), max_size=6))
def test_any_pasted_text_gives_places_that_a_vocabulary_accepts(lines: list[str]) -> None:
    pasted = read_places("\n".join(lines))
    given_ids = [identifier for identifier, _ in give_ids(pasted.places)]
    assert len({*given_ids}) == len(given_ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identifier) for identifier in given_ids)
    for place in pasted.places:
        node = parse_yaml(write_record(COMMUNE_KEYS, {"type": place.kind, "name": place.name}), "xa.yaml")
        assert isinstance(node, Node)
        assert [value.text for _, value in node.items[0].pairs] == [place.kind, place.name]
