"""Exemplars gathered from other sites, filed under the terms of this one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plugins.content.addresses.urls import same_story, story_address
from plugins.content.cross_checks import check_circles
from plugins.content.members.exemplars import file_gathered
from plugins.content.members.members import GatheredSite, Member, Replica
from plugins.content.members.open_data import parse_site_data
from plugins.content.registers.act import ActKind
from plugins.content.territory.kinds import Tier
from plugins.content.vocabulary.terms import Commune, Field, Movement, Office
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.exemplars.model.index import build_index
from plugins.sources.problem import Invalid, Level
from tests.gathering.made_data import as_bytes, make_data, make_row

if TYPE_CHECKING:
    from plugins.content.members.exemplars import Gathered

ORIGIN, OWN = "https://namdong.example.vn", "https://tinh.example.vn"
OTHER = "https://ktam.example.vn"


def commune(identifier: str, name: str, **given: Any) -> Commune:
    return Commune(identifier, name, "xã", "1", "tỉnh Mẫu", **given)


VOCABULARY = Vocabulary(
    fields=(
        Field("kt", "Kinh tế", "Kinh tế", "#000", "#000", ""),
        Field("qp", "Quốc phòng – an ninh", "Quốc phòng", "#000", "#000", ""),
    ),
    communes=(
        commune("nam-dong", "Nam Dong"),
        commune("dak-drong", "Đắk D’rông"),
        commune("hoa-phu-cu", "Hòa Phú", until=date(2025, 6, 30), successor="hoa-phu"),
        commune("hoa-phu", "Hòa Phú", since=date(2025, 7, 1)),
    ),
    movements=(Movement("ntm", "Toàn dân đoàn kết xây dựng nông thôn mới", "Nông thôn mới", "phong trào", ""),),
    offices=(Office(name="Ủy ban MTTQ tỉnh Mẫu", level="tỉnh", site_url=OWN),),
)


def site(rows: list[dict[str, Any]], origin: str = ORIGIN, place: str = "nam-dong", level: str = "xã") -> GatheredSite:
    read = parse_site_data(as_bytes(make_data(origin, rows)), origin)
    said = {**read.site, "level": level}
    name = origin.partition("://")[2].partition(".")[0]
    return GatheredSite(Member(name, f"Xã {name}", origin, commune=place), read.version, said, read.rows)


def file(*sites: GatheredSite, tier: Tier | None = Tier.PROVINCE) -> Gathered:
    return file_gathered(sites, VOCABULARY, tier)


def test_an_exemplar_counts_in_the_place_of_its_site_and_names_its_own() -> None:
    [found] = file(site([make_row(ORIGIN, commune="thôn 3", field="Kinh tế", field_id="kinh-te")])).exemplars
    assert (found.commune.id, found.place, found.site) == ("nam-dong", "Thôn 3", "xã namdong")
    assert found.field is VOCABULARY.fields[0]
    assert [field.id for field in found.fields] == ["kt", "qp"]
    assert [movement.id for movement in found.movements] == ["ntm"]
    assert found.url == f"{ORIGIN}/bai-viet/2026/kenh-so-1/"
    assert not found.draft
    assert found.photo is None


@pytest.mark.parametrize(
    ("told", "day", "expected"),
    [
        ("xã Hòa Phú", "2024-05-19", "hoa-phu-cu"),
        ("xã Hoà Phú", "2026-05-19", "hoa-phu"),
        ("xã Dak D'rong", "2026-05-19", "dak-drong"),
        ("Đắk D’rông", "2026-05-19", "dak-drong"),
    ],
)
def test_without_a_member_commune_each_exemplar_states_its_own(told: str, day: str, expected: str) -> None:
    row = make_row(ORIGIN, commune=told, date=day, updated=day)
    [found] = file(site([row], place="")).exemplars
    assert (found.commune.id, found.place) == (expected, "")


def test_exemplars_without_a_known_place_or_field_are_left_out_and_reported() -> None:
    rows = [
        make_row(ORIGIN, 1, commune="xã Lạ", commune_today="xã Lạ"),
        make_row(ORIGIN, 2, commune="xã Nam Dong", field="Thể thao", field_id="the-thao"),
        make_row(ORIGIN, 3, commune="xã Nam Dong"),
    ]
    others = file(site(rows, place=""))
    assert [one.name for one in others.exemplars] == ["Kênh số 3"]
    messages = [problem.message for problem in others.problems]
    assert messages == [
        "Xã namdong: 1 điển hình không tính được vì nơi không có trong danh mục: “xã Lạ”",
        "Xã namdong: 1 điển hình không tính được vì lĩnh vực không có trong danh mục: “Thể thao”",
    ]
    assert {problem.level for problem in others.problems} == {Level.ADVICE}
    assert others.problems[0].path == "content/thu-ve/namdong/dien-hinh.json"


def test_of_a_higher_office_no_place_is_missed() -> None:
    others = file(site([make_row(ORIGIN, commune="xã Lạ")], place="", level="tỉnh"), tier=Tier.COMMUNE)
    assert (others.exemplars, others.problems) == ((), ())


def test_own_exemplars_are_not_counted_again() -> None:
    others = file(site([make_row(OWN)], OWN), site([make_row(ORIGIN)]), site([make_row(ORIGIN)]))
    assert [one.url for one in others.exemplars] == [f"{ORIGIN}/bai-viet/2026/kenh-so-1/"]


def test_praise_is_read_as_it_was_written() -> None:
    praises = ["Giấy khen cấp xã, 2026", "Bằng khen trung ương, 3/2/2026", "Nêu gương, không rõ ngày", "Cờ thi đua"]
    [found] = file(site([make_row(ORIGIN, commendations=praises)])).exemplars
    assert [act.title for act in found.honors[:3]] == praises[:3]
    assert [(act.kind, act.level) for act in found.honors[:2]] == [(ActKind.AWARD, "xã"), (ActKind.AWARD, "trung ương")]
    assert found.honors[3].form == "Cờ thi đua"
    assert found.is_recognised


def test_chains_go_across_sites() -> None:
    first = f"{ORIGIN}/bai-viet/2026/kenh-so-1/"
    copy = make_row(OTHER, 2, replicates_url=first.replace("https://", "https://www."))
    there = make_row(ORIGIN, 3, replicates="kenh-so-1")
    strange = make_row(OTHER, 4, replicates_url="https://la.example.vn/bai-viet/2026/la/")
    sites = site([make_row(ORIGIN), there]), site([copy, strange], OTHER, "dak-drong")
    index = build_index(file(*sites).exemplars, VOCABULARY)
    [chain] = index.chains
    assert chain.story.url == first
    assert [one.story.url for one in chain.copies] == [copy["url"], there["url"]]
    assert [index.is_copy(one) for one in index.exemplars if one.url == strange["url"]] == [True]
    assert index.matrix_then.total == 4


def test_sites_that_name_each_other_are_no_endless_chain() -> None:
    one = make_row(ORIGIN, 1, date="2026-01-01", replicates_url=f"{OTHER}/bai-viet/2026/kenh-so-2/")
    other = make_row(OTHER, 2, replicates_url=f"{ORIGIN}/bai-viet/2026/kenh-so-1/")
    exemplars = file(site([one]), site([other], OTHER)).exemplars
    index = build_index(exemplars, VOCABULARY)
    assert [(chain.story.url, chain.size) for chain in index.chains] == [(one["url"], 1)]
    (advice,) = map(str, check_circles(exemplars))
    assert "“Kênh số 1” (" in advice
    assert "“Kênh số 2” (" in advice
    assert [*check_circles(exemplars[:1])] == []


def test_replicas_of_this_site_come_from_other_sites() -> None:
    told = Replica(f"{OTHER}/bai-viet/2026/hoc/", "Học làm kênh", "Xã Krông Nô", "Mặt trận xã Krông Nô")
    own = Replica(f"{OWN}/bai-viet/2026/a/", "A", "Xã A", "Tỉnh")
    replications = {f"{OWN}/bai-viet/2020/kenh/": (told, own), f"{ORIGIN}/bai-viet/2020/khac/": (told,)}
    gathered = GatheredSite(Member("tinh", "Tỉnh"), 2, {"level": "tỉnh"}, (), replications)
    assert file(gathered).copies == {"kenh": (told,)}
    # Within a sentence: trên trang xã Krông Nô.
    replications = {f"{OWN}/bai-viet/2020/kenh/": (told._replace(site="Xã Krông Nô"),)}
    (copy,) = file(replace(gathered, replications=replications)).copies["kenh"]
    assert copy.site == "xã Krông Nô"


@pytest.mark.parametrize(
    "written",
    [
        "https://namdong.example.vn/bai-viet/2026/kenh/",
        "HTTPS://NamDong.example.vn/bai-viet/2026/kenh",
        "https://namdong.example.vn/bai-viet/2026/kenh/index.html",
        "https://namdong.example.vn/bai-viet/2026/kenh/?fbclid=1#dau",
    ],
)
def test_one_story_has_one_address(written: str) -> None:
    assert story_address(written) == "https://namdong.example.vn/bai-viet/2026/kenh/"
    assert same_story("http://www.namdong.example.vn/bai-viet/2026/kenh/") == same_story(story_address(written))


@pytest.mark.parametrize(
    "written",
    [
        "https://namdong.example.vn/",
        "https://namdong.example.vn/tin.aspx?id=3",
        "javascript:alert(1)//bai-viet/2026/kenh/",
        "https://a b/bai-viet/2026/kenh/",
        "https://ten:mat-khau@namdong.example.vn/bai-viet/2026/kenh/",
        "https://[/bai-viet/2026/kenh/",
        'https://x"onclick=/bai-viet/2026/kenh/',
    ],
)
def test_addresses_of_no_story_are_refused(written: str) -> None:
    with pytest.raises(Invalid, match="không phải địa chỉ một bài"):
        story_address(written)
