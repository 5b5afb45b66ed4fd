"""A machine that nothing can be installed on is reported before anything is downloaded."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path, PureWindowsPath

import pytest

from plugins import environment, machine
from plugins.sources.files import STOCK, free_path
from tests import wheels

ANSWER = json.loads(wheels.ANSWER.read_text(encoding="utf-8"))
PROJECT = Path(__file__).parents[1]
DEEP = "C:\\" + "Ủy ban MTTQ huyện Cư Jút\\" * 4


def find(
    monkeypatch: pytest.MonkeyPatch, platform: str, python: tuple[int, ...] = (3, 13, 2), where: str = "D:\\"
) -> str:
    monkeypatch.setattr(sysconfig, "get_platform", lambda: platform)
    monkeypatch.setattr(sys, "version_info", python)
    return machine.find_obstacle(Path(where))


def test_the_last_answer_is_about_these_pins() -> None:
    """Where this fails, a pin has changed: run `python -m tests.wheels`, and mend plugins/machine.py by its answer."""
    assert ANSWER["pins"] == wheels.read_pins()


def test_an_old_python_gets_as_far_as_the_message_that_it_is_old() -> None:
    """It cannot evaluate `str | Path`, so what is loaded before the message keeps its annotations unevaluated."""
    names = "print(*(name for name in sys.modules if name.startswith('plugins.')))"
    load = f"import sys; from plugins import engine, environment; {names}"
    done = subprocess.run([sys.executable, "-c", load], cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert set(loaded) >= {"plugins.engine", "plugins.environment", "plugins.machine", "plugins.streams"}
    assert [name for name in loaded if import_module(name).annotations is not annotations] == []


def test_the_machines_are_those_that_have_every_wheel() -> None:
    lacking = ANSWER["lacking"]
    assert lacking.pop("win-amd64") == {python: [] for python in wheels.PYTHONS}
    oldest, newest = (".".join(map(str, python)) for python in (machine.OLDEST, machine.NEWEST))
    assert (oldest, newest) == (wheels.PYTHONS[0], wheels.PYTHONS[-1])
    always = {name: sorted(set.intersection(*map(set, found.values()))) for name, found in lacking.items()}
    assert always == {name: sorted(names) for name, names in machine.LACKING.items()}
    assert all(always.values())


@pytest.mark.parametrize("python", [(3, 11, 0), (3, 13, 2), (3, 15, 1)])
@pytest.mark.parametrize("platform", ["win-amd64", "linux-x86_64", "linux-armv7l", "macosx-14.0-arm64"])
def test_a_fit_machine_gets_no_message(monkeypatch: pytest.MonkeyPatch, platform: str, python: tuple[int, ...]) -> None:
    assert find(monkeypatch, platform, python) == ""


@pytest.mark.parametrize(
    ("platform", "python", "said"),
    [
        (
            "win32",
            (3, 13, 2),
            "Python trên máy này là bản 32 bit, chưa có pillow-heif và turbohtml cho bản ấy; cài Python",
        ),
        ("win-arm64", (3, 12, 0), "Python trên máy này là bản ARM, chưa có turbohtml cho bản ấy; cài"),
        ("win-arm32", (3, 12, 0), "Python trên máy này là bản ARM, chưa có thư viện cho bản ấy; cài Python 3.15 bản"),
        ("win-amd64", (3, 16, 0), "Thư viện của trang chưa có cho Python 3.16; cài Python 3.15 bản Windows installer"),
    ],
)
def test_another_python_is_named_with_the_one_to_install(
    monkeypatch: pytest.MonkeyPatch, platform: str, python: tuple[int, ...], said: str
) -> None:
    line = find(monkeypatch, platform, python)
    assert line.startswith(said)
    assert "\n" not in line
    assert "python.org" in line


def test_the_message_comes_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").write_text("pelican==4.12\n", encoding="utf-8")
    (tmp_path / "requirements-dev.txt").write_text("", encoding="utf-8")
    monkeypatch.setattr(sysconfig, "get_platform", lambda: "win32")
    with pytest.raises(SystemExit) as left:
        environment.enter(tmp_path / "tasks.py", ["build"])
    assert str(left.value.code).startswith("Python trên máy này là bản 32 bit")
    assert not (tmp_path / ".venv").exists()


def test_a_path_that_is_too_long_is_reported_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    line = find(monkeypatch, "win-amd64", where=DEEP)
    most = int(re.search(r"Windows chỉ cho tới (\d+);", line)[1])  # type: ignore[index]
    assert f"dài {len(str(Path(DEEP)))} ký tự" in line
    assert find(monkeypatch, "win-amd64", where="C:\\" + "a" * (most - 3)) == ""
    assert find(monkeypatch, "win-amd64", where="C:\\" + "a" * (most - 2)) != ""
    assert find(monkeypatch, "linux-x86_64", where=DEEP) == ""
    # The longest possible path still fits.
    assert most + 1 + machine.DEEPEST_PAGE <= 259
    monkeypatch.setattr(machine, "_has_long_paths", lambda: True)
    assert find(monkeypatch, "win-amd64", where=DEEP) == ""


def test_the_longest_path_of_a_library_is_as_declared() -> None:
    pins = {re.split("==", pin)[0].lower() for pin in wheels.read_pins()} | {"pip"}
    depths = [
        len(str(PureWindowsPath(".venv/Lib/site-packages", file)))
        for one in distributions()
        if one.metadata["Name"].lower() in pins
        for file in one.files or ()
        if not str(file).startswith("..")
    ]
    assert len(depths) > 1_000
    assert max(depths) <= machine.DEEPEST_LIBRARY


def test_the_deepest_page_is_of_a_story_with_the_longest_name() -> None:
    photo = f"{'a' * 50}-01234567-2560.webp"
    page = Path("releases", free_path(Path(), ".new-"), f"site{STOCK}", "bai-viet/2026", "b" * 60, photo)
    assert len(str(page)) <= machine.DEEPEST_PAGE
