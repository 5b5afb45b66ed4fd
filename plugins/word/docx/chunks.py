"""Another document inside a .docx (w:altChunk), if that is HTML or text -> HTML of blocks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from plugins.word.html.page import decode_page, read_html_file

if TYPE_CHECKING:
    from plugins.word.package import Parts
    from plugins.word.report import ImportReport

_MOST_BYTES = 1_000_000


def read_chunk(parts: Parts, name: str, report: ImportReport) -> str:
    """Return a chunk of HTML or text as clean HTML; "" for any other, which the report counts as lost."""
    data = parts[name] if parts.size(name) <= _MOST_BYTES and name in parts else b""
    suffix = name.lower().rsplit(".", 1)[-1]
    if data and suffix in {"htm", "html", "xhtml", "mht", "mhtml"}:
        return read_html_file(data, report)
    if data and suffix == "txt":
        return "".join(f"<p>{escape(line)}</p>" for line in decode_page(data).splitlines() if line.strip())
    report.lost["phần nhúng từ tệp khác"] += 1
    return ""
