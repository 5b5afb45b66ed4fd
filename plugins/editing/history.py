"""Earlier texts of files, under `.history/` by path and time; nothing there is ever deleted.

Among them are texts that could not be saved because the file had changed meanwhile.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path, PurePosixPath
from threading import Lock

from plugins.markdown.references import CONTENT
from plugins.sources.files import numbered, write_whole
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

HISTORY = ".history"
# Held during every change of content/.
EDITING = Lock()
_STAMP = "%Y%m%d-%H%M%S"
# In the names of texts that could not be saved.
_UNSAVED = ".chua-luu"


@dataclass(frozen=True)
class Earlier:
    """An earlier text of a file, with its name in the history and the moment when it was replaced."""

    name: str
    moment: datetime
    file: Path

    @property
    def is_unsaved(self) -> bool:
        """Whether it could not be saved and so never was the file's text."""
        return self.file.stem.endswith(_UNSAVED)

    def read(self) -> str:
        """Return the text."""
        return self.file.read_bytes().decode("utf-8-sig", errors="replace")


def list_earlier(project: Path, path: str) -> list[Earlier]:
    """Return the earlier texts of a file, newest first."""
    found = []
    for file in folder_of(project, path).glob("*"):
        with suppress(ValueError):
            found.append(Earlier(file.name, read_stamp(file.name), file))
    return sorted(found, key=lambda earlier: _order(earlier.name), reverse=True)


def read_earlier(project: Path, path: str, name: str) -> str:
    """Return an earlier text of a file; Invalid when there is none of that name."""
    for earlier in list_earlier(project, path):
        if earlier.name == name:
            return earlier.read()
    raise Invalid("Không còn bản trước này", "tải lại trang rồi chọn bản khác")


def stamp_now() -> str:
    """Return the present moment as names in the history begin with it."""
    return datetime.now().astimezone().strftime(_STAMP)


def read_stamp(name: str) -> datetime:
    """Return the moment with which a name in the history begins; ValueError when it has none."""
    return datetime.strptime(name[:15], _STAMP).astimezone()


def folder_of(project: Path, path: str) -> Path:
    """Return the folder of a file's earlier texts."""
    return project / HISTORY / nfc(path).removeprefix(f"{CONTENT}/")


def keep_earlier(project: Path, path: str, data: bytes, *, unsaved: bool = False) -> str:
    """Put a text into the history, unless it is the same as the newest there, and return its name."""
    folder = folder_of(project, path)
    if (newest := next(iter(list_earlier(project, path)), None)) and newest.file.read_bytes() == data:
        return newest.name
    suffix = PurePosixPath(path).suffix
    taken = {file.name.removesuffix(suffix).removesuffix(_UNSAVED) for file in folder.glob("*")}
    stem = next(stem for stem in numbered(stamp_now()) if stem not in taken)
    name = f"{stem}{_UNSAVED if unsaved else ''}{suffix}"
    write_whole(folder / name, data, flush=True)
    return name


def _order(name: str) -> tuple[str, int]:
    number = name[16:].partition(".")[0]
    return name[:15], int(number) if number.isdecimal() else 1


def copy_history(project: Path, path: str, moved: str) -> None:
    """Copy the earlier texts of a file that is about to be moved to those of its new path."""
    target = folder_of(project, moved)
    for earlier in reversed(list_earlier(project, path)):
        data = earlier.file.read_bytes()
        suffix = f"{_UNSAVED if earlier.is_unsaved else ''}{earlier.file.suffix}"
        for name in chain([earlier.name], numbered(earlier.name[:15], suffix)):
            if not (target / name).exists() or (target / name).read_bytes() == data:
                write_whole(target / name, data, flush=True)
                break
