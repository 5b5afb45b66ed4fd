"""--write keeps a measurement with its day, its machine and its command, after those that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.vietnamese import today
from tests.benchmark.figures import FIGURES, describe_machine, recorded

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_printed_is_shown_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "figures.md"
    file.write_text("# Figures\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["x", "1000", "--write", "--peers", "hugo"])
    with recorded("tests.benchmark", writing=True, file=file):
        print("| Số bài | Giây |")
    assert capsys.readouterr().out == "| Số bài | Giây |\n"
    assert file.read_text(encoding="utf-8") == (
        f"# Figures\n\n## {today().isoformat()}: `python -m tests.benchmark 1000 --peers hugo`\n\n"
        f"{describe_machine()}\n\n```text\n| Số bài | Giây |\n```\n"
    )


def test_nothing_is_kept_unasked_or_of_a_failure(tmp_path: Path) -> None:
    file = tmp_path / "figures.md"
    with recorded("tests.benchmark", writing=False, file=file):
        print("1")
    with pytest.raises(RuntimeError), recorded("tests.benchmark", writing=True, file=file):
        raise RuntimeError
    assert not file.exists()


def test_earlier_figures_are_there() -> None:
    assert "## Until 30 November 2026" in FIGURES.read_text(encoding="utf-8")
