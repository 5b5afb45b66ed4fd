"""A file is saved whole or not at all, never over a concurrent edit, and every earlier text is kept."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.editing import history
from plugins.editing.history import list_earlier, read_earlier
from plugins.editing.saving import ChangedMeanwhile, add_file, normalize_text, open_file, save_file, write_lines
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from tests.conftest import Project

PATH = "content/bai-viet/2020/kenh/bai.md"


@pytest.fixture
def story(project: Project) -> Project:
    project.write(PATH, "---\nTiêu đề: Một\n---\nBài.\n")
    return project


def save(project: Project, text: str, path: str = PATH) -> str:
    opened = open_file(project.path, path)
    return save_file(opened, project.path, opened.version, text)


def read(project: Project, path: str = PATH) -> str:
    return (project.path / path).read_bytes().decode("utf-8")


def earlier(project: Project, path: str = PATH) -> list[str]:
    return [read_earlier(project.path, path, kept.name) for kept in list_earlier(project.path, path)]


def test_each_text_that_is_replaced_is_kept_newest_first(story: Project) -> None:
    first = read(story)
    for text in ("Hai\n", "Ba\n", "Bốn\n", "Bốn\n"):
        version = save(story, text)
        assert open_file(story.path, PATH).version == version
    assert read(story) == "Bốn\n"
    assert earlier(story) == ["Ba\n", "Hai\n", first]
    assert len({kept.name for kept in list_earlier(story.path, PATH)}) == 3
    assert sorted(entry.name for entry in (story.path / PATH).parent.iterdir()) == ["bai.md"]


def test_an_earlier_text_can_be_restored(story: Project) -> None:
    first = read(story)
    save(story, "Hai\n")
    save(story, earlier(story)[0])
    assert read(story) == first
    assert earlier(story) == ["Hai\n", first]


def test_a_concurrent_edit_is_left_alone_and_the_typed_text_kept(story: Project) -> None:
    opened = open_file(story.path, PATH)
    story.write(PATH, "Người khác viết\n")
    with pytest.raises(ChangedMeanwhile) as refused:
        save_file(opened, story.path, opened.version, "Tôi viết\n")
    assert read(story) == "Người khác viết\n"
    assert read_earlier(story.path, PATH, refused.value.kept) == "Tôi viết\n"


def test_line_ends_and_the_mark_at_the_beginning_stay_as_they_were(story: Project) -> None:
    story.write(PATH, b"\xef\xbb\xbf---\r\nM\xe1\xbb\x99t\r\n")
    assert open_file(story.path, PATH).text == "---\nMột\n"
    save(story, "Hai\nBa\n")
    assert (story.path / PATH).read_bytes() == b"\xef\xbb\xbfHai\r\nBa\r\n"


def test_a_disk_that_decomposes_names_is_understood(project: Project) -> None:
    project.write(unicodedata.normalize("NFD", "content/bai-viet/2020/Kênh mới/bai.md"), "Một\n")
    opened = open_file(project.path, "content/bai-viet/2020/Kênh mới/bai.md")
    assert opened.text == "Một\n"
    save_file(opened, project.path, opened.version, "Hai\n")
    assert opened.file.read_text(encoding="utf-8") == "Hai\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_rights_stay_as_they_were(story: Project) -> None:
    (story.path / PATH).chmod(0o640)
    save(story, "Hai\n")
    assert stat.S_IMODE((story.path / PATH).stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "path",
    [
        "",
        "pelicanconf.py",
        "content/../pelicanconf.py",
        "content/bai-viet/../../tasks.py",
        "../content/bai.md",
        "/etc/hosts.md",
        "content/bai-viet/2020/kenh",
        "content/bai-viet/2020/kenh/khong-co.md",
        "content/bai-viet/2020/kenh/.bai.md",
        "content/bai-viet/2020/kenh/anh.jpg",
        "content\\bai-viet\\2020\\kenh\\bai.md",
        f"content/trang/{'ă' * 300}.md",
    ],
)
def test_nothing_but_text_of_the_content_is_opened(story: Project, path: str) -> None:
    story.write("content/bai-viet/2020/kenh/.bai.md", "Giấu\n")
    story.write("content/bai-viet/2020/kenh/anh.jpg", b"x")
    story.write("pelicanconf.py", "x = 1\n")
    with pytest.raises(Invalid):
        open_file(story.path, path)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leads_out_is_not_followed(story: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "bai.md"
    outside.write_text("Bí mật\n", encoding="utf-8")
    (story.path / "content/trang").mkdir()
    (story.path / "content/trang/x.md").symlink_to(outside)
    with pytest.raises(Invalid):
        open_file(story.path, "content/trang/x.md")


@pytest.mark.parametrize(
    ("text", "what"),
    [("  \n", "trống"), ("Một\0\n", "byte rỗng"), ("Một\nHai\x08\n", "Dòng 2"), ("a" * 1_000_001, "dài quá 1 MB")],
)
def test_text_that_could_not_be_read_back_is_not_saved(story: Project, text: str, what: str) -> None:
    before = read(story)
    with pytest.raises(Invalid, match=what):
        save(story, text)
    assert read(story) == before
    assert earlier(story) == []


def test_a_disk_that_refuses_loses_nothing(story: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read(story)

    def refuse(self: Path, target: Path) -> None:
        if target.name == "bai.md":
            raise PermissionError(13, "bị từ chối", str(target))
        self.rename(target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Invalid, match="Không ghi được"):
        save(story, "Hai\n")
    assert read(story) == before
    assert [entry.name for entry in (story.path / PATH).parent.iterdir()] == ["bai.md"]


def test_no_earlier_text_is_read_by_a_name_that_leads_elsewhere(story: Project) -> None:
    save(story, "Hai\n")
    for name in ("../../../../../pelicanconf.py", "", "20200101-000000.md"):
        with pytest.raises(Invalid):
            read_earlier(story.path, PATH, name)


def test_a_photo_never_replaces_another(story: Project) -> None:
    folder = (story.path / PATH).parent
    assert [add_file(folder, "anh.jpg", data) for data in (b"1", b"2", b"1", b"2")] == [
        "anh.jpg",
        "anh-2.jpg",
        "anh.jpg",
        "anh-2.jpg",
    ]
    assert ((folder / "anh.jpg").read_bytes(), (folder / "anh-2.jpg").read_bytes()) == (b"1", b"2")


def test_other_files_in_the_history_folder_are_passed_over(story: Project) -> None:
    save(story, "Hai\n")
    (story.path / history.HISTORY / "bai-viet/2020/kenh/bai.md/ghi-chu.txt").write_text("x", encoding="utf-8")
    assert len(list_earlier(story.path, PATH)) == 1


def test_an_earlier_text_with_windows_line_ends_is_put_back_as_it_was(story: Project) -> None:
    before = b"\xef\xbb\xbfM\xe1\xbb\x99t\r\nHai\r\n"
    story.write(PATH, before)
    save(story, "Ba\n")
    [earlier] = list_earlier(story.path, PATH)
    save(story, read_earlier(story.path, PATH, earlier.name))
    assert (story.path / PATH).read_bytes() == before


def test_every_line_that_stays_keeps_its_end_and_its_bytes() -> None:
    decomposed = unicodedata.normalize("NFD", "Kênh")
    before = f"\ufeffMột\r\n{decomposed}\nHai\r\n\rBa\r\nBốn".encode()
    text = normalize_text(before.decode("utf-8-sig"))
    assert text == "Một\nKênh\nHai\n\nBa\nBốn"
    assert write_lines(text, before) == before
    after = write_lines("Một\nmới\nKênh\nHai\n\nBa\nBốn\nNăm\n", before)
    assert after == f"\ufeffMột\r\nmới\r\n{decomposed}\nHai\r\n\rBa\r\nBốn\r\nNăm\r\n".encode()
    assert write_lines("Kênh\nBa", before) == f"\ufeff{decomposed}\nBa".encode()


def test_two_line_ends_never_become_one() -> None:
    before = b"a\rb\n\nc\r\n"
    after = write_lines("a\n\nc\n", before)
    assert normalize_text(after.decode()) == "a\n\nc\n"


def test_a_long_text_with_both_line_ends_is_written_in_no_time() -> None:
    before = "".join(f"dòng {number}\r\ndòng\n" for number in range(10_000)).encode()
    text = "\n".join(f"khác {number}" for number in range(20_000))
    assert write_lines(text, before).decode().split() == text.split()
