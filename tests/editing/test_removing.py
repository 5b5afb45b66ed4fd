"""Deleted stories and photos are kept whole in the history, and restored even if their place is taken."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from plugins.editing import removing
from plugins.editing.removing import find_removed, list_removed, put_back, remove
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

FOLDER = "content/bai-viet/2020/kenh"


@pytest.fixture
def story(project: Project) -> Project:
    project.write(f"{FOLDER}/bai.md", "Một\n")
    project.write(f"{FOLDER}/anh.jpg", b"1")
    return project


def everything(project: Project) -> dict[str, bytes]:
    return {
        file.relative_to(project.path).as_posix(): file.read_bytes()
        for file in sorted(project.path.rglob("*"))
        if file.is_file()
    }


def test_a_photo_goes_and_comes_back(story: Project) -> None:
    before = everything(story)
    kept = remove(story.path, f"{FOLDER}/anh.jpg", "anh.jpg")
    assert not (story.path / FOLDER / "anh.jpg").exists()
    assert [(one.path, one.title) for one in list_removed(story.path)] == [(f"{FOLDER}/anh.jpg", "anh.jpg")]
    assert put_back(story.path, kept, FOLDER) == f"{FOLDER}/anh.jpg"
    assert everything(story) == before
    assert list_removed(story.path) == []
    with pytest.raises(Invalid, match="Không còn gì để lấy lại"):
        put_back(story.path, kept, FOLDER)


def test_a_photo_never_replaces_the_one_that_has_its_name_by_now(story: Project) -> None:
    kept = remove(story.path, f"{FOLDER}/anh.jpg", "")
    story.write(f"{FOLDER}/anh.jpg", b"2")
    assert put_back(story.path, kept, FOLDER) == f"{FOLDER}/anh-2.jpg"
    assert [(story.path / FOLDER / name).read_bytes() for name in ("anh.jpg", "anh-2.jpg")] == [b"2", b"1"]


def test_a_story_goes_with_all_that_lies_in_its_folder(story: Project) -> None:
    before = everything(story)
    kept = remove(story.path, FOLDER, "Kênh")
    assert not (story.path / FOLDER).exists()
    assert put_back(story.path, kept, "content/bai-viet/2020") == FOLDER
    assert everything(story) == before


def test_a_story_whose_address_is_taken_by_now_gets_another(story: Project) -> None:
    first = remove(story.path, FOLDER, "")
    story.write(f"{FOLDER}/bai.md", "Hai\n")
    second = remove(story.path, FOLDER, "")
    assert [one.name for one in list_removed(story.path)] == [second, first]
    assert put_back(story.path, first, "content/bai-viet/2020") == FOLDER
    assert put_back(story.path, second, "content/bai-viet/2020", {"kenh-2"}) == f"{FOLDER}-3"
    assert (story.path / f"{FOLDER}-3/bai.md").read_text(encoding="utf-8") == "Hai\n"


def test_a_file_held_open_stays_in_its_place(story: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(story)

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "đang mở", str(source))

    monkeypatch.setattr(removing, "put_in_place", refuse)
    with pytest.raises(Invalid, match="Không xóa được"):
        remove(story.path, FOLDER, "")
    assert everything(story) == before
    assert list_removed(story.path) == []


def test_an_interruption_before_the_move_leaves_everything_in_place(
    story: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(source: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_off:
        cut_off.setattr(removing, "put_in_place", end)
        with pytest.raises(KeyboardInterrupt):
            remove(story.path, FOLDER, "")
    assert (story.path / FOLDER / "bai.md").is_file()
    assert list_removed(story.path) == []
    remove(story.path, FOLDER, "Kênh")
    assert [one.title for one in list_removed(story.path)] == ["Kênh"]


def test_a_disk_that_decomposes_names_is_understood(project: Project) -> None:
    project.write(unicodedata.normalize("NFD", f"{FOLDER}/ảnh.jpg"), b"1")
    kept = remove(project.path, f"{FOLDER}/ảnh.jpg", "")
    assert put_back(project.path, kept, FOLDER) == f"{FOLDER}/ảnh.jpg"


@pytest.mark.parametrize("path", ["content/bai-viet/2020/kenh/khong-co.jpg", "content/../pelicanconf.py", "content/.."])
def test_a_missing_file_cannot_be_deleted(story: Project, path: str) -> None:
    with pytest.raises(Invalid):
        remove(story.path, path, "")


def test_records_of_other_origin_are_not_listed(story: Project) -> None:
    kept = remove(story.path, f"{FOLDER}/anh.jpg", "")
    folder = story.path / ".history/da-xoa"
    for name, text in (("ghi-chu.json", "{}"), ("20200101-000000.json", "["), ("20200102-000000.json", '{"path": 1}')):
        (folder / name).write_text(text, encoding="utf-8")
    assert [one.name for one in list_removed(story.path)] == [kept]
    for name in ("", "..", "../..", "20200101-000000"):
        with pytest.raises(Invalid):
            find_removed(story.path, name)
