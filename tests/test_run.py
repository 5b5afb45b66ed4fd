"""`test` itself: every check runs even when one fails, and any failure fails the whole."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import run
from tests.fast import is_slow_file

PROJECT = Path(__file__).parents[1]
BEFORE = [["mypy"], ["ruff", "check", "."], ["ruff", "format", "--check", "."]]


@pytest.mark.parametrize(
    ("failing", "code", "said"),
    [
        ("", 0, "Mọi kiểm tra đều đạt."),
        ("mypy", 1, "Chưa đạt: Kiểu dữ liệu (mypy)."),
        ("ruff", 1, "Chưa đạt: Cách viết mã (ruff check), Cách trình bày mã (ruff format)."),
    ],
)
def test_all_run_whatever_fails(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failing: str,
    code: int,
    said: str,
) -> None:
    commands: list[list[str]] = []

    def fake(command: list[str], **_: Any) -> Any:
        commands.append(command[2:])
        return SimpleNamespace(returncode=int(command[2] == failing), stdout="")

    monkeypatch.setattr("subprocess.run", fake)
    assert run.run_all(tmp_path, "kênh") == code
    assert sorted(commands) == sorted([*BEFORE, ["pytest", "-k", "kênh"]])
    assert capsys.readouterr().out.endswith(f"\n{said}\n")


@pytest.mark.parametrize(("processors", "shared"), [(1, None), (2, "2"), (4, "4"), (64, "4")])
def test_all_tests_are_shared_out_among_the_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int, shared: str | None
) -> None:
    commands: list[list[str]] = []

    def fake(command: list[str], **_: Any) -> Any:
        commands.append(command[2:])
        return SimpleNamespace(returncode=0, stdout="")

    monkeypatch.setattr("subprocess.run", fake)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(processors), raising=False)
    assert run.run_all(tmp_path, "") == 0
    assert sorted(commands) == sorted([*BEFORE, ["pytest", *([*run.TOGETHER, shared] if shared else [])]])


@pytest.mark.parametrize(
    ("only", "fast", "line"),
    [
        ("", True, ["pytest", "--fast"]),
        ("kênh", True, ["pytest", "--fast", "-k", "kênh"]),
        ("tests/test_run.py", False, ["pytest", "tests/test_run.py"]),
    ],
)
def test_fast_tests_and_a_file_of_tests_are_chosen(
    monkeypatch: pytest.MonkeyPatch, only: str, fast: bool, line: list[str]
) -> None:
    commands: list[list[str]] = []

    def fake(command: list[str], **_: Any) -> Any:
        commands.append(command[2:])
        return SimpleNamespace(returncode=0, stdout="")

    monkeypatch.setattr("subprocess.run", fake)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(1), raising=False)
    assert run.run_all(PROJECT, only, fast=fast) == 0
    assert sorted(commands) == sorted([*(BEFORE[1:] if fast else BEFORE), line])


@pytest.mark.parametrize("code", [4, 5])
def test_a_choice_of_no_test_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    def fake(command: list[str], **_: Any) -> Any:
        return SimpleNamespace(returncode=code if command[2] == "pytest" else 0, stdout="")

    monkeypatch.setattr("subprocess.run", fake)
    assert run.run_all(tmp_path, "kenh xua") == 1
    assert "Không có bài thử nào khớp với “kenh xua”: ghi đường dẫn" in capsys.readouterr().out


def test_what_ran_beside_the_tests_is_printed_after_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fake(command: list[str], **how: Any) -> Any:
        return SimpleNamespace(returncode=0, stdout="Success\n" if how.get("stdout") else None)

    monkeypatch.setattr("subprocess.run", fake)
    assert run.run_all(tmp_path, "") == 0
    said = capsys.readouterr().out
    assert said.endswith("\n== Chạy thử (pytest) ==\n\n== Kiểu dữ liệu (mypy) ==\nSuccess\n\nMọi kiểm tra đều đạt.\n")


@pytest.mark.skipif(os.name == "nt", reason="chỉ hệ POSIX có")
@pytest.mark.parametrize(
    ("flag", "free", "own", "there"),
    [
        (0, 8 * 1024**3, None, True),
        (0, 1024**3, None, False),
        (os.ST_NOEXEC if hasattr(os, "ST_NOEXEC") else 0, 8 * 1024**3, None, False),
        (0, 8 * 1024**3, "another", False),
    ],
    ids=["room", "too small", "runs no programs", "another is asked for"],
)
def test_temporary_files_are_in_memory_if_it_can_hold_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flag: int, free: int, own: str | None, there: bool
) -> None:
    found: dict[str, str] = {}

    def fake(command: list[str], env: dict[str, str], **_: Any) -> Any:
        found.update(env)
        return SimpleNamespace(returncode=0, stdout="")

    monkeypatch.setattr("subprocess.run", fake)
    monkeypatch.setattr(run, "_MEMORY", tmp_path)
    monkeypatch.setattr("os.statvfs", lambda _: SimpleNamespace(f_flag=flag))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    monkeypatch.delenv("TMPDIR", raising=False)
    if own:
        monkeypatch.setenv("TMPDIR", own)
    assert run.run_all(tmp_path, "") == 0
    assert (found.get("TMPDIR") == str(tmp_path)) == there
    assert not own or found["TMPDIR"] == own


def test_a_file_of_tests_is_fast_unless_it_starts_a_process() -> None:
    tests = PROJECT / "tests"
    slow = {path.relative_to(tests).as_posix() for path in tests.rglob("test_*.py") if is_slow_file(path)}
    # By an import of its own, or of a helper.
    assert {"test_crash.py", "browser/test_facets.py", "site/test_publish.py", "exemplars/door/test_pelican.py"} <= slow
    assert not {"test_vietnamese.py", "content/test_addresses.py", "spoken/test_text.py"} & slow
