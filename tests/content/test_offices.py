"""Offices through time: one on each day, faults of their dates, and facts that a publish requires."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.vocabulary.offices import OFFICE_KEYS
from plugins.content.vocabulary.terms import Office
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.sources.problem import Invalid, Level
from tests.conftest import VOCABULARY
from tests.loading import load

if TYPE_CHECKING:
    from tests.conftest import Project

FILE = "content/danh-muc/co-quan.yaml"
FLAT = VOCABULARY["co-quan.yaml"]
DISTRICT, COMMUNE = "Ủy ban MTTQ Việt Nam huyện Cư Jút", "Ủy ban MTTQ Việt Nam xã Cư Jút"
EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)


def office(name: str, *lines: str) -> str:
    """Return an item of the list: a first line with its name, then the four other facts of any office, then these."""
    facts = (
        "tên gọn: Mặt trận",
        "địa bàn: tỉnh",
        "cơ quan chủ quản: Tỉnh",
        "chịu trách nhiệm: Ban Thường trực",
        *lines,
    )
    return f"- tên: {name}\n" + "".join(f"  {fact}\n" for fact in facts)


REACHED = ("địa chỉ: Số 1", "điện thoại: 0261 000 001", "thư điện tử: a@b.vn", "địa chỉ trang: https://moi.vn")
TWO = office(DISTRICT, "đến ngày: 30/6/2025") + office(COMMUNE, "từ ngày: 1/7/2025", *REACHED)


def offices_of(project: Project, text: str, day: date = DAY) -> Vocabulary:
    """Return the content of the project with this file, which has no problem."""
    project.write(FILE, text)
    content = load(project.path, day)
    assert content.problems == ()
    return content.vocabulary


def test_a_flat_file_is_one_office(project: Project) -> None:
    vocabulary = offices_of(project, f"{FLAT}đến ngày: 30/6/2025\nkế tục: Mặt trận các xã\n")
    (one,) = vocabulary.offices
    assert one == Office(
        name=DISTRICT,
        short="MTTQ huyện Cư Jút",
        area="tỉnh Đắk Nông",
        governing_body="Ủy ban MTTQ Việt Nam tỉnh Đắk Nông",
        responsible="Ban Thường trực",
        address="Số 1 đường Nguyễn Tất Thành",
        phone="0261 000 000",
        email="mattran@example.vn",
        site_url="https://example.vn",
        until=EVE,
        successor="Mặt trận các xã",
    )
    assert load(project.path, DAY, publishing=True).problems == ()


@pytest.mark.parametrize(
    ("day", "alive", "runs"),
    [(date(1990, 1, 1), DISTRICT, DISTRICT), (EVE, DISTRICT, DISTRICT), (DAY, COMMUNE, COMMUNE)],
)
def test_one_office_on_each_day(project: Project, day: date, alive: str, runs: str) -> None:
    vocabulary = offices_of(project, TWO)
    assert [one.name for one in vocabulary.offices] == [DISTRICT, COMMUNE]
    found = vocabulary.office_on(day)
    assert found is vocabulary.signing_office(day)
    assert found
    assert (found.name, vocabulary.site_office(day).name) == (alive, runs)


def test_they_are_in_the_order_of_their_lives_however_they_are_written(project: Project) -> None:
    district, commune = TWO.split("- tên: ")[1:]
    assert offices_of(project, f"- tên: {commune}- tên: {district}") == offices_of(project, TWO)


@pytest.mark.parametrize(
    ("day", "under", "why"),
    [
        (date(2019, 12, 31), "Một", " (Một bắt đầu từ 1/1/2020)"),
        (date(2021, 6, 1), "Một", " (Một hoạt động đến hết 31/12/2020)"),
        (date(2023, 1, 1), "Hai", " (Hai hoạt động đến hết 31/12/2022)"),
    ],
    ids=["before all", "between two", "after all"],
)
def test_without_an_office_on_a_day_none_signs_and_the_site_keeps_the_last(day: date, under: str, why: str) -> None:
    lives = ((2020, "Một"), (2022, "Hai"))
    offices = tuple(Office(name=name, since=date(year, 1, 1), until=date(year, 12, 31)) for year, name in lives)
    vocabulary = Vocabulary(offices=offices)
    assert vocabulary.office_on(day) is None
    assert vocabulary.site_office(day).name == under
    with pytest.raises(Invalid) as invalid:
        vocabulary.signing_office(day)
    written = f"{day.day}/{day.month}/{day.year}"
    assert invalid.value.message == f"Ngày {written} không có cơ quan nào phụ trách trang{why}"
    assert "co-quan.yaml" in invalid.value.fix


def test_without_offices_none_signs() -> None:
    assert Vocabulary().site_office(DAY) == Office()
    with pytest.raises(Invalid, match=r"^Ngày 1/7/2025 không có cơ quan nào phụ trách trang$"):
        Vocabulary().signing_office(DAY)


def test_the_site_address_is_of_the_office_of_the_day_else_of_a_later_or_earlier_one() -> None:
    urls = ("https://a.vn", "", "https://c.vn", "")
    lives = [(date(year, 1, 1), date(year, 12, 31)) for year in range(2020, 2024)]
    offices = [Office(site_url=url, since=first, until=last) for url, (first, last) in zip(urls, lives, strict=True)]
    vocabulary = Vocabulary(offices=tuple(offices))
    found = [vocabulary.site_url(first) for first, _ in lives]
    assert found == ["https://a.vn", "https://c.vn", "https://c.vn", "https://c.vn"]
    assert Vocabulary().site_url(DAY) == ""


def test_level_and_kinds_of_places_are_kept(project: Project) -> None:
    text = f"{FLAT}cấp: Huyện\nloại địa bàn: [xã, Thị trấn, buôn, bon, tổ dân phố, xã]\n"
    (one,) = offices_of(project, text).offices
    assert (one.level, one.places) == ("huyện", ("xã", "thị trấn", "buôn", "bon", "tổ dân phố"))


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param(
            office("A", "đến ngày: 1/7/2025") + office("B", "từ ngày: 1/7/2025", *REACHED),
            [
                (
                    "12: Cơ quan này bắt đầu từ 1/7/2025 khi cơ quan ở dòng 1 còn đến 1/7/2025; "
                    "sửa lại hai ngày cho nối nhau: mỗi ngày chỉ một cơ quan phụ trách trang"
                )
            ],
            id="two on one day",
        ),
        pytest.param(
            office("A") + office("B", "từ ngày: 1/7/2025", *REACHED),
            [
                (
                    "1: Cơ quan này không có ngày kết thúc mà cơ quan ở dòng 6 đã bắt đầu từ 1/7/2025; "
                    "thêm dòng đến ngày: 30/6/2025"
                )
            ],
            id="two without an end",
        ),
        pytest.param(
            office("A") + office("B"),
            [
                (
                    "6: Cơ quan này và cơ quan ở dòng 1 đều không ghi bắt đầu từ ngày nào; "
                    "thêm dòng từ ngày: … cho cơ quan đến sau"
                )
            ],
            id="two from ever",
        ),
        pytest.param(
            office("A", "từ ngày: 1/7/2025", "đến ngày: 30/6/2025"),
            ["7: Cơ quan này kết thúc ngày 30/6/2025, trước khi bắt đầu ngày 1/7/2025; sửa lại hai ngày"],
            id="days out of order",
        ),
        pytest.param(
            f"{FLAT}cap: xã\nloại địa bàn: [xã, thông]\ncấp độ: xã\n",
            [
                '11: Loại địa bàn "thông" không có trong danh mục; ý bạn là "thôn"?',
                '12: Không có mục nào tên "cấp độ"; ý bạn là "cấp"?',
            ],
            id="unknown words",
        ),
        pytest.param(
            f"{FLAT}cấp: xóm\n",
            [
                (
                    '10: Cấp "xóm" không có trong danh mục; chọn một trong: tỉnh, thành phố, huyện, quận, '
                    "thị xã, xã, phường, thị trấn, đặc khu"
                )
            ],
            id="level",
        ),
        pytest.param(
            office("A", "đến ngày: 30/6/2025") + "- Mặt trận\n",
            ["7: Cơ quan không gồm các dòng Tên: giá trị; bắt đầu mỗi cơ quan bằng “- tên: …”, như mẫu trong sổ tay"],
            id="no mapping",
        ),
    ],
)
def test_errors(project: Project, text: str, problems: list[str]) -> None:
    project.write(FILE, text)
    # An office with an error must not cause problems of stories.
    project.write_story(year=2026, front={"Xã": "xa-nam-dong-2025"})
    content = project.load()
    assert [str(problem) for problem in content.problems] == [f"{FILE}:{problem}" for problem in problems]
    assert {problem.level for problem in content.problems} == {Level.ERROR}
    assert not content.is_sound
    assert content.vocabulary.offices == ()


def test_days_without_an_office_are_advice_even_when_publishing(project: Project) -> None:
    project.write(FILE, TWO.replace("từ ngày: 1/7/2025", "từ ngày: 1/9/2025"))
    (gap,) = load(project.path, publishing=True).problems
    assert str(gap) == (
        f"{FILE}:12: Từ 1/7/2025 đến 31/8/2025 không có cơ quan nào phụ trách trang; "
        "sửa lại hai ngày cho nối nhau nếu ghi nhầm"
    )
    assert gap.level is Level.ADVICE


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param(
            "điện thoại: 0261 000 000\n",
            "",
            '1: Thiếu mục "điện thoại" của cơ quan; thêm dòng điện thoại: …',
            id="missing",
        ),
        pytest.param(
            "0261 000 000",
            '"[điền sau]"',
            '7: Mục "điện thoại" của cơ quan chưa được điền; điền trước khi xuất bản',
            id="placeholder",
        ),
        pytest.param(
            "0261 000 000", "", '7: Mục "điện thoại" của cơ quan chưa được điền; điền trước khi xuất bản', id="empty"
        ),
        pytest.param(
            "tên gọn: MTTQ huyện Cư Jút",
            'tên gọn: MTTQ huyện Cư Jút\ncấp: "[điền cấp]"',
            '3: Mục "cấp" của cơ quan chưa được điền; điền trước khi xuất bản',
            id="what may be left out may not be left open",
        ),
        pytest.param(
            "địa chỉ trang: https://example.vn",
            'địa chỉ trang: "https://[điền tên miền]"',
            '9: Mục "địa chỉ trang" của cơ quan chưa được điền; điền trước khi xuất bản',
            id="within words",
        ),
    ],
)
def test_a_fact_may_wait_until_publishing(project: Project, old: str, new: str, problem: str) -> None:
    assert old in FLAT
    project.write(FILE, FLAT.replace(old, new, 1))
    for publishing, level in ((False, "advice"), (True, "error")):
        content = load(project.path, publishing=publishing)
        assert [(str(found), found.level) for found in content.problems] == [(f"{FILE}:{problem}", level)]
    for key in OFFICE_KEYS:
        assert "[" not in str(getattr(content.office, key.attribute))


def test_future_offices_stop_no_publish_and_former_ones_need_no_contact(
    project: Project,
) -> None:
    text = office(DISTRICT, *REACHED, "đến ngày: 30/6/2025") + office('"[điền]"', *REACHED, "từ ngày: 1/7/2025")
    project.write(FILE, text)
    levels = [[one.level for one in load(project.path, day, publishing=True).problems] for day in (EVE, DAY)]
    assert levels == [[Level.ADVICE], [Level.ERROR]]
    assert offices_of(project, TWO).site_office(DAY).phone == "0261 000 001"
    assert len(load(project.path, EVE, publishing=True).errors) == 4


def test_missing_facts_are_dots_on_paper_and_generic_words_on_the_site() -> None:
    gap = Office()
    assert (gap.title, gap.site_name) == ("Cơ quan phụ trách trang", "Dân vận khéo")
    assert {gap.on_paper.name, gap.on_paper.area, gap.on_paper.responsible} == {"……"}
    assert Office(name=DISTRICT).on_paper.name == DISTRICT


@pytest.mark.parametrize(
    ("day", "front", "level"),
    [
        pytest.param("30/6/2025", {}, None, id="its last day"),
        pytest.param("1/7/2025", {}, Level.ERROR, id="the day after"),
        pytest.param("31/12/2019", {}, Level.ERROR, id="before it began"),
        pytest.param("1/7/2025", {"Mẫu": "có"}, Level.ADVICE, id="made up"),
        pytest.param("1/7/2025", {"Trạng thái": "nháp"}, None, id="draft"),
    ],
)
def test_a_story_on_a_day_without_office_is_reported_and_not_published(
    project: Project, day: str, front: dict[str, str | None], level: Level | None
) -> None:
    project.write(FILE, f"{FLAT}từ ngày: 1/1/2020\nđến ngày: 30/6/2025\n")
    news: dict[str, str | None] = {"Ngày": day, "Lĩnh vực": None, "Xã": None, "Loại": None}
    path = project.write_story(year=int(day[-4:]), front=news | front)
    told = f"{path}:3: Ngày {day} không có cơ quan nào phụ trách trang ({DISTRICT} "
    for publishing in (False, True):
        content = load(project.path, publishing=publishing)
        found = [(str(one).startswith(told), one.level) for one in content.problems]
        assert found == ([] if level is None else [(True, level if publishing else Level.ADVICE)])
        assert (path in content.sources) is not (publishing and level is Level.ERROR)
