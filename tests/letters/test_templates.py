"""Files that may not be a template: each is refused in one sentence, and nothing of it is run or fetched."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document

from plugins.letters.filling import find_faults
from plugins.letters.kinds import EVERY_FIELDS, KINDS
from plugins.letters.template import MAX_BYTES, open_template
from plugins.sources.problem import Invalid
from tests.letters.documents import FIELDS, blank, faults, part, row, runs, with_body, with_parts

if TYPE_CHECKING:
    from plugins.letters.kinds import LetterKind
    from tests.conftest import Project

pytestmark = pytest.mark.slow

RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str, *, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    line = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    known = part(blank(), RELATIONS).decode()
    return with_parts(blank(), {RELATIONS: known.replace("</Relationships>", line).encode()})


def typed(old: str, new: str) -> bytes:
    return with_parts(
        blank(), {"[Content_Types].xml": part(blank(), "[Content_Types].xml").decode().replace(old, new).encode()}
    )


def field(code: str) -> bytes:
    halves = code[: len(code) // 2], code[len(code) // 2 :]
    made = "".join(f"<w:r><w:instrText>{half}</w:instrText></w:r>" for half in halves)
    return with_body(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{made}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


REFUSED = {
    "empty": b"",
    "text": b"Kinh gui",
    "heavy": b"PK" + bytes(MAX_BYTES),
    "cut": blank()[:4000],
    "zip of nothing": with_parts(blank(), {"word/document.xml": None}),
    "no types": with_parts(blank(), {"[Content_Types].xml": None}),
    "broken xml": with_parts(blank(), {"word/document.xml": b"<w:document"}),
    "entities": with_parts(blank(), {"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
    "strict": with_parts(
        blank(), {"word/document.xml": b'<a xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}
    ),
    "sheet": typed("wordprocessingml.document.main", "spreadsheetml.sheet.main"),
    "macro": typed(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main"
    ),
    "word template": typed("wordprocessingml.document.main", "wordprocessingml.template.main"),
    "macro part": related("vbaProject", "vbaProject.bin", external=False),
    "object": related("oleObject", "embeddings/a.bin", external=False),
    "chunk": related("aFChunk", "a.html", external=False),
    "far template": related("attachedTemplate", "https://example.net/a.dotm"),
    "far picture": related("image", "https://example.net/a.png"),
    "file link": related("hyperlink", "file://server/a.exe"),
    "dde": field(" DDEAUTO c:\\cmd.exe x "),
    "hyperlink to a file": field(' HYPERLINK "file://server/a.exe" '),
    "made by another": with_body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>QUOTE 68 68 69</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    ),
    "include": field(' INCLUDETEXT "c:/a.docx" '),
    "simple include": with_body('<w:p><w:fldSimple w:instr=" INCLUDEPICTURE a "/></w:p>'),
    "long": with_body(runs("a") * 8000),
    "deep": with_body("<w:sdt>" * 240 + "</w:sdt>" * 240),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_template_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        open_template(data)
    told = f"{refused.value.message}; {refused.value.fix}"
    assert 20 < len(told) < 200
    assert "\n" not in told


@pytest.mark.parametrize("body", [runs("«nơi» " * 501), runs("a" * 100_001)])
def test_more_than_a_letter_holds_is_refused(body: str) -> None:
    with pytest.raises(Invalid, match="dài quá"):
        faults(with_body(body))


def test_features_of_office_documents_are_accepted() -> None:
    document = Document()
    document.add_paragraph("«nơi»")
    document.part.relate_to("https://example.vn/", f"{OFFICE}/hyperlink", is_external=True)
    out = BytesIO()
    document.save(out)
    assert faults(out.getvalue()) == []
    for code in (" PAGE ", "page \\* MERGEFORMAT", 'HYPERLINK "https://example.vn"', ' TOC \\o "1-3" '):
        assert faults(field(code)) == []
    # One type for all parts of XML, as some programs state it.
    main = 'PartName="/word/document.xml" ContentType="'
    usual = typed(f"<Override {main}", '<Default Extension="XML" ContentType="')
    types = part(usual, "[Content_Types].xml").replace(b'<Default Extension="xml" ContentType="application/xml"/>', b"")
    assert faults(with_parts(with_body(runs("«nơi»")), {"[Content_Types].xml": types})) == []
    # A word that begins like a command is none.
    assert faults(with_body(runs("LINK DDE «nơi»"))) == []


def test_rows_that_grow_beyond_a_document_are_refused() -> None:
    from plugins.letters.fields import MergeValues
    from plugins.letters.filling import fill

    many = [{"việc": "a", "tình trạng": "b"}] * 5000
    data = with_body(f"<w:tbl>{row(*[runs('«việc»')] * 60)}</w:tbl>")
    assert faults(data) == []
    with pytest.raises(Invalid, match="quá dài"):
        fill(open_template(data), FIELDS, MergeValues({}, {"việc": many}))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_starters_are_valid_formal_and_without_names(kind: LetterKind) -> None:
    data = kind.make_starter()
    assert data == kind.make_starter()
    assert find_faults(open_template(data), kind.fields, EVERY_FIELDS) == []
    document = Document(BytesIO(data))
    assert "«" not in document.core_properties.title + document.core_properties.author
    section = document.sections[0]
    sides = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [side and round(side.cm, 1) for side in sides] == [2.0, 2.0, 3.0, 2.0]
    assert [side and round(side.cm, 1) for side in (section.page_width, section.page_height)] == [21.0, 29.7]
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size and normal.size.pt) == ("Times New Roman", 14)
    text = "\n".join("".join(one.itertext()) for one in document.element.body.iter("{*}p"))
    for formal in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:",
        "«địa danh», «ngày văn bản»",
    ):
        assert formal in text
    for formal in ("Nơi nhận:", "- Lưu: VT.", "TM. BAN THƯỜNG TRỰC", "./."):
        assert formal in text


def test_check_tells_of_everything_in_the_folder(project: Project) -> None:
    project.write("content/mau/don-doc.docx", with_body(runs("«tên xãa» và «thời gian»")))
    project.write("content/mau/Kế hoạch.docx", with_body(runs("«năm»")))
    project.write("content/mau/ke_hoach.docx", with_body(runs("«năm»")))
    project.write("content/mau/giay-moi.doc", b"x")
    project.write("content/mau/giaymoi2.docx", b"x")
    project.write("content/mau/~$n-doc.docx", b"x")
    don_doc, giay_moi = "content/mau/don-doc.docx:1:", "content/mau/giay-moi.doc:1: Mẫu giấy mời bình xét"
    ke_hoach = "content/mau/ke_hoach.docx:1: Mẫu kế hoạch năm"
    assert sorted(project.problems()) == [
        "content/mau/don-doc.docx:1: Không có trường «tên xãa»; ý bạn là «tên xã»?",
        f"{don_doc} Trường «thời gian» không có ở đây, chỉ có trong giấy mời bình xét; bỏ trường ấy đi",
        f"{giay_moi} không phải tệp .docx nên không được dùng; mở bằng Word, lưu thành giay-moi.docx",
        'content/mau/giaymoi2.docx:1: Tệp hay thư mục này không phải mẫu văn bản nào; ý bạn là "giay-moi.docx"?',
        f"{ke_hoach} đã có trong tệp Kế hoạch.docx; giữ một tệp, đặt tên ke-hoach.docx",
    ]
    content = project.load()
    assert content.stopping(publishing=True) == [], "a template is on no site"
