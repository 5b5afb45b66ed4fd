"""The kinds of constructs: each a small document, made here with invented text, and a check of the page made of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.word.constructs import PLAIN, Construct
from tests.word.legacy_typing import type_tcvn3, type_vni
from tests.word.small_documents import (
    NAMESPACES,
    drawing,
    field,
    level,
    numbered,
    numbering,
    paragraph,
    picture,
    png,
    quarters,
    run,
    small,
    styled,
    text,
)
from tests.word.small_odt import cell as o_cell
from tests.word.small_odt import h, items, levels, p, small_odt, span
from tests.word.small_odt import row as o_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.word.page import Page

    Check = Callable[[Page], object]

KINDS: list[Construct] = []
WHO = 'w:id="1" w:author="An" w:date="2020-01-01T00:00:00Z"'
BREAK = "<w:r><w:br/></w:r>"
BETWEEN = paragraph(PLAIN)


def kind(group: str, name: str, body: str, check: Check, **more: object) -> None:
    """Add a kind of a .docx."""
    KINDS.append(Construct(group, name, lambda: small(BETWEEN + body + BETWEEN, **more), check))  # type: ignore[arg-type]


def o_kind(group: str, name: str, body: str, check: Check, **more: object) -> None:
    """Add a kind of an .odt."""
    words = p(PLAIN)
    KINDS.append(Construct(group, name, lambda: small_odt(words + body + words, **more), check, ".odt"))  # type: ignore[arg-type]


def says(*words: str, but: tuple[str, ...] = ()) -> Check:
    """Check that a page says each of these once, and none of those."""
    return lambda page: all(page.text.count(one) == 1 for one in words) and not any(one in page.text for one in but)


# Tables.


def cell(inside: str, properties: str = "") -> str:
    inside = inside if inside.startswith(("<w:p>", "<w:tbl>")) else paragraph(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    written = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{written}</w:tr>"


SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(*rows: str, borders: bool = True) -> str:
    sides = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in SIDES)
    properties = f"<w:tblBorders>{sides}</w:tblBorders>" if borders else ""
    width = max(one.count("<w:tc>") for one in rows)
    grid = '<w:gridCol w:w="2000"/>' * width
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def across(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def has_rows(*rows: list[str]) -> Check:
    """Check that a page has exactly these rows in one table."""
    return lambda page: list(rows) in [[one for one in table if any(one)] for table in page.tables]


NAMES = [f"Bà Nguyễn Thị Mẫu {at}" for at in range(90)]
kind(
    "bảng",
    "90 hàng chữ đậm",
    table(row("TT", "Họ tên"), *(row(run(str(at), "<w:b/>"), run(name, "<w:b/>")) for at, name in enumerate(NAMES))),
    lambda page: len(page.rows) == 91 and page.rows[90][1] == NAMES[89],
)
kind(
    "bảng",
    "dòng gạch dưới để điền",
    table(row("Mục", "Ý kiến"), *(row(f"Câu {at}", "_" * 60) for at in range(15))),
    lambda page: len(page.rows) == 16 and page.rows[15][0] == "Câu 14",
)
kind("bảng", "gạch dưới rất dài", paragraph("Ý kiến: " + "_" * 520), lambda page: "Ý kiến" in page.text)
kind(
    "bảng",
    "hàng tên bảng qua mọi cột",
    table(row(cell("Bảng 1. Kết quả góp công", across(2))), row("Thôn", "Hộ góp"), row("Thôn Hai", "46")),
    lambda page: (
        page.text.count("Bảng 1. Kết quả góp công") == 1
        and ["Thôn", "Hộ góp"] in page.rows
        and ["Thôn Hai", "46"] in page.rows
    ),
)
kind(
    "bảng",
    "đầu bảng hai tầng",
    table(
        row(cell("TT", DOWN), cell("Thôn", DOWN), cell("Số hộ", across(2))),
        row(cell("", GOES_ON), cell("", GOES_ON), "2019", "2020"),
        row("1", "Thôn Ba", "12", "46"),
    ),
    lambda page: (
        page.rows[-1] == ["1", "Thôn Ba", "12", "46"]
        and all(
            any(word in one[column] for one in page.rows[:-1])
            for column, word in ((0, "TT"), (2, "Số hộ"), (2, "2019"), (3, "2020"))
        )
    ),
)
kind(
    "bảng",
    "ô gộp dọc trong thân",
    table(row("Thôn", "Năm", "Hộ"), row(cell("Thôn Ba", DOWN), "2019", "12"), row(cell("", GOES_ON), "2020", "46")),
    lambda page: (
        len(page.rows) == 3
        and page.rows[0] == ["Thôn", "Năm", "Hộ"]
        and page.rows[1] == ["Thôn Ba", "2019", "12"]
        and page.rows[2][1:] == ["2020", "46"]
    ),
)
kind(
    "bảng",
    "ô gộp ngang trong thân",
    table(
        row("Nội dung", "Năm", "Hộ"),
        row("Đất", "2019", "12"),
        row(cell("Cộng", across(2)), "58"),
        row("Công", "2020", "7"),
    ),
    lambda page: (
        len(page.rows) == 4
        and page.rows[0] == ["Nội dung", "Năm", "Hộ"]
        and page.rows[2][0] == "Cộng"
        and page.rows[2][-1] == "58"
        and page.rows[3] == ["Công", "2020", "7"]
    ),
)
kind(
    "bảng",
    "hàng nhóm giữa bảng",
    table(
        row("TT", "Hộ", "Công"),
        row(cell("I. Thôn Hai", across(3))),
        row("1", "Hộ A", "12"),
        row(cell("II. Thôn Ba", across(3))),
        row("1", "Hộ B", "8"),
    ),
    lambda page: (
        len(page.rows) == 5
        and page.rows[0] == ["TT", "Hộ", "Công"]
        and page.text.count("I. Thôn Hai") == 1
        and page.rows[2] == ["1", "Hộ A", "12"]
    ),
)
kind(
    "bảng",
    "trị số bằng nhau",
    table(row("Hộ", "2018", "2019", "2020"), row("A", "5", "5", "5"), row("A", "5", "5", "5")),
    has_rows(["Hộ", "2018", "2019", "2020"], ["A", "5", "5", "5"], ["A", "5", "5", "5"]),
)
kind(
    "bảng",
    "số tự động trong cột",
    table(row("TT", "Hộ"), row(cell(numbered("")), "Hộ A"), row(cell(numbered("")), "Hộ B")),
    lambda page: [re.sub(r"\W", "", one[0]) + one[1] for one in page.rows] == ["TTHộ", "1Hộ A", "2Hộ B"],
    numbering=numbering(level(0, "decimal", "%1")),
)
kind(
    "bảng",
    "chấm đầu dòng trong ô",
    table(row("Thôn", "Việc"), row("Hai", cell(numbered("Đo đất") + numbered("Họp thôn"))), row("Ba", "Không")),
    lambda page: (
        len(page.rows) == 3
        and page.rows[1][0] == "Hai"
        and "Đo đất" in page.rows[1][1]
        and "Họp thôn" in page.rows[1][1]
        and "đấtHọp" not in page.text
    ),
    numbering=numbering(level(0, "bullet", "-")),
)
kind(
    "bảng",
    "cột ảnh",
    table(row("Hộ", "Số công", "Ảnh"), row("Hộ A", "12", cell(paragraph(drawing(picture())))), row("Hộ B", "8", "")),
    lambda page: (
        re.search(r"Hộ A.{0,12}12", page.text) and re.search(r"Hộ B.{0,12}8", page.text) and len(page.pictures) == 1
    ),
    media={"i1": png(quarters())},
)
kind(
    "bảng",
    "bảng trong bảng",
    table(row("Thôn", "Chi tiết"), row("Hai", cell(table(row("Kênh", "3 km"), row("Đường", "2 km")) + paragraph("")))),
    lambda page: (
        re.search(r"Kênh\W{0,4}3 km", page.text)
        and re.search(r"Đường\W{0,4}2 km", page.text)
        and not any(set("".join(one)) == set() for one in page.rows)
        and page.text.count("Kênh") == 1
    ),
)
kind(
    "bảng",
    "chữ “Nơi nhận” trong bảng số liệu",
    table(row("Văn bản", "Nơi nhận"), row("Kế hoạch", "Các thôn"), row("Báo cáo", "Huyện")),
    has_rows(["Văn bản", "Nơi nhận"], ["Kế hoạch", "Các thôn"], ["Báo cáo", "Huyện"]),
)
kind(
    "bảng",
    "kiểu đề mục trong ô",
    table(row("Mục", "Ghi chú"), row("Đất", cell(styled("Heading1", "Đã giao")))),
    lambda page: ["Đất", "Đã giao"] in page.rows and "#" not in page.text,
)
kind(
    "bảng",
    "phần đầu công văn",
    table(
        row(
            "ỦY BAN MẶT TRẬN XÃ MẪU",
            cell(paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph("Độc lập - Tự do - Hạnh phúc")),
        ),
        row("Số: 12/BC", "Xã Mẫu, ngày 5 tháng 8"),
        borders=False,
    ),
    lambda page: not page.tables and "Độc lập - Tự do - Hạnh phúc" in page.text,
)
kind(
    "bảng",
    "hai đoạn trong một ô",
    table(row("Hộ", "Việc"), row("A", cell(paragraph("Góp đất") + paragraph("Góp công")))),
    lambda page: re.search(r"Góp đất\W{1,3}Góp công", page.text) and len(page.rows) == 2,
)
kind(
    "bảng",
    "một hàng đầu lặp lại",
    table(row("Hộ", "Số", properties="<w:tblHeader/>"), row("A", "1"), row("B", "2")),
    lambda page: page.has("th", "Hộ") and ["B", "2"] in page.rows,
)
kind(
    "bảng",
    "hàng đã xóa",
    table(row("Hộ", "Số"), row("A", "1", properties=f"<w:del {WHO}/>"), row("B", "2")),
    lambda page: ["B", "2"] in page.rows and ["A", "1"] not in page.rows,
)

# Hidden text.

kind("kín", "chữ ẩn", paragraph(run("Hở ") + run("kín ", "<w:vanish/>") + run("sáng")), says("Hở sáng", but=("kín",)))
kind(
    "kín",
    "đoạn ẩn theo kiểu",
    styled("Kin", "kín"),
    says(but=("kín",)),
    styles='<w:style w:type="paragraph" w:styleId="Kin"><w:name w:val="Kín"/><w:rPr><w:vanish/></w:rPr></w:style>',
)
kind(
    "kín",
    "chỗ xóa và chỗ chèn",
    paragraph(
        run("Góp ") + f"<w:del {WHO}><w:r><w:delText>40</w:delText></w:r></w:del>"
        f"<w:ins {WHO}>{run('46')}</w:ins>" + run(" hộ")
    ),
    says("Góp 46 hộ"),
)
kind(
    "kín",
    "câu dời chỗ",
    paragraph(f"<w:moveFrom {WHO}>{run('Dời chỗ. ')}</w:moveFrom>" + run("Đầu."))
    + paragraph(f"<w:moveTo {WHO}>{run('Dời chỗ.')}</w:moveTo>"),
    says("Dời chỗ"),
)
kind(
    "kín",
    "ảnh bị cắt",
    paragraph(drawing(picture(cut='l="50000"'))),
    lambda page: [one.size for one in page.pictures] == [(30, 40)],
    media={"i1": png(quarters())},
)
VML = '<w:r><w:pict><v:shape style="width:60pt;height:40pt"><v:imagedata r:id="i1" {}/></v:shape></w:pict></w:r>'
kind(
    "kín",
    "ảnh cũ bị cắt",
    paragraph(VML.format('cropleft="32768f"')),
    lambda page: [one.size for one in page.pictures] == [(30, 40)],
    media={"i1": png(quarters())},
)
COMMENTS = '<w:comments {}><w:comment w:id="0" w:author="An">{}</w:comment></w:comments>'
kind(
    "kín",
    "lời bình",
    paragraph(
        '<w:commentRangeStart w:id="0"/>'
        + run("Góp đất")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    ),
    says("Góp đất", but=("Sửa",)),
    more={
        "c": (
            "comments",
            "comments.xml",
            COMMENTS.format(NAMESPACES, paragraph("Sửa")).encode(),
        )
    },
)

# Pictures.


def corner(page: Page, at: tuple[int, int]) -> tuple[bool, ...]:
    return tuple(value > 128 for value in page.pictures[0].getpixel(at))  # type: ignore[union-attr]


RED = (True, False, False)
kind(
    "ảnh",
    "ảnh xoay",
    paragraph(drawing(picture(frame='rot="5400000"'))),
    lambda page: page.pictures[0].size == (40, 60) and corner(page, (35, 4)) == RED,
    media={"i1": png(quarters())},
)
kind(
    "ảnh",
    "ảnh lật",
    paragraph(drawing(picture(frame='flipH="1"'))),
    lambda page: page.pictures[0].size == (60, 40) and corner(page, (55, 4)) == RED,
    media={"i1": png(quarters())},
)
kind(
    "ảnh",
    "ảnh trong tên bài",
    styled("Title", run("Thôn Hai làm kênh") + drawing(picture())),
    lambda page: len(page.pictures) == 1 and "Thôn Hai làm kênh" in page.text,
    media={"i1": png(quarters())},
)
kind(
    "ảnh",
    "ảnh trong đề mục",
    styled("Heading1", drawing(picture())) + styled("Heading1", "Kết quả"),
    lambda page: len(page.pictures) == 1 and page.headings == ["Kết quả"],
    media={"i1": png(quarters())},
)
kind(
    "ảnh",
    "ảnh giữa câu",
    paragraph(run("Bà con đào móng ") + drawing(picture()) + run("suốt bảy ngày.")),
    lambda page: len(page.pictures) == 1 and "Bà con đào móng" in page.text and "suốt bảy ngày." in page.text,
    media={"i1": png(quarters())},
)
TXBX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="7" name="b"/><a:graphic>'
    '<a:graphicData uri="x">{0}</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>'
    "<w:pict><v:shape><v:textbox><w:txbxContent>{1}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
SHAPE = "<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>"
IN_BOX = paragraph("Chữ trong khung")
kind(
    "khung", "khung chữ", paragraph(run("Trước.") + TXBX.format(SHAPE.format(IN_BOX), IN_BOX)), says("Chữ trong khung")
)
GROUP = f"<wpg:wgp>{SHAPE.format(paragraph('Hình một'))}{SHAPE.format(paragraph('Hình hai'))}</wpg:wgp>"
kind(
    "khung",
    "hình gộp nhóm",
    paragraph(TXBX.format(GROUP, paragraph("Hình một") + paragraph("Hình hai"))),
    lambda page: says("Hình một", "Hình hai")(page) and "mộtHình" not in page.text,
)
kind(
    "khung",
    "ảnh trong khung chữ",
    paragraph(TXBX.format(SHAPE.format(paragraph(drawing(picture())) + IN_BOX), IN_BOX)),
    lambda page: len(page.pictures) == 1 and says("Chữ trong khung")(page),
    media={"i1": png(quarters())},
)

# Breaks.

kind(
    "ngắt",
    "tên bài hai dòng",
    styled("Title", run("GƯƠNG ĐIỂN HÌNH") + BREAK + run("ÔNG LÊ VĂN MẪU")),
    says("GƯƠNG ĐIỂN HÌNH ÔNG LÊ VĂN MẪU"),
)
kind(
    "ngắt",
    "xuống dòng trong chữ đậm",
    paragraph(f"<w:r><w:rPr><w:b/></w:rPr>{text('Tuyên truyền')}<w:br/></w:r>" + run("Trong năm.")),
    says("Tuyên truyền Trong năm."),
)
kind(
    "ngắt",
    "ngắt trang giữa đoạn",
    paragraph(run("Góp công") + '<w:r><w:br w:type="page"/></w:r>' + run("và góp đất")),
    says(but=("côngvà",)),
)
kind(
    "ngắt",
    "ngắt cột giữa đoạn",
    paragraph(run("Phần Một") + '<w:r><w:br w:type="column"/></w:r>' + run("Danh sách")),
    says(but=("MộtDanh",)),
)
kind(
    "ngắt",
    "dấu cách in đậm",
    paragraph(run("Bà") + run(" ", "<w:b/>") + run("con") + run(" ", "<w:i/>") + run("góp", "<w:b/>")),
    says("Bà con góp"),
)
kind(
    "ngắt",
    "chú thích ảnh hai dòng",
    paragraph(drawing(picture())) + styled("Caption", run("Kênh mới") + BREAK + run("Bí thư chi bộ")),
    lambda page: "mớiBí" not in page.html,
    media={"i1": png(quarters())},
)
kind(
    "ngắt",
    "tab giữa hai từ",
    paragraph(f"<w:r>{text('Họ tên:')}<w:tab/>{text('Lê Văn Mẫu')}</w:r>"),
    says("Họ tên: Lê Văn Mẫu"),
)
kind(
    "ngắt",
    "đậm sát chữ thường",
    paragraph(run("Nam", "<w:b/>") + run("Dong và ") + run("Đắk", "<w:b/>") + run("R", "<w:i/>")),
    lambda page: says("NamDong và ĐắkR")(page) and page.has("strong", "Nam"),
)

# Numbers.

HEADINGS = styled("Heading1", "x")
ROMAN = numbering(level(0, "upperRoman", "%1.") + level(1, "decimal", "%2."))
kind(
    "số",
    "số của đề mục",
    numbered("Đặc điểm", style="Heading1")
    + BETWEEN
    + numbered("Thuận lợi", level=1, style="Heading2")
    + BETWEEN
    + numbered("Kết quả", style="Heading1"),
    lambda page: page.headings == ["I. Đặc điểm", "1. Thuận lợi", "II. Kết quả"],
    numbering=ROMAN,
)
kind(
    "số",
    "số chỉ ở kiểu",
    styled("Muc", "Đặc điểm") + BETWEEN + styled("Muc", "Kết quả"),
    lambda page: "I. Đặc điểm" in page.text and "II. Kết quả" in page.text,
    numbering=ROMAN,
    styles='<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="heading 3"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
)


def shows(*items: str) -> Check:
    """Check that a page shows these labels and words, as text or as the numbers of a list."""
    return lambda page: all(item in page.items or item in page.blocks for item in items)


kind(
    "số",
    "Điều 1.",
    numbered("Mục đích") + BETWEEN + numbered("Yêu cầu"),
    shows("Điều 1. Mục đích", "Điều 2. Yêu cầu"),
    numbering=numbering(level(0, "decimal", "Điều %1.")),
)
kind(
    "số",
    "a) b)",
    numbered("Đo đất") + numbered("Họp thôn"),
    lambda page: shows("a) Đo đất", "b) Họp thôn")(page) or shows("a. Đo đất", "b. Họp thôn")(page),
    numbering=numbering(level(0, "lowerLetter", "%1)")),
)
kind(
    "số",
    "danh sách đi tiếp sau đoạn văn",
    numbered("Một") + numbered("Hai") + BETWEEN + numbered("Ba"),
    shows("1. Một", "2. Hai", "3. Ba"),
    numbering=numbering(level(0, "decimal", "%1.")),
)
kind(
    "số",
    "đánh số lại từ đầu",
    numbered("Một") + numbered("Hai") + BETWEEN + numbered("Mới", 2),
    shows("2. Hai", "1. Mới"),
    numbering=numbering(
        level(0, "decimal", "%1."),
        nums='<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>',
    ),
)
kind(
    "số",
    "1.1.",
    numbered("Chung") + numbered("Đất", level=1) + numbered("Công", level=1),
    lambda page: "1.1. Đất" in page.text and "1.2. Công" in page.text,
    numbering=numbering(level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.")),
)
kind(
    "số",
    "hai danh sách liền nhau",
    numbered("Một") + numbered("Hai") + numbered("Khác", 2),
    shows("1. Một", "2. Hai", "1. Khác"),
    numbering=numbering(level(0, "decimal", "%1."), level(0, "decimal", "%1.")),
)
kind("số", "bắt đầu từ 5", numbered("Năm"), shows("5. Năm"), numbering=numbering(level(0, "decimal", "%1.", start=5)))
kind(
    "số",
    "tên phần khác thường",
    numbered("Một") + BETWEEN + numbered("Hai"),
    shows("1. Một", "2. Hai"),
    numbering=numbering(level(0, "decimal", "%1.")),
    suffix="2",
)
kind(
    "số",
    "đề mục có số mà không chữ",
    numbered("", style="Heading1") + styled("Heading2", "Kết quả"),
    lambda page: page.headings == ["Kết quả"],
    numbering=ROMAN,
)

# Text dropped without a report.

TICK = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{0}"/></w14:checkbox></w:sdtPr>'
    "<w:sdtContent>{1}</w:sdtContent></w:sdt>"
)
kind(
    "mất",
    "ô đánh dấu",
    paragraph(TICK.format(1, run("☒")) + run(" Có ") + TICK.format(0, run("☐")) + run(" Không")),
    lambda page: re.search(r"[☒☑✓] Có \W? ?☐ Không", page.text),
)
kind(
    "mất",
    "ô chọn của mẫu cũ",
    paragraph(
        run("Đối tượng: ")
        + field(
            "FORMDROPDOWN",
            form='<w:ffData><w:ddList><w:result w:val="1"/>'
            '<w:listEntry w:val="Cá nhân"/><w:listEntry w:val="Tập thể"/></w:ddList></w:ffData>',
        )
    ),
    says("Tập thể", but=("Cá nhân",)),
)
kind(
    "mất",
    "ô đánh dấu của mẫu cũ",
    paragraph(
        field("FORMCHECKBOX", form='<w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>')
        + run(" Đồng ý")
    ),
    lambda page: re.search(r"[☒☑✓] Đồng ý", page.text),
)
kind(
    "mất",
    "nội dung trong ô nhập",
    paragraph("<w:sdt><w:sdtContent>" + run("Lê Văn Mẫu") + "</w:sdtContent></w:sdt>"),
    says("Lê Văn Mẫu"),
)
kind(
    "mất",
    "chữ cái lớn đầu đoạn",
    paragraph("B", '<w:framePr w:dropCap="drop" w:lines="3"/>') + paragraph("à con góp đất."),
    says("Bà con góp đất."),
)
RUBY = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
kind("mất", "chữ chú âm", paragraph(run("Chữ ") + RUBY.format(run("hán"), run("Việt"))), says("Chữ Việt"))
kind(
    "mất",
    "ký hiệu Wingdings",
    paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" đạt")),
    lambda page: re.search(r"[✓✔🗸] đạt", page.text),
)
kind(
    "mất",
    "ký hiệu của phông thường",
    paragraph('<w:r><w:sym w:font="Times New Roman" w:char="0110"/></w:r>' + run("ắk Nông")),
    says("Đắk Nông"),
)
kind(
    "mất",
    "số mũ",
    paragraph(
        run("rộng 10")
        + run("3", '<w:vertAlign w:val="superscript"/>')
        + run(" m")
        + run("2", '<w:vertAlign w:val="superscript"/>')
    ),
    says("10^3 m^2"),
)
M = "<m:r><m:t>{}</m:t></m:r>"
kind(
    "mất",
    "phân số",
    paragraph(
        run("được ")
        + f"<m:oMath><m:f><m:num>{M.format(1)}</m:num><m:den>{M.format(2)}</m:den></m:f></m:oMath>"
        + run(" đường")
    ),
    lambda page: re.search(r"được (1\s?[/⁄]\s?2|½|\\?\$?\\frac\{1\}\{2\}\$?) đường", page.text),
)
kind(
    "mất",
    "lũy thừa",
    paragraph(
        f"<m:oMath><m:sSup><m:e>{M.format(10)}</m:e><m:sup>{M.format(3)}</m:sup></m:sSup></m:oMath>" + run(" mét")
    ),
    lambda page: re.search(r"10\s?\^\s?\{?3\}?\$? mét", page.text),
)
kind(
    "mất",
    "altChunk",
    '<w:altChunk r:id="k"/>',
    says("Chữ nhúng"),
    more={"k": ("aFChunk", "chunk.html", "<p>Chữ nhúng</p>".encode())},
)
kind(
    "mất",
    "gạch ngang hai nét",
    paragraph(run("ba mươi", "<w:dstrike/>") + run(" bốn mươi")),
    lambda page: page.has("s", "ba mươi") or page.has("del", "ba mươi"),
)
kind(
    "mất",
    "gạch ngang nối",
    paragraph("<w:r>" + text("2019") + "<w:noBreakHyphen/>" + text("2020") + "</w:r>"),
    lambda page: re.search("2019[-‑–]2020", page.text),
)
kind(
    "mất",
    "mục lục",
    paragraph("Mục lục")
    + styled("TOC1", "Tình hình chung 1")
    + styled("TOC1", "Kết quả 2")
    + styled("Heading1", "Tình hình chung"),
    lambda page: "Tình hình chung 1" not in page.text and page.headings == ["Tình hình chung"],
)
NOTE = '<w:footnotes {}><w:footnote w:id="2">{}</w:footnote></w:footnotes>'
REF = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def note(inside: str, name: str = "footnotes.xml") -> dict[str, tuple[str, str, bytes]]:
    return {"f": ("footnotes", name, NOTE.format(NAMESPACES, paragraph(inside)).encode())}


kind(
    "chú thích",
    "chú thích cuối trang",
    paragraph(run("Đất tính theo sào") + REF + run(".")),
    says("Một sào là 500 mét."),
    more=note(run("Một sào là 500 mét.")),
)
kind(
    "chú thích",
    "dấu cách đậm trong chú thích",
    paragraph(run("Đất") + REF),
    says("của thôn năm ấy"),
    more=note(run("của") + run(" ", "<w:b/>") + run("thôn") + run(" ", "<w:i/>") + run("năm ấy")),
)

kind(
    "chú thích",
    "chú thích ở phần tên khác thường",
    paragraph(run("Đất") + REF),
    says("Một sào là 500 mét."),
    more=note(run("Một sào là 500 mét."), "footnotes2.xml"),
)

# Markdown that shows.

LINK = '<w:hyperlink r:id="l">{}</w:hyperlink>'
TO = {"l": ("hyperlink", "https://a.vn/x?b=1&amp;c=(2)", b"")}
kind(
    "dấu",
    "liên kết có ngoặc vuông",
    paragraph(run("Xem ") + LINK.format(run("[tại đây]"))),
    lambda page: (
        page.links.get("[tại đây]") == "https://a.vn/x?b=1&c=(2)"
        or page.links.get("[tại đây]") == "https://a.vn/x?b=1&c=%282%29"
    ),
    more=TO,
)
kind(
    "dấu",
    "trường HYPERLINK có khóa",
    paragraph(field('HYPERLINK "https://a.vn/tin" \\o "Lời mách" \\t "_blank"', run("Tin"))),
    lambda page: page.links == {"Tin": "https://a.vn/tin"},
)
SIGNS = "*a* _b_ `c` [d](e) <f> ~~g~~ \\h &amp;i; |k|"
kind(
    "dấu",
    "dấu của Markdown là chữ",
    paragraph(SIGNS.replace("<f>", "&lt;f&gt;").replace("&amp;i;", "&amp;amp;")),
    lambda page: "*a* _b_ `c` [d](e) <f>" in page.text and "\\h &amp; |k|" in page.text,
)
kind(
    "dấu",
    "đầu dòng như Markdown",
    paragraph("# không phải đề mục") + paragraph("&gt; không phải trích") + paragraph("1986. Năm ấy"),
    lambda page: (
        not page.headings and "# không" in page.text and "> không" in page.text and "1986. Năm ấy" in page.blocks
    ),
)
kind(
    "dấu",
    "đậm và nghiêng lồng nhau",
    paragraph(run("Một ", "<w:b/>") + run("hai", "<w:b/><w:i/>") + run(" ba", "<w:i/>")),
    lambda page: page.has("strong", "Một hai") and page.has("em", "hai") and says("Một hai ba")(page),
)

# Styles and fonts.

kind(
    "kiểu",
    "kiểu không có loại",
    styled("La", "Sáng chủ nhật"),
    says("Sáng chủ nhật"),
    styles='<w:style w:styleId="La"><w:name w:val="Lạ"/></w:style>',
)


def in_font(words: str, font: str) -> str:
    return run(words, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


SENTENCE = "Bà con xã Nam Dong đã góp đất làm đường, nước về ruộng sớm."
TCVN = "".join(typed for typed, _ in type_tcvn3(SENTENCE))
kind("phông", "TCVN3", paragraph(in_font(TCVN, ".VnTime")), says(SENTENCE))
kind("phông", "VNI", paragraph(in_font(type_vni(SENTENCE), "VNI-Times")), says(SENTENCE))
kind("phông", "VNI ghi phông Unicode", paragraph(in_font(type_vni(SENTENCE), "Times New Roman")), says(SENTENCE))
kind("phông", "TCVN3 ghi phông VNI", paragraph(in_font(TCVN, "VNI-Times")), says(SENTENCE))
kind(
    "phông",
    "chữ ư hai dấu nối mềm",
    paragraph(in_font("Tr\u00ad\u00adêng häc §\u00ad\u00adêng", ".VnTime")),
    lambda page: "ưư" not in page.text and "\u00ad" not in page.text,
)

# OpenDocument.

o_kind(
    "odt",
    "tên bài hai dòng",
    p("GƯƠNG ĐIỂN HÌNH<text:line-break/>ÔNG LÊ VĂN MẪU", "Title"),
    says("GƯƠNG ĐIỂN HÌNH ÔNG LÊ VĂN MẪU"),
)
o_kind(
    "odt",
    "xuống dòng trong chữ đậm",
    p(f"{span('Tuyên truyền<text:line-break/>', 'B')}Trong năm."),
    says("Tuyên truyền Trong năm."),
)
O_ROMAN = levels(("I", 'style:num-suffix="."'), ("1", 'style:num-suffix="."'))
GOING_ON = 'text:continue-numbering="true"'
o_kind(
    "odt",
    "số của đề mục trong danh sách",
    items(h("Đặc điểm")) + p("Chữ.") + items(h("Kết quả"), more=GOING_ON),
    lambda page: page.headings == ["I. Đặc điểm", "II. Kết quả"],
    styles=O_ROMAN,
)
OUTLINE = O_ROMAN.replace("list-level-style-number", "outline-level-style").replace(
    "text:list-style", "text:outline-style"
)
o_kind(
    "odt",
    "số của đề mục theo dàn bài",
    h("Đặc điểm") + h("Thuận lợi", 2) + h("Kết quả"),
    lambda page: page.headings == ["I. Đặc điểm", "1. Thuận lợi", "II. Kết quả"],
    named=f"<office:styles>{OUTLINE}</office:styles>",
)
o_kind(
    "odt",
    "a) b)",
    items("Đo đất", "Họp thôn"),
    lambda page: shows("a) Đo đất", "b) Họp thôn")(page) or shows("a. Đo đất", "b. Họp thôn")(page),
    styles=levels(("a", 'style:num-suffix=")"')),
)
o_kind(
    "odt",
    "Điều 1.",
    items("Mục đích", "Yêu cầu"),
    shows("Điều 1. Mục đích", "Điều 2. Yêu cầu"),
    styles=levels(("1", 'style:num-prefix="Điều " style:num-suffix="."')),
)
o_kind(
    "odt",
    "danh sách đi tiếp sau đoạn văn",
    items("Một", "Hai", more='xml:id="a"') + p("Chữ.") + items("Ba", more='text:continue-list="a"'),
    shows("1. Một", "2. Hai", "3. Ba"),
    styles=levels(("1", 'style:num-suffix="."')),
)
o_kind("odt", "chữ ẩn", p(f"Hở {span('kín ', 'H')}sáng"), says("Hở sáng", but=("kín",)))
o_kind(
    "odt", "phần ẩn", f'<text:section text:name="a" text:display="none">{p("kín")}</text:section>', says(but=("kín",))
)
DELETED = (
    '<text:tracked-changes><text:changed-region text:id="a"><text:deletion><text:p>bỏ</text:p></text:deletion>'
    "</text:changed-region></text:tracked-changes>"
)
o_kind("odt", "chỗ xóa", DELETED + p('Góp <text:change text:change-id="a"/>đất'), says("Góp đất", but=("bỏ",)))
FRAME = (
    '<draw:frame draw:style-name="G" svg:width="1in" svg:height="1in" {}><draw:image xlink:href="Pictures/a.png" '
    'xlink:type="simple"/></draw:frame>'
)
PICTURE = {"Pictures/a.png": png(quarters())}
GRAPHIC = '<style:style style:name="G" style:family="graphic"><style:graphic-properties {}/></style:style>'
o_kind(
    "odt",
    "ảnh bị cắt",
    p(FRAME.format("")),
    lambda page: [one.size for one in page.pictures] == [(30, 40)],
    styles=GRAPHIC.format('fo:clip="rect(0in, 0in, 0in, 0.3125in)"'),
    parts=PICTURE,
)
o_kind(
    "odt",
    "ảnh xoay",
    p(FRAME.format('draw:transform="rotate (-1.5707963) translate (1in 0in)"')),
    lambda page: page.pictures[0].size == (40, 60) and corner(page, (35, 4)) == RED,
    parts=PICTURE,
)
o_kind(
    "odt",
    "hình gộp nhóm",
    p(
        f"Trước <draw:g><draw:custom-shape>{p('Hình một')}</draw:custom-shape><draw:custom-shape>{p('Hình hai')}"
        "</draw:custom-shape></draw:g>"
    ),
    says("Hình một", "Hình hai", but=("mộtHình",)),
)
o_kind(
    "odt",
    "chữ chú âm",
    p("Chữ <text:ruby><text:ruby-base>Việt</text:ruby-base><text:ruby-text>hán</text:ruby-text></text:ruby>"),
    says("Chữ Việt"),
)
o_kind(
    "odt",
    "ô đánh dấu của mẫu",
    '<office:forms><form:form><form:checkbox form:id="a" form:label="Góp đất" form:current-state="checked"/>'
    "</form:form></office:forms>" + p('<draw:control draw:control="a"/>'),
    lambda page: re.search(r"[☒☑✓] Góp đất", page.text),
)
o_kind(
    "odt",
    "ô chọn",
    p(
        'Đối tượng: <text:drop-down><text:label text:value="Cá nhân"/><text:label text:value="Tập thể"/>'
        "Tập thể</text:drop-down>."
    ),
    says("Đối tượng: Tập thể."),
)
o_kind(
    "odt",
    "mục lục",
    '<text:table-of-content text:name="a"><text:index-body>'
    + p("Tình hình chung 1")
    + "</text:index-body></text:table-of-content>"
    + h("Tình hình chung"),
    says("Tình hình chung", but=("chung 1",)),
)
COVERED = "<table:covered-table-cell/>"
o_kind(
    "odt",
    "ô gộp và hàng đầu",
    '<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows>'
    + o_row("Thôn", o_cell("Số hộ", 'table:number-columns-spanned="2"'), COVERED)
    + "</table:table-header-rows>"
    + o_row(o_cell("Ba", 'table:number-rows-spanned="2"'), "12", "46")
    + o_row(COVERED, "5", "9")
    + "</table:table>",
    lambda page: ["Ba", "12", "46"] in page.rows and page.rows[-1][1:] == ["5", "9"] and "Số hộ" in page.rows[0][1],
)
o_kind(
    "odt",
    "chú thích cuối trang",
    p(
        'Đất<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        + p("Một sào")
        + "</text:note-body></text:note>."
    ),
    says("Một sào"),
)
o_kind("odt", "nhiều dấu cách", p('Họ tên:<text:s text:c="9"/>Lê Văn<text:tab/>Mẫu'), says("Họ tên: Lê Văn Mẫu"))
FORMULA = b'<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>'
o_kind(
    "odt",
    "phân số",
    p('được <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame> đường'),
    lambda page: re.search(r"được \W?1\s?[/⁄]\s?2\W? đường", page.text),
    parts={"Object 1/content.xml": FORMULA},
)
