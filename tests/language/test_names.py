"""Names of people in running text, and similar words."""

from __future__ import annotations

import pytest

from plugins.language.names import find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ông Lục Văn Thinh gặp bà H’Lan Niê và anh Tú.", ["ông Lục Văn Thinh", "bà H’Lan Niê", "anh Tú"]),
        ("già làng Y Thông Êban, già làng Ama Krai", ["già làng Y Thông Êban", "già làng Ama Krai"]),
        ("Y Khuin và H'Liên Niê Kđăm", ["Y Khuin", "H'Liên Niê Kđăm"]),
        ("Theo Nguyễn Văn An, đồng chí Bế Thị Nhung", ["Nguyễn Văn An", "đồng chí Bế Thị Nhung"]),
        ("Gặp Ông Trần Văn Ba ở Nam Dong", ["ông Trần Văn Ba"]),
        ("em Nông Thị Lan, cháu Nam, ông K’Brông", ["em Nông Thị Lan", "cháu Nam", "ông K’Brông"]),
        ("Trưởng thôn La Văn Sìn, Bí thư Chi bộ Lê Văn Tám", ["trưởng thôn La Văn Sìn", "Lê Văn Tám"]),
        ("anh em Mông, chị em Ê Đê, các cháu Bác Hồ, Chủ tịch Hồ Chí Minh, bác Hồ", []),
        ("Trường THCS Nguyễn Văn Trỗi, đường Lê Thị Hồng Gấm, học sinh Trường Tiểu học", []),
        ("Hà Nội, Lâm Đồng, Ea T’ling, Cư K’nia, Đắk D’rông, Y tế, Hội Nông dân, Đoàn Thanh niên", []),
        ("ông Chủ tịch, anh Bí thư, chị Hội trưởng, bà con, Ủy ban MTTQ, chủ tịch UBND", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [name.shown for name in find_names(text)] == names


def test_a_name_knows_its_place_and_its_initials() -> None:
    text = "Khen em Nông Thị Lan."
    (name,) = find_names(text)
    assert (text[name.start : name.end], text[name.begin : name.start]) == ("Nông Thị Lan", "em ")
    assert (name.text, name.title, name.initials) == ("Nông Thị Lan", "em", "N.T.L.")


def test_a_long_run_of_capitals_is_no_trouble() -> None:
    assert len(list(find_names("Ông Nguyễn Văn An " * 1_000))) == 1_000
    assert list(find_names("Việt Nam " * 20_000)) == []
