"""The parts of a .docx: XML namespaces, relationships, and a text read block by block."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple, cast
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from plugins.sources.problem import Invalid
from plugins.word.package import BROKEN, parse_part, refuse_deep, refuse_hostile

_NAMES = "http://schemas.openxmlformats.org"
_DRAWING, _OFFICE = f"{_NAMES}/drawingml/2006", f"{_NAMES}/officeDocument/2006"
W = f"{{{_NAMES}/wordprocessingml/2006/main}}"
A, C, DGM = f"{{{_DRAWING}/main}}", f"{{{_DRAWING}/chart}}", f"{{{_DRAWING}/diagram}}"
PIC, WP = f"{{{_DRAWING}/picture}}", f"{{{_DRAWING}/wordprocessingDrawing}}"
M, R, MC = f"{{{_OFFICE}/math}}", f"{{{_OFFICE}/relationships}}", f"{{{_NAMES}/markup-compatibility/2006}}"
O, V = "{urn:schemas-microsoft-com:office:office}", "{urn:schemas-microsoft-com:vml}"  # noqa: E741 - as Word's own prefix
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

DELETED = {f"{W}del", f"{W}moveFrom"}
# Word can also save in the namespaces of the ISO standard, which mean the same.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/")
# Namespaces that a current Word understands; other alternatives are drawings with a picture in the other branch.
_UNDERSTOOD = re.compile(r"(wp[scg]|wp14|w1[456]|a14|c14|cx\d*|v)(\s|$)")
_CHUNK = 1 << 16


class Related(NamedTuple):
    """A relationship: its kind, the last word of its type, and its target, a part of the package or an address."""

    kind: str
    target: str
    is_outside: bool


def read_xml(parts: Mapping[str, bytes], name: str) -> bytes:
    """Return a part of XML in the namespaces of Word; Invalid if it is hostile."""
    data = parts[name]
    refuse_hostile(data)
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data) if b"purl.oclc.org" in data else data


def read_root(parts: Mapping[str, bytes], name: str) -> Element:
    """Return the root of a part, an empty element if there is no such part; Invalid if it is broken."""
    return parse_part(read_xml(parts, name)) if name in parts else ET.Element("none")


def read_related(parts: Mapping[str, bytes], name: str) -> dict[str, Related]:
    """Return the relationships of a part by id; "" is the package itself."""
    folder, file = posixpath.split(name)
    found = {}
    for one in read_root(parts, posixpath.join(folder, "_rels", f"{file}.rels")):
        kind, target = one.get("Type", "").rsplit("/", 1)[-1], one.get("Target", "")
        is_outside = one.get("TargetMode") == "External"
        if not is_outside:
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            target = path if path in parts else unquote(path)
        found[one.get("Id", "")] = Related(kind, target, is_outside)
    return found


def part_of_kind(related: Mapping[str, Related], kind: str) -> str:
    """Return the name of the first part of a kind, "" if there is none."""
    return next((one.target for one in related.values() if one.kind == kind and not one.is_outside), "")


def find_main(parts: Mapping[str, bytes]) -> str:
    """Return the name of the part with the text; Invalid if this is no document of Word."""
    name = part_of_kind(read_related(parts, ""), "officeDocument")
    if name in parts and re.search(rb"<(\w+:)?document\b", read_xml(parts, name)[:4096]):
        return name
    raise Invalid("Tệp không phải văn bản Word", "mở bằng Word, lưu thành tệp .docx rồi thử lại")


def iter_blocks(data: bytes, level: int = 3) -> Iterator[Element]:
    """Yield the elements at a level of a part's tree (3: the blocks of the body), freeing each after use."""
    parser: ET.XMLPullParser[Element] = ET.XMLPullParser(["start", "end"])
    opened: list[Element] = []
    try:
        for at in range(0, len(data) + _CHUNK, _CHUNK):
            if at < len(data):
                parser.feed(data[at : at + _CHUNK])
            else:
                parser.close()
            for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                if event == "start":
                    opened.append(element)
                    continue
                opened.pop()
                if len(opened) == level - 1:
                    refuse_deep(element)
                    yield element
                    opened[-1].clear()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise error if isinstance(error, Invalid) else BROKEN from None


def visible_branch(alternatives: Element) -> Iterable[Element]:
    """Return the content of the visible branch of an mc:AlternateContent."""
    choices = alternatives.findall(f"{MC}Choice")
    understood = (choice for choice in choices if _UNDERSTOOD.match(choice.get("Requires", "")))
    return next(chain(understood, alternatives.iterfind(f"{MC}Fallback"), choices), ())


def value(properties: Element | None, name: str, otherwise: str = "") -> str:
    """Return the value of a property, `otherwise` if it is missing."""
    child = properties.find(f"{W}{name}") if properties is not None else None
    return child.get(f"{W}val", otherwise) if child is not None else otherwise


def is_on(toggle: Element | None) -> bool:
    """Tell whether a toggle property is present and on."""
    return toggle is not None and toggle.get(f"{W}val", "1") not in {"0", "false", "off", "none"}


def number(written: str | None, otherwise: int = 0) -> int:
    """Return an integer written in XML, `otherwise` if it is none."""
    return int(written) if written and re.fullmatch(r"[+-]?\d{1,12}", written) else otherwise


def is_unfilled(properties: Element | None) -> bool:
    """Tell whether a content control shows its placeholder text: nothing was filled in."""
    return properties is not None and is_on(properties.find(f"{W}showingPlcHdr"))
