"""The commands as staff type them: a mistyped one is answered in one Vietnamese line, and help is help."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from invoke import Collection

import tasks
from plugins import hint
from tests.site import forked

PROJECT = Path(__file__).parents[1]


# The last line of tasks.py, without the lines that prepare .venv.
_AS_TASKS = "import tasks as t; t.StaffProgram(namespace=t.Collection.from_module(t), name='tasks.py').run()"


def run(*words: str) -> forked.Ran:
    # In a process of its own: invoke keeps state of a parsed task.
    (ran,) = forked.run([forked.Wanted(PROJECT, _AS_TASKS, words)])
    return ran


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["publsh"], 'Không có lệnh "publsh"; ý bạn là "publish"? Xem các lệnh: {} --list'),
        (["nope"], 'Không có lệnh "nope"; xem các lệnh: {} --list'),
        (["--help", "nope"], 'Không có lệnh "nope"; xem các lệnh: {} --list'),
        (["progress", "--nam", "2020"], 'Lệnh progress không có mục "--nam"; xem cách gõ: {} --help progress'),
        (["progress", "--yaer", "2020"], 'Lệnh progress không có mục "--yaer"; ý bạn là "--year"? Xem cách gõ: {} '),
        (["progress", "--year"], "Lệnh progress có một mục chưa ghi giá trị; xem cách gõ: {} --help progress"),
        (["check", "--hlep"], 'Lệnh check không có mục "--hlep"; ý bạn là "--help"? Xem cách gõ: {} --help check'),
        (["import"], "Lệnh import còn thiếu document (tệp .docx, .odt hoặc .txt); xem cách gõ: {} --help import"),
        (["preview", "--port", "abc"], 'Cổng phải là một số, không phải "abc"; ví dụ --port 8080.'),
        (["collect", "x/*.csv", "--year", "2031", "-w"], "Chưa gộp được: Không có tệp .xlsx, .csv nào ở “x/*.csv”; "),
        (["collect", "--year", "31", "a.csv", "b.csv"], 'Chưa gộp được: Năm "31" không đúng'),
        (["report", "--year", "1999"], "Chưa lập được báo cáo: Năm 1999 không có sổ đăng ký, bài viết hay lời báo cáo"),
    ],
)
def test_a_mistyped_command_is_answered_in_one_line(words: list[str], said: str) -> None:
    done = run(*words)
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr.startswith(said.format(f"{hint.PYTHON} tasks.py"))
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["import", "--help"], ["--help", "import"], ["import", "-h"]])
def test_help_of_a_command_that_needs_a_word_is_no_word(words: list[str]) -> None:
    done = run(*words)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Cách gõ: {hint.command('import <document> <photos> [các mục]')}\n")
    assert "tệp .docx, .odt hoặc .txt" in done.stdout


@pytest.mark.parametrize("words", [[], ["--help"], ["--list"]])
def test_the_list_has_every_command(words: list[str]) -> None:
    done = run(*words)
    assert (done.code, done.stderr) == (0, "")
    assert all(f"  {name} " in done.stdout for name in Collection.from_module(tasks).task_names)
    assert "Subcommands" not in done.stdout


def test_a_hint_is_a_command_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hint.command("publish").endswith(" tasks.py publish")
    monkeypatch.setattr(hint, "PYTHON", "py")
    assert hint.command("check --json") == "py tasks.py check --json"
    code = "import os, importlib; os.name = 'nt'; import plugins.hint as h; print(h.command('check'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "py tasks.py check\n"


def test_no_hint_is_typed_by_hand() -> None:
    typed = re.compile(r"(?:python3?|py|inv) tasks\.py")
    files = [*(PROJECT / "plugins").rglob("*.py"), *(PROJECT / "plugins").rglob("*.html")]
    files += [*(PROJECT / "plugins").rglob("*.js"), *(PROJECT / "theme/templates").rglob("*.html")]
    found = {file.relative_to(PROJECT).as_posix() for file in files if typed.search(file.read_text(encoding="utf-8"))}
    assert found == set()
    # But for its first line, which is for engineers.
    assert not typed.search((PROJECT / "tasks.py").read_text(encoding="utf-8").partition("\n")[2])
