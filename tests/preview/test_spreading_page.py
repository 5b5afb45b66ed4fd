"""The page with a story's loudspeaker script and Zalo text."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from plugins.preview.addresses import SPREADING_URL
from plugins.preview.jobs.boxes import read_arguments
from plugins.preview.jobs.commands import BY_NAME
from plugins.preview.live.site import LiveSite
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer

if TYPE_CHECKING:
    from tests.conftest import Project

PATH = "content/bai-viet/2020/kenh/bai.md"


@pytest.fixture
def live(project: Project) -> LiveSite:
    project.write_story(front={"Tóm tắt": "Có 105 hộ góp."}, body="Nước về <thôn 3> & 4.\n")
    project.write_story("mau", front={"Mẫu": "có"})
    project.write_story("nhap", front={"Trạng thái": "nháp"})
    made = LiveSite(project.path)
    made.update(())
    return made


def show(live: LiveSite, **query: str) -> tuple[int, str]:
    response = answer("GET", Request(live, SPREADING_URL, {"tep": PATH} | query))
    return response.status, response.body.decode()


def boxes(page: str) -> dict[str, str]:
    found = re.findall(r'<textarea[^>]* id="([^"]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text) for name, text in found}


def test_both_texts_are_there_to_be_copied(live: LiveSite) -> None:
    status, page = show(live)
    assert status == 200
    assert boxes(page)["tin-zalo"].endswith("Đọc cả bài: https://example.vn/bai-viet/2020/kenh/")
    assert "một trăm linh năm hộ" in boxes(page)["bai-doc"]
    assert re.findall(r'data-copies="([^"]+)"', page) == list(boxes(page)) == ["tin-zalo", "bai-doc"]
    assert "một trăm lẻ năm hộ" in boxes(show(live, giong="nam")[1])["bai-doc"]
    # No script or style of its own.
    assert "<style" not in page
    assert re.findall(r"<script[^>]*></script>", page) == re.findall(r"<script.*?</script>", page, re.DOTALL)


def test_samples_and_drafts_are_marked(live: LiveSite) -> None:
    _, page = show(live, tep=PATH.replace("kenh", "mau"))
    assert "Bài mẫu:" in page
    assert all("MẪU" in text for text in boxes(page).values())
    assert "Bài nháp:" in show(live, tep=PATH.replace("kenh", "nhap"))[1]


def test_an_unknown_story_is_refused(live: LiveSite) -> None:
    for query in ({"tep": "content/danh-muc/xa.yaml"}, {"tep": "../x"}, {"giong": "tây"}):
        status, page = show(live, **query)
        assert status >= 400
        assert "Bài" in page or "bài" in page or "giọng" in page


def test_the_desk_runs_both_commands(live: LiveSite) -> None:
    told = {"stories": "kenh", "speech": "nam"}
    assert read_arguments(BY_NAME["script"], told, live.project, live.content) == ["--stories=kenh", "--speech=nam"]
    assert read_arguments(BY_NAME["poster"], told, live.project, live.content) == ["--stories=kenh"]
    chosen = BY_NAME["poster"].options[0].choices
    assert chosen is not None
    assert {value for value, _ in chosen(live.project, live.content)} == {"kenh", "mau"}
