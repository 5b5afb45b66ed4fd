"""`inv bench`: every task of every contestant on every size, in turns, and one table of it."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from plugins.vietnamese import format_number
from tests.benchmark import contestants, stories
from tests.benchmark.contestants import COLD, HUGO, NAMES, PELICAN, Peer, Task
from tests.benchmark.curve import draw_curve
from tests.benchmark.process import Cost, Failed

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS = 5
LARGE = 10_000
HEADINGS = (
    "Số bài",
    "Việc",
    "Giây",
    "Giây CPU",
    "Bộ nhớ (MB)",
    "× Hugo dựng từ đầu",
    "× Pelican thường",
    "ms mỗi bài",
)


@dataclass
class Runs:
    """The cost of one task on one size, round by round; `fault` is its message when it failed."""

    task: Task
    costs: list[Cost] = field(default_factory=list)
    peak: float | None = None
    fault: str = ""

    @property
    def wall(self) -> float | None:
        return median(cost.wall for cost in self.costs) if self.costs and not self.fault else None

    @property
    def cpu(self) -> float | None:
        busy = [cost.cpu for cost in self.costs if cost.cpu is not None]
        return median(busy) if busy and not self.fault else None


@dataclass(frozen=True)
class Plan:
    """The measurements asked for: sizes, rounds (and those from 10,000 stories on), generators, our tasks."""

    sizes: Sequence[int]
    rounds: int = ROUNDS
    large_rounds: int = ROUNDS
    peers: frozenset[str] = frozenset(NAMES)
    only_cold: bool = False
    publishing: bool = False

    def rounds_of(self, size: int) -> int:
        return self.large_rounds if size >= LARGE else self.rounds


def run(project: Path, plan: Plan, curve: Path | None = None) -> int:
    """Measure, print the table, draw the curve if wanted. Returns the exit code: 1 when something was not measured."""
    peers = list(contestants.find_peers(plan.peers))
    missing = sorted(NAMES[name] for name in plan.peers - {contestants.OURS} - {peer.name for peer in peers})
    with tempfile.TemporaryDirectory(prefix="dan-van-kheo-") as folder:
        measured = {size: measure(project, Path(folder), size, plan, peers) for size in plan.sizes}
    print(f"\n{_describe_machine(peers)}\n")
    print_table([row for size, runs in measured.items() for row in build_rows(size, runs)])
    if missing:
        print(f"\nMáy này không có: {', '.join(missing)}.")
    if curve:
        points = {size: {r.task.who: r.wall for r in runs if r.task.what == COLD} for size, runs in measured.items()}
        curve.write_text(draw_curve(points), encoding="utf-8", newline="\n")
        print(f"\nĐã vẽ {curve}")
    faults = [(size, runs) for size, found in measured.items() for runs in found if runs.fault]
    for size, runs in faults:
        print(f"Không đo được {_name(runs.task)}, {format_number(size)} bài: {runs.fault}", file=sys.stderr)
    return 1 if faults else 0


def measure(project: Path, folder: Path, size: int, plan: Plan, peers: Sequence[Peer]) -> list[Runs]:
    """Let all do their tasks in turns, so that a busy moment of the machine hits all alike; at last once for memory."""
    print(f"{format_number(size)} bài: đang viết…", file=sys.stderr, flush=True)
    ours = folder / f"{size}-ours"
    library = stories.write_ours(project, ours, size, publishing=plan.publishing)
    tasks = [*contestants.plan_ours(library, ours, publishing=plan.publishing, only_cold=plan.only_cold)]
    tasks += [peer.plan(library, folder / f"{size}-{peer.name}") for peer in peers]
    found = [Runs(task) for task in tasks]
    timed = plan.rounds_of(size)
    rounds = timed if plan.only_cold else timed + 1
    for number in range(rounds):
        print(f"{format_number(size)} bài: lượt {number + 1} trên {rounds}", file=sys.stderr, flush=True)
        for runs in found:
            if not runs.fault:
                _measure_once(runs, number, weighing=number == timed)
    return found


def _measure_once(runs: Runs, number: int, *, weighing: bool) -> None:
    runs.task.before(number)
    try:
        if weighing:
            runs.peak = runs.task.command.weigh()
        else:
            runs.costs.append(runs.task.command.time())
    except Failed as failed:
        runs.fault = str(failed)


def build_rows(size: int, found: Sequence[Runs]) -> list[list[str]]:
    """Return the rows of one size; ratios are to the median of a whole build of Hugo and of stock Pelican."""
    whole = {runs.task.who: runs.wall for runs in found if runs.task.what == COLD}
    return [
        [
            format_number(size),
            _name(runs.task),
            shown(runs.wall, 2),
            shown(runs.cpu, 2),
            shown(runs.peak, 0),
            shown(_ratio(runs.wall, whole.get(HUGO)), 2),
            shown(_ratio(runs.wall, whole.get(PELICAN)), 2),
            shown(runs.wall and 1000 * runs.wall / size, 2),
        ]
        for runs in found
    ]


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print the rows of a run under their headings."""
    print_rows(HEADINGS, rows)


def print_rows(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under headings, as Markdown."""
    widths = [max(len(row[column]) for row in (headings, *rows)) for column in range(len(headings))]
    for row in (headings, [f"{'-' * (width - 1)}:" for width in widths], *rows):
        print(f"| {' | '.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))} |")


def _name(task: Task) -> str:
    return f"{NAMES[task.who]}: {task.what}"


def _ratio(value: float | None, base: float | None) -> float | None:
    return value / base if value and base else None


def _describe_machine(peers: Sequence[Peer]) -> str:
    versions = ", ".join(f"{NAMES[peer.name]} {peer.version}" for peer in peers)
    load = f"; tải của máy khi xong: {shown(os.getloadavg()[0], 1)}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} lõi, Python {sys.version.split()[0]}; {versions or 'không có ai để so'}{load}"


def shown(value: float | None, digits: int) -> str:
    """Return a number as the tables write it."""
    return "–" if value is None else format_number(Decimal(f"{value:.{digits}f}"))
