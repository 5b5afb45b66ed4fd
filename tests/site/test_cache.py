"""A cache has the unchanged files, and nothing when it is damaged or of another engine."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.build_record import BuildRecord
from plugins.content.cache import ContentCache
from plugins.site.cache import BuildCache, load_cache, save_cache
from plugins.sources.problem import Level
from tests.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Project

A, B, DRAFT = (f"content/bai-viet/2020/{slug}/bai.md" for slug in ("a", "b", "nhap"))


@pytest.fixture
def remembered(project: Project) -> Project:
    """A project whose last build left a memory."""
    project.write_story("a", front={"Tiêu đề": "Một"})
    project.write_story("b", front={"Tiêu đề": "Hai"})
    project.write_story("nhap", front={"Tiêu đề": "Nháp", "Trạng thái": "nháp"})
    time.sleep(0.12)
    remember(project)
    return project


def record_of(project: Project, kind: str = "", day: date = date(2026, 11, 29)) -> BuildRecord:
    return BuildRecord(project.path, "output", kind, day)


def remember(project: Project) -> None:
    record, memory = record_of(project), BuildCache(ContentCache(project.path))
    load(project.path, cache=memory.content)
    save_cache(memory, record)


def kept(project: Project, kind: str = "", day: date = date(2026, 11, 29)) -> set[str]:
    """Return the files of the stories that need not be read again."""
    return {f"{folder}/bai.md" for folder in load_cache(record_of(project, kind, day)).content.stories}


def append(project: Project, path: str) -> None:
    file = project.path / path
    file.write_text(f"{file.read_text(encoding='utf-8')}\nThêm.\n", encoding="utf-8")


def test_unchanged_files_are_kept(remembered: Project) -> None:
    assert kept(remembered) == {A, B, DRAFT}
    append(remembered, A)
    assert kept(remembered) == {B, DRAFT}
    remembered.write("content/bai-viet/2020/b/anh.jpg", b"x")
    assert kept(remembered) == {DRAFT}


def test_stories_do_not_hang_on_the_day(remembered: Project) -> None:
    assert kept(remembered, day=date(2030, 1, 1)) == {A, B, DRAFT}


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
    file = record_of(remembered).cache_file
    file.write_bytes(spoil(file.read_bytes()))
    assert kept(remembered) == set()


def test_a_check_says_the_same_with_it_as_without(remembered: Project) -> None:
    file = remembered.path / A
    file.write_text(f"{file.read_text(encoding='utf-8')}\nXem [bài ấy]({{filename}}khong-co.md).\n", encoding="utf-8")
    kept = load_cache(record_of(remembered)).content
    problems = load(remembered.path, checking=True, cache=kept).problems
    assert problems == load(remembered.path, checking=True).problems
    assert any(one.path == A and "khong-co" in one.message for one in problems)


def test_every_kind_of_build_with_any_theme_shares_it(remembered: Project) -> None:
    remembered.write("theme/a.css", "a{}")
    assert kept(remembered, "publishing") == {A, B, DRAFT}


def test_other_code_has_none(remembered: Project) -> None:
    remembered.write("plugins/a.py", "a = 1")
    assert kept(remembered) == set()


def test_a_missing_fact_of_an_office_is_an_error_of_a_publish_alone(remembered: Project) -> None:
    file = remembered.path / "content/danh-muc/co-quan.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("điện thoại")), encoding="utf-8")
    time.sleep(0.12)
    remember(remembered)
    levels = []
    for publishing in (True, False, True):
        content = load(remembered.path, cache=load_cache(record_of(remembered)).content, publishing=publishing)
        levels += [one.level for one in content.problems if "điện thoại" in one.message]
    assert levels == [Level.ERROR, Level.ADVICE, Level.ERROR]


def test_a_story_written_as_the_build_began_is_read_again(remembered: Project) -> None:
    append(remembered, A)
    remember(remembered)
    assert kept(remembered) == {B, DRAFT}
