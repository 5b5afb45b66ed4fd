"""Commands run from the desk with a browser alone: what is asked, what is said meanwhile, what comes of it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from plugins.preview.addresses import JOBS_URL
from plugins.release.store import read_current
from tests.browser.conftest import wait_for_text
from tests.browser.test_form_told import HURRY
from tests.browser.test_preview import faults, faults_by_day_and_night
from tests.conftest import Project
from tests.preview.preview_process import Previewing, previewing
from tests.registers.conftest import as_csv, rows
from tests.release.small_project import STORY, create_project, write_story
from tests.site.checkout import PROJECT, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

# A publish takes seconds; with other tests beside it, more.
PATIENCE = 60_000
ENDED = re.compile(r", lúc \d")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewing]:
    folder = tmp_path_factory.mktemp("viec")
    create_project(folder)
    shutil.copy(PROJECT / "tasks.py", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(program()))
        with previewing(folder) as made:
            yield made


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def wait_until_ended(page: Page) -> str:
    """Return what is said of the job that has just been begun, when it has ended."""
    wait_for_text(page, "#dang-chay-ten", ENDED.pattern, PATIENCE)
    return page.locator("#dang-chay-ten").inner_text()


def press(page: Page, name: str) -> str:
    before = page.locator("#vua-chay li").first.text_content()
    button = card(page, name).get_by_role("button", name=name, exact=True)
    with page.expect_response(f"**{JOBS_URL}chay"):
        button.click()
    # Listed when it has ended.
    wait_for_text(page, "#vua-chay li", f"^(?!{re.escape(before or '')}$)", PATIENCE)
    return wait_until_ended(page)


def test_from_the_desk_to_a_release_and_back(go: Callable[..., Page], running: Previewing) -> None:
    releases = running.project / "releases"
    page = go(f"{running.home}/_ban-bien-tap/")
    page.get_by_role("link", name="Xuất bản", exact=True).click()
    shown = card(page, "Xuất bản")
    expect(shown).to_contain_text("Chưa xuất bản lần nào.")
    assert press(page, "Xuất bản").startswith("Xuất bản: xong")
    assert read_current(releases) == "0001"
    lines = shown.get_by_role("log")
    expect(lines).to_contain_text("Bản 0001 đã sẵn sàng")
    expect(shown).to_contain_text("chưa có bài, trang nào thêm, sửa hay bỏ")

    write_story(Project(running.project), "Nước về tận ruộng.")
    running.wait(STORY, lambda _: "tận ruộng" in running.get(STORY).text)
    page.reload()
    expect(shown.get_by_role("list").first).to_have_text("Kênh về thôn 3")
    # By the keyboard alone.
    shown.get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    wait_for_text(page, "[role=log]", "Bản 0002 đã sẵn sàng", PATIENCE)
    wait_until_ended(page)
    shown.get_by_text("Bản đang dùng khác bản 0001 những gì").click()
    expect(shown.get_by_role("list").first).to_have_text("Kênh về thôn 3")

    card(page, "Quay lại bản trước").get_by_label("Bản muốn dùng lại").select_option("0001")
    assert press(page, "Quay lại bản trước").startswith("Quay lại bản trước: xong")
    expect(card(page, "Quay lại bản trước").get_by_role("log")).to_contain_text("Máy này đã trở lại bản 0001")
    assert read_current(releases) == "0001"
    expect(shown).to_contain_text("Bản 0001, làm lúc")


def test_a_refused_publish_shows_why(go: Callable[..., Page], running: Previewing) -> None:
    file = running.project / "content/danh-muc/linh-vuc.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text("- mã: [", encoding="utf-8")
    running.wait("/", lambda state: state["errors"])
    page = go(running.home + JOBS_URL)
    expect(card(page, "Xuất bản")).to_contain_text("lỗi nên chưa xuất bản được")
    assert press(page, "Xuất bản").startswith("Xuất bản: có chỗ phải xem lại")
    expect(page.get_by_role("log")).to_contain_text("content/danh-muc/linh-vuc.yaml:1")
    file.write_text(before, encoding="utf-8")
    running.wait_until_sound("/")


def test_a_wrong_day_is_told_at_its_box(browser: Browser, rough: Callable[[str], Page], running: Previewing) -> None:
    page = rough(running.home + JOBS_URL)
    asked = card(page, "Làm bản tin in")
    # As when the preview was begun anew since the page was opened.
    page.evaluate("document.getElementById('cac-viec').dataset.token = 'cu'")
    asked.get_by_label("Từ ngày").fill("31/6/2020")
    asked.get_by_label("Tên tệp PDF").fill("Quý II")
    page.keyboard.press("Enter")
    first, last = asked.get_by_label("Từ ngày"), asked.get_by_label("Đến ngày")
    expect(first).to_have_attribute("aria-invalid", "true")
    expect(first).to_have_accessible_description(re.compile("tháng 6 năm 2020 chỉ có 30 ngày"))
    expect(first).to_be_focused()
    expect(last).to_have_accessible_description(re.compile("Ô “Đến ngày” còn trống"))
    expect(asked.get_by_role("alert")).to_have_text("Có ô chưa đúng; sửa ô có dòng chữ đỏ.")
    first.fill("1/6/2020")
    last.fill("1/5/2020")
    page.keyboard.press("Enter")
    expect(last).to_have_accessible_description(re.compile("đứng trước ngày đầu 1/6/2020"))
    expect(first).not_to_have_attribute("aria-invalid", "true")
    # Nothing that was typed is gone.
    expect(asked.get_by_label("Tên tệp PDF")).to_have_value("Quý II")
    # The checker itself writes styles inline.
    other = browser.new_page(bypass_csp=True, viewport={"width": 360, "height": 740})
    other.goto(running.home + JOBS_URL)
    expect(other.get_by_role("button", name="Lập báo cáo năm")).to_be_enabled()
    card(other, "Làm bản tin in").get_by_role("button").click()
    expect(card(other, "Làm bản tin in").get_by_role("alert")).to_be_visible()
    assert faults_by_day_and_night(other) == []
    assert other.evaluate("document.documentElement.scrollWidth") <= 360
    other.close()


def test_one_at_a_time_until_it_is_stopped(rough: Callable[[str], Page], running: Previewing) -> None:
    write_story(Project(running.project), "Nước về khắp ruộng.")
    before = sorted(entry.name for entry in (running.project / "releases").glob("0*"))
    page = rough(running.home + JOBS_URL)
    card(page, "Xuất bản").get_by_role("button", name="Xuất bản", exact=True).click()
    stopping = card(page, "Xuất bản").get_by_role("button", name="Dừng")
    expect(stopping).to_be_visible()
    card(page, "Kiểm tra").get_by_role("button").click()
    expect(card(page, "Kiểm tra").get_by_role("alert")).to_contain_text("Đang chạy việc “Xuất bản” từ")
    stopping.click()
    wait_for_text(page, "#dang-chay-ten", "^Xuất bản: đã dừng, lúc", PATIENCE)
    expect(stopping).to_be_hidden()
    assert sorted(entry.name for entry in (running.project / "releases").glob("0*")) == before


def test_a_report_goes_on_without_its_tab_and_is_handed_out(
    go: Callable[..., Page], running: Previewing, tmp_path: Path
) -> None:
    page = go(running.home + JOBS_URL)
    other = page.context.new_page()
    # It asks every three seconds whether anything was begun elsewhere.
    other.add_init_script(f"({HURRY})()")
    other.goto(running.home + JOBS_URL)
    asked = card(page, "Lập báo cáo năm")
    asked.get_by_label("Năm", exact=True).fill("2020")
    asked.get_by_label("Ngày ghi trên báo cáo").fill("3/11/2020")
    with page.expect_response(f"**{JOBS_URL}chay"):
        asked.get_by_role("button", name="Lập báo cáo năm").click()
    page.close()
    # The tab that was open beside it comes to know of it.
    asked = card(other, "Lập báo cáo năm")
    wait_for_text(other, "#dang-chay-ten", "Lập báo cáo năm", PATIENCE)
    wait_until_ended(other)
    expect(asked.get_by_role("link")).to_have_count(3)
    with other.expect_download() as downloading:
        asked.get_by_role("link", name=re.compile(r"\.docx$")).click()
    saved = tmp_path / "bao-cao.docx"
    downloading.value.save_as(saved)
    [made] = (running.project / "bao-cao").glob("*.docx")
    assert downloading.value.suggested_filename == made.name
    assert saved.read_bytes() == made.read_bytes()
    # And whoever comes later sees what came of it.
    late = other.context.new_page()
    late.goto(running.home + JOBS_URL)
    expect(late.locator("#dang-chay-ten")).to_have_text(ENDED)
    expect(card(late, "Lập báo cáo năm").get_by_role("link")).to_have_count(3)


def test_registers_of_communes_are_dropped_seen_and_written(go: Callable[..., Page], running: Previewing) -> None:
    page = go(running.home + JOBS_URL)
    shown = card(page, "Gộp sổ các nơi gửi về")
    shown.get_by_label("Năm của sổ").fill("2020")
    data = as_csv(rows({"Mã": "DK-2020-201"}, {"Loại": ""})).encode()
    chosen = shown.get_by_label("Chọn tệp gửi về")
    # In the order of Tab, though it is the label that is seen.
    chosen.focus()
    expect(chosen).to_be_focused()
    chosen.set_input_files([{"name": "Nam Dong.csv", "mimeType": "text/csv", "buffer": data}])
    wait_for_text(page, "#dang-chay-ten", r"^Gộp sổ các nơi gửi về: có chỗ phải xem lại, lúc \d", PATIENCE)
    lines = shown.get_by_role("log")
    expect(lines).to_contain_text("DK-2020-201 Kênh về thôn 3")
    expect(lines).to_contain_text("bấm Ghi vào sổ")
    register = running.project / "content/dang-ky/2020.csv"
    assert not register.exists()
    # As from the folder window: a second one, anywhere on the page.
    page.evaluate(
        """(text) => {
          const moved = new DataTransfer();
          moved.items.add(new File([text], "Ea T’ling.csv"));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true }));
        }""",
        as_csv(rows({"Mã": "DK-2020-101", "Xã": "Ea T’ling"})),
    )
    wait_for_text(page, "[role=log]", "DK-2020-101", PATIENCE)
    wait_until_ended(page)
    with page.expect_response(f"**{JOBS_URL}chay"):
        shown.get_by_role("button", name="Ghi vào sổ").click()
    wait_for_text(page, "[role=log]", "Đã ghi 2 dòng mới", PATIENCE)
    assert [line[:11] for line in register.read_text("utf-8-sig").splitlines()[1:]] == ["DK-2020-101", "DK-2020-201"]
    expect(shown.get_by_role("link", name="Tải loi-nhan-xa-nam-dong.txt")).to_be_visible()
    shown.get_by_text("Tệp năm 2020: 2").click()
    shown.get_by_role("button", name="Bỏ ra Nam Dong.csv").click()
    expect(shown.locator("#nhan-so-tin")).to_contain_text("Đã bỏ Nam Dong.csv ra")
    expect(shown.get_by_text("Tệp năm 2020: 1")).to_be_visible()
    expect(shown.get_by_role("button", name="Bỏ ra Ea T’ling.csv")).to_be_focused()
    assert [one.name for one in (running.project / "so-cac-xa/2020").glob("*.csv")] == ["Ea T’ling.csv"]
    assert faults(page) == []
