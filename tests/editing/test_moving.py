"""Moving a story: everything that belongs or refers to it follows, and an interruption loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import load_vocabulary
from plugins.editing import moving
from plugins.editing.history import list_earlier, read_earlier
from plugins.editing.moving import Moved, StoryPlace, choose_place, move_story
from plugins.editing.removing import list_removed, put_back, remove
from plugins.editing.saving import ChangedMeanwhile, open_file, save_file
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.sources.schema import Key
    from tests.conftest import Project

KENH = "content/bai-viet/2020/kenh/bai.md"
NEW = "content/bai-viet/2020/kenh-be-tong/bai.md"
TEXT = "---\nTiêu đề: Kênh # mới\nNgày: 1/2/2020\n---\n\nXem [cầu]({filename}../../2019/cau/bai.md#a).\n"


@pytest.fixture
def site(project: Project) -> Project:
    project.write(KENH, TEXT)
    project.write("content/bai-viet/2020/kenh/anh.jpg", b"1")
    project.write(
        "content/bai-viet/2019/cau/bai.md",
        "---\nTiêu đề: Cầu\nNhân rộng từ: kenh  # gốc\n---\n\n"
        "[a]({filename}../../2020/kenh/bai.md#muc), [b](/bai-viet/2020/kenh/), [c](/bai-viet/2020/kenh-cu/)\n",
    )
    project.write(
        "content/trang/gioi-thieu.md", "---\nTiêu đề: Giới thiệu\n---\n[k]({filename}/bai-viet/2020/kenh/bai.md)\n"
    )
    project.write("content/trang/lien-he.md", "---\nTiêu đề: Liên hệ\n---\nXem https://vi-du.vn/bai-viet/2020/kenh/\n")
    return project


def keys(project: Project) -> tuple[Key, ...]:
    return story_keys(load_vocabulary(project.path)[0])


def move(
    project: Project, name: str = "kenh-be-tong", *, year: str = "2020", public: bool = False, path: str = KENH
) -> Moved:
    opened = open_file(project.path, path)
    place = choose_place(path, year, name, {"cau"})
    return move_story(project.path, keys(project), opened, opened.version, place, was_published=public)


def read(project: Project, path: str) -> str:
    return (project.path / path).read_bytes().decode()


def everything(project: Project) -> dict[str, bytes]:
    files = [file for file in project.path.rglob("*") if file.is_file() and ".history" not in file.parts]
    return {file.relative_to(project.path).as_posix(): file.read_bytes() for file in files}


def test_a_draft_moves_with_its_photos_and_all_that_leads_to_it(site: Project) -> None:
    moved = move(site)
    assert moved == Moved(
        NEW, ("content/bai-viet/2019/cau/bai.md", "content/trang/gioi-thieu.md"), ("content/trang/lien-he.md",)
    )
    assert read(site, NEW) == TEXT
    assert (site.path / NEW).with_name("anh.jpg").read_bytes() == b"1"
    assert not (site.path / KENH).parent.exists()
    assert read(site, "content/bai-viet/2019/cau/bai.md") == (
        "---\nTiêu đề: Cầu\nNhân rộng từ: kenh-be-tong  # gốc\n---\n\n"
        "[a]({filename}../../2020/kenh-be-tong/bai.md#muc), [b](/bai-viet/2020/kenh-be-tong/), "
        "[c](/bai-viet/2020/kenh-cu/)\n"
    )
    assert "({filename}../bai-viet/2020/kenh-be-tong/bai.md)" in read(site, "content/trang/gioi-thieu.md")


def test_a_published_story_redirects_from_its_old_address(site: Project) -> None:
    move(site, public=True)
    assert read(site, NEW) == TEXT.replace("2020\n---", "2020\nĐịa chỉ cũ: bai-viet/2020/kenh\n---")
    move(site, "kenh-3", public=True, path=NEW)
    path = "content/bai-viet/2020/kenh-3/bai.md"
    assert "Địa chỉ cũ:\n  - bai-viet/2020/kenh\n  - bai-viet/2020/kenh-be-tong\n" in read(site, path)
    # Back where it was: that is no old address any more.
    move(site, "kenh", public=True, path=path)
    assert "Địa chỉ cũ:\n  - bai-viet/2020/kenh-be-tong\n  - bai-viet/2020/kenh-3\n" in read(site, KENH)


def test_its_own_links_lead_where_they_led_when_its_year_changes(site: Project) -> None:
    site.write("content/bai-viet/2020/chi/bai.md", "x")
    site.write(KENH, TEXT.replace("Ngày: 1/2/2020\n", "Địa chỉ cũ: ten-cu\n") + "[chi]({filename}../chi/bai.md)\n")
    moved = move(site, "kenh", year="2019", public=True)
    text = read(site, "content/bai-viet/2019/kenh/bai.md")
    assert "({filename}../cau/bai.md#a)" in text or "({filename}../../2019/cau/bai.md#a)" in text
    assert "({filename}../../2020/chi/bai.md)" in text
    assert "  - /bai-viet/2020/ten-cu/\n  - bai-viet/2020/kenh\n" in text
    assert "({filename}../kenh/bai.md#muc)" in read(site, "content/bai-viet/2019/cau/bai.md")
    assert "Nhân rộng từ: kenh  # gốc" in read(site, "content/bai-viet/2019/cau/bai.md")
    assert moved.left == ("content/trang/lien-he.md",)


def test_its_history_and_its_deleted_photos_follow_it(site: Project) -> None:
    opened = open_file(site.path, KENH)
    save_file(opened, site.path, opened.version, TEXT + "Thêm.\n")
    kept = remove(site.path, "content/bai-viet/2020/kenh/anh.jpg", "")
    move(site)
    assert TEXT in [read_earlier(site.path, NEW, one.name) for one in list_earlier(site.path, NEW)]
    assert [one.path for one in list_removed(site.path)] == ["content/bai-viet/2020/kenh-be-tong/anh.jpg"]
    assert put_back(site.path, kept, NEW.rpartition("/")[0]) == "content/bai-viet/2020/kenh-be-tong/anh.jpg"


def test_a_folder_that_is_held_open_stays_as_it_was(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(site)

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "đang mở", str(source))

    monkeypatch.setattr(moving, "put_in_place", refuse)
    with pytest.raises(Invalid, match="Không chuyển được"):
        move(site, public=True)
    assert everything(site) == before


@pytest.mark.parametrize("at", ["copy_history", "save_file", "put_in_place", "follow_move", "_mend_others"])
def test_an_interruption_anywhere_loses_nothing(site: Project, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    opened = open_file(site.path, KENH)
    save_file(opened, site.path, opened.version, TEXT)
    words = {file.read_bytes() for file in site.path.rglob("*") if file.is_file()}

    def end(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_off:
        cut_off.setattr(moving, at, end)
        with pytest.raises(KeyboardInterrupt):
            move(site)
    assert words <= {file.read_bytes() for file in site.path.rglob("*") if file.is_file()}
    [path] = [path for path in (KENH, NEW) if (site.path / path).exists()]
    assert read(site, path) == TEXT
    assert move(site, "kenh-khac", path=path).path == "content/bai-viet/2020/kenh-khac/bai.md"
    assert read(site, "content/bai-viet/2020/kenh-khac/bai.md") == TEXT


def test_a_story_changed_meanwhile_is_not_moved(site: Project) -> None:
    before = everything(site)
    opened = open_file(site.path, KENH)
    with pytest.raises(ChangedMeanwhile):
        move_story(site.path, keys(site), opened, "cu", StoryPlace("2020", "khac"), was_published=False)
    assert everything(site) == before


@pytest.mark.parametrize(
    ("year", "name", "what"),
    [
        ("2020", " !? ", "không dùng được"),
        ("2020", "con", "không dùng được"),
        ("2020", "Kênh", "giống địa chỉ đang dùng"),
        ("2020", "cầu", "Đã có bài khác"),
        ("20", "moi", "không phải một năm"),
        ("../..", "moi", "không phải một năm"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(year: str, name: str, what: str) -> None:
    with pytest.raises(Invalid, match=what):
        choose_place(KENH, year, name, {"cau", "kenh"})


def test_a_name_is_made_into_an_address() -> None:
    assert choose_place(KENH, " 2021 ", "Kênh bê tông ", {"kenh"}).path == "content/bai-viet/2021/kenh-be-tong/bai.md"


@pytest.mark.parametrize(("host", "expected"), [("cu-jut.example.vn", "kenh-be-tong"), ("vi-du.vn", "")])
def test_an_origin_given_by_its_address_is_updated(site: Project, host: str, expected: str) -> None:
    offices = "tên: Mặt trận\ntên gọn: Mặt trận\nđịa chỉ trang: https://cu-jut.example.vn\n"
    site.write("content/danh-muc/co-quan.yaml", offices)
    address = f"https://{host}/bai-viet/2020/kenh/"
    site.write("content/bai-viet/2019/cau/bai.md", f"---\nTiêu đề: Cầu\nNhân rộng từ: {address}\n---\n\nCầu.\n")
    move(site)
    assert f"Nhân rộng từ: {expected or address}\n" in read(site, "content/bai-viet/2019/cau/bai.md")
