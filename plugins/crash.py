"""The last net: whatever goes wrong in our own code, staff get a sentence and engineers get the traceback."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOG = ".cache/loi.txt"


def run_guarded(project: Path, command: Callable[[], int]) -> int:
    """Run a command and return its exit code; a crash is written to LOG and becomes exit code 1."""
    try:
        return command()
    except KeyboardInterrupt:
        print("\nĐã dừng.", file=sys.stderr)
        return 130
    except Exception as error:  # noqa: BLE001 - that is what a last net is for
        log = project / LOG
        log.parent.mkdir(exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8")
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        print(f"Chương trình gặp lỗi lạ ({what}); gửi tệp {LOG} cho người phụ trách kỹ thuật.", file=sys.stderr)
        return 1
