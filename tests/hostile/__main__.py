"""`python -m tests.hostile 10000 [target …]`: so many inputs to every door for strangers.

Prints a table and every fault; `--seconds=90` ends each door after so long. Input number 17 of a target is the same on every machine; `python -m tests.hostile 17:18 stories` tries it alone.
"""

from __future__ import annotations

import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.room import work
from tests.hostile.targets import TARGETS, try_target

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds a target may take in all: the slower doors are tried with fewer.
PATIENCE = 3_600.0


def main(arguments: list[str]) -> int:
    """Try the targets named, or all. Returns the exit code: 1 when there is any fault."""
    first, _, last = (arguments or ["1000"])[0].rpartition(":")
    patience = float(
        next((word.removeprefix("--seconds=") for word in arguments if word.startswith("--seconds=")), PATIENCE)
    )
    names = [word for word in arguments[1:] if not word.startswith("--")] or list(TARGETS)
    faults = 0
    print(f"{'target':14}{'tried':>8}{'faults':>8}{'seconds':>9}{'slowest':>9}{'MB':>6}")
    for name in names:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            told = work(Path(folder), partial(_prepare, name), range(int(first or 0), int(last)), patience)
        seconds = time.monotonic() - begun
        line = f"{name:14}{told.tried:8}{len(told.faults):8}{seconds:9.0f}{told.slowest:9.1f}{told.megabytes:6}"
        print(line, *(f"  {name} {fault.number}: {fault.what}" for fault in told.faults[:20]), sep="\n", flush=True)
        faults += len(told.faults)
    return 1 if faults else 0


def _prepare(name: str, folder: Path) -> Callable[[int], None]:
    return try_target(name, folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
