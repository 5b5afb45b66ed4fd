"""The bytes of a document file -> the parts of its package; nothing hostile is unpacked."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from plugins.sources.problem import Invalid

MAX_BYTES = 100_000_000
# No story has a larger XML part; a document with a hundred photos unpacks to less than the second.
MAX_XML_BYTES = 40_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_PARTS = 5_000
# Every tag of a part becomes objects of many times its size. A book of 300 pages has 300,000.
MAX_TAGS = 400_000
# Of running text: each paragraph takes a millisecond, and a row of runs time by the square of its length.
MAX_PARAGRAPHS = 6_000
MAX_LETTERS = 1_000_000
MAX_CHILDREN = 2_000
_LONG_LISTS = ("}body", "}text", "}tbl", "}table", "notes")
# Readers of the tree are recursive.
MAX_DEPTH = 200

# Streams of a compound file begin at multiples of this.
_SECTOR = 512
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = Invalid("Tệp hỏng, không mở được trọn vẹn", "mở bằng Word, lưu lại thành tệp .docx mới rồi thử lại")
_BOMB = Invalid("Tệp phình quá lớn khi mở ra (nghi là tệp phá hoại)", "xin lại tệp từ người gửi")
DEEP = Invalid("Tệp lồng quá nhiều tầng, không đọc được", "chép chữ sang một tệp Word mới rồi thử lại")
LONG = Invalid("Tệp dài quá một bài viết", "chỉ giữ phần chữ của một bài trong tệp")
_LOCKED = Invalid(
    "Tệp có mật khẩu nên không đọc được",
    "mở bằng Word, vào Tệp > Thông tin > Bảo vệ tài liệu để bỏ mật khẩu, rồi lưu lại",
)


def is_old_word(data: bytes) -> bool:
    """Tell whether this is a .doc of Word 97–2003; Invalid if it is locked by a password, or no text."""
    if not data.startswith(_OLE):
        return False
    # The names of the streams in a compound file: [MS-CFB] 2.6.1, [MS-OFFCRYPTO] 2.3.4.4; a bit of the header of an old
    # document: [MS-DOC] 2.5.2 (fEncrypted).
    head = next((at for at in range(_SECTOR, len(data) - 12, _SECTOR) if data[at : at + 2] == b"\xec\xa5"), None)
    if "EncryptedPackage".encode("utf-16-le") in data or (head is not None and data[head + 11] & 1):
        raise _LOCKED
    if "WordDocument".encode("utf-16-le") not in data and len(data) > _SECTOR:
        raise Invalid("Tệp không phải văn bản Word", "mở bằng chương trình đã tạo ra nó, lưu thành .docx rồi thử lại")
    return True


class Parts(Mapping[str, bytes]):
    """The parts of a package by name in any case, each read on access: photos together may be large."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._entries = {
            entry.filename.replace("\\", "/").lstrip("/").lower(): entry
            for entry in package.infolist()
            if not entry.is_dir()
        }

    def __getitem__(self, name: str) -> bytes:
        entry = self._entries[name.lower()]
        with _broken_is_said():
            return self._package.read(entry)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def size(self, name: str) -> int:
        """Return the bytes of a part, 0 if there is none."""
        return self._entries[name.lower()].file_size if name in self else 0


def unpack(data: bytes) -> Parts:
    """Return the parts of a package by name; Invalid if it is broken, locked, or unpacks to more than a document."""
    with _broken_is_said():
        package = zipfile.ZipFile(BytesIO(data))
    entries = package.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise _LOCKED
    # zipfile never reads more of an entry than its declared size.
    is_large = any(is_xml(entry.filename) and entry.file_size > MAX_XML_BYTES for entry in entries)
    if is_large or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES or len(entries) > MAX_PARTS:
        raise _BOMB
    return Parts(package)


@contextmanager
def _broken_is_said() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        if isinstance(error, Invalid):
            raise
        raise BROKEN from None


def parse_part(data: bytes) -> Element:
    """Return the root of an XML part; Invalid if it is broken, too deep or declares entities, as no document may."""
    refuse_hostile(data)
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a DOCTYPE there are no entities to expand
    except (ET.ParseError, ValueError, LookupError):
        raise BROKEN from None
    refuse_deep(root)
    return root


def refuse_deep(root: Element) -> None:
    """Raise Invalid for a tree deeper than any program writes."""
    level = [root]
    for _ in range(MAX_DEPTH):
        if not (level := [child for element in level for child in element]):
            return
    raise DEEP


def refuse_hostile(data: bytes) -> None:
    """Raise Invalid for an XML part that declares entities, or has more tags than a document."""
    # UTF-16 has a zero byte beside each of these letters.
    if re.search(rb"<!(DOCTYPE|ENTITY)", data.replace(b"\0", b"") if b"\0" in data else data):
        raise _BOMB
    if data.count(b"<") > MAX_TAGS:
        raise LONG


class Length:
    """The length of a text so far; Invalid as soon as no story can be that long, as it would take minutes or hours."""

    def __init__(self) -> None:
        self._paragraphs = self._letters = 0

    def add(self, root: Element) -> None:
        """Add an element of the text; Invalid if the whole is too long."""
        for element in root.iter():
            self._paragraphs += element.tag.endswith("}p")
            self._letters += len(element.text or "")
            if len(element) > MAX_CHILDREN and not element.tag.endswith(_LONG_LISTS):
                raise LONG
        if self._paragraphs > MAX_PARAGRAPHS or self._letters > MAX_LETTERS:
            raise LONG


def is_xml(name: str) -> bool:
    """Tell by its name whether a part is XML."""
    return name.lower().endswith((".xml", ".rels"))
