"""What one command leaves for the next, in a file of .cache/: a value whole and of one engine, or nothing.

What is missing, torn or of another engine costs time, and never changes a byte of the site. The files are trusted as
the engine beside them is: whoever can write one can write the other.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from plugins.sources.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path


def load(file: Path, engine: str) -> Any:
    """Return what an engine has left in a file; None when that is nothing."""
    with suppress(OSError, ValueError):
        written = file.read_bytes()
        # Not copied: it may be most of what there is to know of thousands of stories.
        data = memoryview(written)[written.index(b"\n") + 1 :]
        if written.startswith(_heading(engine, data)):
            return pickle.loads(data)  # noqa: S301 - our own, whole
    return None


def save(file: Path, engine: str, value: Any) -> None:
    """Leave a value for the next. Where that cannot be written, the next one begins anew."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        write_whole(file, _heading(engine, data) + data)


def _heading(engine: str, data: bytes | memoryview) -> bytes:
    # Quicker than SHA-256 where the processor has no instruction for that; it need not withstand anyone.
    return f"{engine} {blake2b(data, digest_size=32).hexdigest()}\n".encode()
