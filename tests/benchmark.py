"""How long `check` and `build` take, beside stock Pelican on the same stories: `python -m tests.benchmark 100 1000`.

Wall time of fresh processes from start to end, interleaved so that a busy moment hits all alike; median of three.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from plugins.exemplars.library import DOCUMENTS, PAGES, STORIES, STORY_FILE, load_library
from plugins.exemplars.references import CONTENT
from plugins.vietnamese import format_number
from tests.corpus import write_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.exemplars.story import Story

STOCK = Path(__file__).parent / "stock"
ROUNDS = 3
HEADINGS = ("Số bài", "check (s)", "build (s)", "Pelican thường (s)", "Tỷ lệ", "ms mỗi bài", "Bộ nhớ (MB)")


@dataclass
class Runs:
    """The runs of one command on one corpus: seconds, peak memory in MB (0 where unknown), and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    fault: str = ""

    @property
    def median(self) -> float | None:
        return median(self.seconds) if self.seconds and not self.fault else None


def run(project: Path, sizes: Sequence[int]) -> int:
    """Measure each size and print one table. Returns the exit code: 1 when something could not be measured."""
    rows, faults = [], []
    with tempfile.TemporaryDirectory(prefix="dan-van-kheo-") as folder:
        for size in sizes:
            print(f"Đang đo với {format_number(size)} bài…", flush=True)
            ours, stock = Path(folder) / f"ours-{size}", Path(folder) / f"stock-{size}"
            prepare(project, ours, stock, size)
            runs = _measure({"check": ours, "build": ours, "stock": stock})
            rows.append(_row(size, runs))
            faults += [
                f"{command}, {format_number(size)} bài: {made.fault}" for command, made in runs.items() if made.fault
            ]
            shutil.rmtree(ours)
            shutil.rmtree(stock)
    print_table(rows)
    for fault in faults:
        print(f"Không đo được {fault}", file=sys.stderr)
    return 1 if faults else 0


def prepare(project: Path, ours: Path, stock: Path, size: int) -> None:
    """Make two projects of the same stories: one as we read them, one as stock Pelican does."""
    write_corpus(ours, size)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(project / name, ours)
    shutil.copytree(project / "theme", ours / "theme")
    shutil.copytree(STOCK, stock, ignore=shutil.ignore_patterns("__pycache__"))
    library = load_library(ours)
    for story in library.stories:
        _write(stock / CONTENT / STORIES / story.folder_year / story.slug / STORY_FILE, _stock_text(story))
    for page in (*library.pages, *library.documents):
        folder = PAGES if page in library.pages else DOCUMENTS
        _write(
            stock / CONTENT / folder / Path(page.path).name, f"Title: {page.title}\nSlug: {page.slug}\n\n{page.body}"
        )


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows under the headings, as Markdown."""
    widths = [max(len(row[column]) for row in (HEADINGS, *rows)) for column in range(len(HEADINGS))]
    for row in (HEADINGS, [f"{'-' * (width - 1)}:" for width in widths], *rows):
        print(f"| {' | '.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))} |")


def _stock_text(story: Story) -> str:
    commune = story.commune
    commendation = story.commendations[0].title if story.commendations else ""
    metadata = {
        "Title": story.title,
        "Date": story.date.isoformat(),
        "Slug": story.slug,
        "Category": story.fields[0].name if story.fields else "Tin thường",
        # Two communes may bear one name; their ids keep stock from merging them.
        "Tags": f"{commune.title} ({commune.id})" if commune else "",
        "Summary": story.summary,
        "Author": story.author,
        "Kind": story.kind.name if story.kind else "",
        "Exemplar": story.exemplar,
        "Source": story.source,
        "Results": "; ".join(f"{result.quantity} {result.label}" for result in story.results),
        "Commendation": commendation,
        "Movement": story.movements[0].short if story.movements else "",
    }
    lines = [f"{name}: {value}" for name, value in metadata.items() if value]
    return "\n".join([*lines, "", story.body])


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _measure(folders: dict[str, Path]) -> dict[str, Runs]:
    runs = {command: Runs() for command in folders}
    for _ in range(ROUNDS):
        for command, folder in folders.items():
            shutil.rmtree(folder / "output", ignore_errors=True)
            _run_once(command, folder, runs[command])
    return runs


def _run_once(command: str, folder: Path, runs: Runs) -> None:
    begun = perf_counter()
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.benchmark", command, folder],
        cwd=STOCK.parents[1],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    runs.seconds.append(perf_counter() - begun)
    if done.returncode:
        runs.fault = (done.stderr or done.stdout).strip().rpartition("\n")[2]
    else:
        runs.megabytes.append(float(done.stdout.rpartition("\n")[2] or 0))


def _row(size: int, runs: dict[str, Runs]) -> list[str]:
    check, build, stock = (runs[command].median for command in ("check", "build", "stock"))
    peak = max(runs["build"].megabytes, default=0)
    return [
        format_number(size),
        _shown(check, 2),
        _shown(build, 2),
        _shown(stock, 2),
        _shown(build / stock if build and stock else None, 2),
        _shown(1000 * build / size if build else None, 2),
        _shown(peak or None, 0),
    ]


def _shown(value: float | None, digits: int) -> str:
    return "–" if value is None else format_number(Decimal(f"{value:.{digits}f}"))


def _run_here(command: str, folder: Path) -> int:
    """Do one command in this very process, as the command line would, and say its peak memory on the last line."""
    if command == "stock":
        import pelican

        os.chdir(folder)
        code = pelican.main(
            ["content", "--settings", "pelicanconf.py", "--output", "output", "--quiet", "--fatal", "errors"]
        )
    else:
        from plugins import site

        code = site.check(folder) if command == "check" else site.build(folder)
    print(f"\n{_peak_megabytes()}", end="")
    return code or 0


def _peak_megabytes() -> float:
    # Not getrusage: there a new process starts from the peak of the one that started it.
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    if sys.argv[1] in {"check", "build", "stock"}:
        sys.exit(_run_here(sys.argv[1], Path(sys.argv[2])))
    sys.exit(run(STOCK.parents[1], [int(size) for size in sys.argv[1:]]))
