"""A build after any changes gives the bytes of a first build: `python -m tests.site.incremental 300`.

A series of steps on one small project; a step changes a few things and builds in the ordinary way, with all that
earlier builds left, at the same time as a plain build of a copy without any of it elsewhere. The number is of steps, at
the least.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.site.changes import CHANGES
from tests.site.many_builds import Built, Way, build
from tests.site.small_site import SmallSite

if TYPE_CHECKING:
    from collections.abc import Sequence

# A change by its name, and two numbers to choose by.
Change = tuple[str, int, int]
# A build does not trust files newer than this.
_PAUSE = 0.12


class Step(NamedTuple):
    """Some changes, a pause if wanted, and how it is then built: how many times at once, by one process or several."""

    changes: Sequence[Change] = ()
    pause: bool = True
    at_once: int = 1
    way: Way = "together"


_NUMBER = st.integers(0, 7)
_CHANGE = st.tuples(st.sampled_from(sorted(CHANGES)), _NUMBER, _NUMBER)
# After these alone, most of the last site can stand.
_WORDS = ("edit_body", "edit_body", "edit_under_the_same_time_and_length", "set_back_in_time", "touch", "link_stories")
_CHANGE_OF_WORDS = st.tuples(st.sampled_from(_WORDS), _NUMBER, _NUMBER)
_STEP = st.builds(
    Step,
    st.lists(_CHANGE, min_size=1, max_size=4) | st.lists(_CHANGE_OF_WORDS, min_size=1, max_size=2),
    st.booleans(),
    st.sampled_from([1, 1, 1, 1, 2]),
    st.sampled_from(["together", "alone"]),
)
_MADE = ("output", ".cache", ".output-*")
_STEPS = 10


def series(steps: int) -> st.SearchStrategy[list[Step]]:
    """Return the strategy of a series of so many steps."""
    return st.lists(_STEP, min_size=steps, max_size=steps)


class Comparison:
    """One project that is changed and built step by step, each time beside a first build of the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.site = SmallSite.create(folder)

    def take(self, step: Step) -> None:
        """Change, build and compare. Raises AssertionError when a build differs from a first one."""
        for name, a, b in step.changes:
            CHANGES[name](self.site, a, b)
        before = read_tree(self.site.path / "output")
        fresh = self._folder / "lần đầu" / self.site.path.name
        shutil.copytree(self.site.path, fresh, ignore=shutil.ignore_patterns(*_MADE))
        try:
            if step.pause:
                time.sleep(_PAUSE)
            first, *ordinary = build((fresh, "plain"), *[(self.site.path, step.way)] * step.at_once)
            self._compare(first, ordinary, read_tree(fresh / "output"), before)
        finally:
            shutil.rmtree(fresh)
            self.site.mend()

    def _compare(self, first: Built, ordinary: Sequence[Built], expected: dict[str, bytes], before: object) -> None:
        for built in (first, *ordinary):
            assert "Traceback" not in built.said, built.said
        same = [built for built in ordinary if (built.code, built.problems) == (first.code, first.problems)]
        # Of two builds at once one may be refused, in words, as long as the other is not.
        assert same, f"dựng lần đầu: {first}\nrồi: {ordinary}"
        assert all("Chưa dựng được trang" in built.said for built in ordinary if built not in same), ordinary
        found = read_tree(self.site.path / "output")
        # A refused build leaves the site as it was.
        assert_same(found, expected or before)
        assert list(self.site.path.glob(".output*")) == []


def read_tree(folder: Path) -> dict[str, bytes | None]:
    """Return every file under a folder with its bytes, and every folder; nothing when there is no such folder."""
    entries = sorted(folder.rglob("*"))
    return {entry.relative_to(folder).as_posix(): entry.read_bytes() if entry.is_file() else None for entry in entries}


def assert_same(found: dict[str, bytes | None], expected: dict[str, bytes | None]) -> None:
    """Say which files differ: all bytes of two sites would tell nobody anything."""
    differing = {
        "thiếu": sorted(expected.keys() - found.keys()),
        "thừa": sorted(found.keys() - expected.keys()),
        "khác": sorted(path for path in expected.keys() & found.keys() if found[path] != expected[path]),
    }
    assert not any(differing.values()), differing


def run_series(steps: Sequence[Step]) -> None:
    """Take the steps one after another, on a project of their own."""
    with tempfile.TemporaryDirectory(prefix="dan-van-kheo-") as folder:
        comparison = Comparison(Path(folder))
        for step in [Step(), Step(), *steps]:
            comparison.take(step)


def run(steps: int) -> int:
    """Take so many random steps. Returns the exit code; a failing series is shortened and printed."""
    done = 0

    @settings(max_examples=-(-steps // _STEPS), deadline=None, database=None, phases=[Phase.generate, Phase.shrink])
    @given(series(_STEPS))
    def compare(taken: list[Step]) -> None:
        nonlocal done
        run_series(taken)
        done += len(taken)
        print(f"{done} bước", flush=True)

    compare()
    return 0


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
