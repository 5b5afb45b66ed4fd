"""What a command prints arrives in UTF-8 whatever the code page, and nobody has to read it to its end.

Standard library only: it is asked before anything else.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

_ENCODING, _ERRORS = "utf-8", "backslashreplace"


class Output(io.FileIO):
    """Where a command prints to: BrokenPipeError, on every system, where nobody reads it any more."""

    def write(self, data: Any, /) -> int:
        """Write bytes. Returns how many were taken."""
        try:
            return super().write(data)
        except OSError as error:
            # Windows has the one number for a closed pipe and for much else.
            if error.errno == errno.EINVAL:
                raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from error
            raise


def use_utf8() -> None:
    """Have this process and those it starts print in UTF-8: a code page of Windows has not every Vietnamese letter."""
    # What UTF-8 cannot say, half of a letter in the name of a file, is printed as its number.
    os.environ.update({"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8:backslashreplace"})
    sys.stdout, sys.stderr = _in_utf8(sys.stdout), _in_utf8(sys.stderr)


def _in_utf8(stream: TextIO) -> TextIO:
    # A test has one of its own, and a process without a console none.
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if type(raw) is not io.FileIO:
        stream.reconfigure(encoding=_ENCODING, errors=_ERRORS)
        return stream
    stream.flush()
    output = Output(raw.fileno(), "w", closefd=False)
    buffer = output if stream.buffer is raw else io.BufferedWriter(output)
    return io.TextIOWrapper(
        buffer, _ENCODING, _ERRORS, line_buffering=stream.line_buffering, write_through=stream.write_through
    )


def is_closed(error: OSError) -> bool:
    """Tell whether whoever read what is printed has read enough, as in `check | head`."""
    return isinstance(error, BrokenPipeError)


def let_go() -> None:
    """Have what is left to be printed go nowhere: else Python itself complains of it when it ends."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
