"""Another document inside a .docx (w:altChunk), if that is HTML or text -> nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.word.html.page import decode_page, read_html_file
from plugins.word.nodes import Inline
from plugins.word.paragraphs import make_paragraph

if TYPE_CHECKING:
    from plugins.word.nodes import Node
    from plugins.word.package import Parts
    from plugins.word.report import ImportReport

_MOST_BYTES = 1_000_000


def read_chunk(parts: Parts, name: str, report: ImportReport) -> list[Node]:
    """Return the nodes of a chunk of HTML or text, its notes last; none of any other, which the report counts."""
    data = parts[name] if parts.size(name) <= _MOST_BYTES and name in parts else b""
    suffix = name.lower().rsplit(".", 1)[-1]
    if data and suffix in {"htm", "html", "xhtml", "mht", "mhtml"}:
        parsed = read_html_file(data, report)
        return [*parsed.nodes, *(node for note in parsed.notes for node in note)]
    if data and suffix == "txt":
        lines = decode_page(data).splitlines()
        return [node for line in lines for node in make_paragraph([Inline("text", line)], "p", report)]
    report.lost["phần nhúng từ tệp khác"] += 1
    return []
