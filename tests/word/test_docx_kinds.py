"""Each kind of thing in a .docx is read as Word shows it; anything left out is counted."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.word.small_documents import (
    NAMESPACES,
    Read,
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

if TYPE_CHECKING:
    from pathlib import Path

WHO = 'w:id="1" w:author="An"'


def shown(folder: Path, body: str, **more: object) -> str:
    return Read(folder, small(body, **more)).markdown  # type: ignore[arg-type]


def lost(folder: Path, body: str, **more: object) -> dict[str, int]:
    read = Read(folder, small(body, **more))  # type: ignore[arg-type]
    return {what: count for what, count in read.report.lost.items() if count}


HIDDEN_STYLES = """
<w:style w:type="character" w:styleId="Kin"><w:name w:val="Kín"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Kin"/></w:style>
<w:style w:type="paragraph" w:styleId="DoanKin"><w:name w:val="Đoạn kín"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    "properties",
    ["<w:vanish/>", '<w:vanish w:val="1"/>', "<w:webHidden/>", '<w:rStyle w:val="Kin"/>', '<w:rStyle w:val="Con"/>'],
)
def test_hidden_text_is_left_out_and_counted(properties: str, tmp_path: Path) -> None:
    body = paragraph(run("Góp công. ") + run("Số điện thoại ", properties) + run("riêng", properties) + run("Hết."))
    read = Read(tmp_path, small(body, styles=HIDDEN_STYLES))
    assert read.markdown == "Góp công. Hết."
    assert "1 chỗ chữ ẩn trong Word" in read.said


def test_a_run_may_show_itself_in_a_hidden_style(tmp_path: Path) -> None:
    body = styled("DoanKin", run("Kín ") + run("hở", '<w:vanish w:val="0"/>')) + paragraph("Hết.")
    assert shown(tmp_path, body, styles=HIDDEN_STYLES) == "hở\n\nHết."


def test_hidden_pictures_and_rows_are_left_out(tmp_path: Path) -> None:
    row = "<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{0}</w:tc><w:tc>{0}</w:tc></w:tr>".format(
        paragraph(run("kín", "<w:vanish/>"))
    )
    plain = f"<w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>"
    body = (
        paragraph(drawing(picture(), 'hidden="1"'))
        + paragraph(
            '<w:r><w:pict><v:shape style="visibility: hidden"><v:imagedata r:id="i1"/></v:shape></w:pict></w:r>'
        )
        + f"<w:tbl>{plain}{row}{plain}</w:tbl>"
    )
    read = Read(tmp_path, small(body, media={"i1": png(quarters())}))
    assert not read.pictures
    assert read.report.lost["hình ẩn trong Word"] == 2
    assert "kín" not in read.markdown
    assert read.markdown.count("\n") == 2


def test_deleted_ends_of_paragraphs_and_rows(tmp_path: Path) -> None:
    deleted = f"<w:rPr><w:del {WHO}/></w:rPr>"
    body = (
        paragraph("Bà con ", deleted)
        + styled("Heading1", "góp đất")
        + paragraph(f"<w:del {WHO}><w:r><w:delText>bỏ</w:delText></w:r></w:del>", deleted)
        + paragraph("Cuối", deleted)
        + f"<w:tbl><w:tr><w:trPr><w:del {WHO}/></w:trPr><w:tc>{paragraph('hàng bỏ')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{paragraph('c')}</w:tc><w:tc>{paragraph('d')}</w:tc></w:tr></w:tbl>"
    )
    read = Read(tmp_path, small(body))
    assert read.markdown == "## Bà con góp đất\n\nCuối\n\n| a | b |\n|---|---|\n| c | d |"
    assert "1 hàng đã xóa trong bảng" in read.said
    assert "1 chỗ xóa đã bỏ" in read.said


