"""Build a workbook part by part, including forms that openpyxl cannot write or would correct."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from tests.registers.conftest import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_LOOKS = "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/so", "worksheet"),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    + "</Types>"
)


class Xml(str):
    """The text of a cell's element as it is: <c>…</c>."""

    __slots__ = ()


def number(value: float | str, style: int = 0) -> Xml:
    return Xml(f'<c s="{style}"><v>{value}</v></c>')


def formula(value: str | None, kind: str = "") -> Xml:
    """Return a cell with a formula and the value that was worked out; None where none was."""
    cached = "" if value is None else f"<v>{escape(value)}</v>"
    return Xml(f"<c{f' t={quoteattr(kind)}' if kind else ''}><f>IF(1,2)</f>{cached}</c>")


def workbook(
    cells: Sequence[Sequence[Any]],
    formats: Sequence[str] = (),
    *,
    after: str = "",
    properties: str = "",
    strings: Sequence[str] = (),
    strict: bool = False,
    beside: Mapping[str, bytes] | None = None,
    compressed: bool = True,
) -> bytes:
    """Return a workbook of one sheet; style n of a cell has the nth of the formats. `after` follows its cells."""
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in cells)
    own = "".join(f'<numFmt numFmtId="{170 + at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{170 + at}"/>' for at in range(len(formats)))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
        '<sheets><sheet name="Sổ" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "/xl/worksheets/so.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts>{_LOOKS}<cellStyleXfs><xf numFmtId="9"/>'
        f'</cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(strings)}</sst>',
        "xl/worksheets/so.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData>{after}</worksheet>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as package:
        for name, text in parts.items():
            package.writestr(name, _as_strict(text) if strict else text)
        for name, data in (beside or {}).items():
            package.writestr(name, data)
    return out.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def register(*changes: dict[str, Any], formats: Sequence[str] = (), **more: Any) -> bytes:
    """Return a register: its headings, and a sound row a change."""
    return workbook(rows(*changes), formats, **more)


def _as_strict(text: str) -> str:
    for plain, other in STRICT.items():
        text = text.replace(plain, other)
    return text


def _cell(value: Any) -> str:
    if isinstance(value, Xml):
        return value
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>' if value != "" else "<c/>"
