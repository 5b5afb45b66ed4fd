"""The release that is to go online, as every check reads it: each file's facts, what it shows, what was there."""

from __future__ import annotations

import json
import posixpath
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from plugins.release.manifest import Entry, list_files
from plugins.release.verify.facts import Facts
from plugins.release.verify.other_files import read_file
from plugins.sources.files import write_whole
from plugins.teamwork import Team

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from plugins.exemplars.edition import Edition

# What these files say is what the facts of a file depend on, beside its bytes.
_CODE = (*sorted(Path(__file__).parent.glob("*.py")), Path(__file__).parents[2] / "language/privacy.py")


class Address(NamedTuple):
    """An address of the site's own: a path that begins with “/”, and the anchor, "" for none."""

    path: str
    anchor: str


@dataclass(frozen=True)
class Candidate:
    """A site that is written and not online yet. `files` and `entries` are by the path of the file in it.

    `earlier` are the paths of the files of the release that is online, `moved` leads from old addresses
    to new ones, `gone` are those that are withdrawn.
    """

    site: Path
    edition: Edition
    files: Mapping[str, Facts]
    entries: Mapping[str, Entry]
    earlier: Collection[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    gone: Collection[str] = ()

    @property
    def home(self) -> str:
        """Where the site will be, such as https://ten-mien.vn."""
        return self.edition.content.vocabulary.publisher.site_url

    @cached_property
    def pages(self) -> dict[str, Facts]:
        """Every page by its address."""
        return {page_url(path): facts for path, facts in self.files.items() if path.endswith(".html")}

    def find_own(self, path: str, target: str) -> Address | None:
        """Return where an address leads that stands in a file of the site; None when that is another host."""
        if not target.startswith("/") or target.startswith("//"):
            absolute = urljoin(f"{self.home}{page_url(path)}", target)
            if absolute != self.home and not absolute.startswith((f"{self.home}/", f"{self.home}#", f"{self.home}?")):
                return None
            target = absolute.removeprefix(self.home) or "/"
        parts = urlsplit(target)
        return Address(unquote(parts.path) or "/", unquote(parts.fragment))

    def find_file(self, path: str) -> str | None:
        """Return the file that a server gives for a path of the site; None when there is none."""
        if ".." in path.split("/"):
            path = posixpath.normpath(path)
        file = f"{path}index.html" if path.endswith("/") else path
        return file[1:] if file[1:] in self.files else None

    def read(self, path: str) -> bytes:
        return (self.site / path).read_bytes()

    def items(self, *suffixes: str) -> Iterator[tuple[str, Facts]]:
        """Yield the files of these kinds, by path."""
        return ((path, facts) for path, facts in self.files.items() if path.endswith(suffixes))


def page_url(path: str) -> str:
    """Return the address of a file of the site, without the host."""
    return f"/{path}".removesuffix("index.html")


def read_site(site: Path, cache: Path, label: str) -> tuple[dict[str, Facts], dict[str, Entry]]:
    """Read every file of a site, in several processes. Returns the facts and the entry of each by its path.

    What a file of the same bytes was read as, this time or the last, is in the cache.
    """
    code = sha256(b"".join(file.read_bytes() for file in _CODE)).hexdigest()
    known = _load(cache, code)
    paths = list_files(site)

    def read(path: str) -> tuple[Entry, Facts | None]:
        data = (site / path).read_bytes()
        entry = Entry(sha256(data).hexdigest(), len(data))
        return entry, None if _key(path, entry) in known else read_file(path, data)

    files, entries = {}, {}
    for path, (entry, facts) in zip(paths, Team(paths, read, label).start().finish(), strict=True):
        entries[path] = entry
        files[path] = facts or known[_key(path, entry)]
    _save(cache, code, {_key(path, entries[path]): facts for path, facts in files.items()})
    return files, entries


def _key(path: str, entry: Entry) -> str:
    return f"{entry.sha256}{Path(path).suffix}"


def _load(cache: Path, code: str) -> dict[str, Facts]:
    try:
        kept = json.loads(cache.read_bytes())
        return {key: Facts.from_list(values) for key, values in kept[code].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _save(cache: Path, code: str, facts: Mapping[str, Facts]) -> None:
    with suppress(OSError):
        text = json.dumps({code: {key: value.as_list() for key, value in facts.items()}}, ensure_ascii=False)
        write_whole(cache, text.encode())
