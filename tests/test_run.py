"""`test` itself: every check runs even when one fails, and any failure fails the whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests import run

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]]


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
        return SimpleNamespace(returncode=int(command[2] == failing))

    monkeypatch.setattr("subprocess.run", fake)
    assert run.run_all(tmp_path, "kênh") == code
    assert commands == [*BEFORE, ["pytest", "-k", "kênh"]]
    assert capsys.readouterr().out.endswith(f"\n{said}\n")


@pytest.mark.parametrize(("processors", "shared"), [(1, None), (2, "2"), (4, "4"), (64, "4")])
def test_all_tests_are_shared_out_among_the_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int, shared: str | None
) -> None:
    commands: list[list[str]] = []

    def fake(command: list[str], **_: Any) -> Any:
        commands.append(command[2:])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr("subprocess.run", fake)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(processors), raising=False)
    assert run.run_all(tmp_path, "") == 0
    assert commands == [*BEFORE, ["pytest", *([*run.TOGETHER, shared] if shared else [])]]
