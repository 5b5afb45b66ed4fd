"""Cost of a province's build by exemplar: `python -m tests.gathering.scale 10000 100000 [--each 30] [--no-search]`.

Each size is built in a folder of its own by the command that staff runs: milliseconds of wall and processor an
exemplar, and in another run the most memory that its processes held together.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.benchmark import figures
from tests.benchmark.process import Command
from tests.gathering.corpus import REPOSITORY, write_province

_FILES = ("pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.txt", "tasks.py")


def write_project(folder: Path, exemplars: int, each: int, *, search: bool) -> int:
    """Write a project over members of so many exemplars each; return how many exemplars there are."""
    members = max(1, exemplars // each)
    write_province(folder, members, each)
    for name in _FILES:
        shutil.copy(REPOSITORY / name, folder)
    for name in ("plugins", "theme"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    if not search:
        settings = folder / "pelicanconf.py"
        text = settings.read_text(encoding="utf-8").replace('"plugins.search", ', "")
        settings.write_text(text, encoding="utf-8", newline="\n")
    return members * each


def main(arguments: list[str]) -> None:
    """Measure the sizes that are asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--each", type=int, default=30, help="exemplars a member")
    parser.add_argument("--no-search", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the projects are written")
    parser.add_argument("--no-memory", action="store_true", help="one run a size")
    figures.add_option(parser)
    given = parser.parse_args(arguments)
    with figures.recorded("tests.gathering.scale", writing=given.write):
        _measure(given)


def _measure(given: argparse.Namespace) -> None:
    print("exemplars  wall ms each  processor ms each  memory MB")
    for size in given.sizes:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            project = Path(folder, "tinh")
            project.mkdir()
            count = write_project(project, size, given.each, search=not given.no_search)
            build = Command([sys.executable, "-m", "invoke", "build"], project, {})
            cost = build.time()
            memory = None
            if not given.no_memory:
                shutil.rmtree(project / "output")
                shutil.rmtree(project / ".cache", ignore_errors=True)
                memory = build.weigh()
        cpu = f"{1000 * cost.cpu / count:.3f}" if cost.cpu is not None else "–"
        shown = f"{memory:.0f}" if memory is not None else "–"
        print(f"{count:9}  {1000 * cost.wall / count:12.3f}  {cpu:>17}  {shown:>9}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
