"""Output arrives on any code page, and its reader may stop early."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SAID = "Đắk D’rông, Cư K’nia, Ƀ Ŏ Ĕ \udce9"
GUARDED = f"""
import sys
from pathlib import Path
from plugins.crash import run_guarded
def say():
    print({SAID!a})
    print({SAID!a}, file=sys.stderr)
    return 0
sys.exit(run_guarded(Path(sys.argv[1]), say))
"""
FIRST_RUN = """
import subprocess, sys, venv
from pathlib import Path
from types import SimpleNamespace
from plugins import environment
venv.create = lambda folder, **_: (folder / "bin").mkdir(parents=True)
subprocess.run = lambda words, **_: SimpleNamespace(returncode=int("--version" in words))
environment.enter(Path(sys.argv[1], "tasks.py"), ["build"])
"""
# As on a console, in a file or a pipe on Windows; set by Python's own options here.
CODE_PAGES = ("cp437", "cp1252", "cp1258", "ascii", "utf-8")


def run(code: str, *words: str, page: str) -> subprocess.CompletedProcess[bytes]:
    there = {name: value for name, value in os.environ.items() if name != "PYTHONUTF8"}
    there |= {"PYTHONIOENCODING": f"{page}:strict", "PYTHONPATH": str(PROJECT)}
    return subprocess.run([sys.executable, "-c", code, *words], env=there, capture_output=True, check=False)


def read(written: bytes) -> str:
    """Return the output of a command, with LF line ends."""
    return written.decode().replace(os.linesep, "\n")


@pytest.mark.parametrize("page", CODE_PAGES)
def test_no_code_page_keeps_a_command_from_saying_it(tmp_path: Path, page: str) -> None:
    done = run(GUARDED, str(tmp_path), page=page)
    said = SAID.replace("\udce9", "\\udce9") + "\n"
    assert (done.returncode, read(done.stdout), read(done.stderr)) == (0, said, said)


@pytest.mark.parametrize("page", CODE_PAGES)
def test_nor_the_first_run(tmp_path: Path, page: str) -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).touch()
    done = run(FIRST_RUN, str(tmp_path), page=page)
    assert (done.returncode, done.stderr) == (0, b"")
    assert read(done.stdout).startswith("Lần đầu chạy: đang tạo môi trường .venv…\nĐang cài các thư viện")


@pytest.mark.parametrize("page", ["cp1258", "ascii"])
def test_help_and_mistyped_commands_are_printed_on_any_code_page(page: str) -> None:
    code = "import tasks as t; t.StaffProgram(namespace=t.Collection.from_module(t), name='tasks.py').run()"
    done = run(code, "--help", page=page)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Cách gõ:" in done.stdout.decode()
    done = run(code, "publsh", page=page)
    assert done.stderr.decode().startswith('Không có lệnh "publsh"; ý bạn là "publish"?')


def test_reading_only_the_first_line_of_the_help_is_no_error() -> None:
    code = "import tasks as t; t.StaffProgram(namespace=t.Collection.from_module(t), name='tasks.py').run()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--help"], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) in (0, 1)
