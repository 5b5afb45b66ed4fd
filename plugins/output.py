"""Replace output/ by a new site as a whole, and delete folders that commands made.

On Windows a folder cannot be moved or deleted while any file in it is open. Standard library only.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plugins.sources.files import free_path, make_folder, put_in_place
from plugins.sources.held import explain_writing, find_held, remove_tree

OUTPUT = "output"
# Prefixes beside the output, on the same disk, so that replacing it is a rename.
_NEW, _OLD = ".output-new-", ".output-old-"
# Seconds after which an unfinished site is surely abandoned.
_ABANDONED = 86_400


class BuildError(Exception):
    """A build that is refused or failed; the message, in Vietnamese, says why."""


def make_site_folder(output: Path) -> Path:
    """Make an empty folder for a new site beside the old one, and return it; leftovers of other builds are deleted."""
    with suppress(OSError):
        # Without output/, another build may be about to put the old site back.
        if output.exists():
            for old in output.parent.glob(f"{_OLD}*"):
                discard(old)
        for new in output.parent.glob(f"{_NEW}*"):
            if time.time() - new.stat().st_mtime > _ABANDONED:
                discard(new)
    return make_folder(output.parent, _NEW)


def put_site(new: Path, output: Path) -> None:
    """Replace the old site by a new one; BuildError, with the old one untouched, if it cannot be moved."""
    old = free_path(output.parent, _OLD)
    try:
        if output.exists():
            # Within the same folder, which works even when the old site is read-only.
            put_in_place(output, old)
        put_in_place(new, output)
    except BaseException as error:
        if old.exists() and not output.exists():
            put_in_place(old, output)
        if isinstance(error, OSError):
            raise BuildError(explain(error, output.parent, output)) from error
        raise
    discard(old)


def discard(folder: Path) -> None:
    """Delete a folder that is no longer needed; files in use are left to a later build."""
    with suppress(OSError):
        remove_tree(folder)


@contextmanager
def making(target: Path, prefix: str) -> Iterator[Path]:
    """Make a folder beside a new or empty one, which it replaces on success, and which is deleted on failure."""
    made = make_folder(target.parent, prefix)
    try:
        yield made
        # Windows cannot rename onto a folder, even an empty one. Fails if it is no longer empty.
        with suppress(FileNotFoundError):
            target.rmdir()
        put_in_place(made, target)
    finally:
        discard(made)


def take_away(folder: Path) -> None:
    """Delete a folder that commands made, at once or not at all; OSError when a file in it is in use."""
    if not folder.name.startswith(_OLD):
        # Renamed first, so that it is never seen half deleted.
        put_in_place(folder, away := free_path(folder.parent, _OLD))
        folder = away
    remove_tree(folder)


def explain(error: OSError, project: Path, folder: Path | None = None, doing: str = "ghi") -> str:
    """Return the message, without full stop, for a file that cannot be written; `doing` is the verb, "ghi" or other.

    If a whole `folder` was to be moved, the message names the file in it that is in use.
    """
    file = Path(error.filename or project)
    if folder:
        file = (find_held(folder) if folder.exists() else None) or (file if file.is_relative_to(folder) else folder)
    name = file.relative_to(project).as_posix() if file.is_relative_to(project) else str(file)
    invalid = explain_writing(error, f"{name}/" if file.is_dir() else name, doing)
    return f"{invalid.message[:1].lower()}{invalid.message[1:]}; {invalid.fix}"
