"""Facts of files other than pages: style, scripts, feeds and other XML, data, pictures."""

import csv
import json
import re
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from deflate import gzip_compress
from PIL import Image

from plugins.language.privacy import find_numbers
from plugins.release.verify.facts import Facts
from plugins.release.verify.html import find_placeholders, read_page, walk_json

_CSS_URL = re.compile(r"url\(\s*[\"']?(?!#)([^\"')]+)|@import\s+[\"']([^\"']+)")
_JS_ADDRESS = re.compile(
    r"""(?:\bfrom|\bimport|\bfetch\(|\bimport\(|new URL\(|new Worker\(|sendBeacon\(|\.src\s*=)\s*["'`]"""
    r"""((?:https?:)?/[^"'`$]*)["'`]"""
)
_FONTS = (".woff2", ".woff", ".ttf", ".otf")
_ABSOLUTE = re.compile(r"https?://[^\s\"'<>\\;,)\]}]+")
_PATH = re.compile(r"/[\w.~/%-]*(?:#[\w.~%-]+)?")
# Metadata that may tell where, when, by whom or with which camera a photo was taken.
_GPS = 0x8825
_WORDS = ("xmp", "comment", "photoshop")
_PNG_WORDS = {b"tEXt", b"iTXt", b"zTXt"}
# Of other texts, thousands of them, none has a budget (budgets.py).
_WEIGHED_COMPRESSED = {".html", ".css", ".js"}


def read_file(path: str, data: bytes) -> Facts:
    """Return the facts of a file, read by its suffix."""
    suffix = PurePosixPath(path).suffix.lower()
    weight = len(gzip_compress(data, 6)) if suffix in _WEIGHED_COMPRESSED else len(data)
    facts = _read_picture(data) if suffix in _PICTURES else Facts()
    if suffix in _TEXTS:
        try:
            facts = _TEXTS[suffix](data.decode())
        except (ValueError, SyntaxError, LookupError, TypeError, AttributeError, csv.Error) as error:
            facts = Facts(faults=(f"không đọc được ({error})",))
    return Facts(**{**vars(facts), "weight": weight})


def _read_css(text: str) -> Facts:
    return Facts(loads=tuple(dict.fromkeys([(_directive(a or b), a or b) for a, b in _CSS_URL.findall(text)])))


def _directive(target: str) -> str:
    path = target.partition("?")[0].partition("#")[0].lower()
    return "font-src" if path.endswith(_FONTS) else "style-src" if path.endswith(".css") else "img-src"


def _read_js(text: str) -> Facts:
    loads = [("script-src" if t.endswith(".js") else "connect-src", t) for t in _JS_ADDRESS.findall(text)]
    return Facts(loads=tuple(dict.fromkeys(loads)))


def _read_xml(text: str) -> Facts:
    root = ET.fromstring(text)  # noqa: S314 - a file that we wrote
    links, inline, spoken = [], [], []
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2]
            if attribute in ("href", "src") and not value.startswith("#"):
                links.append(value)
            elif attribute.startswith("on") or (attribute == "style" and "svg" in str(element.tag)):
                inline.append(f'<{name} {attribute}="…">')
        if name in ("script", "style", "foreignObject"):
            inline.append(f"<{name}>")
        words = (element.text or "").strip()
        if words.startswith(("http://", "https://")):
            links.append(words)
        spoken.append(words)
    return _told(text, spoken, links, inline)


def _read_json(text: str) -> Facts:
    strings = list(walk_json(json.loads(text)))
    links = [one for one in strings if _ABSOLUTE.fullmatch(one) or (_PATH.fullmatch(one) and len(one) > 1)]
    return _told(text, strings, links)


def _read_manifest(text: str) -> Facts:
    read = json.loads(text)
    icons = tuple(("img-src", str(icon.get("src", ""))) for icon in read.get("icons", []))
    return Facts(loads=icons, links=tuple(str(read[key]) for key in ("start_url", "scope", "id") if key in read))


def _read_csv(text: str) -> Facts:
    text = text.removeprefix("\ufeff")
    delimiter = ";" if text.partition("\n")[0].count(";") >= text.partition("\n")[0].count(",") else ","
    cells = [cell for row in csv.reader(StringIO(text), delimiter=delimiter) for cell in row]
    return _told(text, cells, [link for cell in cells for link in _ABSOLUTE.findall(cell)])


def _told(text: str, spoken: list[str], links: list[str], inline: list[str] | None = None) -> Facts:
    return Facts(
        links=tuple(dict.fromkeys(links)),
        inline=tuple(dict.fromkeys(inline or ())),
        numbers=tuple(dict.fromkeys(find_numbers("\n".join(spoken)))),
        placeholders=find_placeholders(text),
    )


def _read_picture(data: bytes) -> Facts:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(data)) as image:
                traces = dict.fromkeys(_find_traces(image, data))
    except Exception as error:  # noqa: BLE001 - whatever Pillow raises, no browser shows it
        return Facts(faults=(f"ảnh hỏng ({type(error).__name__})",))
    return Facts(traces=tuple(traces))


def _find_traces(image: Image.Image, data: bytes) -> Iterator[str]:
    # To find Exif in a PNG, Pillow would decode the whole picture.
    chunks = set(_read_chunks(data)) if image.format == "PNG" else set()
    exif = {} if chunks else image.getexif()
    if exif and image.getexif().get_ifd(_GPS):
        yield "vị trí chụp (GPS)"
    if exif or b"eXIf" in chunks or b"Exif\x00\x00" in data:
        yield "EXIF"
    if chunks & _PNG_WORDS or any(key in image.info for key in _WORDS) or b"http://ns.adobe.com/xap" in data:
        yield "lời ghi trong ảnh (XMP, chú giải)"


def _read_chunks(data: bytes) -> Iterator[bytes]:
    """Yield the type of each chunk of a PNG."""
    place = 8
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        yield data[place + 4 : place + 8]
        place += length + 12


_PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"}
_TEXTS: dict[str, Callable[[str], Facts]] = {
    ".html": read_page,
    ".css": _read_css,
    ".js": _read_js,
    ".svg": _read_xml,
    ".xml": _read_xml,
    ".json": _read_json,
    ".webmanifest": _read_manifest,
    ".csv": _read_csv,
    ".txt": lambda text: _told(text, [text], _ABSOLUTE.findall(text) if "Sitemap:" in text else []),
}
