"""The progress bar: only in a terminal, only for long operations, and gone at the end."""

from __future__ import annotations

import io
import time

from plugins import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def show(stream: io.StringIO, ago: float) -> str:
    with progress.showing(time.monotonic() - ago, stream):
        for number in range(3):
            progress.tell("Đọc bài", number, 3)
    return stream.getvalue()


def test_a_long_operation_shows_a_bar_and_removes_it() -> None:
    written = show(Terminal(), 10)
    assert "Đọc bài" in written
    assert "/3" in written
    # The line is erased, and the cursor is there again.
    assert written.rstrip().endswith("\x1b[2K") or "\x1b[?25h" in written


def test_a_quick_operation_shows_no_bar() -> None:
    assert show(Terminal(), 0) == ""


def test_nothing_is_drawn_where_no_one_looks() -> None:
    assert show(io.StringIO(), 10) == ""


def test_nothing_is_shown_outside_the_block() -> None:
    show(Terminal(), 10)
    progress.tell("Đọc bài", 1, 3)


def test_another_process_draws_nothing() -> None:
    stream = Terminal()
    with progress.showing(time.monotonic() - 10, stream):
        progress.hide()
        progress.tell("Đọc bài", 1, 3)
    assert stream.getvalue() == ""
