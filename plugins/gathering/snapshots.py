"""Snapshots of members in content/thu-ve/: their files byte for byte, with source, day and hash in nguon.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from plugins.content.members import members
from plugins.gathering.fetching import Validator
from plugins.release.store import sweep
from plugins.sources.files import write_whole


class FetchedFile(NamedTuple):
    """A fetched file as in nguon.json: its hash, the day when these bytes first came (ISO), and its validator."""

    sha256: str = ""
    day: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def validator(self) -> Validator:
        return Validator(self.etag, self.last_modified)

    def succeed(self, data: bytes, validator: Validator, day: date) -> "FetchedFile":
        """Return the entry of newly fetched bytes: itself when they are the same."""
        digest = sha256(data).hexdigest()
        return self if digest == self.sha256 else FetchedFile(digest, day.isoformat(), *validator)


NOTHING = FetchedFile()


@dataclass(frozen=True)
class Snapshot:
    """The last good data of a member, fetched from `address`; without `exemplars` there is none."""

    address: str = ""
    version: int = 0
    exemplars: FetchedFile = NOTHING
    replications: FetchedFile = NOTHING
    # Whether its list of copies across sites is missing or damaged.
    lacks_replications: bool = field(default=False, compare=False)


def read_snapshot(project: Path, identifier: str) -> Snapshot:
    """Return the snapshot of a member. A file that is not as it was fetched is left out, to be fetched again."""
    folder, path = project / members.FOLDER / identifier, f"{members.FOLDER}/{identifier}"
    about = members.read_about(folder, path)
    if not isinstance(about, dict):
        return Snapshot()
    version, said = about.get("schema"), about.get("replications")
    exemplars = _read_file(folder, path, members.EXEMPLARS, about)
    replications = _read_file(folder, path, members.REPLICATIONS, said if isinstance(said, dict) else {})
    version = version if isinstance(version, int) else 0
    lacks_replications = bool(said) and not replications.sha256
    return Snapshot(str(about.get("address", "")), version, exemplars, replications, lacks_replications)


def _read_file(folder: Path, path: str, name: str, said: Mapping[str, Any]) -> FetchedFile:
    data = members.read_gathered_file(folder / name, f"{path}/{name}") if said.get("sha256") else b""
    told = members.find_told(data, said) if isinstance(data, bytes) else None
    if told is None:
        return NOTHING
    fetched = FetchedFile(*(str(told.get(key, "")) for key in FetchedFile._fields))
    try:
        date.fromisoformat(fetched.day)
    except ValueError:
        return NOTHING
    return fetched


def write_snapshot(
    project: Path, identifier: str, before: Snapshot, after: Snapshot, data: Mapping[str, bytes]
) -> None:
    """Write changed files, by name; nguon.json has old hashes meanwhile, so an interruption leaves a valid snapshot."""
    if after == before:
        return
    folder = project / members.FOLDER / identifier
    if before.exemplars.sha256:
        _write_about(folder, after, before)
    for name, attribute in ((members.EXEMPLARS, "exemplars"), (members.REPLICATIONS, "replications")):
        new = getattr(after, attribute)
        if new.sha256 and new != getattr(before, attribute):
            write_whole(folder / name, data[name])
    _write_about(folder, after)
    if not after.replications.sha256:
        (folder / members.REPLICATIONS).unlink(missing_ok=True)
    sweep(folder)


def _write_about(folder: Path, snapshot: Snapshot, before: Snapshot | None = None) -> None:
    about: dict[str, Any] = {"address": snapshot.address, "schema": snapshot.version, **snapshot.exemplars._asdict()}
    if snapshot.replications.sha256:
        about["replications"] = snapshot.replications._asdict()
    if before:
        about[members.BEFORE] = before.exemplars._asdict()
    if before and before.replications.sha256 and snapshot.replications.sha256:
        about["replications"][members.BEFORE] = before.replications._asdict()
    write_whole(folder / members.ABOUT, (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode())
