"""Deleted stories and photos: moved into the history, listed, and put back.

Each is in a folder of its own, with a record of its path beside it. The record is written first, so that an
interruption leaves the story in its place.
"""

import json
from collections.abc import Container
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from plugins.editing.history import EDITING, HISTORY, read_stamp, stamp_now
from plugins.editing.saving import follow, free_name
from plugins.sources.files import numbered, put_in_place, write_whole
from plugins.sources.held import explain_writing
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc, slugify

_REMOVED = f"{HISTORY}/da-xoa"


@dataclass(frozen=True)
class Removed:
    """A deleted story or photo: its name in the history, its path in the project, and its title."""

    name: str
    path: str
    title: str

    @property
    def moment(self) -> datetime:
        """When it was deleted."""
        return read_stamp(self.name)


def remove(project: Path, path: str, title: str) -> str:
    """Delete a file or folder of content/ and return its name in the history; Invalid when it cannot be moved."""
    source = _find(project, path)
    with EDITING:
        try:
            (project / _REMOVED).mkdir(parents=True, exist_ok=True)
            kept = next(made for name in numbered(stamp_now()) if not (made := project / _REMOVED / name).exists())
            kept.mkdir()
            record = kept.with_name(f"{kept.name}.json")
            removed = Removed(kept.name, nfc(path), title)
            write_whole(record, json.dumps(asdict(removed), ensure_ascii=False).encode(), flush=True)
            try:
                put_in_place(source, kept / source.name)
            except OSError:
                record.unlink()
                kept.rmdir()
                raise
        except OSError as error:
            raise explain_writing(error, path, "xóa") from None
    return kept.name


def list_removed(project: Path) -> list[Removed]:
    """Return everything deleted that can be put back, newest first."""
    found = []
    for record in (project / _REMOVED).glob("*.json"):
        # Records of other origin are passed over, and those of files put back or never moved.
        with suppress(OSError, ValueError, KeyError, TypeError):
            said = json.loads(record.read_bytes())
            removed = Removed(record.stem, str(said["path"]), str(said["title"]))
            if removed.moment and next((project / _REMOVED / record.stem).iterdir(), None):
                found.append(removed)
    return sorted(found, key=lambda removed: (removed.moment, len(removed.name), removed.name), reverse=True)


def find_removed(project: Path, name: str) -> Removed:
    """Return the deleted story or photo of a name; Invalid when there is none."""
    for removed in list_removed(project):
        if removed.name == name:
            return removed
    raise Invalid("Không còn gì để lấy lại: đã khôi phục rồi", "tải lại trang")


def read_removed(project: Path, removed: Removed) -> bytes:
    """Return the bytes of a deleted file; Invalid when they cannot be read."""
    try:
        return next((project / _REMOVED / removed.name).iterdir()).read_bytes()
    except (OSError, StopIteration):
        raise Invalid(f"Không đọc được {removed.path}", "tải lại trang") from None


def put_back(project: Path, name: str, folder: str, taken: Container[str] = ()) -> str:
    """Put a deleted story or photo into a folder under its name, numbered if that exists or its slug is `taken`.

    Return its new path; Invalid when it cannot be moved.
    """
    removed = find_removed(project, name)
    kept = project / _REMOVED / name
    source = next(kept.iterdir())
    is_photo = source.is_file()
    target = _find(project, folder) if is_photo else project / folder
    with EDITING:
        try:
            if is_photo:
                free, _ = free_name(target, source.name, source.read_bytes())
            else:
                names = (name for name in numbered(source.name) if slugify(name) not in taken)
                free = next(name for name in names if not (target / name).exists())
            target.mkdir(parents=True, exist_ok=True)
            put_in_place(source, target / free)
        except OSError as error:
            raise explain_writing(error, removed.path, "khôi phục") from None
        with suppress(OSError):
            kept.rmdir()
            kept.with_name(f"{name}.json").unlink()
    return f"{folder}/{nfc(free)}"


def follow_move(project: Path, before: str, after: str) -> None:
    """Update the records of photos deleted from a folder that was moved; both are paths."""
    for removed in list_removed(project):
        if removed.path.startswith(f"{before}/"):
            said = asdict(removed) | {"path": after + removed.path.removeprefix(before)}
            record = project / _REMOVED / f"{removed.name}.json"
            write_whole(record, json.dumps(said, ensure_ascii=False).encode(), flush=True)


def _find(project: Path, path: str) -> Path:
    if not (found := follow(project, path)).exists() or ".." in path.split("/"):
        raise Invalid(f"Không còn {path}", "tải lại trang")
    return found
