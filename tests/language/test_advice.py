"""The one table of rules: its names, how a story turns them off, and that advice is only that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.language.advice import MOST_OF_A_RULE
from plugins.site.check import check
from plugins.sources.problem import Level
from tests.loading import load

if TYPE_CHECKING:
    from tests.conftest import Project
    from tests.language.conftest import Said

PROJECT = Path(__file__).parents[2]
SLIPS = "TINH THẦN ĐOÀN KẾT , gọi 0912345678.\n"


@pytest.mark.parametrize(
    ("muted", "left"),
    [
        ("", ["chữ hoa", "dấu câu", "số điện thoại"]),
        ("chữ hoa", ["dấu câu", "số điện thoại"]),
        ("CHU HOA, dau cau", ["số điện thoại"]),
        ("\n  - chữ hoa\n  - số điện thoại", ["dấu câu"]),
        ("tất cả", []),
        ("Tat ca", []),
    ],
)
def test_a_story_turns_rules_off(said: Said, muted: str, left: list[str]) -> None:
    assert sorted(rule for _, rule, _, _ in said(SLIPS, Bỏ_nhắc=muted)) == left


def test_an_unknown_rule_is_an_error_that_names_the_nearest(project: Project) -> None:
    path = project.write_story(front={"Bỏ nhắc": "chữ to, dấu câu"}, body=SLIPS)
    (error,) = project.load().errors
    assert (error.path, error.line, error.message) == (path, 7, 'Lời nhắc "chữ to" không có trong danh mục')
    project.write_story(front={"Bỏ nhắc": "số điện thoạ"}, body=SLIPS)
    (error,) = project.load().errors
    assert error.fix == 'ý bạn là "số điện thoại"?'


def test_advice_is_one_list_with_the_errors_in_order_and_changes_no_exit_code(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_story("mot", front={"Tiêu đề": 'Chuyện "khéo"'}, body=f"\n{SLIPS}")
    assert check(project.path, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert {problem["level"] for problem in told} == {"advice"}
    assert [problem["line"] for problem in told] == [2, 9, 9, 9]
    project.write_story("hai", front={"Xã": "Đâu đó"}, body=SLIPS)
    assert check(project.path, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    # Errors of a story do not hide advice.
    assert [(p["path"].split("/")[-2], p["level"]) for p in told] == [
        ("hai", "error"),
        *[("hai", "advice")] * 3,
        *[("mot", "advice")] * 4,
    ]
    assert [story.slug for story in project.load().stories] == ["mot"]


def test_pages_and_documents_are_no_stories(project: Project) -> None:
    project.write("content/trang/lien-he.md", f"---\nTiêu đề: Liên hệ\n---\n{SLIPS}")
    assert project.problems() == []


def test_one_rule_never_floods(said: Said) -> None:
    told = said("Một , hai.\n\n" * 10)
    assert len(told) == MOST_OF_A_RULE
    assert [line for line, _, _, _ in told] == [8, 10, 12]
    assert told[-1][-1].endswith(" (bài còn 7 chỗ như thế)")


def test_lines_are_right_under_a_value_of_many_lines(said: Said) -> None:
    told = said("\nMột , hai.\n", Tóm_tắt="Chuyện của\n  cả thôn")
    assert [(line, rule) for line, rule, _, _ in told] == [(11, "dấu câu")]


def test_shipped_content_needs_no_advice() -> None:
    told = [problem for problem in load(PROJECT).problems if problem.message.startswith("Nên xem lại")]
    assert [str(problem) for problem in told] == []
    assert all(problem.level is Level.ADVICE for problem in load(PROJECT).problems)
