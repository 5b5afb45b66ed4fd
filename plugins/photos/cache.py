"""A folder of expensive results. Damage to it only costs the time to make them again."""

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from plugins.sources.files import write_whole

_MARK = 16
# Seconds: how long an unused entry stays, and how often a use is recorded.
_KEPT, _NOTED = 60 * 86_400, 86_400


@dataclass(frozen=True)
class Cache:
    """Bytes by key, each whole or not at all, with a checksum of key and bytes; builds may write the same at once."""

    folder: Path

    def read(self, key: str) -> bytes | None:
        """Return the bytes of a key, or None."""
        file = self._file(key)
        try:
            with file.open("rb") as opened:
                entry, noted = opened.read(), os.fstat(opened.fileno()).st_mtime
            if not 0 <= time.time() - noted < _NOTED:
                # A read-only cache is fine.
                with suppress(OSError):
                    os.utime(file)
        except OSError:
            return None
        data = entry[_MARK:]
        return data if entry[:_MARK] == _checksum(key, data) else None

    def write(self, key: str, data: bytes) -> None:
        """Store bytes under a key; a full or locked disk is no error."""
        with suppress(OSError):
            write_whole(self._file(key), _checksum(key, data) + data)

    def prune(self) -> None:
        """Delete entries unused for two months."""
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
