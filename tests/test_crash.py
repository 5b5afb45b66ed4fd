"""The last net: a sentence for staff, and never a second crash."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from plugins import crash

if TYPE_CHECKING:
    from pathlib import Path

_CHATTERING = """
import sys
from pathlib import Path
from plugins.crash import run_guarded

def chatter() -> int:
    for number in range(100_000):
        print("một dòng dài", number)
    return 0

sys.exit(run_guarded(Path(sys.argv[1]), chatter))
"""


def _fail() -> int:
    raise ValueError("\udcff\ndòng hai")


def test_a_crash_is_a_sentence_and_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crash.run_guarded(tmp_path, _fail) == 1
    assert "Chương trình gặp lỗi ngoài dự kiến (ValueError: ?); gửi tệp .cache/loi.txt" in capsys.readouterr().err
    assert "\\udcff" in (tmp_path / crash.LOG).read_text(encoding="utf-8")


def test_an_unwritable_log_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".cache").write_text("", encoding="utf-8")
    assert crash.run_guarded(tmp_path, _fail) == 1
    assert "báo người phụ trách kỹ thuật; không ghi được tệp" in capsys.readouterr().err


def test_a_closed_pipe_is_no_crash(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "utf8", "-c", _CHATTERING, str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) == 1
    assert not (tmp_path / crash.LOG).exists()


# Takes eight bytes at a time; for fewer, its error is that of a closed pipe on Windows.
needs_eventfd = pytest.mark.skipif(not hasattr(os, "eventfd"), reason="only Linux has what fails like that")


@needs_eventfd
@pytest.mark.parametrize("is_done", [False, True])
def test_so_it_is_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_done: bool) -> None:
    def say() -> int:
        print("một dòng", flush=not is_done)
        return 0

    said = io.StringIO()
    place = os.eventfd(0)
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(io.FileIO(place, "w", closefd=False))))
        closed.setattr(sys, "stderr", said)
        code = crash.run_guarded(tmp_path, say)
    os.close(place)
    assert (code, said.getvalue()) == (0 if is_done else 1, "")
    assert not (tmp_path / crash.LOG).exists()


@pytest.mark.parametrize("file", [None, "bai.md"])
def test_another_error_with_that_number_is_a_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str | None
) -> None:
    def fail() -> int:
        raise OSError(errno.EINVAL, "Invalid argument", file)

    assert crash.run_guarded(tmp_path, fail) == 1
    assert "Chương trình gặp lỗi ngoài dự kiến" in capsys.readouterr().err
