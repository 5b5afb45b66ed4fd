"""Documents as communes send them, made anew for each test: with python-docx, and by hand where that cannot."""

from __future__ import annotations

import re
import struct
import zipfile
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.conftest import make_image
from tests.word.legacy_typing import type_tcvn3, type_vni

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.styles.style import BaseStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def new() -> Document:
    """Return an empty document without the styles' own fonts, as Word's own is."""
    return docx.Document(BytesIO(_template()))


@cache
def _template() -> bytes:
    """Return that of python-docx without its styles of tables: to read and write them is most of what a test does."""
    document = docx.Document()
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and not style.get(qn("w:default")):
            styles.remove(style)
    # Word 2010's copy of all styles.
    for name, relation in [*document.part.rels.items()]:
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(name)
    return saved(document)


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_parts(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """Return a package with its parts changed, and more parts; in a name "__" stands for "/" and "_" for "."."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in package.infolist():
            made.writestr(entry.filename, change(entry.filename, package.read(entry)))
        for name, content in more.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def set_font(run: Run, font: str) -> None:
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:hAnsi"), font)


def set_style_font(style: BaseStyle, font: str) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:ascii"), font)
    fonts.set(qn("w:hAnsi"), font)


def add_tcvn3(paragraph: Paragraph, text: str, *, by_run: bool = True) -> None:
    for typed, font in type_tcvn3(text):
        run = paragraph.add_run(typed)
        if by_run or font.endswith("H"):
            set_font(run, font)


def add_link(paragraph: Paragraph, url: str, text: str) -> None:
    identifier = paragraph.part.relate_to(url, f"{RELATIONSHIPS}/hyperlink", is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), identifier)
    run = OxmlElement("w:r")
    made = OxmlElement("w:t")
    made.text = text
    made.set(qn("xml:space"), "preserve")
    run.append(made)
    link.append(run)
    paragraph._p.append(link)


def add_xml(paragraph: Paragraph, xml: str) -> None:
    """Append an element, its namespaces left out."""
    paragraph._p.append(parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {_NAMESPACES}", xml)))


_NAMESPACES = (
    nsdecls("w", "r", "a", "pic", "wp")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    + ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    + ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def add_photo(paragraph: Paragraph, colour: tuple[int, int, int] = (200, 30, 30), **save: object) -> Run:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG", **save)
    run = paragraph.add_run()
    run.add_picture(BytesIO(out.getvalue()))
    return run


def styles() -> bytes:
    document = new()
    document.add_paragraph("Hai thôn chung tay làm kênh", style="Title")
    paragraph = document.add_paragraph("Bà con ")
    paragraph.add_run("góp đất").bold = True
    paragraph.add_run(", ")
    paragraph.add_run("góp công").italic = True
    both = paragraph.add_run(" cả hai")
    both.bold = both.italic = True
    paragraph.add_run(" 1.850 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(", xem ")
    add_link(paragraph, "https://example.vn/a?b=1&c=(2)", "trang của xã")
    paragraph.add_run(".")
    document.add_heading("Bàn cho kỹ", 1)
    document.add_paragraph("Hỏi kỹ mới thấy.", style="Quote")
    document.add_heading("Đêm thứ bảy", 2)
    struck = document.add_paragraph("Thu ")
    struck.add_run("200").font.strike = True
    struck.add_run(" 150 nghìn đồng")
    add_link(struck, "file:///C:/Users/An/so.xls", " (sổ)")
    return saved(document)


def lists() -> bytes:
    document = new()
    document.add_paragraph("Ba việc:")
    for text, style in (
        ("Đo đất", "List Number"),
        ("Họp thôn", "List Number"),
        ("buổi tối", "List Bullet 2"),
        ("ở hiên nhà", "List Bullet 2"),
    ):
        document.add_paragraph(text, style=style)
    document.add_paragraph("Họp xong mới làm tiếp.")
    document.add_paragraph("Đổ bê tông", style="List Number")
    document.add_paragraph("Gõ bằng tay:")
    for text in ("- Bí thư đi trước", "+ nhà ông Thạo", "+ nhà bà Sấn", "- Cả thôn theo sau"):
        document.add_paragraph(text)
    document.add_paragraph("1. Gõ số bằng tay")
    return saved(document)


def tables() -> bytes:
    document = new()
    table = document.add_table(rows=5, cols=4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Thôn"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Số hộ góp"
    table.cell(0, 3).merge(table.cell(1, 3)).text = "Ghi chú"
    table.cell(1, 1).text, table.cell(1, 2).text = "2019", "2020"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "Thôn 3"
    for row, values in ((2, ("12", "46", "đất | công")), (3, ("5", "9", ""))):
        for column, value in enumerate(values, 1):
            table.cell(row, column).text = value
    table.cell(4, 0).merge(table.cell(4, 1)).text = "Cộng"
    table.cell(4, 2).text = "55"
    bold = table.cell(4, 3).paragraphs[0].add_run("đạt")
    bold.bold = True
    table.cell(4, 3).add_paragraph("vượt")
    document.add_paragraph("Sau bảng.")
    plain = document.add_table(rows=2, cols=2)
    for at, value in enumerate(("Việc", "Số", "Kênh", "3,2 km")):
        plain.cell(at // 2, at % 2).text = value
    return saved(document)


def letter() -> bytes:
    document = new()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "ỦY BAN MTTQ XÃ NAM DONG"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    head.cell(0, 1).add_paragraph("Độc lập - Tự do - Hạnh phúc")
    head.cell(1, 0).text = "Số: 12/BC-MTTQ"
    head.cell(1, 1).text = "Nam Dong, ngày 05 tháng 8 năm 2020"
    for text in ("BÁO CÁO", "THÔN 3 XÃ NAM DONG LÀM KÊNH"):
        document.add_paragraph().add_run(text).bold = True
    document.add_paragraph("Từ ngày 10/3/2020, bà con xã Nam Dong cùng làm. Xã Đắk D'rông sang học.")
    foot = document.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Lưu VT."
    foot.cell(0, 1).text = "TM. BAN THƯỜNG TRỰC"
    foot.cell(0, 1).add_paragraph("Y Thịnh Niê")
    return saved(document)


def pictures() -> bytes:
    document = new()
    document.add_paragraph("Trước mùa mưa.")
    described = add_photo(document.add_paragraph())
    described._element.find(f".//{qn('wp:docPr')}").set("descr", "Kênh giữa đồng")
    document.add_paragraph("Hình 1. Tuyến kênh mới. Ảnh: thôn 3", style="Caption")
    inside = document.add_paragraph("Bà con đào móng ")
    named = add_photo(inside, (30, 200, 30))
    named._element.find(f".//{qn('wp:docPr')}").set("descr", "C:\\Anh\\IMG_2020.jpg")
    inside.add_run("suốt bảy ngày.")
    gallery = document.add_table(rows=2, cols=2)
    for column, colour in enumerate(((1, 2, 3), (4, 5, 6))):
        add_photo(gallery.cell(0, column).paragraphs[0], colour)
        gallery.cell(1, column).text = f"Ảnh {column + 1}: góc {column + 1}"
    document.add_paragraph("Hết.")
    return saved(document)


def cropped() -> bytes:
    """A picture, red on the left and blue on the right, of which Word shows the right half."""
    from PIL import Image

    picture = Image.new("RGB", (80, 40), (220, 20, 20))
    picture.paste((20, 20, 220), (40, 0, 80, 40))
    out = BytesIO()
    picture.save(out, "PNG")
    document = new()
    document.add_paragraph("Chữ.")
    run = document.add_paragraph().add_run()
    run.add_picture(BytesIO(out.getvalue()))
    fill = run._element.find(f".//{qn('pic:blipFill')}")
    fill.insert(1, parse_xml(f'<a:srcRect {nsdecls("a")} l="50000"/>'))
    return saved(document)


def odd_pictures() -> bytes:
    """Pictures that cannot be imported: a vector drawing of Word's, a linked picture, a broken one."""
    document = new()
    document.add_paragraph("Đầu.")
    for _ in range(2):
        add_photo(document.add_paragraph(), (9, 9, 9))
    blips = list(document.element.iter(qn("a:blip")))
    del blips[1].attrib[qn("r:embed")]
    blips[1].set(qn("r:link"), "rId1")
    document.add_paragraph("Cuối.")
    emf = b"\x01\x00\x00\x00" + bytes(60)
    return with_parts(saved(document), lambda name, data: emf if name.startswith("word/media/") else data)


_NOTES = """<?xml version="1.0" encoding="UTF-8"?><w:{kind}s {namespaces}>{notes}</w:{kind}s>"""
_NOTE = """<w:{kind} w:id="{id}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p>
</w:{kind}>"""


def notes() -> bytes:
    document = new()
    paragraph = document.add_paragraph("Đất tính theo sào")
    add_xml(paragraph, '<w:r><w:footnoteReference w:id="2"/></w:r>')
    paragraph.add_run(", công tính theo ngày")
    add_xml(paragraph, '<w:r><w:endnoteReference w:id="2"/></w:r>')
    paragraph.add_run(".")
    parts = {
        kind: _NOTES.format(kind=kind, namespaces=nsdecls("w"), notes=_NOTE.format(kind=kind, id=2, text=text)).encode()
        for kind, text in (("footnote", "Một sào là 1.000 m²."), ("endnote", "Theo sổ *thôn*."))
    }

    def related(name: str, data: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            more = "".join(
                f'<Relationship Id="rIdN{kind}" Type="{RELATIONSHIPS}/{kind}s" Target="{kind}s.xml"/>' for kind in parts
            )
            return data.replace(b"</Relationships>", f"{more}</Relationships>".encode())
        return data

    return with_parts(
        saved(document), related, word__footnotes_xml=parts["footnote"], word__endnotes_xml=parts["endnote"]
    )


_BOX = """<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="7" name="b"/>
<a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent>{blocks}</w:txbxContent></wps:txbx></wps:wsp>
</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>
<w:txbxContent>{blocks}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
_GRAPHIC = """<w:r><w:drawing><wp:inline><wp:docPr id="8" name="c"/><a:graphic><a:graphicData uri="x">{what}
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


def boxes() -> bytes:
    document = new()
    paragraph = document.add_paragraph("Trước khung.")
    add_xml(
        paragraph,
        _BOX.format(blocks="<w:p><w:r><w:t>Trong khung</w:t></w:r></w:p><w:p><w:r><w:t>Dòng hai</w:t></w:r></w:p>"),
    )
    document.add_paragraph("Sau khung.")
    for what in ("<c:chart/>", "<c:chart/>", "<dgm:relIds/>"):
        add_xml(document.add_paragraph(), _GRAPHIC.format(what=what))
    add_xml(document.add_paragraph(), "<w:r><w:object><o:OLEObject/></w:object></w:r>")
    add_xml(document.add_paragraph(), "<w:r><w:pict><v:rect/></w:pict></w:r>")
    formula = document.add_paragraph("Diện tích ")
    add_xml(formula, "<m:oMath><m:r><m:t>S=a×b</m:t></m:r></m:oMath>")
    numbered = document.add_paragraph("Hình ")
    add_xml(numbered, '<w:fldSimple w:instr=" SEQ Hình "><w:r><w:t>4</w:t></w:r></w:fldSimple>')
    numbered.add_run(" ở trên")
    document.sections[0].header.paragraphs[0].text = "Mặt trận xã Nam Dong"
    document.sections[0].footer.paragraphs[0].text = "3"
    return saved(document)


def changes() -> bytes:
    document = new()
    paragraph = document.add_paragraph("Thôn có ")
    who = 'w:id="1" w:author="An" w:date="2020-08-01T00:00:00Z"'
    add_xml(paragraph, f"<w:del {who}><w:r><w:delText>40</w:delText></w:r></w:del>")
    add_xml(paragraph, f"<w:ins {who}><w:r><w:t>46</w:t></w:r></w:ins>")
    add_xml(paragraph, '<w:r><w:t xml:space="preserve"> hộ. </w:t></w:r>')
    add_xml(paragraph, f"<w:moveFrom {who}><w:r><w:t>Dời chỗ. </w:t></w:r></w:moveFrom>")
    said = paragraph.add_run("Góp 1.850 m².")
    document.add_comment(said, text="Kiểm tra lại số này!", author="Bình", initials="B")
    moved = document.add_paragraph()
    add_xml(moved, f"<w:moveTo {who}><w:r><w:t>Dời chỗ.</w:t></w:r></w:moveTo>")
    deleted = document.add_paragraph()
    add_xml(deleted, f"<w:del {who}><w:r><w:delText>Đoạn bỏ hẳn.</w:delText></w:r></w:del>")
    return saved(document)


def spaces() -> bytes:
    document = new()
    document.add_paragraph("Một\u00a0hai   ba\tbốn\u200b năm  ")
    document.add_paragraph("Ke\u0302nh ve\u0302\u0300 tho\u0302n, hoa\u0300 va\u0300 ho\u0300a")
    document.add_paragraph("   ")
    paragraph = document.add_paragraph("Câu thứ nhất.")
    paragraph.add_run().add_break()
    paragraph.add_run("Câu thứ hai,")
    paragraph.add_run().add_break()
    paragraph.add_run("vẫn câu hai.")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("so\u00adft Đắk\u2019Rông D\u2019rông")
    return saved(document)


TCVN3_TEXT = "Ủy ban Mặt trận xã Nam Dong: bà con góp đất, nước đã về ruộng."


def tcvn3() -> bytes:
    """The font comes from the run, from the paragraph's style, from the character's, and from the default."""
    document = new()
    set_style_font(document.styles["Normal"], ".VnTime")
    add_tcvn3(document.add_paragraph(), "Đường về thôn 3", by_run=False)
    add_tcvn3(document.add_paragraph(style="Normal"), TCVN3_TEXT, by_run=False)
    set_style_font(document.styles["Heading 1"], ".VnArialH")
    document.add_paragraph("".join(typed for typed, _ in type_tcvn3("kênh mương mới")), style="Heading 1")
    set_style_font(document.styles["Emphasis"], ".VnArial")
    mixed = document.add_paragraph()
    unicode_run = mixed.add_run("Chữ này vốn là Unicode: Đắk D’rông. ")
    set_font(unicode_run, "Times New Roman")
    emphasised = mixed.add_run("".join(typed for typed, _ in type_tcvn3("nghiêng bằng kiểu")), style="Emphasis")
    assert emphasised.style.name == "Emphasis"
    # As LibreOffice writes U+00AD.
    soft = document.add_paragraph()
    add_xml(soft, "<w:r><w:t>n</w:t><w:softHyphen/><w:t>íc vÒ</w:t></w:r>")
    return saved(document)


def tcvn3_default() -> bytes:
    """Nothing but the defaults of the document names the font, by its theme."""
    document = new()
    add_tcvn3(document.add_paragraph(), "nước về, đường thông", by_run=False)
    for style in document.styles.element.iter(qn("w:style")):
        for fonts in list(style.iter(qn("w:rFonts"))):
            fonts.getparent().remove(fonts)

    def themed(name: str, data: bytes) -> bytes:
        if name.startswith("word/theme/"):
            return re.sub(rb'(<a:minorFont>\s*<a:latin typeface=")[^"]*', rb"\1.VnTime", data)
        return data

    return with_parts(saved(document), themed)


def vni() -> bytes:
    document = new()
    paragraph = document.add_paragraph()
    # Bold begins between a letter and its mark, as Word splits runs at will.
    for at, piece in enumerate(re.findall(r".{1,3}", type_vni("Đồng bào Ê Đê buôn Nui giữ lấy nước"))):
        run = paragraph.add_run(piece)
        run.bold = at == 0
        set_font(run, "VNI-Times")
    heading = document.add_heading(level=1)
    set_font(heading.add_run(type_vni("ĐƯỜNG VỀ BUÔN")), "VNI-Helve")
    return saved(document)


def mixed() -> bytes:
    document = new()
    for text, font in (
        ("Phần đầu gõ Unicode, phông Times New Roman.", "Times New Roman"),
        ("Unicode mà ghi phông cũ: nước đã về ruộng.", ".VnTime"),
    ):
        set_font(document.add_paragraph().add_run(text), font)
    paragraph = document.add_paragraph()
    add_tcvn3(paragraph, "Phần này TCVN3, ")
    set_font(paragraph.add_run(type_vni("phần này VNI ở Đắk Wil, ")), "VNI-Times")
    set_font(paragraph.add_run("phần này Unicode: ẵ ẫ ữ."), "Arial")
    table = document.add_table(rows=2, cols=2)
    for at, value in enumerate(("Thôn", "Số hộ", "Thôn Đồi Mây", "46")):
        cell = table.cell(at // 2, at % 2).paragraphs[0]
        add_tcvn3(cell, value)
    return saved(document)


def with_macro() -> bytes:
    def macro(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            return data.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")
        return data

    document = new()
    document.add_paragraph("Tệp có macro.")
    return with_parts(saved(document), macro, word__vbaProject_bin=b"Sub AutoOpen()")


def strict() -> bytes:
    """A document in the namespaces of ISO/IEC 29500 Strict, as Word saves on demand."""
    document = new()
    document.add_heading("Theo chuẩn ISO", 1)
    document.add_paragraph("Chữ thường.")

    def renamed(name: str, data: bytes) -> bytes:
        for kind, strict_kind in (
            (b"wordprocessingml/2006/main", b"wordprocessingml/main"),
            (b"officeDocument/2006/relationships", b"officeDocument/relationships"),
        ):
            data = data.replace(
                b"http://schemas.openxmlformats.org/" + kind, b"http://purl.oclc.org/ooxml/" + strict_kind
            )
        return data

    return with_parts(saved(document), renamed)


def truncated() -> bytes:
    return styles()[:9_000]


def corrupted() -> bytes:
    return with_parts(styles(), lambda name, data: data[:-40] if name == "word/document.xml" else data)


def bomb() -> bytes:
    """Ten kilobytes that unpack to ten gigabytes, by their own account."""
    data = bytearray(with_parts(styles(), lambda _, data: data, word__media__a_png=b"\0" * 1_000))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 4_000_000_000)
    return bytes(data)


def real_bomb() -> bytes:
    """Unpacks to what it says: a part of XML of seventy megabytes."""
    return with_parts(
        styles(),
        lambda name, data: b" " * 70_000_000 if name == "word/comments.xml" else data,
        word__x_xml=b" " * 70_000_000,
    )


def entities() -> bytes:
    def laughing(name: str, data: bytes) -> bytes:
        if name == "word/document.xml":
            return data.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document', 1)
        return data

    return with_parts(styles(), laughing)


def not_word() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("anh.jpg", make_image())
    return out.getvalue()
