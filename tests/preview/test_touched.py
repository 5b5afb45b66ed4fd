"""Changes made by the form are shown at once, without a notification from the system."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from plugins.editing.saving import open_file
from plugins.preview.addresses import FORM_URL
from plugins.preview.live.site import LiveSite
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request, Response, guarded, listening
from plugins.preview.serving.routes import answer
from plugins.sources.files import write_whole
from tests.conftest import make_image
from tests.site import checkout

if TYPE_CHECKING:
    from pathlib import Path

STORY = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"
URL = "/bai-viet/2020/ea-po-hoc-cach-lam-kenh/"


@pytest.fixture
def live(tmp_path: Path) -> LiveSite:
    """A site without reports of changes."""
    made = LiveSite(checkout.copy_project(tmp_path))
    made.update(())
    return made


def post(live: LiveSite, what: str, body: object, **query: str) -> dict[str, str]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    got = answer("POST", Request(live, f"{FORM_URL}/{what}", query, data, TOKEN))
    assert got.status == 200, got.body.decode()
    found: dict[str, str] = json.loads(got.body)
    return found


def test_a_save_a_new_story_and_a_photo_are_there_at_once(live: LiveSite) -> None:
    version = open_file(live.project, STORY).version
    post(live, "luu", {"path": STORY, "version": version, "body": "Chữ mới trong bài.", "values": {}})
    assert "Chữ mới trong bài." in live.get(URL).body.decode()
    made = post(live, "bai-moi", {"title": "Bài vừa lập"})["path"]
    address = f"/bai-viet/{made.split('/')[2]}/bai-vua-lap/"
    assert "Bài vừa lập" in live.get(address).body.decode()
    post(live, "anh", make_image(size=(900, 600)), tep=STORY, ten="Kênh mới.jpg")
    known = live.content
    assert known is not None
    text = open_file(live.project, STORY).text.replace("Chữ mới", "![Bà con vét kênh](kenh-moi.jpg)\n\nChữ mới")
    version = open_file(live.project, STORY).version
    post(live, "luu", {"path": STORY, "version": version, "body": text})
    assert 'alt="Bà con vét kênh"' in live.get(URL).body.decode()


def test_renames_and_removals_of_a_route_are_noticed(live: LiveSite) -> None:
    folder = (live.project / STORY).parent

    def rename(_: Request) -> Response:
        folder.rename(folder.with_name("ten-khac"))
        return Response(b"{}")

    guarded(rename)(Request(live, "/", token=TOKEN))
    assert live.get(URL).status == 404
    assert live.get("/bai-viet/2020/ten-khac/").status == 200


def test_files_written_by_a_route_that_fails_are_shown(live: LiveSite) -> None:
    def fail(_: Request) -> Response:
        text = (live.project / STORY).read_text(encoding="utf-8")
        write_whole(live.project / STORY, text.replace("Tiêu đề: ", "Tiêu đề: Nửa chừng, ").encode())
        raise OSError(28, "No space left on device", "a.jpg")

    assert guarded(fail)(Request(live, "/", token=TOKEN)).status == 422
    assert "Nửa chừng, " in live.get(URL).body.decode()


def test_the_event_of_a_save_already_shown_is_ignored(live: LiveSite) -> None:
    version = open_file(live.project, STORY).version
    post(live, "luu", {"path": STORY, "version": version, "body": "Chữ mới.", "values": {}})
    before = live.version
    live.show_changed({live.project / STORY})
    assert live.version == before
    (live.project / STORY).write_text("---\nTiêu đề: Khác\n---\n", encoding="utf-8")
    live.show_changed({live.project / STORY})
    assert live.version == before + 1


def test_only_writes_of_the_same_thread_are_noticed(tmp_path: Path) -> None:
    with listening() as touched:
        write_whole(tmp_path / "a/b.md", b"x")
        (tmp_path / "a/b.md").read_bytes()
        (tmp_path / "a").rename(tmp_path / "c")
        (tmp_path / "c/b.md").unlink()
    (tmp_path / "sau").mkdir()
    assert {path for path in touched if not path.name.startswith(".new-")} == {
        tmp_path / "a",
        tmp_path / "a/b.md",
        tmp_path / "c",
        tmp_path / "c/b.md",
    }
