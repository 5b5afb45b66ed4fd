"""The bytes of a web page, saved as .doc or embedded in a .docx -> nodes."""

import re
from email import message_from_bytes

from plugins.word.html.reading import PAGE, read_html
from plugins.word.nodes import Parsed
from plugins.word.package import LONG
from plugins.word.report import ImportReport

# Twice the longest body with its tags.
_MOST_TAGS = 60_000
MAX_HTML_BYTES = 3_000_000
_START = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<!DOCTYPE html|<html|<\?xml[^>]*\?>\s*(<!DOCTYPE html|<html)|MIME-Version:)", re.IGNORECASE
)


def is_html(data: bytes) -> bool:
    """Tell whether a file is a web page, alone or with its resources (MHTML)."""
    return bool(_START.match(data[:1024].replace(b"\0", b"").removeprefix(b"\xff\xfe")))


def read_html_file(data: bytes, report: ImportReport) -> Parsed:
    """Return a web page; Invalid if it is longer than a story."""
    if data.lstrip()[:13].lower() == b"mime-version:":
        parts = message_from_bytes(data.lstrip()).walk()
        found = next((part.get_payload(decode=True) for part in parts if part.get_content_subtype() == "html"), b"")
        data = found if isinstance(found, bytes) else b""
    if data.count(b"<") > _MOST_TAGS:
        raise LONG
    return read_html(decode_page(data), PAGE, report)


def decode_page(data: bytes) -> str:
    """Return a text in the encoding that it declares, or in one that fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:2048])
    for codec in (declared[1].decode() if declared else "utf-8", "utf-8-sig"):
        try:
            return data.decode(codec).lstrip("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1258", "replace")
