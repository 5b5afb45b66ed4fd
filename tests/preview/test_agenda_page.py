"""The calendar and the log of sent stories on staff pages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from plugins.content.sent import SENT_COLUMNS, SENT_FILE
from plugins.preview.form.page import OTHERS
from plugins.preview.form.wording import empty_of, help_of
from plugins.preview.rendering import render
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import ROUTES
from plugins.preview.staff.desk import find_sendings, list_registers
from plugins.preview.staff.pages import CALENDAR_URL

if TYPE_CHECKING:
    from tests.conftest import Project


def test_the_file_is_handed_out_under_a_name(project: Project) -> None:
    project.write("content/danh-muc/ke-hoach.yaml", "- {năm: 2020, hạn báo cáo: trước 10/11/2020}\n")
    site: Any = SimpleNamespace(content=project.load())
    answer = ROUTES["GET", CALENDAR_URL](Request(site, CALENDAR_URL))
    assert (answer.name, answer.kind) == ("lich.ics", "text/calendar; charset=utf-8")
    assert b"DTSTART;VALUE=DATE:20201109\r\n" in answer.body
    site.content = None
    assert ROUTES["GET", CALENDAR_URL](Request(site, CALENDAR_URL)).status == 404


def test_the_form_of_a_story_shows_when_it_was_sent_and_used(project: Project) -> None:
    path = project.write_story("kenh")
    project.write_story("gao")
    rows = "kenh;Tỉnh;1/9/2020;Báo;5/9/2020;", "kenh;Báo <B>;2/10/2020;;;", "gao;Tỉnh;3/10/2020;;;"
    project.write(SENT_FILE, "\n".join([";".join(key.name for key in SENT_COLUMNS), *rows, ""]))
    content = project.load()
    sendings = find_sendings(content, path)
    assert [one.to for one in sendings] == ["Báo <B>", "Tỉnh"]
    words = dict.fromkeys(("version", "body", "why_whole", "address"), "")
    parts: Any = {"groups": [], "earlier": [], "exemplars": (), "is_story": True, "has_page": False, "place": None}
    parts |= {"others": OTHERS, "help_of": help_of, "empty_of": empty_of}
    page = render("sua.html", path=path, sendings=sendings, **words, **parts).decode()
    told = page[page.index('id="da-gui"') :]
    assert "2/10/2020: Báo &lt;B&gt;; chưa thấy được dùng" in told
    assert "1/9/2020: Tỉnh; được dùng ở Báo ngày 5/9/2020" in told
    assert find_sendings(content, "content/bai-viet/2020/khac/bai.md") == []
    assert list_registers(project.path) == [SENT_FILE]
