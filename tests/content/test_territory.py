"""Kinds of places and levels of offices: names, order, words, and spellings in stories."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.registers.columns import find_column, find_spare, register_columns
from plugins.content.territory import front
from plugins.content.territory.kinds import PLACE_KINDS, Tier, bare_name, heads_places
from plugins.content.territory.words import Words, kind_words
from plugins.content.vocabulary.terms import Commune, Office
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.newsroom.scaffold import read_commune
from plugins.sources.problem import Invalid
from tests.conftest import VOCABULARY

if TYPE_CHECKING:
    from tests.conftest import Project


def place(kind: str, name: str, until: date | None = None, since: date | None = None) -> Commune:
    return Commune(f"{kind}-{name}", name, kind, since=since, until=until)


HAMLETS = (place("tổ dân phố", "3"), place("thôn", "10"), place("buôn", "Nui"), place("thôn", "2"), place("bon", "Nui"))
OFFICE = Office(name="Ủy ban MTTQ Việt Nam xã Phú Quý", level="xã", places=("thôn", "buôn"), since=date(2025, 7, 1))


def test_a_place_is_called_by_its_kind_where_its_name_is_not_enough() -> None:
    shown = [place("xã", "Đồng Xuân"), place("đặc khu", "Phú Quý"), place("phường", "1"), place("xã", "5"), *HAMLETS]
    names = ["Đồng Xuân", "Đặc khu Phú Quý", "Phường 1", "Xã 5"]
    assert [one.short for one in shown] == [*names, "Tổ dân phố 3", "Thôn 10", "Buôn Nui", "Thôn 2", "Bon Nui"]
    ordered = sorted(HAMLETS, key=lambda one: one.sort_key)
    assert [one.short for one in ordered] == ["Bon Nui", "Buôn Nui", "Thôn 2", "Thôn 10", "Tổ dân phố 3"]


@pytest.mark.parametrize(
    ("kind", "written", "name"),
    [
        ("thôn", "Thôn 1", "1"),
        ("tổ dân phố", "Tổ dân phố 3", "3"),
        ("thôn", "Thon 1", "Thon 1"),
        ("buôn", "Buôn", "Buôn"),
        ("bản", "Bản Mạt", "Mạt"),
        ("xã", "Xà Phiên", "Xà Phiên"),
    ],
)
def test_a_kind_that_was_pasted_with_the_name_goes(kind: str, written: str, name: str) -> None:
    (found,) = (one for one in PLACE_KINDS if one.name == kind)
    assert bare_name(found, written) == name


@pytest.mark.parametrize(
    ("kinds", "listed", "one", "key", "column"),
    [
        (("xã", "thị trấn"), "xã, thị trấn", "xã", "Xã", "Xã"),
        (("đặc khu", "xã", "phường"), "xã, phường, đặc khu", "địa phương", "Địa bàn", "Xã, phường, đặc khu"),
        (("phường",), "phường", "phường", "Phường", "Phường"),
        (("buôn", "thôn"), "thôn, buôn", "khu dân cư", "Địa bàn", "Thôn, buôn"),
        (("tổ dân phố",), "tổ dân phố", "tổ dân phố", "Tổ dân phố", "Tổ dân phố"),
    ],
)
def test_words_of_kinds(kinds: tuple[str, ...], listed: str, one: str, key: str, column: str) -> None:
    words = kind_words(place(kind, "A") for kind in kinds)
    assert (words.listed, words.one, words.key, words.column) == (listed, one, key, column)
    assert "Xã" in (words.key, *words.keys)


def test_levels_of_commendation_are_those_of_the_tier() -> None:
    assert Words(tier=Tier.COMMUNE, had_districts=False).levels == ("thôn", "xã", "tỉnh", "trung ương")
    assert Words(tier=Tier.PROVINCE, had_districts=False).levels == ("xã", "tỉnh", "trung ương")
    assert Words(tier=Tier.DISTRICT).levels == ("thôn", "xã", "huyện", "tỉnh", "trung ương")


@pytest.mark.parametrize(
    ("office", "tier", "unit", "area"),
    [
        (OFFICE, Tier.COMMUNE, "xã Phú Quý", "Phú Quý"),
        (
            Office(name="Ủy ban MTTQ Việt Nam đặc khu Phú Quý", level="đặc khu"),
            Tier.COMMUNE,
            "đặc khu Phú Quý",
            "Phú Quý",
        ),
        (Office(name="Ủy ban MTTQ Việt Nam phường 1", level="phường"), Tier.COMMUNE, "phường 1", "phường 1"),
        (Office(name="Ủy ban MTTQ Việt Nam thành phố Huế", level="thành phố"), Tier.PROVINCE, "thành phố Huế", "Huế"),
        (
            Office(name="MTTQ thành phố A", level="thành phố", area="tỉnh B", until=date(2025, 6, 30)),
            Tier.DISTRICT,
            "thành phố A",
            "A",
        ),
        (Office(), None, "", ""),
    ],
)
def test_an_office_has_a_tier_and_a_place(office: Office, tier: Tier | None, unit: str, area: str) -> None:
    assert (office.tier, office.unit, office.area_name) == (tier, unit, area)


def test_a_site_of_two_offices_speaks_as_each_in_its_time() -> None:
    end, begin = date(2025, 6, 30), date(2025, 7, 1)
    before = Office(name="Ủy ban MTTQ Việt Nam huyện A", level="huyện", until=end)
    places = (place("xã", "Đồng Xuân", until=end), place("thị trấn", "B", until=end), *HAMLETS)
    known = Vocabulary(communes=places, offices=(before, OFFICE))
    assert known.words_on(date(2020, 1, 1)).heading == "Xã, thị trấn"
    assert known.words_on(begin).heading == known.words.heading == "Thôn, buôn, bon, tổ dân phố"
    assert (known.words.area, known.words.example) == ("Phú Quý", "Bon Nui")
    assert known.words.beside(known.communes).listed == "xã, thị trấn, thôn, buôn, bon, tổ dân phố"
    # The register of the year in which it changed is still the district's.
    assert [key.name for key in register_columns(known, 2025)][4:6] == ["Xã", "Thôn/buôn/bon/tổ dân phố"]
    assert [key.name for key in register_columns(known, 2026)][4:6] == ["Thôn, buôn, bon, tổ dân phố", "Lĩnh vực"]


@pytest.mark.parametrize("heading", ["Thôn", "Buôn", "Thôn/buôn/bon", "thon, buon", "Tổ dân phố", "Xã", "Địa bàn"])
def test_a_single_column_of_places_gives_commune_and_place(heading: str) -> None:
    columns = register_columns(Vocabulary(communes=HAMLETS, offices=(OFFICE,)), 2026)
    column = find_column(columns, heading)
    assert column
    assert column.attribute == "commune"


@pytest.mark.parametrize(
    ("headings", "spare"),
    [
        (["Mã", "Xã", "Thôn/buôn"], {1}),
        (["Mã", "Thôn", "Xã", "Địa bàn"], {2, 3}),
        (["Mã", "Địa bàn", "Xã"], {1}),
        (["Mã", "Xã"], set()),
        (["Mã", "Địa bàn"], set()),
        (["Mã", "Thôn", "Buôn"], set()),  # two columns for the same: reported
    ],
)
def test_a_column_of_communes_beside_hamlets_is_ignored(headings: list[str], spare: set[int]) -> None:
    columns = register_columns(Vocabulary(communes=HAMLETS, offices=(OFFICE,)), 2026)
    assert find_spare(columns, headings) == spare


def test_of_an_office_of_communes_the_hamlet_is_where_it_is_done() -> None:
    columns = register_columns(Vocabulary())
    headings = ("Xã", "Phường", "Xã, phường, đặc khu", "Địa bàn", "Thôn", "Thôn, buôn và tổ dân phố", "Ấp/khóm")
    found = [key.attribute for heading in headings if (key := find_column(columns, heading))]
    assert found == ["commune"] * 4 + ["place"] * 3
    assert heads_places("Nơi thực hiện") is None


def test_who_stands_for_a_place() -> None:
    assert front.addressee(HAMLETS[0]) == "Ban Công tác Mặt trận tổ dân phố 3"
    assert front.addressee(place("đặc khu", "Phú Quý")) == "Ban Thường trực Ủy ban MTTQ Việt Nam đặc khu Phú Quý"
    assert front.split_place("Ban Công tác Mặt trận thôn 3") == ("Ban Công tác Mặt trận", "thôn 3")


def test_a_name_that_two_kinds_share_is_written_with_its_kind() -> None:
    known = Vocabulary(communes=HAMLETS, offices=(OFFICE,))
    day = date(2026, 1, 1)
    assert [one.short for one in known.find_communes("nui")] == ["Buôn Nui", "Bon Nui"]
    assert read_commune(known, "buon nui", day) == "Buôn Nui"
    assert read_commune(known, "10", day) == "Thôn 10"
    with pytest.raises(Invalid, match="không có trong danh mục"):
        known.find_communes("Thôn 7")


XA = "".join(
    f"- mã: {number}\n  loại: {kind}\n  tên: {name}\n"
    for number, (kind, name) in enumerate((("thôn", "Thôn 1"), ("buôn", "Nui"), ("bon", "Nui"), ("khóm", '"4"')), 1)
)
OFFICES = VOCABULARY["co-quan.yaml"].replace("huyện Cư Jút", "xã Phú Quý") + "cấp: xã\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Xã: Thôn 1", ""),
        ("Thôn: thon 1", ""),
        ("Khóm: khóm 4", ""),
        ("Địa bàn: Buôn Nui", ""),
        ("Buôn: Nui", "Có buôn Nui và bon Nui, chưa rõ bài nói về nơi nào; ghi cả loại, ví dụ Buôn Nui"),
        ("Xã: Buôn Nu", 'Khu dân cư "Buôn Nu" không có trong danh mục; ý bạn là "Buôn Nui"?'),
        (
            "Xã: Thôn 1, Khóm 4",
            (
                'Khu dân cư "Thôn 1, Khóm 4" là nhiều tên trên một dòng; '
                "chỉ ghi một khu dân cư, khu dân cư khác kể trong bài"
            ),
        ),
    ],
)
def test_a_story_of_a_commune_names_a_hamlet_under_any_of_its_keys(project: Project, line: str, told: str) -> None:
    project.write("content/danh-muc/xa.yaml", XA)
    project.write("content/danh-muc/co-quan.yaml", OFFICES)
    key, _, name = line.partition(": ")
    project.write_story(year=2026, front={"Xã": None, key: name})
    content = project.load()
    assert [f"{one.message}; {one.fix}" for one in content.problems] == ([told] if told else [])
    if not told:
        (story,) = content.stories
        assert story.commune
        assert story.commune.parent == "xã Phú Quý"


def test_of_very_many_places_a_line_names_the_first() -> None:
    places = tuple(Commune(id=f"thon-{number}", name=str(number), type="thôn") for number in range(1, 54))
    with pytest.raises(Invalid) as told:
        Vocabulary(communes=places).find_communes("Buôn Xa Lắc")
    assert told.value.fix.startswith("chọn một trong: Thôn 1, Thôn 2, ")
    assert told.value.fix.endswith("Thôn 20… (đủ 53 tên trong content/danh-muc/xa.yaml)")