def test_a_cut_goes_with_a_turn(tmp_path: Path) -> None:
    """The right half is cut away, and what is left is turned by a quarter: red stood above blue."""
    body = paragraph(drawing(picture(frame='rot="5400000"', cut='r="50000"')))
    read = Read(tmp_path, small(body, media={"i1": png(quarters())}))
    assert read.pictures[0].size == (40, 30)
    assert read.colours() == ["lam", "đỏ", "lam", "đỏ"]


@pytest.mark.parametrize(
    ("frame", "corners"),
    [
        ("", ["đỏ", "lục", "lam", "trắng"]),
        ('rot="5400000"', ["lam", "đỏ", "trắng", "lục"]),
        ('rot="10800000"', ["trắng", "lam", "lục", "đỏ"]),
        ('rot="16200000"', ["lục", "trắng", "đỏ", "lam"]),
        ('rot="-5400000"', ["lục", "trắng", "đỏ", "lam"]),
        ('flipH="1"', ["lục", "đỏ", "trắng", "lam"]),
        ('flipV="1"', ["lam", "trắng", "đỏ", "lục"]),
        ('rot="5400000" flipH="1"', ["trắng", "lục", "lam", "đỏ"]),
        ('rot="120000"', ["đỏ", "lục", "lam", "trắng"]),
    ],
)
def test_a_picture_is_turned_as_word_shows_it(frame: str, corners: list[str], tmp_path: Path) -> None:
    body = paragraph(drawing(picture(frame=frame)))
    assert Read(tmp_path, small(body, media={"i1": png(quarters())})).colours() == corners


def test_a_picture_in_a_group_turns_with_it(tmp_path: Path) -> None:
    mirrored = picture(frame='flipH="1"')
    group = f'<wpg:wgp><wpg:grpSpPr><a:xfrm rot="5400000"/></wpg:grpSpPr>{mirrored}</wpg:wgp>'
    read = Read(tmp_path, small(paragraph(drawing(group)), media={"i1": png(quarters())}))
    assert read.colours() == ["trắng", "lục", "lam", "đỏ"]


def test_a_photo_that_word_turned_is_not_turned_by_its_exif_too(tmp_path: Path) -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    quarters().save(out, "JPEG", exif=exif, quality=95)
    for frame in ('rot="5400000"', ""):
        read = Read(tmp_path, small(paragraph(drawing(picture(frame=frame))), media={"i1": out.getvalue()}))
        assert read.colours() == ["lam", "đỏ", "trắng", "lục"]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('cropleft="32768f"', (30, 40)),
        ('cropright="0.5" croptop="50%"', (30, 20)),
        ('cropbottom="-3277f"', (60, 40)),
    ],
)
def test_old_pictures_are_cut_too(attributes: str, size: tuple[int, int], tmp_path: Path) -> None:
    body = paragraph(
        f'<w:r><w:pict><v:shape style="width:9pt"><v:imagedata r:id="i1" {attributes}/></v:shape></w:pict></w:r>'
    )
    assert Read(tmp_path, small(body, media={"i1": png(quarters())})).pictures[0].size == size


def test_old_pictures_are_turned_too(tmp_path: Path) -> None:
    body = paragraph(
        '<w:r><w:pict><v:shape style="width:9pt;rotation:90;flip:x"><v:imagedata r:id="i1"/></v:shape></w:pict></w:r>'
    )
    assert Read(tmp_path, small(body, media={"i1": png(quarters())})).colours() == ["trắng", "lục", "lam", "đỏ"]


def test_parts_outside_the_frame_of_a_picture_are_cut_off(tmp_path: Path) -> None:
    fill = '<a:fillRect l="-100000"/>'
    read = Read(tmp_path, small(paragraph(drawing(picture(fill=fill))), media={"i1": png(quarters())}))
    assert read.pictures[0].size == (30, 40)
    assert read.colours()[0] == "lục"


