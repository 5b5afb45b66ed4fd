"""A memory holds as long as nothing else changed, and says which stories only have other words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from plugins.content.library import Kept
from plugins.exemplars.memory import Memory, load_memory, save_memory
from plugins.exemplars.selection import select_edition
from plugins.unchanged import Record
from tests.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.exemplars.edition import Edition
    from tests.conftest import Project

A, B, DRAFT = (f"content/bai-viet/2020/{slug}/bai.md" for slug in ("a", "b", "nhap"))


@pytest.fixture
def remembered(project: Project) -> Project:
    """A project whose last build left a memory."""
    project.write_story("a", front={"Tiêu đề": "Một"})
    project.write_story("b", front={"Tiêu đề": "Hai"})
    project.write_story("nhap", front={"Tiêu đề": "Nháp", "Trạng thái": "nháp"})
    project.write("output/index.html", "trang")
    time.sleep(0.12)
    remember(project)
    return project


def remember(project: Project) -> None:
    record = Record(project.path, "output", "")
    memory = Memory(Kept(project.path))
    memory.open(show(project, memory))
    save_memory(memory, record, record.written())


def recall(project: Project, kind: str = "") -> Memory:
    record = Record(project.path, "output", kind)
    return load_memory(record, record.written())


def show(project: Project, memory: Memory) -> Edition:
    return select_edition(load(project.path, kept=memory.kept), drafts=False, samples=True)


def find_edited(project: Project) -> frozenset[str] | None:
    memory = recall(project)
    memory.open(show(project, memory))
    return memory.edited


def append(project: Project, path: str) -> None:
    file = project.path / path
    file.write_text(f"{file.read_text(encoding='utf-8')}\nThêm.\n", encoding="utf-8")


def test_nothing_changed(remembered: Project) -> None:
    assert find_edited(remembered) == frozenset()
    assert len(recall(remembered).kept.stories) == 3


def test_other_words(remembered: Project) -> None:
    append(remembered, A)
    assert len(recall(remembered).kept.stories) == 2
    assert find_edited(remembered) == {A}


def test_other_words_in_what_is_not_shown(remembered: Project) -> None:
    append(remembered, DRAFT)
    assert find_edited(remembered) == frozenset()


@pytest.mark.parametrize(
    "change",
    [
        lambda project: project.write_story("a", front={"Tiêu đề": "Khác"}),
        lambda project: project.write_story("nhap", front={"Tiêu đề": "Nháp khác", "Trạng thái": "nháp"}),
        lambda project: project.write_story("nhap", front={"Tiêu đề": "Nháp"}),
        lambda project: project.write_story("c", front={"Tiêu đề": "Ba"}),
        lambda project: (project.path / B).unlink(),
        lambda project: project.write(A, "hỏng"),
        lambda project: project.write("content/bai-viet/2020/a/anh.jpg", b"x"),
        lambda project: project.write("content/trang/moi.md", "---\nTiêu đề: Mới\n---\n"),
        lambda project: project.write("output/index.html", "trang khác"),
        lambda project: project.write("output/la.html", "lạ"),
    ],
    ids=["title", "draft", "no draft", "more", "fewer", "broken", "photo", "page", "output", "stranger"],
)
def test_anything_else_has_all_pages_written(remembered: Project, change: Callable[[Project], object]) -> None:
    change(remembered)
    assert find_edited(remembered) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-9] + b"\x00" + data[-8:],
        lambda data: b"\xff" + data,
        lambda data: data.partition(b"\n")[2],
    ],
    ids=["empty", "cut by one", "cut in half", "a byte", "no text", "no head"],
)
def test_a_spoilt_memory_is_none(remembered: Project, spoil: Callable[[bytes], bytes]) -> None:
    file = Record(remembered.path, "output", "").site_file
    file.write_bytes(spoil(file.read_bytes()))
    assert len(recall(remembered).kept.stories) == 3
    assert find_edited(remembered) is None
    file = Record(remembered.path, "output", "").memory_file
    file.write_bytes(spoil(file.read_bytes()))
    assert recall(remembered).kept.stories == {}
    assert find_edited(remembered) is None


def test_what_was_edited_since_is_known_even_when_its_file_is_as_before(remembered: Project) -> None:
    """As on Windows, where a file that is moved away and back has all its times."""
    as_before = Record(remembered.path, "output", "").content
    append(remembered, A)
    record, memory = Record(remembered.path, "output", ""), recall(remembered)
    memory.open(show(remembered, memory))
    assert memory.edited == {A}
    left = record.memory_file.read_bytes()
    save_memory(memory, record, record.written())
    assert record.memory_file.read_bytes() == left
    record.content = as_before
    assert load_memory(record, record.written()).changed == {A}


def test_a_site_of_another_memory_is_none(remembered: Project) -> None:
    record = Record(remembered.path, "output", "")
    before = record.site_file.read_bytes()
    remembered.write_story("c", front={"Tiêu đề": "Ba"})
    time.sleep(0.12)
    remember(remembered)
    assert find_edited(remembered) == frozenset()
    record.site_file.write_bytes(before)
    assert find_edited(remembered) is None


def test_another_engine_or_kind_of_build_has_none(remembered: Project) -> None:
    assert recall(remembered, "publishing").kept.stories == {}
    remembered.write("theme/a.css", "a{}")
    assert recall(remembered).kept.stories == {}


def test_a_story_written_as_the_build_began_is_read_again(remembered: Project) -> None:
    append(remembered, A)
    remember(remembered)
    assert A.removesuffix("/bai.md") not in recall(remembered).kept.stories
    assert find_edited(remembered) == {A}
