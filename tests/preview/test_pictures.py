"""The pictures of a story in its form: thumbnails of the photos in its folder only, and its page."""

from __future__ import annotations

import json
from base64 import b64decode
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from plugins.content.load import load_content
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request, Response
from plugins.preview.serving.routes import answer
from plugins.vietnamese import today
from tests.conftest import make_image
from tests.site import checkout
from tests.site.checkout import PHONE_PHOTO, PHONE_STORY

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.preview.live.site import LiveSite

STORY = "content/bai-viet/2020/thu/bai.md"
FRONT = "Tiêu đề: Kênh\nNgày: 2020-08-19\n"


@pytest.fixture(scope="module")
def live(live: LiveSite) -> LiveSite:
    checkout.write(live.project, STORY, f"---\n{FRONT}---\n\nChữ.\n")
    for name in ("a.jpg", "Cầu mới.JPG"):
        checkout.write(live.project, f"content/bai-viet/2020/thu/{name}", make_image(size=(900, 600)))
    live.update({(live.project / STORY).parent})
    return live


@pytest.fixture(scope="module")
def project(live: LiveSite) -> Path:
    return live.project


def thumbnail(live: LiveSite, name: str, path: str = STORY) -> Response:
    return answer("GET", Request(live, "/_xem-thu/anh", {"tep": path, "ten": name}))


def try_out(live: LiveSite, body: str, **values: list[str]) -> dict[str, Any]:
    asked = {"path": STORY, "body": body, "values": values}
    got = answer("POST", Request(live, "/_xem-thu/sua/thu", {}, json.dumps(asked).encode(), TOKEN))
    found: dict[str, Any] = json.loads(got.body)
    return found


def test_a_thumbnail_is_small_upright_and_without_metadata(live: LiveSite) -> None:
    got = thumbnail(live, PHONE_PHOTO.rpartition("/")[2], PHONE_STORY)
    assert got.kind == "image/jpeg"
    with Image.open(BytesIO(got.body)) as picture:
        assert picture.size == (240, 320)
        assert not picture.getexif()
    assert b"Hoa" not in got.body
    # Kept, so that the second is no work.
    assert thumbnail(live, PHONE_PHOTO.rpartition("/")[2], PHONE_STORY).body == got.body


@pytest.mark.parametrize("name", ["b.jfif", "b.JFIF", "b.heif", "b.avif"])
def test_a_photo_by_its_rarer_ending_is_a_photo(live: LiveSite, project: Path, name: str) -> None:
    file = (project / STORY).parent / name
    file.write_bytes(make_image("AVIF" if name.endswith("avif") else "JPEG", size=(640, 320)))
    assert name in try_out(live, "Bài.")["files"]
    with Image.open(BytesIO(thumbnail(live, name).body)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (320, 160))
    file.unlink()


def test_only_photos_in_the_folder_of_the_story_are_shown(live: LiveSite, project: Path) -> None:
    assert thumbnail(live, "Cầu mới.JPG").status == 200
    folder = (project / STORY).parent
    (folder / "con").mkdir(exist_ok=True)
    (folder / "con/b.jpg").write_bytes(make_image())
    (folder / "dan.jpg").symlink_to(project / PHONE_PHOTO)
    (project / "ngoai.jpg").write_bytes(make_image())
    names = [
        "con/b.jpg",
        "../thu/a.jpg",
        "../../../../ngoai.jpg",
        str(project / "ngoai.jpg"),
        "dan.jpg",
        "bai.md",
        "con",
        "",
    ]
    assert [thumbnail(live, name).status.value for name in names] == [422] * len(names)
    paths = ["ngoai.jpg", "../bai.md", "content/bai-viet/2020/thu", "content/khong-co/bai.md", ""]
    assert [thumbnail(live, "a.jpg", path).status.value for path in paths] == [422] * len(paths)
    (folder / "dan.jpg").unlink()


def test_a_photo_is_looked_at_before_it_is_taken(live: LiveSite) -> None:
    def look(data: bytes, token: str = TOKEN) -> Response:
        return answer("POST", Request(live, "/_xem-thu/sua/anh-nho", {}, data, token))

    shown = json.loads(look(make_image("PNG", size=(800, 400))).body)["picture"]
    with Image.open(BytesIO(b64decode(shown.removeprefix("data:image/jpeg;base64,")))) as picture:
        assert picture.size == (320, 160)
    assert look(b"%PDF-1.7").status == 422
    assert look(make_image(), "khac").status == 403


def test_pictures_have_places_in_utf_16_units(live: LiveSite) -> None:
    body = "🚜 Đầu.\n\n![Xe](a.jpg)\n\n![x][k]\n\n[k]: a.jpg"
    found = try_out(live, body)
    assert found["files"] == ["Cầu mới.JPG", "a.jpg"]
    assert [(one["name"], one["start"], one["end"]) for one in found["pictures"]] == [
        ("a.jpg", -1, -1),
        ("a.jpg", 9, 21),
    ]
    # As many signs as a script has: 🚜 is two.
    assert body.encode("utf-16-le")[18:42].decode("utf-16-le") == "![Xe](a.jpg)"


@pytest.mark.parametrize(
    ("values", "body", "shown"),
    [
        ({}, "![](a.jpg)", "<mark>Ảnh này chưa có mô tả</mark>"),
        ({"photo": ["a.jpg"]}, "Chữ.", "<mark>Ảnh này chưa có mô tả</mark>"),
        ({"gallery": ["a.jpg", "mat.jpg | Mất"]}, "Chữ.", "<mark>Ảnh này chưa có mô tả</mark>"),
        ({}, "![Mất](mat.jpg)", "<mark>Không mở được tệp của ảnh này</mark>"),
        ({"title": []}, "Chữ của bài.", "Chữ của bài."),
        ({"date": ["30/2/2020"], "withdrawn": []}, "Chữ của bài.", "Chữ của bài."),
        ({"kind": ["Tập thể"]}, "Chữ của bài.", "Chữ của bài."),
        ({"kind": ["Cá nhân"], "field": ["Kinh tế"], "commune": ["Nam Dong"], "exemplar": ["Bà H"]}, "Chữ.", "Chữ."),
        ({"replicates": ["khong-co"], "registration": ["DK-1999-999"], "updates": ["không ngày"]}, "Chữ.", "Chữ."),
        ({}, "Đi [đâu](đâu-đó.pdf) và <video src=x></video> chữ.", "Đi <"),
        ({"photo": ["a.jpg"], "photo_alt": ["Kênh"], "summary": ["Tóm"]}, "[x](../thu2/bai.md)", "Tóm"),
    ],
)
def test_an_unfinished_story_is_shown_as_far_as_possible(
    live: LiveSite, values: dict[str, list[str]], body: str, shown: str
) -> None:
    found = try_out(live, body, **values)
    assert any(problem["level"] == "error" for problem in found["problems"])
    assert shown in found["page"]
    assert "</html>" in found["page"]


def test_an_unfinished_story_is_shown_nowhere_else(live: LiveSite, project: Path) -> None:
    before = (project / STORY).read_bytes()
    checkout.write(project, STORY, f"---\n{FRONT}---\n\n![](a.jpg)\n")
    live.update([project / STORY])
    assert "<mark>" in try_out(live, "![](a.jpg)")["page"]
    assert STORY not in load_content(project, today(), ()).sources
    assert STORY not in live.content.sources if live.content else False
    assert b"<mark>" not in live.get("/bai-viet/2020/thu/").body
    checkout.write(project, STORY, before)
    live.update([project / STORY])
