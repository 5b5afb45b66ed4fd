"""A folder of results that cost time to make. Whatever is wrong in it costs that time again, and nothing else."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from plugins.sources.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

_MARK = 16
# In seconds: how long an entry stays that nobody asks for, and how often it is noted that somebody did.
_KEPT, _NOTED = 60 * 86_400, 86_400


@dataclass(frozen=True)
class Cache:
    """Bytes by key. Each entry carries a checksum of its key and bytes: what is cut, changed or another's is not read.

    Two builds at once are fine: an entry appears whole or not at all, and both would write the same.
    """

    folder: Path

    def read(self, key: str) -> bytes | None:
        """Return what was written under a key; None when there is nothing sound."""
        file = self._file(key)
        try:
            with file.open("rb") as opened:
                entry, noted = opened.read(), os.fstat(opened.fileno()).st_mtime
            if not 0 <= time.time() - noted < _NOTED:
                # Where nothing may be written, what is there is read all the same.
                with suppress(OSError):
                    os.utime(file)
        except OSError:
            return None
        data = entry[_MARK:]
        return data if entry[:_MARK] == _checksum(key, data) else None

    def write(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, in place of any before; a full or locked disk is no error."""
        with suppress(OSError):
            write_whole(self._file(key), _checksum(key, data) + data)

    def prune(self) -> None:
        """Delete what nobody has asked for in two months."""
        long_ago = time.time() - _KEPT
        for file in self.folder.glob("*/*"):
            with suppress(OSError):
                if file.stat().st_mtime < long_ago:
                    file.unlink()

    def _file(self, key: str) -> Path:
        name = blake2b(key.encode(), digest_size=_MARK).hexdigest()
        return self.folder / name[:2] / name[2:]


def _checksum(key: str, data: bytes) -> bytes:
    return blake2b(data, digest_size=_MARK, key=blake2b(key.encode()).digest()).digest()
