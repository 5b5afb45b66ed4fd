"""The checks on Windows, as far as they can be tested without Wine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.windows import __main__ as windows
from tests.windows import pins
from tests.windows.checks import compare, make_publishable, sum_up
from tests.windows.report import Failed, Report

PROJECT = Path(__file__).parents[1]


def test_ci_runs_it() -> None:
    assert ".venv/bin/python -m tests.windows ||" in (PROJECT / ".ci/run").read_text(encoding="utf-8")


def test_only_the_variable_of_the_guide_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"`{windows.SKIP}=1`" in (PROJECT / "plugins/README.md").read_text(encoding="utf-8")
    monkeypatch.setenv(windows.SKIP, "1")
    done = subprocess.run(
        [sys.executable, "-m", "tests.windows"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"Windows: not tried, since {windows.SKIP} is set.\n")


def test_a_failed_setup_is_a_failure_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(windows.SKIP, raising=False)

    def refuse(*_: object) -> None:
        raise Failed("apt-get did not bring Wine from Debian", "E: no such suite")

    monkeypatch.setattr(windows.wine, "unpack_wine", refuse)
    monkeypatch.setattr(windows.python, "unpack_embedded", lambda *_: None)
    monkeypatch.setattr(windows, "_make_linux", lambda _: None)
    monkeypatch.setattr(windows, "fetch_python", lambda *_: None)
    monkeypatch.setattr(windows, "fetch_wheels", lambda *_: [])
    assert windows.main([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert re.search(r"^FAIL .*: apt-get did not bring Wine from Debian\n +\| E: no such suite$", said, re.MULTILINE)
    assert said.splitlines()[-1].startswith("Windows, 0 s: failed: Wine,")


def test_windows_gets_each_pin_once_by_its_hashes() -> None:
    staff = pins.read_staff_pins(PROJECT)
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for pin in staff for digest in pin.hashes)
    assert all(pin.hashes for pin in staff)
    names = [pin.name for pin in staff]
    assert len(names) == len(set(names))
    assert {"tzdata", "deflate", "pelican", "pip"} <= set(names)
    (soupsieve,) = (pin for pin in pins.read_test_pins(PROJECT) if pin.name == "soupsieve")
    assert soupsieve.version.startswith("4"), "of two pins, the one for this version of Python"
    tests = {pin.name for pin in pins.read_test_pins(PROJECT)}
    assert {"colorama", "pytest", "hypothesis", "pip"} <= tests
    assert tests & {*names, "playwright"} == {"pip"}


def test_files_that_differ_from_linux_are_named(tmp_path: Path) -> None:
    for machine, files in {"linux": {"a": "1", "b": "2", "c": "3"}, "windows": {"a": "1", "b": "22", "d": "4"}}.items():
        (tmp_path / machine).mkdir()
        for name, text in files.items():
            (tmp_path / machine / name).write_text(text, encoding="utf-8")
    assert compare(tmp_path / "linux", tmp_path / "linux") == 3
    with pytest.raises(Failed) as failed:
        compare(tmp_path / "linux", tmp_path / "windows")
    assert failed.value.said.splitlines() == [
        "only on Linux: c",
        "only on Windows: d",
        "other bytes: b (1 bytes on Linux, 2 on Windows)",
    ]


def test_a_site_published_on_windows_has_no_sample(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for name, text in {
        "danh-muc/co-quan.yaml": '- tên: "[điền tên]"\n',
        "bai-viet/bai.md": "---\nMẫu: có\nTiêu đề: A\n---\ncó\n",
        "dang-ky/2026.csv": "Mã;Mẫu\nDK;có\nDL;\n",
    }.items():
        (content / name).parent.mkdir(parents=True)
        (content / name).write_text(text, encoding="utf-8")
    make_publishable(tmp_path)
    assert "[" not in (content / "danh-muc/co-quan.yaml").read_text(encoding="utf-8")
    assert (content / "bai-viet/bai.md").read_text(encoding="utf-8") == "---\nTiêu đề: A\n---\ncó\n"
    assert (content / "dang-ky/2026.csv").read_text(encoding="utf-8") == "Mã;Mẫu\nDK;\nDL;\n"


def test_long_output_of_a_failure_is_shown_from_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    with report.step("one"):
        raise Failed("wrong", "\n".join(map(str, range(210))))
    with report.step("two"):
        pass
    said = capsys.readouterr().out
    assert "| … 60 lines before\n" in said
    assert "| 59\n" not in said
    assert "| 60\n" in said
    assert "  ok    0 s  two\n" in said
    assert report.end() == 1


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("...\n12 passed, 3 skipped in 4.56s\n", "12 passed, 3 skipped in 4.56s"),
        ("1 passed in 75.00s (0:01:15)\nx265 [error]: no threads\n", "1 passed in 75.00s (0:01:15)"),
        ("FAILED tests/x.py::y\n1 failed, 12 passed in 4.56s\n", ""),
        ("12 passed, 1 error in 4.56s\n", ""),
        ("no tests ran in 0.01s\n", ""),
        ("12 passed\n", ""),
        ("", ""),
    ],
)
def test_tests_pass_if_pytest_reports_no_failure(said: str, line: str) -> None:
    assert sum_up(said) == line
