"""What of a member is kept in content/thu-ve/: its files byte by byte, and beside them whence, when and what hash."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from plugins.content.members.gathered import (
    ABOUT,
    BEFORE,
    EXEMPLARS,
    FOLDER,
    REPLICATIONS,
    find_told,
    read_about,
    read_gathered_file,
)
from plugins.gathering.fetching import NO_SEAL, Seal
from plugins.release.store import sweep
from plugins.sources.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class KeptFile:
    """A file as it was fetched: its hash, the day when these bytes first came, and its seal."""

    sha256: str = ""
    day: str = ""
    seal: Seal = NO_SEAL

    def as_dict(self) -> dict[str, str]:
        """Return what nguon.json says of it."""
        return {
            "sha256": self.sha256,
            "day": self.day,
            "etag": self.seal.etag,
            "last_modified": self.seal.modified,
        }

    def succeed(self, data: bytes, seal: Seal, day: date) -> KeptFile:
        """Return what is kept once these bytes have come: itself, where they are the same."""
        digest = sha256(data).hexdigest()
        return self if digest == self.sha256 else KeptFile(digest, day.isoformat(), seal)


NOTHING = KeptFile()


@dataclass(frozen=True)
class Kept:
    """The last good copy of a member; without `exemplars` there is none. `address` is where it came from.

    One that `lacks_copies` had a list of what was copied across sites, which is not as it was fetched.
    """

    address: str = ""
    version: int = 0
    exemplars: KeptFile = NOTHING
    replications: KeptFile = NOTHING
    lacks_copies: bool = field(default=False, compare=False)


def read_kept(project: Path, identifier: str) -> Kept:
    """Return what is kept of a member; of a file that is not as it was fetched, nothing: it is fetched anew."""
    folder, path = project / FOLDER / identifier, f"{FOLDER}/{identifier}"
    about = read_about(folder, path)
    if not isinstance(about, dict):
        return Kept()
    version, said = about.get("schema"), about.get("replications")
    exemplars = _read_file(folder, path, EXEMPLARS, about)
    replications = _read_file(folder, path, REPLICATIONS, said if isinstance(said, dict) else {})
    version = version if isinstance(version, int) else 0
    lacks_copies = bool(said) and not replications.sha256
    return Kept(str(about.get("address", "")), version, exemplars, replications, lacks_copies)


def _read_file(folder: Path, path: str, name: str, said: Mapping[str, Any]) -> KeptFile:
    data = read_gathered_file(folder / name, f"{path}/{name}") if said.get("sha256") else b""
    told = find_told(data, said) if isinstance(data, bytes) else None
    if told is None:
        return NOTHING
    digest, day, etag, modified = (str(told.get(key, "")) for key in ("sha256", "day", "etag", "last_modified"))
    return KeptFile(digest, day, Seal(etag, modified)) if _is_day(day) else NOTHING


def _is_day(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def write_kept(project: Path, identifier: str, before: Kept, kept: Kept, data: Mapping[str, bytes]) -> bool:
    """Write what is new of a member, `data` by the name of the file. Returns whether there was anything.

    While it is written, what says the hash says that of before too: whoever is interrupted leaves a good copy.
    """
    if kept == before:
        return False
    folder = project / FOLDER / identifier
    files = {EXEMPLARS: (before.exemplars, kept.exemplars), REPLICATIONS: (before.replications, kept.replications)}
    if before.exemplars.sha256:
        _write_about(folder, kept, before)
    for name, (old, new) in files.items():
        if new.sha256 and new != old:
            write_whole(folder / name, data[name])
    _write_about(folder, kept)
    if not kept.replications.sha256:
        (folder / REPLICATIONS).unlink(missing_ok=True)
    sweep(folder)
    return True


def _write_about(folder: Path, kept: Kept, before: Kept | None = None) -> None:
    about: dict[str, Any] = {"address": kept.address, "schema": kept.version, **kept.exemplars.as_dict()}
    if kept.replications.sha256:
        about["replications"] = kept.replications.as_dict()
    if before:
        about[BEFORE] = before.exemplars.as_dict()
    if before and before.replications.sha256 and kept.replications.sha256:
        about["replications"][BEFORE] = before.replications.as_dict()
    write_whole(folder / ABOUT, (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode())
