"""output/ and what else a build leaves: a site put in place whole, and all of it deleted again, whoever looks at it.

On Windows nothing can be moved or deleted in which somebody has a file open. Standard library only.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from plugins.sources.files import free_path, make_folder, put_in_place
from plugins.sources.held import explain_writing, find_held, remove_tree

OUTPUT = "output"
# Beside the output, on the same disk, so that putting it in place is a rename.
_NEW, _OLD = ".output-new-", ".output-old-"
# Seconds after which no build can be at work on a new site any more.
_LONG_AGO = 86_400


class Refused(Exception):
    """A build that could not be finished, with the sentence that says why."""


def open_new(output: Path) -> Path:
    """Make the folder in which a new site is made, beside the one whose place it will take. Returns that folder."""
    with suppress(OSError):
        _sweep(output)
    return make_folder(output.parent, _NEW)


def put_site(new: Path, output: Path) -> None:
    """Put a new site in the place of the one before. Raises Refused, and then that one is as it was."""
    old = free_path(output.parent, _OLD)
    try:
        if output.exists():
            # To a name in the same folder: so it goes also where nothing in it may be written.
            put_in_place(output, old)
        put_in_place(new, output)
    except BaseException as error:
        if old.exists() and not output.exists():
            put_in_place(old, output)
        if isinstance(error, OSError):
            raise Refused(explain(error, output.parent, output)) from error
        raise
    discard(old)


def discard(folder: Path) -> None:
    """Delete a folder that nobody needs; what somebody holds in it is deleted by a later build."""
    with suppress(OSError):
        remove_tree(folder)


def _sweep(output: Path) -> None:
    """Delete what earlier builds could not, or were cut off over."""
    # While one takes another's place, the old one may have to go back to it.
    if output.exists():
        for old in output.parent.glob(f"{_OLD}*"):
            discard(old)
    for new in output.parent.glob(f"{_NEW}*"):
        if time.time() - new.stat().st_mtime > _LONG_AGO:
            discard(new)


def take_away(folder: Path) -> None:
    """Delete a folder that commands made: at once, or it stays whole; OSError where somebody holds it."""
    if not folder.name.startswith(_OLD):
        # Out of the way under another name: so nobody ever sees half of it.
        put_in_place(folder, away := free_path(folder.parent, _OLD))
        folder = away
    remove_tree(folder)


def explain(error: OSError, project: Path, folder: Path | None = None, doing: str = "ghi") -> str:
    """Return what keeps a command from writing, or `doing` something else, to which file, and what to do.

    Where it was a whole `folder` that had to give way, the file in it is named that somebody holds.
    """
    file = Path(error.filename or project)
    if folder:
        file = (find_held(folder) if folder.exists() else None) or (file if file.is_relative_to(folder) else folder)
    name = file.relative_to(project).as_posix() if file.is_relative_to(project) else str(file)
    told = explain_writing(error, f"{name}/" if file.is_dir() else name, doing)
    return f"{told.message[:1].lower()}{told.message[1:]}; {told.fix}"
