"""An .odt (OpenDocument 1.3, ISO/IEC 26300) -> nodes."""

from xml.etree.ElementTree import Element

from plugins.sources.problem import Invalid
from plugins.word.nodes import Parsed
from plugins.word.odt.blocks import Blocks
from plugins.word.odt.drawings import Drawings
from plugins.word.odt.inline import InlineReader
from plugins.word.odt.numbers import Numbers
from plugins.word.odt.styles import DRAW, FORM, OFFICE, STYLE, TEXT, XML_ID, Styles, local
from plugins.word.package import DEEP, Length, Parts, parse_part
from plugins.word.pictures import KeepPicture
from plugins.word.report import DELETED_TEXT, INSERTED_TEXT, MACROS, MARGIN_PICTURES, MARGINS, ImportReport

_CHANGES = {"insertion": INSERTED_TEXT, "deletion": DELETED_TEXT}
# Files of LibreOffice beside the macros themselves.
_NO_MACRO = ("script-lc.xml", "script-lb.xml", "/")


def is_odt(parts: Parts) -> bool:
    """Tell whether a package is an OpenDocument."""
    return parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument")


def read_odt(parts: Parts, keep: KeepPicture, report: ImportReport) -> Parsed:
    """Return a document whose pictures `keep` has taken; Invalid if it is no text document."""
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Invalid("Tệp có mật khẩu nên không đọc được", "mở tệp, bỏ mật khẩu rồi lưu lại")
    content = parse_part(parts.get("content.xml", b"<x/>"))
    if (body := content.find(f"{OFFICE}body/{OFFICE}text")) is None:
        raise Invalid("Tệp không phải văn bản", "mở bằng LibreOffice Writer, lưu thành .docx hoặc .odt rồi thử lại")
    Length().add(body)
    others = parse_part(parts.get("styles.xml", b"<x/>"))
    styles = Styles([content, others])
    # The text names form controls by their ids.
    controls = (control for forms in body.iter(f"{OFFICE}forms") for control in forms.iter())
    by_id = {control.get(XML_ID) or control.get(f"{FORM}id") or "": control for control in controls}
    drawings = Drawings(parts, styles, by_id, keep, report)
    inline = InlineReader(styles, drawings, report)
    blocks = Blocks(inline, drawings, styles, Numbers(styles), report)
    try:
        parsed = Parsed(blocks.read(body), inline.notes(blocks.read))
    except RecursionError:
        raise DEEP from None
    for changes in body.iter(f"{TEXT}tracked-changes"):
        for name, what in _CHANGES.items():
            report.changed[what] += sum(1 for _ in changes.iter(f"{TEXT}{name}"))
    _count_margins(others, report)
    macros = [name for name in parts if name.lower().startswith(("basic/", "scripts/"))]
    report.lost[MACROS] += any(not name.endswith(_NO_MACRO) for name in macros)
    return parsed


def _count_margins(styles: Element, report: ImportReport) -> None:
    """Count the text and pictures in headers and footers, which are no part of a story."""
    for page in styles.iter(f"{STYLE}master-page"):
        for margin in page:
            if what := MARGINS.get(local(margin).partition("-")[0]):
                report.lost[what] += any(map(str.isalpha, "".join(margin.itertext())))
                report.lost[MARGIN_PICTURES] += sum(1 for _ in margin.iter(f"{DRAW}image"))