def test_pictures_stand_once_each_in_their_order(tmp_path: Path) -> None:
    photos = {f"i{at}": png(Image.new("RGB", (40 + at, 30))) for at in range(1, 6)}
    box = "<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>".format(
        paragraph(run("Trong khung ") + drawing(picture("i4")))
    )
    shape = '<wps:wsp><wps:spPr><a:blipFill><a:blip r:embed="i5"/></a:blipFill></wps:spPr></wps:wsp>'
    body = (
        styled("Title", run("Tên bài") + drawing(picture("i1")))
        + styled("Heading1", drawing(picture("i2")))
        + styled("Heading1", run("Đề mục") + drawing(picture("i3")))
        + paragraph(
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
            + drawing(box).removeprefix("<w:r>").removesuffix("</w:r>")
            + "</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
            + paragraph(run("Trong khung ") + drawing(picture("i4")))
            + "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        + paragraph(drawing(shape))
    )
    read = Read(tmp_path, small(body, media=photos))
    assert [image.width for image in read.pictures] == [41, 42, 43, 44, 45]
    assert read.markdown == (
        "# Tên bài\n\n![](anh-1.jpg)\n\n![](anh-2.jpg)\n\n## Đề mục\n\n![](anh-3.jpg)\n\n"
        "Trong khung\n\n![](anh-4.jpg)\n\n![](anh-5.jpg)"
    )


def test_pictures_over_and_under_the_page_are_counted(tmp_path: Path) -> None:
    header = f"<w:hdr {NAMESPACES}>{paragraph(drawing(picture()))}</w:hdr>".encode()
    assert lost(tmp_path, paragraph("Chữ."), more={"h": ("header", "h1.xml", header)}) == {
        "ảnh ở đầu trang, chân trang": 1
    }


BREAK = "<w:r><w:br/></w:r>"


def test_breaks_never_join_two_words(tmp_path: Path) -> None:
    bold = f"<w:r><w:rPr><w:b/></w:rPr>{text('Công tác')}<w:br/>{text('Trong năm')}</w:r>"
    body = (
        styled("Title", run("GƯƠNG") + BREAK + run("SÁNG"))
        + paragraph(bold)
        + paragraph(run("một") + '<w:r><w:br w:type="page"/></w:r>' + run("hai"))
        + paragraph(run("ba") + '<w:r><w:br w:type="column"/></w:r>' + run("bốn") + "<w:r><w:cr/></w:r>" + run("Năm"))
        + paragraph(run("của") + run(" ", "<w:b/>") + run("thôn") + run(" cả ", "<w:i/>") + run("năm"))
        + paragraph(run("tab") + "<w:r><w:tab/></w:r>" + run("sau"))
    )
    read = Read(tmp_path, small(body))
    assert [block.text for block in read.document.blocks] == [
        *("GƯƠNG SÁNG", "Công tác\nTrong năm", "một", "hai", "ba", "bốn\nNăm", "của thôn cả năm", "tab sau")
    ]
    assert "của thôn *cả* năm" in read.markdown


def test_a_caption_of_two_lines_keeps_its_space(tmp_path: Path) -> None:
    body = paragraph(drawing(picture())) + styled("Caption", run("Đào kênh") + BREAK + run("Bí thư dự"))
    assert "Đào kênh Bí thư dự" in shown(tmp_path, body, media={"i1": png(quarters())})


LEVELS = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")


def test_headings_keep_their_numbers(tmp_path: Path) -> None:
    body = (
        numbered("Tình hình", style="Heading1")
        + numbered("Thuận lợi", level=1, style="Heading2")
        + numbered("Khó khăn", level=1, style="Heading2")
        + numbered("", style="Heading1")
        + numbered("Kết quả", style="Heading1")
        + numbered("Số công", level=1, style="Heading2")
    )
    assert shown(tmp_path, body, numbering=numbering(LEVELS)) == (
        "## I. Tình hình\n\n### 1. Thuận lợi\n\n### 2. Khó khăn\n\n## III. Kết quả\n\n### 1. Số công"
    )


def labels(folder: Path, body: str, lists: str, styles: str = "") -> list[str]:
    """Return what stands before each paragraph, all of which are headings."""
    markdown = shown(folder, body, numbering=lists, styles=styles)
    return [line.strip("# ").replace("\\", "") for line in markdown.split("\n\n")]


@pytest.mark.parametrize(
    ("kind", "label", "start", "expected"),
    [
        ("decimal", "Điều %1.", 9, ["Điều 9. x", "Điều 10. x"]),
        ("upperRoman", "Phụ lục %1", 1, ["Phụ lục I x", "Phụ lục II x"]),
        ("lowerRoman", "(%1)", 4, ["(iv) x", "(v) x"]),
        ("upperLetter", "%1.", 26, ["Z. x", "AA. x"]),
        ("lowerLetter", "%1)", 1, ["a) x", "b) x"]),
        ("decimalZero", "%1", 9, ["09 x", "10 x"]),
        ("ordinal", "Thứ %1:", 1, ["Thứ 1: x", "Thứ 2: x"]),
        ("vietnameseCounting", "Phần %1", 21, ["Phần hai mươi mốt x", "Phần hai mươi hai x"]),
        ("none", "Mục", 1, ["Mục x", "Mục x"]),
        ("none", "", 1, ["x", "x"]),
    ],
)
def test_formats_of_numbers(kind: str, label: str, start: int, expected: list[str], tmp_path: Path) -> None:
    lists = numbering(level(0, kind, label, start=start))
    assert labels(tmp_path, numbered("x", style="Heading1") * 2, lists) == expected


def test_numbers_of_several_levels(tmp_path: Path) -> None:
    levels = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%1.%2.", "<w:isLgl/>")
        + level(2, "decimal", "%1.%2.%3", '<w:lvlRestart w:val="1"/>')
        + level(3, "decimal", "%4)", '<w:lvlRestart w:val="0"/>')
    )
    order = [0, 1, 2, 2, 3, 1, 2, 3, 0, 2, 3]
    body = "".join(numbered("x", level=at, style="Heading1") for at in order)
    assert [label.removesuffix(" x") for label in labels(tmp_path, body, numbering(levels))] == [
        *("I.", "1.1.", "I.1.1", "I.1.2", "1)", "1.2.", "I.2.3", "2)", "II.", "II.1.1", "3)")
    ]


