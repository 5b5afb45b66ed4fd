"""The staff page that follows the communes: always what the register says now, and in the preview alone."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

import html5lib
import pytest

from plugins.preview.live_site import LiveSite
from plugins.vietnamese import format_date, today
from tests.conftest import VOCABULARY
from tests.registers.conftest import CSV, ROW, as_csv, rows

if TYPE_CHECKING:
    from tests.conftest import Project

URL = "/_ban-bien-tap/tien-do/"


@pytest.fixture
def live(project: Project) -> LiveSite:
    """The preview of a register whose deadline was five days ago; there is no theme, nor any other page."""
    due = format_date(today() - timedelta(days=5))
    project.write("content/danh-muc/ke-hoach.yaml", f"- năm: 2020\n  hạn báo cáo: {due}\n")
    project.write(CSV, as_csv(rows({"Xã": "Ea T'ling"}, {"Xã": "Ea T'ling", "Trạng thái": "đã công nhận"})))
    project.write("content/dang-ky/2019.csv", as_csv(rows()))
    made = LiveSite(project.path)
    made.update(None)
    return made


def text_of(live: LiveSite, address: str) -> str:
    found = live.get(address)
    assert found.status is HTTPStatus.OK
    return found.body.decode()


def change(live: LiveSite, project: Project, path: str, content: str) -> None:
    live.update({project.path / project.write(path, content)})


def test_the_latest_year_stands_first_and_leads_to_the_others(live: LiveSite) -> None:
    assert text_of(live, URL) == text_of(live, f"{URL}2020/")
    assert f'href="{URL}2019/"' in text_of(live, URL)
    assert f'href="{URL}"' in text_of(live, "/_ban-bien-tap/")
    assert "Tiến độ “Dân vận khéo” năm 2019" in text_of(live, f"{URL}2019/")
    assert live.get(f"{URL}2018/").status is not HTTPStatus.OK


def test_the_table_and_the_message_of_each_commune(live: LiveSite) -> None:
    root = html5lib.parse(text_of(live, URL), namespaceHTMLElements=False)
    table = [["".join(cell.itertext()) for cell in row] for row in root.iter("tr")]
    assert table[0] == [
        *("Xã, thị trấn", "Đăng ký", "Đang làm", "Công nhận", "Có bài", "Nhân rộng", "Dừng", "Còn thiếu"),
        "Hạn báo cáo",
    ]
    assert ["Thị trấn Ea T’ling", "2", "1", "1", "0", "0", "0", "2", "quá hạn 5 ngày"] in table
    assert table[-1] == ["Cộng", "2", "1", "1", "0", "0", "0", "2", ""]
    messages = {area.get("id"): area.text or "" for area in root.iter("textarea")}
    labels = {label.get("for") for label in root.iter("label")}
    assert labels == messages.keys()
    assert "nay đã quá hạn 5 ngày" in messages["nhan-ea-tling"]
    assert "1. DK-2020-001, Kênh về thôn 3: chưa có bài viết." in messages["nhan-ea-tling"]


def test_without_an_office_today_there_is_no_message_and_the_page_says_what_to_do(
    live: LiveSite, project: Project
) -> None:
    flat = VOCABULARY["co-quan.yaml"]
    change(
        live, project, "content/danh-muc/co-quan.yaml", f"{flat}đến ngày: {format_date(today() - timedelta(days=1))}\n"
    )
    text = text_of(live, URL)
    assert "Thị trấn Ea T’ling" in text
    assert "<textarea" not in text
    assert "hôm nay không có cơ quan nào phụ trách trang để đứng tên; thêm cơ quan ấy vào <code>content/" in text


def test_a_changed_register_story_or_deadline_shows_at_once(live: LiveSite, project: Project) -> None:
    before = live.describe(URL)["page"]
    change(live, project, CSV, as_csv(rows({"Tên mô hình": "Đường hoa"})))
    assert "Đường hoa" in text_of(live, URL)
    assert live.describe(URL)["page"] != before
    path = project.write_story(front={"Đăng ký": "DK-2020-001"})
    live.update({project.path / path, (project.path / path).parent.parent})
    assert 'href="/bai-viet/2020/kenh/"' in text_of(live, URL)
    change(live, project, "content/danh-muc/ke-hoach.yaml", "- năm: 2019\n  hạn báo cáo: 1/11/2019\n")
    assert "Năm 2020 chưa có hạn báo cáo" in text_of(live, URL)
    (project.path / CSV).unlink()
    live.update({project.path / CSV})
    assert "năm 2019" in text_of(live, URL)


def test_what_is_wrong_in_a_register_is_among_the_problems(live: LiveSite, project: Project) -> None:
    change(live, project, CSV, as_csv(rows({"Xã": "Nam Đông"})))
    told = f'{CSV}:2: Xã "Nam Đông" không có trong danh mục; ý bạn là "Nam Dong"?'
    assert told in map(str, live.problems)
    assert "Nam Đông" in text_of(live, "/_ban-bien-tap/")
    change(live, project, CSV, as_csv(rows({})))
    assert told not in map(str, live.problems)


def test_whoever_is_in_charge_is_not_on_it(live: LiveSite) -> None:
    for address in (URL, "/_ban-bien-tap/"):
        assert ROW["Người phụ trách"] not in text_of(live, address)
        assert ROW["Ghi chú"] not in text_of(live, address)
