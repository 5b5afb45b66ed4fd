"""Elements inside a paragraph of a .docx by their treatment: skipped, deleted, a character, a drawing."""

from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import W, is_on
from plugins.word.report import DELETED_TEXT, INSERTED_TEXT

DELETED = {f"{W}del", f"{W}moveFrom"}
# Elements between runs or in them without visible text.
SKIPPED = {
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "instrText", "delText", "delInstrText", "rt"),
        *("fldData", "ffData", "permStart", "permEnd", "tblPr", "tblGrid", "sectPr"),
    )
}
CHANGES = {
    f"{W}ins": INSERTED_TEXT,
    f"{W}del": DELETED_TEXT,
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


def shows_placeholder(properties: Element | None) -> bool:
    """Tell whether a content control shows its placeholder text: nothing was filled in."""
    return properties is not None and is_on(properties.find(f"{W}showingPlcHdr"))
