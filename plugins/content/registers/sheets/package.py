"""Stream the XML parts of an .xlsx through expat, within limits.

Ten megabytes may unpack to gigabytes, or use one string a million times: no library that makes an object per cell
reads such a file in a second. Here each part handles the few elements that matter.
"""

import posixpath
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.parsers import expat

Start = Callable[[dict[str, str]], None]
End = Callable[[], None]

# Limits for one workbook: unpacked bytes, and tags (a cell with a value has four).
_MOST_UNPACKED, _MOST_TAGS = 60_000_000, 1_500_000
# Limits for XML: depth, and bytes between two tags. A cell has at most 32,767 characters.
_MOST_DEPTH, _MOST_BETWEEN = 64, 1_000_000
# The directory of the package: sixty bytes a part.
_MOST_DIRECTORY = 1_000_000
_CHUNK = 1 << 16
# The transitional namespace, which programs write by default, and the strict one, which Excel can.
_SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
)
_REFERENCE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


class SwollenError(ValueError):
    """Raised when a workbook exceeds a limit."""


class NoWorkbookError(ValueError):
    """Raised when a package has no readable workbook."""


class Done(Exception):
    """Raised by a part to skip the rest of its XML."""


class PartHandler:
    """Handlers for one part: `starts` and `ends` by the qualified name of the element."""

    def __init__(self) -> None:
        self.starts: dict[str, Start] = {}
        self.ends: dict[str, End] = {}
        self.text: list[str] = []
        self.takes_text = False  # while set, text between tags is appended to `text`, which the handlers empty

    def on(self, name: str, start: Start | None = None, end: End | None = None) -> None:
        """Register handlers for elements of a spreadsheet, in both namespaces."""
        names = [space + name for space in _SPREADSHEET]
        self.starts |= dict.fromkeys(names, start) if start else {}
        self.ends |= dict.fromkeys(names, end) if end else {}


class TextHandler(PartHandler):
    """Takes the text of elements with these names while `wants_text`, without phonetic hints."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.wants_text, self._hints = True, 0
        for name in names:
            self.on(name, self._start_text, self._end_text)
        self.on("rPh", lambda _: self._hint(1), lambda: self._hint(-1))

    def _start_text(self, _: dict[str, str]) -> None:
        self.takes_text = self.wants_text and not self._hints

    def _end_text(self) -> None:
        self.takes_text = False

    def _hint(self, by: int) -> None:
        self._hints += by

    def take_text(self) -> str:
        """Return the text so far and start anew."""
        text = "".join(self.text)
        self.text.clear()
        return text


class Package:
    """An open .xlsx; the caller closes it."""

    def __init__(self, file: Path | BytesIO) -> None:
        self._zip = zipfile.ZipFile(file)
        self._names = {normalize_part(name): name for name in self._zip.namelist()}
        self._unpacked = self._tags = 0

    def close(self) -> None:
        self._zip.close()

    def has(self, name: str) -> bool:
        """Return whether a part has this name, in any case."""
        return normalize_part(name) in self._names

    def find_workbook(self) -> str:
        """Return the name of the workbook part; NoWorkbookError without one."""
        for kind, target in self.relations("").values():
            if kind.endswith("/officeDocument"):
                return target
        raise NoWorkbookError

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the type and the target of the relations of a part, by id; "" for the package."""
        found: dict[str, tuple[str, str]] = {}
        folder = posixpath.dirname(name)

        def take(given: dict[str, str]) -> None:
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "").replace("\\", "/")))
            found[given.get("Id", "")] = given.get("Type", ""), target.lstrip("/")

        part = PartHandler()
        part.starts["http://schemas.openxmlformats.org/package/2006/relationships Relationship"] = take
        self.read(str(PurePosixPath(folder, "_rels", f"{posixpath.basename(name)}.rels")), part)
        return found

    def read(self, name: str, part: PartHandler) -> None:
        """Stream the file of that name, if any, through the handlers of a part; SwollenError when it is too large."""
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
    """Return the relation id in the attributes of an element."""
    return next((given[name] for name in _REFERENCE if name in given), "")


def _make_parser(part: PartHandler) -> expat.XMLParserType:
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
    # No program writes a DOCTYPE; its one use is an entity bomb.
    parser.StartDoctypeDeclHandler = refuse
    return parser


def check_directory(file: Path) -> None:
    """Raise SwollenError when the zip directory, by its end record, has too many entries to open."""
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - 66_000))
        tail = opened.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > _MOST_DIRECTORY:
        raise SwollenError
