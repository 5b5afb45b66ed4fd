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


def run_all(project: Path, only: str) -> int:
    """Run every check, pytest on what `only` names. Returns the exit code: 1 when any check failed."""
    failed = []
    for name, command in CHECKS:
        chosen = ["-k", only] if only and "pytest" in command else []
        print(f"\n== {name} ==", flush=True)
        line = [sys.executable, "-m", *command, *chosen]
        environment = os.environ | {"PYTHONUTF8": "1"}
        if subprocess.run(line, cwd=project, env=environment, check=False).returncode:
            failed.append(name)
    print(f"\nChưa đạt: {', '.join(failed)}." if failed else "\nMọi kiểm tra đều đạt.", flush=True)
    return 1 if failed else 0
