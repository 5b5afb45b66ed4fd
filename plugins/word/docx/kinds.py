"""What an element of a paragraph of a .docx is to its reader: skipped, deleted, a character, a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.word.docx.ooxml import W, is_on

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DELETED = {f"{W}del", f"{W}moveFrom"}
# What stands between runs or in them, and has no text to be shown.
SKIPPED = {
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "instrText", "delText", "delInstrText", "rt"),
        *("fldData", "ffData", "permStart", "permEnd", "tblPr", "tblGrid", "sectPr"),
    )
}
CHANGES = {
    f"{W}ins": "chỗ chèn đã nhận (theo dõi thay đổi)",
    f"{W}del": "chỗ xóa đã bỏ (theo dõi thay đổi)",
    f"{W}moveFrom": "chỗ dời đã nhận (theo dõi thay đổi)",
}
CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
    # The letter ư in a font of TCVN3; elsewhere it is cleaned away.
    f"{W}softHyphen": "\u00ad",
}
DRAWINGS = {f"{W}drawing", f"{W}pict", f"{W}object"}
LONGEST_MARK = 3
UNFILLED = "ô chưa điền (bỏ chữ nhắc)"
HIDDEN = "chỗ chữ ẩn trong Word"


def shows_placeholder(properties: Element | None) -> bool:
    """Tell whether a content control shows what is to be filled in, and nothing that was."""
    return properties is not None and is_on(properties.find(f"{W}showingPlcHdr"))
