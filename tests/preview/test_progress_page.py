"""The page of a year's progress, from the registers as they stand now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import html5lib
import pytest

from plugins.preview.live.site import LiveSite
from plugins.preview.serving.routes import describe_page
from plugins.preview.staff.pages import make_page
from plugins.vietnamese import format_date, format_number, today
from tests.conftest import VOCABULARY
from tests.registers.conftest import ACTS, CSV, PAPERS, ROW, SCHEDULE, acts, as_csv, papers, rows

if TYPE_CHECKING:
    from tests.conftest import Project

URL = "/_ban-bien-tap/tien-do/"


@pytest.fixture
def live(project: Project) -> LiveSite:
    """The preview of a register whose reports are overdue; there is no theme, nor any other page."""
    project.write(SCHEDULE, "- năm: 2020\n  hạn báo cáo: trước 10/11/2020\n")
    own = {"Xã": "cơ quan", "Đơn vị": "Cơ quan Ủy ban MTTQ huyện", "Tên mô hình": "Nghe dân"}
    project.write(CSV, as_csv(rows({"Xã": "Ea T'ling"}, {"Xã": "Ea T'ling"}, own)))
    project.write(ACTS, acts("DK-2020-001;công nhận;15/10/2020"))
    project.write(PAPERS, papers("Ea T’ling;kiểm tra;1/BB;15/9/2020;"))
    project.write("content/dang-ky/2019.csv", as_csv(rows()))
    made = LiveSite(project.path)
    made.update(())
    return made


def text_of(live: LiveSite, address: str) -> str:
    page = make_page(live, address)
    assert page
    return page.decode()


def change(live: LiveSite, project: Project, path: str, content: str) -> None:
    live.update({project.path / project.write(path, content)})


def test_the_latest_year_stands_first_and_leads_to_the_others(live: LiveSite) -> None:
    assert text_of(live, URL) == text_of(live, f"{URL}2020/")
    assert f'href="{URL}2019/"' in text_of(live, URL)
    assert f'href="{URL}"' in text_of(live, "/_ban-bien-tap/")
    assert "Tiến độ “Dân vận khéo” năm 2019" in text_of(live, f"{URL}2019/")
    assert make_page(live, f"{URL}2018/") is None


def test_the_table_and_the_message_of_each_commune(live: LiveSite) -> None:
    root = html5lib.parse(text_of(live, URL), namespaceHTMLElements=False)
    overdue = f"quá hạn {format_number((today() - date(2020, 11, 9)).days)} ngày"
    came, table = (
        [["".join(cell.itertext()) for cell in row] for row in found.iter("tr")] for found in root.iter("table")
    )
    assert came[0] == ["Xã, thị trấn", "Đăng ký", "Báo cáo", "Kiểm tra, giám sát", "Tình hình"]
    assert ["Thị trấn Ea T’ling", "5/4/2020", overdue, "15/9/2020", overdue] in came
    assert table[0] == [
        *("Xã, thị trấn", "Đăng ký", "Đang làm", "Công nhận", "Có bài", "Nhân rộng", "Dừng", "Còn thiếu"),
        *("Bài gửi", "Được dùng"),
    ]
    assert ["Thị trấn Ea T’ling", "2", "2", "1", "0", "0", "0", "1", "0", "0"] in table
    assert ["Cơ quan, đơn vị", "1", "1", "0", "0", "0", "0", "0", "0", "0"] in table
    assert table[-1] == ["Cộng", "3", "3", "1", "0", "0", "0", "1", "0", "0"]
    late = {"".join(cell.itertext()) for cell in root.iter("td") if cell.get("class") == "late"}
    assert late == {overdue}
    messages = {area.get("id"): area.text or "" for area in root.iter("textarea")}
    labels = {label.get("for") for label in root.iter("label")}
    assert labels == messages.keys()
    # The office gets no reminder, but its own registrations are listed.
    assert messages.keys() == {"nhan-dak-drong", "nhan-ea-tling", "nhan-nam-dong"}
    assert "xã Cư Jút\n" in messages["nhan-ea-tling"]
    assert f"Báo cáo kết quả thực hiện: gửi trước ngày 10/11/2020, đã {overdue}." in messages["nhan-ea-tling"]
    assert "2. DK-2020-001, Kênh về thôn 3: đã được công nhận mà chưa có tin, bài." in messages["nhan-ea-tling"]
    assert "Nghe dân" in text_of(live, URL)


def test_without_an_office_today_there_is_advice_instead_of_a_reminder(live: LiveSite, project: Project) -> None:
    flat = VOCABULARY["co-quan.yaml"]
    change(
        live, project, "content/danh-muc/co-quan.yaml", f"{flat}đến ngày: {format_date(today() - timedelta(days=1))}\n"
    )
    text = text_of(live, URL)
    assert "Thị trấn Ea T’ling" in text
    assert "<textarea" not in text
    assert "hôm nay không có cơ quan nào phụ trách trang để đứng tên; thêm cơ quan ấy vào <code>content/" in text


def test_a_changed_register_story_or_deadline_shows_at_once(live: LiveSite, project: Project) -> None:
    before = describe_page(live, URL)["page"]
    change(live, project, CSV, as_csv(rows({"Tên mô hình": "Đường hoa"})))
    assert "Đường hoa" in text_of(live, URL)
    assert describe_page(live, URL)["page"] != before
    path = project.write_story(front={"Đăng ký": "DK-2020-001"})
    live.update({project.path / path, (project.path / path).parent.parent})
    assert 'href="/bai-viet/2020/kenh/"' in text_of(live, URL)
    change(live, project, "content/danh-muc/ke-hoach.yaml", "- năm: 2019\n  hạn báo cáo: 1/11/2019\n")
    assert "Năm 2020 chưa có hạn báo cáo" in text_of(live, URL)
    for path in (CSV, ACTS, PAPERS):
        (project.path / path).unlink()
    live.update({project.path / CSV})
    assert "năm 2019" in text_of(live, URL)


def test_a_paper_that_comes_shows_at_once_and_a_year_that_is_planned_does_not_hide_this_one(
    live: LiveSite, project: Project
) -> None:
    change(live, project, PAPERS, papers("Ea T’ling;báo cáo;;9/11/2020;", "Nam Dong;báo các;;9/11/2020;"))
    assert "<td>9/11/2020</td>" in text_of(live, URL)
    told = f'{PAPERS}:3: Văn bản "báo các" không có trong danh mục; ý bạn là "báo cáo"?'
    assert told in map(str, live.problems)
    change(live, project, SCHEDULE, f"- năm: {today().year + 1}\n  hạn báo cáo: 1/11/{today().year + 1}\n")
    assert text_of(live, URL) == text_of(live, f"{URL}2020/")
    assert f'href="{URL}{today().year + 1}/"' in text_of(live, URL)


def test_problems_of_a_register_are_listed(live: LiveSite, project: Project) -> None:
    change(live, project, CSV, as_csv(rows({"Xã": "Nam Đông"})))
    told = f'{CSV}:2: Xã "Nam Đông" không có trong danh mục; ý bạn là "Nam Dong"?'
    assert told in map(str, live.problems)
    assert "Nam Đông" in text_of(live, "/_ban-bien-tap/")
    change(live, project, CSV, as_csv(rows({})))
    assert told not in map(str, live.problems)


def test_the_name_of_the_person_in_charge_is_not_shown(live: LiveSite) -> None:
    for address in (URL, "/_ban-bien-tap/"):
        assert ROW["Người phụ trách"] not in text_of(live, address)
        assert ROW["Ghi chú"] not in text_of(live, address)
