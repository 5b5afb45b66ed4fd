"""Every check there is, so that one run says all that is wrong; what they print comes one after another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECKS = (
    ("Cách viết mã (ruff check)", ("ruff", "check", ".")),
    ("Cách trình bày mã (ruff format)", ("ruff", "format", "--check", ".")),
    ("Chạy thử (pytest)", ("pytest",)),
    ("Kiểu dữ liệu (mypy)", ("mypy",)),
)
# By file, since the tests of one share what it starts; in the order of their names, which ends with short ones.
# Of tests that pass, no files are kept: they may lie in memory.
TOGETHER = ("-o", "tmp_path_retention_policy=failed", "--dist", "loadfile", "--no-loadscope-reorder", "-n")
# More would wait for each other's browsers, and in the end for the longest file.
_MOST = 4
# The slowest check after pytest, by far, where its cache is empty: it runs while tests wait for browsers and servers.
_BESIDE = "mypy"
_LOWEST = 19
# A file system in memory, and the bytes that must be free there: to copy a project there takes an eighth of the time.
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 - only as a parent of folders that tempfile makes
_ONLY_HELP = "ghi đường dẫn của tệp thử, một phần tên bài thử, hay vài tên nối bằng or"
# pytest's exit codes: https://docs.pytest.org/en/stable/reference/exit-codes.html
_BAD_EXPRESSION, _NOTHING_CHOSEN = 4, 5


def run_all(project: Path, only: str, *, fast: bool = False) -> int:
    """Run every check. Returns the exit code: 1 when any check failed.

    `only` is a file or folder of tests, or an expression of pytest's `-k`: those tests are run by one process, in
    order; all others are shared out among the machine's processors. `fast` leaves out mypy, and tests that start a
    process or are marked slow.
    """
    failed = []
    with ThreadPoolExecutor(1, initializer=_give_way) as pool:
        beside = {
            command: pool.submit(_run, project, command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            for _, command in CHECKS
            if _BESIDE in command and not fast
        }
        for name, command in CHECKS:
            if fast and _BESIDE in command:
                continue
            chosen = _choose(project, only, fast=fast) if "pytest" in command else []
            print(f"\n== {name} ==", flush=True)
            done = beside[command].result() if command in beside else _run(project, (*command, *chosen))
            if done.stdout:
                print(done.stdout, end="", flush=True)
            if done.returncode:
                failed.append(name)
            if only and chosen and done.returncode in (_BAD_EXPRESSION, _NOTHING_CHOSEN):
                print(f"Không có bài thử nào khớp với “{only}”: {_ONLY_HELP}.", flush=True)
    print(f"\nChưa đạt: {', '.join(failed)}." if failed else "\nMọi kiểm tra đều đạt.", flush=True)
    return 1 if failed else 0


def _give_way() -> None:
    """Have what this thread starts take only the processor time that others leave."""
    # Linux has a priority for each thread, which the programs that it starts inherit.
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWEST)


def _run(project: Path, command: Sequence[str], **how: Any) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", *command]
    # Bytecode is written: what one process of pytest has compiled, the others read.
    environment = _temporary() | os.environ | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(line, cwd=project, env=environment, check=False, encoding="utf-8", **how)


def _temporary() -> dict[str, str]:
    """Return the variable that has temporary files kept in memory, where that has room and programs can run there."""
    try:
        if os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC or shutil.disk_usage(_MEMORY).free < _ROOM:
            return {}
    except (AttributeError, OSError):
        return {}
    return {"TMPDIR": str(_MEMORY)} if os.access(_MEMORY, os.W_OK) else {}


def _choose(project: Path, only: str, *, fast: bool) -> list[str]:
    chosen = ["--fast"] if fast else []
    if only:
        return [*chosen, only] if (project / only).exists() else [*chosen, "-k", only]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return [*chosen, *TOGETHER, str(min(processors, _MOST))] if processors > 1 else chosen
