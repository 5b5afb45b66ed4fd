"""Every check there is, one after another, so that one run says all that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = (
    ("Cách viết mã (ruff check)", ("ruff", "check", ".")),
    ("Cách trình bày mã (ruff format)", ("ruff", "format", "--check", ".")),
    ("Kiểu dữ liệu (mypy)", ("mypy",)),
    ("Chạy thử (pytest)", ("pytest",)),
)
# By file, since the tests of one share what it starts; in the order of their names, which ends with short ones.
TOGETHER = ("--dist", "loadfile", "--no-loadscope-reorder", "-n")
# More would wait for each other's browsers, and in the end for the longest file.
_MOST = 4


def run_all(project: Path, only: str) -> int:
    """Run every check, pytest on what `only` names. Returns the exit code: 1 when any check failed.

    All tests are shared out among the machine's processors; what `only` names is run by one, in order.
    """
    failed = []
    for name, command in CHECKS:
        chosen = _choose(only) if "pytest" in command else []
        print(f"\n== {name} ==", flush=True)
        line = [sys.executable, "-m", *command, *chosen]
        environment = os.environ | {"PYTHONUTF8": "1"}
        if subprocess.run(line, cwd=project, env=environment, check=False).returncode:
            failed.append(name)
    print(f"\nChưa đạt: {', '.join(failed)}." if failed else "\nMọi kiểm tra đều đạt.", flush=True)
    return 1 if failed else 0


def _choose(only: str) -> list[str]:
    if only:
        return ["-k", only]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return [*TOGETHER, str(min(processors, _MOST))] if processors > 1 else []
