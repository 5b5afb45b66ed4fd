"""A story's files as a whole, by the form: a photo goes and comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plugins.preview import file_actions
from plugins.preview.agreement import TOKEN
from plugins.preview.exchange import OWN, Request
from plugins.preview.live_site import LiveSite
from plugins.preview.routes import answer
from tests.conftest import make_image
from tests.site import checkout

if TYPE_CHECKING:
    from pathlib import Path

STORY = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"


@pytest.fixture
def live(tmp_path: Path) -> LiveSite:
    project = checkout.copy_project(tmp_path)
    checkout.add_stories(project)
    made = LiveSite(project)
    made.update(None)
    return made


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


@pytest.mark.parametrize("name", ["bai.md", "khong-co.jpg", "../anh.jpg", "..\\anh.jpg", "", "/etc/a.jpg"])
def test_nothing_but_a_photo_of_the_story_is_taken_out(live: LiveSite, name: str) -> None:
    status, said = post(live, "bo-anh", tep=STORY, ten=name)
    assert (status, bool(said["message"]), bool(said["fix"])) == (422, True, True)
    assert not (live.project / ".history").exists()


@pytest.mark.parametrize("route", sorted(address for method, address in file_actions.ROUTES if method == "POST"))
def test_only_our_own_pages_may_do_it_and_rubbish_is_refused_in_words(live: LiveSite, route: str) -> None:
    before = {file: file.read_bytes() for file in live.project.rglob("*") if file.is_file()}
    what = route.rpartition("/")[2]
    assert post(live, what, {"path": STORY}, "x")[0] == 403
    for rubbish in (None, [], {}, {"path": 1}, {"path": STORY, "undo": []}):
        status, said = post(live, what, rubbish)
        assert (status, bool(said["message"])) == (422, True)
    assert {file: file.read_bytes() for file in live.project.rglob("*") if file.is_file()} == before
