"""`check`, as staff read it and as other tools read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.site import checkout
from tests.site.checkout import run, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import Build

FAULTS = {
    f"{checkout.STORIES}/2020/sai-nhieu-cho/bai.md": """\
---
Tiêu đề: Sai nhiều chỗ
Ngày: 31/02/2020
Linh vcu: Kinh tế
Lĩnh vực: Kinh té nhà
Xã: Nam Donng
Loại: Cá nhân
---
Bài.
""",
    f"{checkout.STORIES}/2020/A sai yaml/bai.md": "---\nTiêu đề: Một: hai: ba\nNgày: [1\n---\n",
    f"{checkout.STORIES}/2020/đứng sau/bai.md": "",
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = checkout.copy_project(tmp_path_factory.mktemp("check"))
    for path, text in FAULTS.items():
        write(project, path, text)
    return project


@pytest.fixture(scope="module")
def found(faulty: Path) -> list[dict[str, Any]]:
    done = run(faulty, "check", "--json")
    assert (done.code, done.stderr) == (1, "")
    return json.loads(done.stdout)


def test_json_is_all_that_json_prints_and_has_its_promised_shape(faulty: Path, found: list[dict[str, Any]]) -> None:
    assert {problem["path"] for problem in found if problem["level"] == "error"} == set(FAULTS)
    for problem in found:
        assert list(problem) == ["path", "line", "level", "message", "fix"]
        assert [type(value) for value in problem.values()] == [str, int, str, str, str]
        assert problem["level"] in ("error", "advice")
        assert problem["line"] >= 1
        assert problem["message"]
        assert problem["fix"]
        assert (faulty / problem["path"]).exists()
        assert "\\" not in problem["path"]


def test_every_problem_of_every_file_comes_out_in_one_run(found: list[dict[str, Any]]) -> None:
    path = f"{checkout.STORIES}/2020/sai-nhieu-cho/bai.md"
    assert [problem["line"] for problem in found if problem["path"] == path] == [3, 4, 5, 6, 7]


def test_problems_are_in_order_of_file_and_line(found: list[dict[str, Any]]) -> None:
    places = [(problem["path"], problem["line"]) for problem in found]
    assert places == sorted(places)
    assert len({path for path, _ in places}) > 3


def test_people_read_the_same_problems_one_a_line(faulty: Path, found: list[dict[str, Any]]) -> None:
    done = run(faulty, "check")
    assert done.code == 1
    errors, advice = ([p for p in found if p["level"] == level] for level in ("error", "advice"))
    assert errors
    assert advice
    # The errors first, counted, and each marked in words; the place comes first on its line for editors that open it.
    *lines, summary = done.stdout.splitlines()
    assert lines == [
        f"{len(errors)} lỗi, phải sửa:",
        *(f"{p['path']}:{p['line']}: LỖI: {p['message']}; {p['fix']}" for p in errors),
        f"{len(advice)} lời nhắc, không bắt buộc:",
        *(f"{p['path']}:{p['line']}: {p['message']}; {p['fix']}" for p in advice),
    ]
    assert summary.endswith(f" tệp: {len(errors)} lỗi, {len(advice)} lời nhắc.")


def test_advice_alone_is_no_failure(built: Build) -> None:
    done = run(built.project, "check", "--json")
    problems = json.loads(done.stdout)
    assert done.code == 0
    assert {problem["level"] for problem in problems} == {"advice"}
    assert run(built.project, "check").code == 0


def test_sound_content_is_said_to_be_sound(published: Build) -> None:
    assert run(published.project, "check", "--json").stdout == "[]\n"
    done = run(published.project, "check")
    assert done.code == 0
    assert done.stdout.endswith(" tệp: không có lỗi nào.\n")


def test_a_check_writes_nothing(published: Build) -> None:
    before = checkout.read_tree(published.project / "content"), sorted(published.project.iterdir())
    run(published.project, "check")
    assert (checkout.read_tree(published.project / "content"), sorted(published.project.iterdir())) == before