def test_lists_that_share_a_definition_go_on_unless_they_start_anew(tmp_path: Path) -> None:
    again = (
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    )
    body = "".join(numbered("x", list_id=at, style="Heading1") for at in (1, 5, 6, 6, 1))
    found = labels(tmp_path, body, numbering(level(0, "decimal", "%1."), nums=again))
    assert found == ["1. x", "2. x", "4. x", "5. x", "6. x"]


def test_a_style_alone_may_carry_the_number(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Điều"/><w:basedOn w:val="Heading1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:name w:val="Khoản"/><w:basedOn w:val="Dieu"/></w:style>'
        '<w:style w:type="numbering" w:styleId="Kieu"><w:name w:val="Kiểu"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    levels = level(0, "decimal", "Điều %1.") + level(1, "decimal", "%1.%2", '<w:pStyle w:val="Khoan"/>')
    linked = '<w:numStyleLink w:val="Kieu"/>'
    body = styled("Dieu", "x") + styled("Khoan", "x") + styled("Dieu", "x", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    body += numbered("x", list_id=2, style="Heading1")
    assert labels(tmp_path, body, numbering(levels, linked), styles) == ["Điều 1. x", "1.1 x", "x", "Điều 2. x"]


def test_lists_from_a_part_of_any_name_go_on_after_other_text(tmp_path: Path) -> None:
    body = numbered("một") + numbered("hai") + paragraph("Giữa.") + numbered("ba") + numbered("con", level=2)
    lists = numbering(level(0, "decimal", "%1.") + level(2, "bullet", "-"))
    assert shown(tmp_path, body, numbering=lists, suffix="7") == "1. một\n2. hai\n\nGiữa.\n\n3. ba\n    - con"


def test_the_numbers_of_a_column_are_text(tmp_path: Path) -> None:
    row = f"<w:tr><w:tc>{numbered('')}</w:tc><w:tc>{paragraph('Hộ')}</w:tc></w:tr>"
    assert shown(tmp_path, f"<w:tbl>{row * 2}</w:tbl>", numbering=numbering(level(0, "decimal", "%1."))) == (
        "| 1. | Hộ |\n|---|---|\n| 2. | Hộ |"
    )


CHOSEN = (
    '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList></w:ffData>'
)


def box(state: str, content: str) -> str:
    checked = f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>'
    return f"<w:sdt><w:sdtPr>{checked}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (box("1", run("☒")) + run(" Có ") + box("0", run("☐")) + run(" Không"), "☒ Có ☐ Không"),
        (box("1", "") + run(" Có ") + box("0", ""), "☒ Có ☐"),
        (box("1", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>') + run(" Có"), "☑ Có"),
        (field("FORMCHECKBOX", form="<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>") + run(" Có"), "☒ Có"),
        (
            field("FORMCHECKBOX", run(" "), '<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'),
            "☐",
        ),
        (field("FORMDROPDOWN", form=CHOSEN), "B"),
        (field("FORMTEXT", run("Bà Mẫu")), "Bà Mẫu"),
        (run("Xem ") + field('HYPERLINK "https://a.vn/b" \\o "Tin" \\t "_blank"', run("tin")), "Xem [tin](https://a.vn/b)"),
        (run("Xem ") + field('HYPERLINK "https://a.vn/b" \\l "c"', run("tin")), "Xem [tin](https://a.vn/b#c)"),
        (run("Xem ") + field('HYPERLINK \\l "_Toc1"', run("mục 1")), "Xem mục 1"),
        ('<w:fldSimple w:instr=" HYPERLINK &quot;https://a.vn&quot; ">' + run("tin") + "</w:fldSimple>", "[tin](https://a.vn)"),
        (field("IF " + "x", run("ngày ") + field("DATE", run("1/2/2020"))), "ngày 1/2/2020"),
        (field("SYMBOL 252 \\f Wingdings"), "✓"),
        (field("EQ \\f(1;2)") + run(" con đường"), "1/2 con đường"),
        (f"<w:r><w:ruby><w:rt>{run('hán')}</w:rt><w:rubyBase>{run('Việt')}</w:rubyBase></w:ruby></w:r>", "Việt (hán)"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 90%"), "≥ 90%"),
        ('<w:r><w:sym w:font="Times New Roman" w:char="0110"/></w:r>' + run("ắk"), "Đắk"),
        (run("\uf0fc", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>') + run(" đạt"), "✓ đạt"),
        (run("m") + run("2", '<w:vertAlign w:val="superscript"/>'), "m²"),
        (run("m") + run("2", '<w:position w:val="6"/>'), "m²"),
        (run("1", '<w:b/><w:position w:val="6"/>') + run(" Theo báo cáo"), "**¹** Theo báo cáo"),
        (run("ba mươi", "<w:dstrike/>") + run(" bốn mươi"), "<s>ba mươi</s> bốn mươi"),
        (run("2019") + "<w:r><w:noBreakHyphen/></w:r>" + run("2020"), "2019-2020"),
        (f"<w:ins {WHO}>" + run("thêm") + "</w:ins>", "thêm"),
        ("<w:smartTag>" + run("buôn") + "</w:smartTag><w:customXml>" + run(" Mẫu") + "</w:customXml>", "buôn Mẫu"),
        (
            '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w:x/></mc:Choice><mc:Fallback>'
            + text("☺") + "</mc:Fallback></mc:AlternateContent></w:r>",
            "☺",
        ),
    ],
)  # fmt: skip
def test_characters_of_a_line_in_word(inside: str, expected: str, tmp_path: Path) -> None:
    assert shown(tmp_path, paragraph(inside)) == expected


def sup(base: str, power: str) -> str:
    return f"<m:sSup><m:e>{math(base)}</m:e><m:sup>{math(power)}</m:sup></m:sSup>"


def math(words: str) -> str:
    return words if words.startswith("<") else f"<m:r><m:t>{words}</m:t></m:r>"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (f"<m:f><m:num>{math('1')}</m:num><m:den>{math('2')}</m:den></m:f>", "1/2"),
        (f"<m:f><m:num>{math('a+b')}</m:num><m:den>{math('2')}</m:den></m:f>", "(a+b)/2"),
        (sup("10", "3"), "10³"),
        (f"<m:rad><m:deg/><m:e>{math('a+b')}</m:e></m:rad>", "√(a+b)"),
        (f"<m:rad><m:deg>{math('3')}</m:deg><m:e>{math('8')}</m:e></m:rad>", "∛8"),
        (f"<m:d><m:e>{math('a')}</m:e></m:d>{math('=')}" + sup("x", "2"), "(a)=x²"),
        (f"<m:sSub><m:e>{math('CO')}</m:e><m:sub>{math('2')}</m:sub></m:sSub>", "CO₂"),
    ],
)
def test_formulas_keep_their_numbers(formula: str, expected: str, tmp_path: Path) -> None:
    assert shown(tmp_path, paragraph(run("Được ") + f"<m:oMath>{formula}</m:oMath>")) == f"Được {expected}"


def test_a_drop_cap_goes_before_its_paragraph(tmp_path: Path) -> None:
    cap = paragraph(run("B", '<w:position w:val="-9"/>'), '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert shown(tmp_path, cap + paragraph("à con góp đất.")) == "Bà con góp đất."


def test_grouped_shapes_and_old_word_art_keep_their_text(tmp_path: Path) -> None:
    def shape(words: str) -> str:
        return f"<wps:wsp><wps:txbx><w:txbxContent>{paragraph(words)}</w:txbxContent></wps:txbx></wps:wsp>"

    group = f"<wpg:wgp>{shape('Một')}<wpg:grpSp>{shape('Hai')}</wpg:grpSp></wpg:wgp>"
    art = '<w:r><w:pict><v:shape><v:textpath string="Chào mừng"/></v:shape></w:pict></w:r>'
    assert shown(tmp_path, paragraph(run("Đầu") + drawing(group)) + paragraph(art)) == "Đầu\n\nMột\n\nHai\n\nChào mừng"


TOC = "Mục lục"
GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
ENTRY = styled("TOC1", "I. Tình hình 1")


@pytest.mark.parametrize(
    "contents",
    [
        paragraph(TOC) + ENTRY * 2,
        paragraph(TOC.upper())
        + paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("I. Tình hình 1")
        )
        + paragraph(run("II. Kết quả 2") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        f"<w:sdt><w:sdtPr>{GALLERY}</w:sdtPr><w:sdtContent>{paragraph(TOC)}{ENTRY}</w:sdtContent></w:sdt>",
    ],
)  # fmt: skip
def test_a_table_of_contents_is_left_out_and_counted(contents: str, tmp_path: Path) -> None:
    body = paragraph("Đầu.") + contents + styled("Heading1", "I. Tình hình")
    read = Read(tmp_path, small(body))
    assert read.markdown == "Đầu.\n\n## I. Tình hình"
    assert read.report.lost["mục lục (trang tự có)"] == 1


def test_a_field_without_an_end_hides_nothing(tmp_path: Path) -> None:
    body = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("Còn đây")) + paragraph("Và đây.")
    assert shown(tmp_path, body) == "Còn đây\n\nVà đây."


def test_notes_by_their_relationships(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="-1">{paragraph("gạch")}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph(run("* ") + run("của ", "<w:b/>") + run("thôn"))}</w:footnote></w:footnotes>'
    )
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    body = paragraph(run("Đất") + mark + run(" và công."))
    read = Read(tmp_path, small(body, more={"f": ("footnotes", "chu-thich.xml", notes.encode())}))
    assert read.markdown == "Đất[^1] và công.\n\n[^1]: \\* **của** thôn"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.htm", "<title>x</title><div>Một <b>hai</b></div><p style='display:none'>kín</p>", "Một **hai**"),
        ("a.txt", "Một\nhai", "Một\n\nhai"),
        ("a.rtf", "{\\rtf1 a}", ""),
    ],
)  # fmt: skip
def test_chunks_of_other_documents(name: str, data: str, expected: str, tmp_path: Path) -> None:
    read = Read(
        tmp_path, small(paragraph("Đầu.") + '<w:altChunk r:id="c"/>', more={"c": ("aFChunk", name, data.encode())})
    )
    assert read.markdown == f"Đầu.\n\n{expected}".strip()
    assert bool(expected) != ("1 phần nhúng từ tệp khác" in read.said)


