"""A story's files as a whole, by the form: deleted, put back, moved; nothing that readers have seen goes unsaid."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plugins.editing.saving import open_file
from plugins.preview.addresses import OWN, REMOVED_URL
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer
from tests.conftest import make_image
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.preview.live.site import LiveSite
    from tests.preview.shared_site import SharedSite

STORY = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"

NEWS = """\
---
Tiêu đề: Tin thôn 9
Ngày: 1/2/2020
Lĩnh vực: Kinh tế
Xã: Ea Pô
Tóm tắt: Thôn 9 họp.
---

Thôn 9 họp.
"""


@pytest.fixture
def live(shared: SharedSite) -> Iterator[LiveSite]:
    with shared.lend() as lent:
        yield lent


def post(
    live: LiveSite, what: str, body: object = None, token: str = TOKEN, **query: str
) -> tuple[int, dict[str, Any]]:
    got = answer("POST", Request(live, f"{OWN}sua/{what}", query, json.dumps(body).encode(), token))
    return got.status.value, json.loads(got.body)


def test_a_photo_is_taken_out_and_put_back(live: LiveSite) -> None:
    photo = (live.project / STORY).with_name("anh.jpg")
    data = make_image(size=(9, 9))
    photo.write_bytes(data)
    status, said = post(live, "bo-anh", tep=STORY, ten="anh.jpg")
    assert (status, photo.exists()) == (200, False)
    assert post(live, "lay-lai-anh", {"path": STORY, "undo": said["undo"]}) == (200, {"name": "anh.jpg"})
    assert photo.read_bytes() == data
    assert post(live, "lay-lai-anh", {"path": STORY, "undo": said["undo"]})[0] == 422


def version(live: LiveSite, path: str) -> str:
    return open_file(live.project, path).version


def write(live: LiveSite, path: str, old: str, new: str) -> None:
    file = live.project / path
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    live.update({file})


def test_a_draft_is_deleted_listed_and_put_back(live: LiveSite) -> None:
    draft = "content/bai-viet/2020/hu-gao/bai.md"
    text = "---\nTiêu đề: Hũ gạo & <b>\nNgày: 1/2/2020\nTrạng thái: nháp\n---\n\nBài.\n"
    checkout.write(live.project, draft, text)
    (live.project / draft).with_name("anh.jpg").write_bytes(make_image(size=(9, 9)))
    live.update({live.project / "content"})
    status, said = post(live, "xoa-bai", {"path": draft, "version": version(live, draft)})
    assert (status, said["title"]) == (200, "Hũ gạo & <b>")
    assert not (live.project / draft).parent.exists()
    assert live.get("/bai-viet/2020/hu-gao/").status == 404
    page = answer("GET", Request(live, REMOVED_URL)).body.decode()
    assert "Bài “Hũ gạo &amp; &lt;b&gt;”" in page
    assert f'data-restore="{said["undo"]}"' in page
    status, back = post(live, "khoi-phuc-da-xoa", {"name": said["undo"]})
    assert (status, back["path"]) == (200, draft)
    assert (live.project / draft).read_text(encoding="utf-8") == text
    assert live.get("/bai-viet/2020/hu-gao/").status == 200
    assert "Chưa xóa gì" in answer("GET", Request(live, REMOVED_URL)).body.decode()


@pytest.mark.parametrize("way", ["shown", "withdrawn", "in a release"])
def test_a_published_story_cannot_be_deleted(live: LiveSite, way: str) -> None:
    if way != "shown":
        write(live, STORY, "Trạng thái: đăng", "Trạng thái: nháp" if way == "in a release" else "Gỡ: 1/3/2021, nhầm")
    if way == "in a release":
        release = live.project / "releases/0001"
        release.mkdir(parents=True)
        entry = {"bai-viet/2020/ea-po-hoc-cach-lam-kenh/index.html": {"sha256": "", "bytes": 0}}
        (release / "manifest.json").write_text(json.dumps(entry), encoding="utf-8")
    write(live, STORY, "Mẫu: có\n", "")
    status, said = post(live, "xoa-bai", {"path": STORY, "version": version(live, STORY)})
    assert (status, said["message"]) == (422, "Bài này đã đăng nên không xóa được")
    assert "Gỡ" in said["fix"]
    assert (live.project / STORY).exists()


def test_a_published_story_moves_and_its_old_address_leads_on(live: LiveSite) -> None:
    news = "content/bai-viet/2020/tin-thon-chin/bai.md"
    checkout.write(live.project, news, NEWS)
    live.update({live.project / "content"})
    asked = {"path": news, "version": version(live, news), "year": "2020", "name": "Học làm kênh"}
    status, said = post(live, "doi-dia-chi", asked)
    assert (status, said["path"]) == (200, "content/bai-viet/2020/hoc-lam-kenh/bai.md")
    assert "Địa chỉ cũ vẫn dẫn tới bài này." in said["message"]
    assert live.get("/bai-viet/2020/hoc-lam-kenh/").status == 200
    assert b"/bai-viet/2020/hoc-lam-kenh/" in live.get("/bai-viet/2020/tin-thon-chin/").body
    # Nobody else may have the address that still leads to it.
    other = checkout.PHONE_STORY
    asked = {"path": other, "version": version(live, other), "year": "2020", "name": "tin-thon-chin"}
    status, said = post(live, "doi-dia-chi", asked)
    assert (status, "Địa chỉ cũ của bài" in said["message"]) == (422, True)


def test_concurrent_edits_and_other_files_are_left_alone(live: LiveSite) -> None:
    page = "content/trang/gioi-thieu.md"
    for path, mark in ((STORY, "cu"), (page, version(live, page))):
        for what in ("xoa-bai", "doi-dia-chi"):
            asked = {"path": path, "version": mark, "year": "2020", "name": "moi"}
            assert post(live, what, asked)[0] == 422
        assert (live.project / path).exists()


def test_a_photo_waits_for_its_story_to_come_back(live: LiveSite) -> None:
    write(live, STORY, "Trạng thái: đăng", "Trạng thái: nháp")
    photo = (live.project / STORY).with_name("anh.jpg")
    photo.write_bytes(make_image(size=(9, 9)))
    undo = post(live, "bo-anh", tep=STORY, ten="anh.jpg")[1]["undo"]
    shown = answer("GET", Request(live, f"{REMOVED_URL}/anh", {"ten": undo}))
    assert (shown.kind, shown.body[:2]) == ("image/jpeg", b"\xff\xd8")
    assert answer("GET", Request(live, f"{REMOVED_URL}/anh", {"ten": "../.."})).status == 404
    gone = post(live, "xoa-bai", {"path": STORY, "version": version(live, STORY)})[1]["undo"]
    status, said = post(live, "khoi-phuc-da-xoa", {"name": undo})
    assert (status, "khôi phục bài ấy trước" in said["fix"]) == (422, True)
    assert [post(live, "khoi-phuc-da-xoa", {"name": name})[0] for name in (gone, undo)] == [200, 200]
    assert photo.exists()


@pytest.mark.parametrize("name", ["bai.md", "khong-co.jpg", "../anh.jpg", "..\\anh.jpg", "", "/etc/a.jpg"])
def test_nothing_but_a_photo_of_the_story_is_taken_out(live: LiveSite, name: str) -> None:
    status, said = post(live, "bo-anh", tep=STORY, ten=name)
    assert (status, bool(said["message"]), bool(said["fix"])) == (422, True, True)
    assert not (live.project / ".history").exists()


@pytest.mark.parametrize("what", ["bo-anh", "lay-lai-anh", "xoa-bai", "doi-dia-chi", "khoi-phuc-da-xoa"])
def test_the_token_is_required_and_malformed_requests_get_a_message(live: LiveSite, what: str) -> None:
    before = {file: file.read_bytes() for file in live.project.rglob("*") if file.is_file()}
    assert post(live, what, {"path": STORY}, "x")[0] == 403
    for rubbish in (None, [], {}, {"path": 1}, {"path": STORY, "undo": []}):
        status, said = post(live, what, rubbish)
        assert (status, bool(said["message"])) == (422, True)
    assert {file: file.read_bytes() for file in live.project.rglob("*") if file.is_file()} == before
