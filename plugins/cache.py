"""Cache files in .cache/: one pickled value each, of one engine, with a checksum.

A missing, torn or outdated file costs time and never changes a byte of the site. The files are trusted as the engine
beside them is: anyone who can write one can write the other.
"""

import pickle
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from plugins.sources.files import write_whole


def load(file: Path, engine: str) -> Any:
    """Return the value that this engine saved in a file, or None."""
    with suppress(OSError, ValueError):
        written = file.read_bytes()
        # Not copied: it may hold thousands of parsed stories.
        data = memoryview(written)[written.index(b"\n") + 1 :]
        if written.startswith(_heading(engine, data)):
            return pickle.loads(data)  # noqa: S301 - our own, whole
    return None


def save(file: Path, engine: str, value: Any) -> None:
    """Save a value, if the file can be written."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        write_whole(file, _heading(engine, data) + data)


def _heading(engine: str, data: bytes | memoryview) -> bytes:
    # Faster than SHA-256 on processors without an instruction for it; no attacker is involved.
    return f"{engine} {blake2b(data, digest_size=32).hexdigest()}\n".encode()
