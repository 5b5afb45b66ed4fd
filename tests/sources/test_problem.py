"""A problem as people and as tools read it."""

from __future__ import annotations

from plugins.sources.problem import Level, Problem

PATH = "content/bai-viet/2020/kenh/bai.md"


def test_a_problem_is_one_line_that_editors_can_follow() -> None:
    problem = Problem(PATH, 5, 'Xã "Nam Đông B" không có trong danh mục', 'ý bạn là "Nam Dong"?')
    assert str(problem) == f'{PATH}:5: Xã "Nam Đông B" không có trong danh mục; ý bạn là "Nam Dong"?'


def test_the_shape_for_other_tools() -> None:
    assert Problem(PATH, 5, "Sai", "sửa lại", Level.ADVICE).as_dict() == {
        "path": PATH,
        "line": 5,
        "level": "advice",
        "message": "Sai",
        "fix": "sửa lại",
    }


def test_problems_stand_in_order_of_file_and_line() -> None:
    problems = [Problem("b", 2, "", ""), Problem("a", 10, "", ""), Problem("b", 1, "", ""), Problem("a", 9, "", "")]
    assert [(problem.path, problem.line) for problem in sorted(problems)] == [("a", 9), ("a", 10), ("b", 1), ("b", 2)]
