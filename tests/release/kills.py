"""Publishes that are killed at random points: `python -m tests.release.kills 100`.

Half of them at a random moment, half right before a random change of what lies in releases/, of which a publish makes
some two hundred: so the few that matter most are met as well. After each, the release that is online is whole, and the
next publish works. POSIX: it needs fork and SIGKILL.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.release import publishing, store
from plugins.release.manifest import find_damage, list_files
from tests.release.small_project import create_project, write_story

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Project

_CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.symlink", "os.link"}
_KEPT = 5


class Rig:
    """A small project that is published again and again by processes of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.project: Project = create_project(folder)
        self.releases = folder / store.FOLDER
        self._random = random.Random(seed)  # noqa: S311 - chooses moments, guards nothing
        # Imported and set up once, so that each fork begins at once.
        sys.path.insert(0, str(folder))
        assert _publish(folder) == 0
        write_story(self.project, "Bài đổi lần đầu.")
        begun = time.monotonic()
        self._changes = _count_changes(lambda: _publish(folder), self.releases)
        self._seconds = time.monotonic() - begun

    def kill_one(self, number: int) -> str:
        """Publish a change, kill that, and look. Returns at which point it was, and whether it had ended."""
        before = store.read_current(self.releases)
        write_story(self.project, f"Bài đổi lần {number}.")
        if number % 2:
            moment = self._random.uniform(0, self._seconds)
            where, ended = f"sau {moment:.3f} giây", _run_and_kill(lambda: _publish(self.project.path), moment)
        else:
            # The last are those that put a release in its place: every other time one of them.
            first = self._changes - 12 if number % 4 else 0
            at = self._random.randrange(max(0, first), self._changes)
            where = f"trước thay đổi thứ {at} trong {self._changes}"
            ended = _wait(_fork(lambda: _publish_until(self.project.path, at))) is not None
        self._assert_whole(before, where)
        assert _wait(_fork(lambda: _publish(self.project.path))) == 0, where
        self._assert_done(number, where)
        return f"{where}: {'đã xong trước đó' if ended else 'bị giết'}"

    def _assert_whole(self, before: str | None, where: str) -> None:
        names, current = store.list_names(self.releases), store.read_current(self.releases)
        assert current in names, where
        assert before in names, where
        assert current == before or int(current or 0) > int(before or 0), where
        for name in names:
            assert find_damage(self.releases / name) == [], (where, name)

    def _assert_done(self, number: int, where: str) -> None:
        names, current = store.list_names(self.releases), store.read_current(self.releases)
        assert current == names[-1], where
        page = self.releases / names[-1] / "site/bai-viet/2020/kenh/index.html"
        assert f"Bài đổi lần {number}." in page.read_text(encoding="utf-8"), where
        assert find_damage(self.releases / names[-1]) == [], where
        assert len(names) <= _KEPT, where
        there = {entry.name for entry in self.releases.iterdir()} - {".spare"}
        assert there == {*names, "current", "shared", ".lock"}, where


def run(folder: Path, times: int, seed: int = 7) -> list[str]:
    """Kill so many publishes. Returns the outcome of each; AssertionError names the one that broke something."""
    rig = Rig(folder, seed)
    return [rig.kill_one(number) for number in range(1, times + 1)]


def _publish(project: Path) -> int:
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = publishing.publish(project)
    if code:
        sys.__stderr__ and sys.__stderr__.write(said.getvalue())  # type: ignore[unused-ignore]
    return code


def _watch(releases: Path, note: Callable[[], None]) -> None:
    """Have `note` called right before each change in releases/, in this process and not in its forks."""
    process, inside = os.getpid(), str(releases)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if os.getpid() != process:
            return
        is_write = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in _CHANGES or is_write) and any(inside in str(argument) for argument in arguments[:2]):
            note()

    sys.addaudithook(hook)


def _count_changes(do: Callable[[], int], releases: Path) -> int:
    """Return how many changes of releases/ something makes, done in a process of its own."""
    reading, writing = os.pipe()

    def count() -> int:
        _watch(releases, lambda: os.write(writing, b".") and None)
        return do()

    process = _fork(count)
    os.close(writing)
    changes = 0
    while found := os.read(reading, 65536):
        changes += len(found)
    os.close(reading)
    assert _wait(process) == 0
    return changes


def _publish_until(project: Path, last: int) -> int:
    left = [last]

    def note() -> None:
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    _watch(project / store.FOLDER, note)
    return _publish(project)


def _run_and_kill(do: Callable[[], int], moment: float) -> bool:
    """Return whether it had ended by itself."""
    process = _fork(do)
    time.sleep(moment)
    os.kill(process, signal.SIGKILL)
    return _wait(process) is not None


def _fork(do: Callable[[], int]) -> int:
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        code = do()
    finally:
        os._exit(code)


def _wait(process: int) -> int | None:
    """Return the exit code, or None after a kill."""
    _, status = os.waitpid(process, 0)
    return None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        told = run(Path(folder).resolve(), times, seed)
        files = sum(len(list_files(path)) for path in (Path(folder) / store.FOLDER).iterdir() if path.is_dir())
    killed = sum(line.endswith("bị giết") for line in told)
    print("\n".join(told))
    seconds = time.monotonic() - begun
    print(f"{times} lần, {killed} lần bị giết giữa chừng, 0 lần hỏng; {files} tệp còn lại; {seconds:.0f} giây")
    return 0


if __name__ == "__main__":
    sys.exit(main())
