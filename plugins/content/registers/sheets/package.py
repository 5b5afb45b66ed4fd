"""The parts of an .xlsx, read from the beginning, as much of each as is asked for and never more than a bound.

A workbook of ten megabytes may unpack to gigabytes, or hold one string a million times: no library that makes an
object of each cell reads it in a second, so the few elements that matter are taken as expat finds them.
"""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BytesIO
    from pathlib import Path

# What is read of one workbook: bytes, once unpacked, and tags (a cell with a value has four).
_MOST_UNPACKED = 60_000_000
_MOST_TAGS = 1_500_000
# Of XML: how deep it is, and how long it goes on without a tag. A cell has at most 32,767 signs.
_MOST_DEPTH = 64
_MOST_BETWEEN = 1_000_000
# The directory of the package: sixty bytes a part.
_MOST_DIRECTORY = 1_000_000
_CHUNK = 1 << 16
# Transitional, as every program writes by default, and strict, as Excel may.
_SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships "
_REFERENCE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


class SwollenError(ValueError):
    """Raised where a workbook holds more than any register."""


class NoWorkbookError(ValueError):
    """Raised where a package has no workbook that can be read."""


class Done(Exception):
    """Raised by what reads a part when the rest of it does not matter."""


class Part:
    """Takes the elements of one part as they come: `starts` and `ends` are called by the names of elements.

    Text between tags goes to `text`, a list that whoever wants it empties.
    """

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.text: list[str] = []
        self.takes_text = False


class Package:
    """A package that is open; whoever opens it closes it."""

    def __init__(self, file: Path | BytesIO) -> None:
        self._zip = zipfile.ZipFile(file)
        self._names = {normalize_part(name): name for name in self._zip.namelist()}
        self._unpacked = self._tags = 0

    def close(self) -> None:
        self._zip.close()

    def has(self, name: str) -> bool:
        return normalize_part(name) in self._names

    def find_workbook(self) -> str:
        """Return the name of the part that is the workbook."""
        for kind, target in self.relations("").values():
            if kind.endswith("/officeDocument"):
                return target
        raise NoWorkbookError

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part, or "" for the package, refers to: by id its type and the name of the part."""
        found: dict[str, tuple[str, str]] = {}
        folder = posixpath.dirname(name)

        def take(given: dict[str, str]) -> None:
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "").replace("\\", "/")))
            found[given.get("Id", "")] = given.get("Type", ""), target.lstrip("/")

        part = Part()
        part.starts[f"{_PACKAGE}Relationship"] = take
        self.read(str(PurePosixPath(folder, "_rels", f"{posixpath.basename(name)}.rels")), part)
        return found

    def read(self, name: str, part: Part) -> None:
        """Let a part take what there is in the file of that name; nothing, where there is no such file."""
        if not self.has(name):
            return
        parser = _make_parser(part)
        with self._zip.open(self._names[normalize_part(name)]) as opened:
            between = 0
            try:
                while chunk := opened.read(_CHUNK):
                    self._unpacked += len(chunk)
                    tags = chunk.count(b"<")
                    self._tags += tags
                    between = len(chunk) - chunk.rfind(b"<") if tags else between + len(chunk)
                    if self._unpacked > _MOST_UNPACKED or self._tags > _MOST_TAGS or between > _MOST_BETWEEN:
                        raise SwollenError
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
            except Done:
                pass


def normalize_part(name: str) -> str:
    """Return the name of a part as it is compared: without case, by any slash, from the root."""
    return name.replace("\\", "/").lstrip("/").lower()


def reference(given: dict[str, str]) -> str:
    """Return the id by which an element refers to another part."""
    return next((given[name] for name in _REFERENCE if name in given), "")


def spreadsheet(*names: str) -> list[str]:
    """Return the full names of elements of a workbook, in either form of the standard."""
    return [f"{space}{name}" for name in names for space in _SPREADSHEET]


def _make_parser(part: Part) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    starts, ends, text = part.starts, part.ends, part.text
    depth = 0

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise SwollenError
        if take := starts.get(name):
            take(given)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if take := ends.get(name):
            take()

    def add(data: str) -> None:
        if part.takes_text:
            text.append(data)

    def refuse(*_: object) -> None:
        raise NoWorkbookError

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = add
    # No program writes one, and entities that expand are all that it is for.
    parser.StartDoctypeDeclHandler = refuse
    return parser


def check_directory(file: Path) -> None:
    """Raise SwollenError where the directory of a package, as its last record says, is of too many parts to open it."""
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - 66_000))
        tail = opened.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > _MOST_DIRECTORY:
        raise SwollenError
