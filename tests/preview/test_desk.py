"""The desk: tasks of the day first, then everything that can be edited, with links."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

from plugins.preview.addresses import ALL_URL, PROGRESS_URL, REMOVED_URL, STAFF_URL
from plugins.preview.own_files import own_folder
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer
from plugins.tokens import own_tokens
from plugins.vietnamese import format_date, today
from tests.site.checkout import DRAFT_STORY, DRAFT_TITLE, STORIES, write

if TYPE_CHECKING:
    from plugins.preview.live.site import LiveSite

STORY = f"{STORIES}/2020/ea-po-hoc-cach-lam-kenh/bai.md"


def show(live: LiveSite, address: str = STAFF_URL) -> str:
    return unescape(answer("GET", Request(live, address)).body.decode())


def edit(live: LiveSite, path: str, text: str) -> None:
    write(live.project, path, text)
    live.update({live.project / path})


def today_says(page: str) -> str:
    found = re.search(r'<section class="today".*?</section>', page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]*>", "", found[0])


def test_tasks_of_the_day_come_first(live: LiveSite) -> None:
    text = (live.project / STORY).read_text(encoding="utf-8")
    edit(live, STORY, text.replace("Lĩnh vực: ", "Lĩnh vực: Không có "))
    page = show(live)
    said = today_says(page)
    assert "1 lỗi" in said
    assert "10 chỗ Điền thông tin cơ quan trước khi xuất bản" in said
    assert "1 bài Bài nháp đã xong, sẵn sàng đăng" in said
    anchors = re.findall(r'href="#([\w-]+)"', page)
    assert set(anchors) <= set(re.findall(r'id="([\w-]+)"', page))
    assert page.index('class="today"') < page.index("Viết bài")
    edit(live, STORY, text)
    assert " lỗi" not in today_says(show(live))


def test_a_draft_is_ready_when_nothing_in_it_waits_any_more(live: LiveSite) -> None:
    text = (live.project / DRAFT_STORY).read_text(encoding="utf-8")
    line = re.compile(rf"{DRAFT_TITLE}</a> <span class=\"tag[^>]*>([^<]*)<")
    assert line.findall(show(live)) == ["sẵn sàng đăng"]
    edit(live, DRAFT_STORY, text.replace("Tiêu đề:", "# đoán: từ dòng đầu\nTiêu đề:", 1))
    assert line.findall(show(live)) == ["còn 1 chỗ máy đoán chờ xem lại"]
    assert "Bài nháp còn việc phải làm" in today_says(show(live))
    edit(live, DRAFT_STORY, f"{text}\nHội nghị  diễn ra .\n")
    assert line.findall(show(live)) == ["sẵn sàng đăng"]
    assert re.search(r"\d lời nhắc · ", show(live))
    for empty in ("", "<!-- Nhập từ tệp Word -->\n"):
        edit(live, DRAFT_STORY, f"{text.rpartition('---')[0]}---\n\n{empty}")
        assert line.findall(show(live)) == ["chưa viết chữ nào"]
    edit(live, DRAFT_STORY, text)


def test_deadlines_near_or_over_name_the_communes_that_are_late(live: LiveSite) -> None:
    path = "content/danh-muc/ke-hoach.yaml"
    text = (live.project / path).read_text(encoding="utf-8")
    year = today().year
    for days, said in ((3, "Văn bản sắp đến hạn"), (-3, "Văn bản đã quá hạn")):
        day = today() + timedelta(days=days)
        edit(live, path, f"- năm: {year}\n  hạn báo cáo: chậm nhất {format_date(day)}\n")
        if day.year == year:
            assert said in today_says(show(live))
            assert ("còn 3 ngày" if days > 0 else "quá hạn 3 ngày") in show(live)
            assert f"{PROGRESS_URL}{year}/#" in show(live)
    edit(live, path, f"- năm: {year}\n  hạn báo cáo: chậm nhất {format_date(today() + timedelta(days=60))}\n")
    assert "đến hạn" not in today_says(show(live))
    edit(live, path, text)


def test_everything_that_can_be_edited_has_its_link(live: LiveSite) -> None:
    page = show(live, ALL_URL)
    linked = set(re.findall(r"/_xem-thu/sua\?tep=([^\"]*)", answer_raw(live, ALL_URL)))
    content = live.project / "content"
    files = {file.relative_to(live.project).as_posix() for file in content.rglob("*.*")}
    wanted = {path for path in files if path.endswith((".md", ".yaml"))}
    assert len(wanted) > 60
    assert {quote(path) for path in wanted} == linked
    sheets = {path for path in files if path.endswith((".csv", ".xlsx"))}
    assert all(f"<code>{path}</code>" in page for path in sheets)
    assert "sửa bằng Excel" in page
    # Vocabularies, pages and the rest are on the desk itself too.
    others = {path for path in wanted if not path.startswith(STORIES)}
    assert {quote(path) for path in others} <= set(
        re.findall(r"/_xem-thu/sua\?tep=([^\"]*)", answer_raw(live, STAFF_URL))
    )


def answer_raw(live: LiveSite, address: str) -> str:
    return answer("GET", Request(live, address)).body.decode()


def test_stories_are_listed_with_their_state(live: LiveSite) -> None:
    broken = f"{STORIES}/2026/hong/bai.md"
    edit(live, broken, "không có khai báo")
    live.update({live.project / STORIES / "2026/hong"})
    page = show(live, ALL_URL)
    assert re.search(r'hong <span class="tag tag--late">có lỗi</span>', page)
    assert re.search(rf'{DRAFT_TITLE}</a> <span class="tag">bản nháp</span>', page)
    assert '<span class="tag">bài mẫu</span>' in page
    (live.project / broken).unlink()
    (live.project / broken).parent.rmdir()
    live.update({(live.project / broken).parent})


def test_the_desk_links_to_deleted_stories(live: LiveSite) -> None:
    assert f'href="{REMOVED_URL}"' in show(live)


def test_it_looks_like_the_site_and_stands_without_its_theme(live: LiveSite) -> None:
    for name, kind in (
        ("css/tokens.css", "text/css; charset=utf-8"),
        ("fonts/be-vietnam-pro-400.woff2", "font/woff2"),
    ):
        got = answer("GET", Request(live, f"/_xem-thu/theme/{name}"))
        assert (got.status.value, got.kind) == (200, kind)
        assert got.body == (live.project / "theme/static" / name).read_bytes()
    band = answer("GET", Request(live, "/_xem-thu/theme/band.svg"))
    assert (band.status.value, band.kind) == (200, "image/svg+xml; charset=utf-8")
    assert f'fill="{own_tokens().light["cloth"]}"'.encode() in band.body
    assert b"var(" not in band.body
    for name in ("khong-co.css", "../templates/base.html", "../../pelicanconf.py", "", "\0"):
        assert answer("GET", Request(live, f"/_xem-thu/theme/{name}")).status.value == 404
    assert f'<link rel="stylesheet" href="{own_folder()}theme/css/tokens.css">' in show(live)
    sheet = answer_raw(live, "/_xem-thu/trang.css")
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet))
    assert used <= set(re.findall(r"(--[\w-]+):", sheet))


def test_it_says_that_changes_are_looked_for(live: LiveSite) -> None:
    live.report_polling("Thư mục này không báo thay đổi nên trang tự dò lại, chậm nhất 1 giây một lần.")
    assert "Thư mục này không báo thay đổi" in today_says(show(live))
    live.report_polling("")
    assert "không báo thay đổi" not in show(live)
