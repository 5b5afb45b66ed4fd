"""Text typed into a story whose file has gone is saved as a story of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from plugins.preview.addresses import FORM_URL
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.preview.live.site import LiveSite

GONE = "content/bai-viet/2019/bai-da-mat/bai.md"


def post(live: LiveSite, what: str, token: str = TOKEN, **asked: object) -> tuple[int, dict[str, Any]]:
    got = answer("POST", Request(live, f"{FORM_URL}/{what}", {}, json.dumps({"path": GONE} | asked).encode(), token))
    return got.status.value, json.loads(got.body)


def read(live: LiveSite, said: dict[str, Any]) -> str:
    path: Path = live.project / said["path"]
    return path.read_text(encoding="utf-8")


def test_a_missing_file_has_a_status_of_its_own(live: LiveSite) -> None:
    for what in ("luu", "thu"):
        status, said = post(live, what, version="x", body="Chữ.", values={})
        assert (status, said["message"]) == (404, f"Không có tệp {GONE} (có thể đã đổi tên)")
    page = answer("GET", Request(live, FORM_URL, {"tep": GONE}))
    assert page.status.value == 404
    assert f'data-path="{GONE}"'.encode() in page.body


def test_all_that_was_typed_stands_in_a_draft_of_its_own(live: LiveSite) -> None:
    values = {
        "title": ["Kênh mới:  hai ý"],
        "date": ["5/6/2020"],
        "photo": ["kênh 1.jpg"],
        "results": ["3 km | kênh", "Bà con tự làm"],
        "status": ["đăng"],
        "commune": ["Nam Dong"],
    }
    status, said = post(live, "cuu", body="Một.\r\n\r\nHai.\n", values=values, guesses={"commune": "tên ở đầu bài"})
    assert (status, said["path"]) == (200, "content/bai-viet/2020/kenh-moi-hai-y/bai.md")
    made = read(live, said)
    assert 'Tiêu đề: "Kênh mới: hai ý"\n' in made
    assert "Ảnh: kênh 1.jpg\n" in made
    assert "Kết quả:\n  - 3 km | kênh\n  - Bà con tự làm\n" in made
    # The other may be there still, under another name.
    assert "Trạng thái: nháp\n" in made
    assert "# đoán: tên ở đầu bài\nXã: Nam Dong\n" in made
    assert made.endswith("---\n\nMột.\n\nHai.\n")


def test_nothing_that_is_wrong_with_it_stands_in_the_way(live: LiveSite) -> None:
    _, said = post(live, "cuu", body="Chữ.", values={"title": ["…"], "date": ["hôm qua"], "photo": []})
    assert said["path"] == "content/bai-viet/2019/bai-da-mat/bai.md"
    assert "Ngày: hôm qua\n" in read(live, said)
    # And again: under another name than the one that is there now.
    _, said = post(live, "cuu", body="Chữ khác.", values={})
    assert said["path"] == "content/bai-viet/2019/bai-da-mat-2/bai.md"


def test_a_whole_text_is_saved_as_it_is(live: LiveSite) -> None:
    _, said = post(live, "cuu", body="--\nTiêu đề: [\n--\nChữ.")
    assert read(live, said) == "--\nTiêu đề: [\n--\nChữ.\n"


def test_a_request_without_the_token_is_refused(live: LiveSite) -> None:
    assert post(live, "cuu", token="", body="Chữ.", values={})[0] == 403
    assert post(live, "cuu", values={})[0] == 422


def test_no_script_leads_the_form_away(live: LiveSite) -> None:
    story = next(iter(live.content.sources)) if live.content else ""
    page = answer("GET", Request(live, FORM_URL, {"tep": story})).body
    assert b"sua.js" in page
    assert b"xem-thu.js" not in page