def test_cells_stand_where_word_has_them(tmp_path: Path) -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"

    body = (
        f"<w:tbl><w:tr>{cell('A')}{cell('B')}{cell('C')}</w:tr>"
        f"<w:tr>{cell('gộp', '<w:vMerge w:val=' + chr(34) + 'restart' + chr(34) + '/>')}{cell('1')}{cell('2')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('3')}{cell('4')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("5")}{cell("6")}</w:tr></w:tbl>'
    )
    rows = [line.split("|")[1:-1] for line in shown(tmp_path, body).split("\n") if "---" not in line]
    assert [[value.strip() for value in row] for row in rows][-1] == ["", "5", "6"]
    assert [value.strip() for value in rows[2]][1:] == ["3", "4"]


def test_styles_need_no_type_and_may_be_missing(tmp_path: Path) -> None:
    styles = '<w:style w:styleId="Muc"><w:name w:val="Mục"/><w:basedOn w:val="Heading1"/></w:style>'
    assert shown(tmp_path, styled("Muc", "Một") + styled("Heading3", "Hai"), styles=styles) == "## Một\n\n#### Hai"


@pytest.mark.parametrize(
    ("font", "typed", "expected"),
    [
        ("Times New Roman", "Caùc hoaït ñoäng cuûa thoân", "Các hoạt động của thôn"),
        ("Arial", "C¸c ho¹t ®éng cña th«n", "Các hoạt động của thôn"),
        ("VNI-Times", "C¸c ho¹t ®éng d¹y häc chñ yÕu cña th«n", "Các hoạt động dạy học chủ yếu của thôn"),
        (".VnTime", "Tr\u00ad\u00adêng tiÓu häc x· MÉu", "Trường tiểu học xã Mẫu"),
        ("Times New Roman", "Sản phẩm «Noël» của cô Zoë", "Sản phẩm «Noël» của cô Zoë"),
        ("Times New Roman", "naïve Müller señor", "naïve Müller señor"),
    ],
)
def test_the_font_may_say_the_wrong_encoding(font: str, typed: str, expected: str, tmp_path: Path) -> None:
    body = paragraph(run(typed, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'))
    assert shown(tmp_path, body) == expected


def test_a_word_or_two_in_a_wrong_font_are_named(tmp_path: Path) -> None:
    read = Read(tmp_path, small(paragraph("Bà con hoaït ñoäng sôi nổi.")))
    assert "Chữ cần đọc lại: hoaït, ñoäng." in read.said


def test_labels_that_are_no_plain_numbers_stay_before_their_items(tmp_path: Path) -> None:
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "decimal", "%1.%3.")
    body = "".join(
        numbered(words, level=at) for words, at in (("Đo", 0), ("đất", 1), ("nhà", 1), ("sân", 2), ("Họp", 0))
    )
    markdown = shown(tmp_path, body + numbered("mới", 2), numbering=numbering(levels, level(0, "decimalZero", "%1.")))
    assert markdown == "1. Đo\n\n    a) đất\n\n    b) nhà\n\n    1.1. sân\n2. Họp\n\n01\\. mới"


def test_an_empty_document_says_so(tmp_path: Path) -> None:
    assert "Tệp không có chữ nào" in Read(tmp_path, small(paragraph(""))).said
