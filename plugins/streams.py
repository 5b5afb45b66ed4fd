"""Standard output in UTF-8 on any code page, without errors when its reader has gone. Standard library only."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

_ENCODING, _ERRORS = "utf-8", "backslashreplace"


class Output(io.FileIO):
    """A file descriptor that raises BrokenPipeError for a closed pipe on Windows too."""

    def write(self, data: Any, /) -> int:
        """Write bytes. Returns how many were written."""
        try:
            return super().write(data)
        except OSError as error:
            # Windows reports a closed pipe as EINVAL.
            if error.errno == errno.EINVAL:
                raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from error
            raise


def use_utf8() -> None:
    """Make this process and its children print UTF-8: Windows code pages lack Vietnamese letters."""
    # Lone surrogates, from undecodable file names, are printed as escapes.
    os.environ.update({"PYTHONUTF8": "1", "PYTHONIOENCODING": f"{_ENCODING}:{_ERRORS}"})
    sys.stdout, sys.stderr = _in_utf8(sys.stdout), _in_utf8(sys.stderr)


def _in_utf8(stream: TextIO) -> TextIO:
    # pytest replaces the stream, and a process without a console has none.
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


def let_go() -> None:
    """Flush; if that fails, discard the rest, as Python would print an error for it at exit."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
