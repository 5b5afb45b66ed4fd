"""A site to be verified: facts of each file, the edition that it shows, and the addresses of the current release."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from plugins import cache
from plugins.content.addresses.urls import url_of_file
from plugins.exemplars.model.edition import Edition
from plugins.release.manifest import FileEntry, describe, list_files
from plugins.release.verify.facts import Facts
from plugins.release.verify.other_files import read_file
from plugins.sources.files import read_bytes
from plugins.teamwork import Team

# Code on which the facts of a file depend, besides its bytes.
_CODE = (*sorted(Path(__file__).parent.glob("*.py")), Path(__file__).parents[2] / "language/privacy.py")

# Characters that browsers drop from an address; and the start of one on the same host.
_UNREAD, _ROOTED = re.compile(r"[\t\r\n]"), re.compile(r"/(?!/)")
# Left as they are by urljoin: with a host, or of another scheme than the site's.
_WHOLE = re.compile(r"https?://|(?!https?:)[a-z][a-z0-9+.-]*:")
# Neither absolute nor with a scheme.
_RELATIVE = re.compile(r"(?!/|[A-Za-z][A-Za-z0-9+.-]*:)")


class Address(NamedTuple):
    """An address of the site: a path that begins with “/”, and an anchor or ""."""

    path: str
    anchor: str


@dataclass(frozen=True)
class Candidate:
    """A built site, not online yet; `files` and `entries` are by path, `moved` maps old addresses to new ones."""

    site: Path
    edition: Edition
    files: Mapping[str, Facts]
    entries: Mapping[str, FileEntry]
    earlier: Collection[str] = ()  # paths of files in the current release
    moved: Mapping[str, str] = field(default_factory=dict)
    gone: Collection[str] = ()  # withdrawn addresses
    taken_down: Collection[str] = ()  # those of them that the current release still shows

    @property
    def home(self) -> str:
        """The address of the site, such as https://ten-mien.vn."""
        return self.edition.content.site_url

    @cached_property
    def pages(self) -> dict[str, Facts]:
        """Pages by address."""
        return {url_of_file(path): facts for path, facts in self.files.items() if path.endswith(".html")}

    def find_own(self, path: str, target: str) -> Address | None:
        """Resolve an address in a file of the site; None when it leads to another host."""
        if target.startswith("#"):
            return Address(unquote(url_of_file(path)), unquote(target[1:]))
        return self._led[urljoin(f"{self.home}{url_of_file(path)}", target) if _RELATIVE.match(target) else target]

    @cached_property
    def _led(self) -> "_Led":
        return _Led(self.home)

    def find_links(self, is_sought: Callable[[Address], bool]) -> Iterator[tuple[str, str, Address]]:
        """Yield the links to addresses that are sought: path of the file, address as written, address resolved."""
        left = self._everywhere - {one for one in self._everywhere if (own := self._led[one]) and is_sought(own)}
        for path, facts in self.files.items():
            named = chain(facts.links, (target for _, target in facts.loads))
            for target in dict.fromkeys(one for one in named if one not in left):
                if (own := self.find_own(path, target)) and is_sought(own):
                    yield path, target, own

    @cached_property
    def _everywhere(self) -> set[str]:
        """Absolute addresses, which mean the same in every file; most are in many files."""
        named = (chain(facts.links, (target for _, target in facts.loads)) for facts in self.files.values())
        return {one for one in chain.from_iterable(named) if one[:1] == "/" or "://" in one[:8]}

    def find_file(self, path: str) -> str | None:
        """Return the file that a server sends for a path, or None."""
        if ".." in path.split("/"):
            path = posixpath.normpath(path)
        file = f"{path}index.html" if path.endswith("/") else path
        return file[1:] if file[1:] in self.files else None

    def read(self, path: str) -> bytes:
        return (self.site / path).read_bytes()

    def items(self, *suffixes: str) -> Iterator[tuple[str, Facts]]:
        """Yield the files of these kinds, by path."""
        return ((path, facts) for path, facts in self.files.items() if path.endswith(suffixes))


class _Led(dict[str, Address | None]):
    """Cache of resolved absolute addresses."""

    def __init__(self, home: str) -> None:
        super().__init__()
        self._home = home

    def __missing__(self, target: str) -> Address | None:
        home, found = self._home, None
        # As browsers do. urljoin takes ten times as long, and is needed only for unusual addresses.
        plain = _UNREAD.sub("", target)
        if _ROOTED.match(plain):
            absolute = f"{home}{plain}"
        else:
            absolute = plain if _WHOLE.match(plain) else urljoin(f"{home}/", plain)
        if absolute == home or absolute.startswith((f"{home}/", f"{home}#", f"{home}?")):
            path, _, anchor = absolute.removeprefix(home).partition("#")
            found = Address(unquote(path.partition("?")[0]) or "/", unquote(anchor))
        self[target] = found
        return found


def read_site(site: Path, kept: Path, label: str) -> tuple[dict[str, Facts], dict[str, FileEntry]]:
    """Return the facts and the entry of each file by path, read in several processes; facts are `kept` by its bytes."""
    code = sha256(b"".join(file.read_bytes() for file in _CODE)).hexdigest()
    known: dict[str, Facts] = cache.load(kept, code) or {}
    paths = list_files(site)

    def read(path: str) -> tuple[FileEntry, Facts | None]:
        data = read_bytes(f"{site}/{path}")
        entry = describe(data)
        return entry, None if _key(path, entry) in known else read_file(path, data)

    files, entries = {}, {}
    for path, (entry, facts) in zip(paths, Team(paths, read, label).start().finish(), strict=True):
        entries[path] = entry
        files[path] = facts or known[_key(path, entry)]
    now = {_key(path, entries[path]): facts for path, facts in files.items()}
    if now.keys() != known.keys():
        cache.save(kept, code, now)
    return files, entries


def _key(path: str, entry: FileEntry) -> str:
    return f"{entry.sha256}{posixpath.splitext(path)[1]}"
