"""The last net: for any unexpected error staff get a sentence, and engineers the traceback."""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from plugins import streams

LOG = ".cache/loi.txt"


def run_guarded(project: Path, command: Callable[[], int]) -> int:
    """Run a command and return its exit code; a crash is written to LOG and becomes exit code 1."""
    streams.use_utf8()
    code = 1
    try:
        code = command()
        # Now, as an error at exit would be printed in English.
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("\nĐã dừng.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return code
    except Exception as error:  # noqa: BLE001 - that is what a last net is for
        what = f"{type(error).__name__}: {error}".splitlines()[0].encode("utf-8", "replace").decode()
        print(f"Chương trình gặp lỗi ngoài dự kiến ({what}); {_write_log(project / LOG)}.", file=sys.stderr)
        return 1
    finally:
        streams.let_go()
    return code


def _write_log(log: Path) -> str:
    """Write the traceback. Returns the instruction for staff."""
    try:
        log.parent.mkdir(exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        return f"báo người phụ trách kỹ thuật; không ghi được tệp {LOG} ({error.strerror})"
    return f"gửi tệp {LOG} cho người phụ trách kỹ thuật"
