"""What deploys have put on a target, as notes that lie there: what may be replaced and deleted, and what is foreign.

A note is a small JSON file under NOTES, named by the hash of its bytes, so that one cut short is known for no note. It
is written before the first of its files goes up, and again, as whole, after the last: at every moment all that a
deploy of ours has ever put there stands in some note. Nothing else there is ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from plugins.release.manifest import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

# Servers show nothing whose name begins with a dot.
NOTES = ".dan-van-kheo"


@dataclass(frozen=True)
class Note:
    """The files of one deploy, by path; whether it came to its end; the sizes of the foreign files that it replaces."""

    release: str
    files: Mapping[str, Entry]
    whole: bool
    replaced: Mapping[str, int]

    @property
    def name(self) -> str:
        return f"{sha256(self.render()).hexdigest()[:20]}.json"

    def render(self) -> bytes:
        """Return the bytes of the note."""
        value = {
            "release": self.release,
            "whole": self.whole,
            "replaced": dict(sorted(self.replaced.items())),
            "files": {path: list(file) for path, file in sorted(self.files.items())},
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def parse_note(name: str, data: bytes) -> Note | None:
    """Return the note in a file; None when it was cut short, or somebody has changed it."""
    if name != f"{sha256(data).hexdigest()[:20]}.json":
        return None
    try:
        value = json.loads(data)
        files = {path: Entry(digest, size) for path, (digest, size) in value["files"].items()}
        return Note(value["release"], files, value["whole"], value["replaced"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
