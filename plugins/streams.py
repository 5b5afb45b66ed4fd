"""What a command prints arrives in UTF-8 whatever the code page, and nobody has to read it to its end.

Standard library only: it is asked before anything else.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO


def use_utf8() -> None:
    """Have this process and those it starts print in UTF-8: a code page of Windows has not every Vietnamese letter."""
    # What UTF-8 cannot say, half of a letter in the name of a file, is printed as its number.
    os.environ.update({"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8:backslashreplace"})
    for stream in _streams():
        # A test has one of its own.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _streams() -> list[TextIO]:
    # A process without a console has none.
    return [stream for stream in (sys.stdout, sys.stderr) if stream is not None]


def is_closed(error: OSError) -> bool:
    """Tell whether whoever read what is printed has read enough, as in `check | head`."""
    # Windows says EINVAL, as of much else; but then a stream, too, still has what nobody takes.
    return isinstance(error, BrokenPipeError) or (
        error.errno == errno.EINVAL and error.filename is None and (os.name == "nt" or _is_stuck())
    )


def _is_stuck() -> bool:
    try:
        for stream in _streams():
            stream.flush()
    except (OSError, ValueError):
        return True
    return False


def let_go() -> None:
    """Have what is left to be printed go nowhere: else Python itself complains of it when it ends."""
    for stream in _streams():
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
