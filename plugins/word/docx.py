"""A .docx -> HTML: our own pass over its parts for what mammoth does not see, then mammoth.

What mammoth leaves out, and this pass therefore moves into its sight or counts as lost: text boxes, pictures in groups,
fields of the simple kind, formulas, charts, and the start of a list that goes on after other text.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import mammoth

from plugins.sources.problem import Invalid
from plugins.word.docx_fonts import Fonts, W, convert_fonts
from plugins.word.docx_pass import Pass, number_lists, slim
from plugins.word.package import is_xml, pack, parse_part, refuse_hostile, refuse_long
from plugins.word.pictures import keep_or_count

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from plugins.word.pictures import Keep, Picture
    from plugins.word.report import Report

# Word can also save in the namespaces of the ISO standard, which say the same.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/")
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Paragraph'] => p:fresh
r[style-name='Emphasis'] => em
p[style-name='TOC Heading'] => !
p[style-name='table of figures'] => !
""" + "".join(f"p[style-name='toc {level}'] => !\n" for level in range(1, 10))


def read_docx(parts: dict[str, bytes], keep: Keep, report: Report) -> str:
    """Return a document as HTML whose pictures `keep` has taken; Invalid when it is no document of Word's."""
    parts = {name: _transitional(name, data) for name, data in parts.items()}
    # mammoth reads more of them than we do.
    list(map(refuse_hostile, (data for name, data in parts.items() if is_xml(name))))
    main = _find_main(parts)
    folder = posixpath.dirname(main)
    styles, numbering = _part(parts, f"{folder}/styles.xml"), _part(parts, f"{folder}/numbering.xml")
    themes = (name for name in sorted(parts) if name.startswith(f"{folder}/theme/") and name.endswith(".xml"))
    fonts = Fonts(styles, parts.get(next(themes, ""), b""))
    pictures: list[Picture] = []
    for name in (main, f"{folder}/footnotes.xml", f"{folder}/endnotes.xml"):
        if (root := _part(parts, name)) is None:
            continue
        refuse_long(root)
        Pass(root, _targets(parts, name), parts, pictures, report).run()
        convert_fonts(root, fonts, report)
        if name == main:
            number_lists(root, numbering, styles)
        slim(root)
        parts[name] = ET.tostring(root, encoding="utf-8")
    for name, root in ((f"{folder}/styles.xml", styles), (f"{folder}/numbering.xml", numbering)):
        if root is not None:
            slim(root)
            parts[name] = ET.tostring(root, encoding="utf-8")
    _count_lost_parts(parts, folder, report)

    def convert_image(image: Any) -> dict[str, str]:
        picture = pictures[int(image.alt_text)]
        return {"src": keep_or_count(picture, keep, report), "alt": picture.alt}

    try:
        result = mammoth.convert_to_html(
            pack(parts),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(convert_image),
        )
    except Exception as error:
        # Whatever mammoth raises for parts that contradict each other; its words are for programmers.
        fix = "mở bằng Word, lưu lại thành tệp .docx mới rồi thử lại"
        raise Invalid(f"Không hiểu được cấu trúc tệp Word ({type(error).__name__})", fix) from error
    html: str = result.value
    return html


def _transitional(name: str, data: bytes) -> bytes:
    if name.endswith((".xml", ".rels")) and b"purl.oclc.org" in data:
        return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
    return data


def _part(parts: dict[str, bytes], name: str) -> Element | None:
    return parse_part(parts[name]) if name in parts else None


def _targets(parts: dict[str, bytes], name: str) -> dict[str, str]:
    """Return the names of the parts that a part names, by their ids; what lies outside of the package is left out."""
    folder, file = posixpath.split(name)
    root = _part(parts, posixpath.join(folder, "_rels", f"{file}.rels"))
    found = {}
    for relationship in root if root is not None else ():
        if relationship.get("TargetMode") != "External":
            target = relationship.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relationship.get("Id", "")] = path
    return found


def _find_main(parts: dict[str, bytes]) -> str:
    root = _part(parts, "_rels/.rels")
    for relationship in root if root is not None else ():
        name = relationship.get("Target", "").lstrip("/")
        if relationship.get("Type", "").endswith("/officeDocument") and name in parts:
            if (document := _part(parts, name)) is not None and document.tag == f"{W}document":
                return name
            break
    raise Invalid("Tệp không phải văn bản Word", "mở bằng Word, lưu thành tệp .docx rồi thử lại")


def _count_lost_parts(parts: dict[str, bytes], folder: str, report: Report) -> None:
    for kind, what in (("header", "đầu trang"), ("footer", "chân trang")):
        for name in sorted(parts):
            if not (name.startswith(f"{folder}/{kind}") and name.endswith(".xml")):
                continue
            text = "".join(text.text or "" for text in parse_part(parts[name]).iter(f"{W}t"))
            if any(letter.isalpha() for letter in text):
                report.lost[what] += 1
    report.lost["macro (không chạy)"] += sum(1 for name in parts if name.lower().endswith("vbaproject.bin"))
