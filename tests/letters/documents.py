"""Templates as people and programs write them: paragraphs as XML, and files that are more than a letter."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document

from plugins.letters.fields import MergeField, MergeFields, MergeList, MergeValues
from plugins.letters.filling import fill, find_faults
from plugins.letters.template import open_template

if TYPE_CHECKING:
    from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FIELDS = MergeFields(
    (MergeField("tên xã", "", ("tên địa bàn",)), MergeField("nơi", ""), MergeField("hạn", "")),
    (
        MergeList("việc", MergeField("việc", ""), MergeField("tình trạng", "")),
        MergeList("nơi nhận", MergeField("nơi nhận", "")),
    ),
)
OTHERS = {"kế hoạch năm": MergeFields((MergeField("căn cứ", ""),))}
WORK = ({"việc": "Báo cáo", "tình trạng": "còn 6 ngày"}, {"việc": "Đăng ký <ba> & bốn", "tình trạng": "«nơi»"})
VALUES = MergeValues(
    {"tên xã": "xã Đắk D’rông", "nơi": "Cư K’nia", "hạn": ""},
    {"việc": WORK, "nơi nhận": ({"nơi nhận": "Một"}, {"nơi nhận": "Hai"}, {"nơi nhận": "Ba"})},
)


@cache
def blank() -> bytes:
    """Return a document without text."""
    out = BytesIO()
    Document().save(out)
    return out.getvalue()


def with_parts(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return a package with parts of it changed, added or, for None, left out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        parts: dict[str, bytes | None] = {name: package.read(name) for name in package.namelist()}
        for name, part in (parts | dict(changes)).items():
            if part is not None:
                made.writestr(name, part)
    return out.getvalue()


def with_body(body: str) -> bytes:
    """Return a document whose body is this XML, in the namespace w."""
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>'
    return with_parts(blank(), {"word/document.xml": xml.encode()})


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name)


def runs(*texts: str, form: str = "") -> str:
    """Return a paragraph of a run a text."""
    made = (f'<w:r>{form}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{''.join(made)}</w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def filled(data: bytes, values: MergeValues = VALUES, fields: MergeFields = FIELDS) -> tuple[bytes, list[str]]:
    """Return a filled template, and the names of missing values."""
    template = open_template(data)
    assert find_faults(open_template(data), fields, OTHERS) == []
    missing = fill(template, fields, values)
    return template.save(), missing


def lines(data: bytes) -> list[str]:
    """Return the paragraphs of a document, those in tables too, that have any text."""
    body = Document(BytesIO(data)).element.body
    found = ["".join(one.text or "" for one in p.iter("{*}t")) for p in body.iter("{*}p")]
    return [text for text in found if text.strip()]


def faults(data: bytes) -> list[str]:
    return ["; ".join(fault) for fault in find_faults(open_template(data), FIELDS, OTHERS)]
