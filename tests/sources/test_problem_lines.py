"""Errors and advice differ on a terminal, with and without colour."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from plugins.sources.problem import Level, Problem, colour, group_lines, mark_error

if TYPE_CHECKING:
    import pytest

DRAFT = Problem("content/bai-viet/2020/a/bai.md", 1, "Tệp trống", "viết bài")
ADVICE = Problem("content/bai-viet/2020/b/bai.md", 2, "Câu dài", "tách câu", Level.ADVICE)
ERROR = Problem("content/bai-viet/2020/c/bai.md", 3, "Ngày sai", "sửa ngày")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_errors_come_first_counted_and_marked() -> None:
    assert group_lines([DRAFT, ADVICE, ERROR]) == [
        "2 lỗi, phải sửa:",
        "content/bai-viet/2020/a/bai.md:1: LỖI: Tệp trống; viết bài",
        "content/bai-viet/2020/c/bai.md:3: LỖI: Ngày sai; sửa ngày",
        "1 lời nhắc, không bắt buộc:",
        "content/bai-viet/2020/b/bai.md:2: Câu dài; tách câu",
    ]
    assert group_lines([ADVICE])[0] == "1 lời nhắc, không bắt buộc:"
    assert group_lines([]) == []


def test_only_errors_that_stop_a_publish_must_be_fixed() -> None:
    assert group_lines([DRAFT, ADVICE, ERROR], [ERROR]) == [
        "1 lỗi, phải sửa:",
        mark_error(ERROR),
        "1 lỗi ở chỗ không đưa lên nên không ngăn xuất bản:",
        str(DRAFT),
        "1 lời nhắc, không bắt buộc:",
        str(ADVICE),
    ]


def test_the_mark_is_red_on_a_terminal_unless_somebody_wants_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("WT_SESSION", "1")
    line = mark_error(ERROR)
    assert colour(line, Terminal()) == line.replace("LỖI", "\x1b[1;31mLỖI\x1b[0m", 1)
    assert colour(str(ADVICE), Terminal()) == str(ADVICE)
    assert colour(line, io.StringIO()) == line
    monkeypatch.setenv("NO_COLOR", "1")
    assert colour(line, Terminal()) == line
