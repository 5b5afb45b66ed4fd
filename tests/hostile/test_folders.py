"""Entries of content/ that are no ordinary file, or have an unusable name."""

from __future__ import annotations

import os
import sys
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.sources.problem import Level
from tests.loading import load

if TYPE_CHECKING:
    from tests.conftest import Project

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows tự từ chối những tên và lối dẫn này")
STORY = "content/bai-viet/2020/kenh"
LINK, SPECIAL = "Đây là một lối dẫn sang chỗ khác (symlink)", "Đây không phải tệp hay thư mục thường"
WINDOWS, UNSEEN = "không dùng được trên máy Windows", "Tên có ký tự ẩn"
SECRET = "bí mật của máy này"


def faults(project: Project) -> list[str]:
    """Return the errors of everything that is read, each sure to be one printable line."""
    problems = [problem for problem in load(project.path).problems if problem.level is Level.ERROR]
    lines = [str(problem) for problem in problems]
    for line in lines:
        line.encode()
        assert line.isprintable(), line
        assert SECRET not in line
    return lines


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder beside the project with a story and a photo that are nobody's to publish."""
    folder = tmp_path_factory.mktemp("ngoai")
    (folder / "bai.md").write_text(f"---\nTiêu đề: {SECRET}\nNgày: 1/8/2020\n---\n{SECRET}\n", encoding="utf-8")
    (folder / "anh.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


@pytest.mark.parametrize(
    "path",
    [
        STORY,
        f"{STORY}/bai.md",
        f"{STORY}/anh.jpg",
        "content/bai-viet/2021",
        "content/bai-viet",
        "content/trang",
        "content/trang/lien-he.md",
        "content/van-ban/a.md",
        "content/dang-ky/2020.csv",
        "content/dang-ky",
        "content/theo-doi/2020.csv",
        "content/theo-doi",
        "content/bao-cao/2020.md",
        "content/danh-muc/ke-hoach.yaml",
        "content/danh-muc/xa.yaml",
    ],
)
def test_a_link_is_told_and_not_followed(project: Project, outside: Path, path: str) -> None:
    place = project.path / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(outside if not place.suffix else outside / ("anh.jpg" if place.suffix == ".jpg" else "bai.md"))
    if place.suffix == ".jpg":
        project.write_story(front={"Ảnh": "anh.jpg", "Mô tả ảnh": "Kênh"})
    assert any(line.startswith(f"{path}:1: {LINK}") for line in faults(project))
    library = load(project.path)
    assert not any(SECRET in source.title for source in library.sources.values())


def test_a_link_to_itself_ends(project: Project) -> None:
    (project.path / "content/trang").mkdir()
    (project.path / "content/trang/a.md").symlink_to(project.path / "content/trang/a.md")
    assert any(LINK in line for line in faults(project))


@pytest.mark.parametrize(
    "path",
    [
        f"{STORY}/bai.md",
        "content/trang/a.md",
        "content/danh-muc/xa.yaml",
        "content/dang-ky/2020.csv",
        "content/theo-doi/2020.csv",
        "content/bao-cao/2020.md",
    ],
)
def test_a_pipe_is_told_and_not_waited_for(project: Project, path: str) -> None:
    place = project.path / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    assert any(line.startswith(f"{path}:1: {SPECIAL}") for line in faults(project))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("con", WINDOWS),
        ("AUX", WINDOWS),
        ("nul.md", WINDOWS),
        ("a:b", WINDOWS),
        ("kenh.", WINDOWS),
        ("kenh ", WINDOWS),
        ("a|b", WINDOWS),
        ("a\\b", WINDOWS),
        ("a\nb", UNSEEN),
        ("a\x1b[31mb", UNSEEN),
        ("\u202ehnek", UNSEEN),
        ("ke\u200bnh", UNSEEN),
        (b"k\xff\xfenh", UNSEEN),
    ],
)
def test_a_name_that_breaks_elsewhere_is_told(project: Project, name: str | bytes, said: str) -> None:
    shown = os.fsdecode(name)
    for folder in ("content/bai-viet/2020", "content/trang"):
        place = project.path / folder / shown
        place.mkdir(parents=True)
        (place / "bai.md").write_text("---\nTiêu đề: a\nNgày: 1/8/2020\n---\nBài.\n", encoding="utf-8")
        assert any(line.startswith(f"{folder}/") and said in line for line in faults(project))
    assert load(project.path).sources == {}


@pytest.mark.parametrize("name", ["Côn", "Aux!", "nul (2)"])
def test_an_address_that_windows_lets_nobody_have_is_refused(project: Project, name: str) -> None:
    project.write_story(name)
    found = faults(project)
    assert any("Windows không cho đặt" in line for line in found) == (name != "nul (2)")


@pytest.mark.skipif(sys.platform != "linux", reason="hệ tệp này coi hai tên là một")
@pytest.mark.parametrize("names", [("Ảnh", "A\u0309nh"), ("kenh", "Kenh"), ("đất", "Đất")])
def test_twins_by_case_or_by_form_are_told(project: Project, names: tuple[str, str]) -> None:
    for name in names:
        project.write_story(name)
    assert any("Windows coi tên này" in line for line in faults(project))


def test_what_turns_text_around_is_told_at_its_line(project: Project) -> None:
    project.write_story(front={"Tác giả": "Bà \u202eA"}, body="Gọi \u202a0900\u202c.\n")
    (line,) = faults(project)
    assert line.startswith(f"{STORY}/bai.md:7: Có ký tự ẩn đảo chiều chữ (U+202E) trước “A”")


def test_what_cannot_be_read_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.path / project.write_story()

    def refuse(file: os.PathLike[str]) -> FileIO:
        if Path(file) == path:
            raise PermissionError(13, "Permission denied")
        return FileIO(file)

    # Taking the right away would not keep an administrator from reading.
    monkeypatch.setattr("plugins.sources.text.FileIO", refuse)
    (line,) = faults(project)
    assert line.startswith(f"{STORY}/bai.md:1: Không đọc được tệp: đang được chương trình khác mở, hoặc máy không cho")
