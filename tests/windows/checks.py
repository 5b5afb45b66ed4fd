"""The checks on the Windows machine: commands as staff run them, and results compared with those on Linux."""

from __future__ import annotations

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.site import checkout
from tests.windows import bundle, limits
from tests.windows.report import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.windows.machine import Done, Machine

FOLDER = "Dân vận khéo/trang"
_DAY = "3/11/2026"
_REPORT = ("report", "--year", "2020", "--date", "3/11/2020")
# One process each. Tests that need a browser, a server or a whole site are left out: the site is compared byte by byte.
HALVES = (
    (
        *("tests/content", "tests/editing", "tests/language", "tests/newsroom", "tests/markdown", "tests/search"),
        "tests/release/test_store.py",
    ),
    (
        *("tests/assets", "tests/exemplars", "tests/photos", "tests/registers", "tests/reports"),
        *("tests/sources", "tests/word"),
        *("tests/test_vietnamese.py", "tests/test_environment.py", "tests/test_crash.py"),
        "--ignore=tests/exemplars/door",
    ),
)
# Tests that run whole commands are slow under Wine, and the steps above cover them.
_WHOLE_COMMANDS = ("any_number_of_photos", "really_works_in_a_path", "five_megabytes_takes_under")
_MOST_NAMED = 20


def clone(project: Path, folder: Path) -> Path:
    """Clone the project into a new folder. Returns it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = ["git", "clone", "--quiet", str(project), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limits.COMMAND)
    if done.returncode:
        raise Failed("git did not clone the project", done.stderr)
    return folder


def make_publishable(project: Path) -> None:
    """Fill in the office and unmark all samples, so that a release has every kind of file."""
    checkout.fill_in_office(project)
    for file in sorted((project / "content").rglob("*.md")):
        file.write_bytes(re.sub(rb"^M\xe1\xba\xabu: c\xc3\xb3\r?\n", b"", file.read_bytes(), flags=re.MULTILINE))
    for file in sorted((project / "content").rglob("*.csv")):
        file.write_bytes(re.sub(rb";c\xc3\xb3(\r?)$", rb";\1", file.read_bytes(), flags=re.MULTILINE))


class Linux:
    """The project on this machine."""

    def __init__(self, project: Path) -> None:
        self.project = project

    def make(self) -> None:
        """Build, publish and report."""
        self._run("build", "--date", _DAY)
        make_publishable(self.project)
        self._run("publish", "--date", _DAY)
        self._run(*_REPORT)

    def _run(self, *command: str) -> None:
        done = checkout.run(self.project, *command)
        if done.code:
            raise Failed(f"{command[0]} failed on Linux", done.stdout + done.stderr)


class Windows:
    """The project on the Windows machine."""

    def __init__(self, machine: Machine, project: Path) -> None:
        self._machine = machine
        self.project = project

    def first_run(self) -> None:
        """Build in a fresh clone with a bare Python: creates .venv and installs the libraries."""
        said = self._task("build", "--date", _DAY)
        _expect(said, "Lần đầu chạy", "Đã dựng xong: ", "py tasks.py preview")

    def build_again(self) -> None:
        _expect(self._task("build", "--date", _DAY), "Không có gì thay đổi")

    def publish(self) -> None:
        make_publishable(self.project)
        _expect(self._task("publish", "--date", _DAY), "Bản 0001 đã sẵn sàng", "py tasks.py deploy")

    def find_nothing_new(self, linux: Path) -> None:
        """Report over a copy of the report made on Linux, which must not change."""
        shutil.copytree(linux / "bao-cao", self.project / "bao-cao")
        self._task(*_REPORT)
        compare(linux / "bao-cao", self.project / "bao-cao")

    def open_bundle(self) -> list[str]:
        """Use a bundle as a writer does. Returns a line with the time of each step."""
        folder = self._machine.drive / "bo"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        took: list[str] = []
        try:
            bundle.check(self._machine.begin, folder, took.append)
        except AssertionError as error:
            raise Failed("the bundle does not work", "\n".join([*took, str(error)])) from error
        return took

    def test(self) -> None:
        """Run the tests that need neither browser nor server, on freshly cloned content."""
        subprocess.run(["git", "checkout", "--quiet", "--", "."], cwd=self.project, check=True, timeout=limits.COMMAND)
        with ThreadPoolExecutor() as pool:
            ended = list(pool.map(self._pytest, HALVES, range(len(HALVES))))
        for done in ended:
            print(f"           {sum_up(done.said)}", flush=True)
        failed = [done.said for done in ended if done.code or not sum_up(done.said)]
        if failed:
            names = re.findall(r"^(?:FAILED|ERROR) .*", "\n".join(failed), re.MULTILINE)
            raise Failed("not every test passes", "\n".join([*failed, "", *names]))

    def _task(self, *command: str) -> str:
        done = self._machine.run(["python", "tasks.py", *command], self.project, limits.COMMAND)
        if done.code:
            raise Failed(f"{command[0]} ended with {done.code}", done.said)
        return done.said

    def _pytest(self, folders: tuple[str, ...], number: int) -> Done:
        line = [r".venv\Scripts\python.exe", "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider"]
        line += ["-o", "addopts=", rf"--basetemp=C:\t\{number}", "-k", f"not ({' or '.join(_WHOLE_COMMANDS)})"]
        line += folders
        environment = {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "PYTHONPATH": r"C:\dev"}
        return self._machine.run(line, self.project, limits.TESTS, **environment)


def sum_up(said: str) -> str:
    """Return the line in which pytest says how many tests passed; "" where any did not, or there is none."""
    # A library may print something after it.
    found = re.findall(r"^\d+ (?:passed|failed|skipped|error).* in [\d.]+s\b.*", said, re.MULTILINE)
    return found[-1] if found and re.match(r"\d+ passed(?!.*(failed|error))", found[-1]) else ""


def _expect(said: str, *parts: str) -> None:
    if missing := [part for part in parts if part not in said]:
        raise Failed(f"it does not say: {'; '.join(missing)}", said)


def compare(linux: Path, windows: Path) -> int:
    """Compare two folders byte by byte. Returns the number of files. Raises Failed for differences."""
    here, there = (checkout.read_tree(folder) for folder in (linux, windows))
    wrong = [f"only on Linux: {path}" for path in sorted(here.keys() - there.keys())]
    wrong += [f"only on Windows: {path}" for path in sorted(there.keys() - here.keys())]
    both = sorted(here.keys() & there.keys())
    wrong += [f"other bytes: {path} ({_weigh(linux, windows, path)})" for path in both if here[path] != there[path]]
    if wrong or not here:
        raise Failed(f"{len(wrong)} of {len(here)} files are not as on Linux", "\n".join(wrong[:_MOST_NAMED]))
    return len(here)


def _weigh(linux: Path, windows: Path, path: str) -> str:
    return f"{(linux / path).stat().st_size} bytes on Linux, {(windows / path).stat().st_size} on Windows"
