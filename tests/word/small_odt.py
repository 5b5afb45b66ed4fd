"""The smallest .odt of each kind: a body in OpenDocument's XML, its styles, and what other parts it names."""

from __future__ import annotations

import zipfile
from io import BytesIO

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        **{name: f"{_NAMES}:{name}:1.0" for name in ("office", "style", "text", "table", "form")},
        "draw": f"{_NAMES}:drawing:1.0",
        "fo": f"{_NAMES}:xsl-fo-compatible:1.0",
        "svg": f"{_NAMES}:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    }.items()
)
_STYLES = """
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="N" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style>
<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="V" style:family="text"><style:text-properties text:display="true"/></style:style>
<style:style style:name="PH" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="PB" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Plain" style:family="paragraph" style:list-style-name=""/>
<style:style style:name="TH" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


def p(inside: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def h(inside: str, level: int = 1, more: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {more}>{inside}</text:h>'


def span(inside: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{inside}</text:span>'


def items(*inside: str, style: str = "L", more: str = "") -> str:
    """Return a list; each item holds blocks, or words that are one paragraph."""
    written = (f"<text:list-item>{one if one.startswith('<text:') else p(one)}</text:list-item>" for one in inside)
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {more}>{''.join(written)}</text:list>"


def levels(*formats: tuple[str, str], name: str = "L") -> str:
    """Return a list's style: of each level the format of its number, and more attributes."""
    written = (
        f'<text:list-level-style-number text:level="{at}" style:num-format="{kind}" {more}/>'
        for at, (kind, more) in enumerate(formats, 1)
    )
    return f'<text:list-style style:name="{name}">{"".join(written)}</text:list-style>'


def cell(inside: str, more: str = "") -> str:
    return (
        f"<table:table-cell {more}>{inside if inside.startswith('<') or not inside else p(inside)}</table:table-cell>"
    )


def row(*cells: str, more: str = "") -> str:
    written = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<table:table-row {more}>{written}</table:table-row>"


def small_odt(body: str, *, styles: str = "", named: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """Return a document; `styles` are automatic ones, `named` stand in styles.xml, `parts` are more of it."""
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{_STYLES}{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    others = f"<office:document-styles {NAMESPACES}>{named}</office:document-styles>"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, data in {"content.xml": content.encode(), "styles.xml": others.encode(), **(parts or {})}.items():
            package.writestr(name, data)
    return out.getvalue()
