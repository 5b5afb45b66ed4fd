"""Each kind of thing that an .odt may hold, as LibreOffice shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.word.nodes import Cell, Inline, ListBlock, Paragraph, Table
from plugins.word.odt.document import read_odt
from plugins.word.package import unpack
from plugins.word.report import ImportReport
from tests.word.small_documents import Read, png, quarters
from tests.word.small_odt import cell, h, items, levels, p, row, small_odt, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from plugins.word.nodes import Node

HIDDEN = "chỗ chữ ẩn"


def read(folder: Path, body: str, styles: str = "", named: str = "", **parts: bytes) -> Read:
    """Read a document; in the names of parts "__" stands for "/" and "_" for "."."""
    files = {name.replace("__", "/").replace("_", "."): data for name, data in parts.items()}
    return Read(folder, small_odt(body, styles=styles, named=named, parts=files), "bai.odt")


@pytest.mark.parametrize(
    ("hidden", "count"),
    [
        (span("kín", "H"), 1),
        (span(f"kín {span('mật', 'B')}", "H"), 1),
        ('<text:hidden-text text:string-value="kín" text:is-hidden="true">kín</text:hidden-text>', 1),
        ('<text:variable-set text:name="a" text:display="none">kín</text:variable-set>', 1),
        (span('kín<text:note><text:note-body><text:p>kín</text:p></text:note-body></text:note>', "H"), 1),
        (span('<draw:frame><draw:text-box><text:p>kín</text:p></draw:text-box></draw:frame>', "H"), 1),
    ],
)  # fmt: skip
def test_hidden_text_is_left_out_and_counted(hidden: str, count: int, tmp_path: Path) -> None:
    found = read(tmp_path, p(f"Một {hidden}hai"))
    assert found.markdown == "Một hai"
    assert found.report.lost[HIDDEN] == count


def test_hidden_paragraphs_sections_tables_rows_and_columns(tmp_path: Path) -> None:
    body = (
        p("kín", "PH")
        + p(f"kín {span('hở', 'V')}", "PH")
        + p('kín<text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>')
        + f'<text:section text:display="none">{p("kín")}</text:section>'
        + f'<text:section text:display="condition" text:is-hidden="true">{p("kín")}</text:section>'
        + f'<text:section text:display="condition">{p("còn")}</text:section>'
        + f'<table:table table:style-name="TH">{row("kín", "kín")}</table:table>'
        + '<table:table><table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
        + row("A", "kín", "B")
        + row("kín", "kín", "kín", more='table:visibility="collapse"')
        + row("1", "kín", "2")
        + "</table:table>"
    )
    found = read(tmp_path, body)
    assert "kín" not in found.markdown
    assert found.markdown == "hở\n\ncòn\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    assert found.report.lost[HIDDEN] >= 7


def test_tracked_deletions_are_gone_and_counted(tmp_path: Path) -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/><text:p>bỏ</text:p>"
        "</text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region>"
        "</text:tracked-changes>"
    )
    note = "<office:annotation><text:p>Sửa lại!</text:p></office:annotation>"
    found = read(tmp_path, changes + p(f'Góp <text:change text:change-id="a"/>{note}đất'))
    assert found.markdown == "Góp đất"
    assert "1 chỗ chèn đã nhận" in found.said
    assert "1 chỗ xóa đã bỏ" in found.said
    assert found.report.lost["lời bình bên lề"] == 1


def graphic(more: str) -> str:
    return f'<style:style style:name="G" style:family="graphic"><style:graphic-properties {more}/></style:style>'


def frame(more: str = "", inside: str = '<draw:image xlink:href="Pictures/a.png"/>') -> str:
    return f'<draw:frame draw:style-name="G" {more}>{inside}</draw:frame>'


@pytest.mark.parametrize(
    ("style", "more", "size", "corners"),
    [
        ("", "", (60, 40), ["đỏ", "lục", "lam", "trắng"]),
        ('fo:clip="rect(0cm, 0cm, 0cm, 0.79375cm)"', "", (30, 40), ["lục", "lục", "trắng", "trắng"]),
        ('fo:clip="rect(0.208in, 0.3125in, 0in, 0in)"', "", (30, 20), ["lam"] * 4),
        ('style:mirror="horizontal"', "", (60, 40), ["lục", "đỏ", "trắng", "lam"]),
        ('style:mirror="vertical"', "", (60, 40), ["lam", "trắng", "đỏ", "lục"]),
        ("", 'draw:transform="rotate (-1.5707963) translate (1in 0in)"', (40, 60), ["lam", "đỏ", "trắng", "lục"]),
        ("", 'draw:transform="rotate (1.5707963)"', (40, 60), ["lục", "trắng", "đỏ", "lam"]),
        ("", 'draw:transform="rotate (0.05) translate (0in 0in)"', (60, 40), ["đỏ", "lục", "lam", "trắng"]),
    ],
)
def test_a_picture_is_cut_and_turned_as_it_is_shown(
    style: str, more: str, size: tuple[int, int], corners: list[str], tmp_path: Path
) -> None:
    found = read(tmp_path, p(frame(more)), graphic(style), Pictures__a_png=png(quarters()))
    assert [picture.size for picture in found.pictures] == [size]
    assert found.colours() == corners


def test_a_picture_that_is_cut_away_or_hidden_is_counted(tmp_path: Path) -> None:
    cut = graphic('fo:clip="rect(0in, 5in, 0in, 5in)"')
    found = read(tmp_path, p(f"x{frame()}"), cut, Pictures__a_png=png(quarters()))
    assert not found.pictures
    assert "ảnh bị cắt hết" in found.said
    found = read(
        tmp_path, p(f"x{frame('draw:display=' + chr(34) + 'none' + chr(34))}"), Pictures__a_png=png(quarters())
    )
    assert not found.pictures
    assert "1 hình ẩn" in found.said


def test_pictures_stand_once_each_where_they_are(tmp_path: Path) -> None:
    fill = '<draw:fill-image draw:name="F" xlink:href="Pictures/a.png"/>'
    body = (
        p(f"Tên{frame()}", "Title")
        + h(f"Mục{frame()}")
        + frame()
        + p('<draw:custom-shape draw:style-name="S"><text:p/></draw:custom-shape>')
        + p(frame(inside='<draw:image xlink:href="a.svg"/><draw:image xlink:href="Pictures/a.png"/>'))
        + p(f'<draw:a xlink:href="https://a.vn">{frame()}</draw:a>')
        + p(frame(inside='<draw:image xlink:href="https://a.vn/b.png"/>'))
    )
    shape = '<style:style style:name="S" style:family="graphic"><style:graphic-properties draw:fill="bitmap" '
    styles = f'{shape} draw:fill-image-name="F"/></style:style>'
    found = read(tmp_path, body, styles, f"<office:styles>{fill}</office:styles>", Pictures__a_png=png(quarters()))
    assert len(found.pictures) == 6
    assert found.markdown.startswith("# Tên\n\n![](anh-1.jpg)\n\n## Mục\n\n![](anh-2.jpg)\n\n![](anh-3.jpg)")
    assert "ảnh chỉ được dẫn từ ngoài tệp" in found.said


def test_text_in_shapes_and_groups_stands_once_after_its_paragraph(tmp_path: Path) -> None:
    def shape(kind: str, words: str) -> str:
        return f"<draw:{kind}>{p(words)}</draw:{kind}>"

    inner = f"<draw:frame><draw:text-box>{p('trong')}</draw:text-box></draw:frame>"
    outer = f"<draw:frame><draw:text-box>{p('ngoài' + inner)}</draw:text-box></draw:frame>"
    group = f"<draw:g>{shape('custom-shape', 'một')}<draw:g>{shape('ellipse', 'hai')}</draw:g></draw:g>"
    found = read(tmp_path, p(f"Trước {group} sau") + p(outer) + p("<draw:line/>x"))
    assert found.markdown == "Trước sau\n\nmột\n\nhai\n\nngoài\n\ntrong\n\nx"
    assert "khung chữ" in found.said
    assert "1 hình vẽ" in found.said


CHOICE = '<text:drop-down><text:label text:value="A"/><text:label {} text:value="B"/>{}</text:drop-down>'
RUBY = "<text:ruby><text:ruby-base>Việt</text:ruby-base><text:ruby-text>hán</text:ruby-text></text:ruby>"
TICK, EMPTY = 'loext:checkbox="true"', 'loext:showing-place-holder="true"'
NOTE = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"


def old_field(kind: str, **said: str) -> str:
    parameters = "".join(
        f'<field:param field:name="{name.rstrip("2")}" field:value="{value}"/>' for name, value in said.items()
    )
    return f'<field:fieldmark field:type="vnd.oasis.opendocument.field.{kind}">{parameters}</field:fieldmark>'


def control(inside: str, more: str) -> str:
    return f"<loext:content-control {more}>{inside}</loext:content-control>"


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("một<text:line-break/>hai", "một hai"),
        (f"{span('Một<text:line-break/>', 'B')}Hai", "**Một**  \nHai"),
        (f"một{span('<text:s/>', 'B')}hai{span(' ', 'I')}ba", "một hai ba"),
        ('một<text:s text:c="5"/>hai<text:tab/>ba<text:soft-page-break/> bốn', "một hai ba bốn"),
        (span(f"đậm {span('thường', 'N')} đậm", "B"), "**đậm** thường **đậm**"),
        (f"10{span('3', 'Up')} m", "10³ m"),
        (RUBY, "Việt (hán)"),
        (CHOICE.format("", "B"), "B"),
        (CHOICE.format('text:current-selected="true"', ""), "B"),
        (f"{control('☒', TICK)} Có", "☒ Có"),
        (f"x {control('Bấm vào đây', EMPTY)}", "x"),
        (f"{old_field('FORMCHECKBOX', Checkbox_Checked='true')} Có", "☒ Có"),
        (f"{old_field('FORMCHECKBOX')} Có", "☐ Có"),
        (
            old_field("FORMDROPDOWN", Dropdown_ListEntry="A", Dropdown_ListEntry2="B", Dropdown_Selected="1"),
            "B",
        ),
        (
            'Hình <text:sequence>4</text:sequence> ở <text:a xlink:href="https://a.vn/x">đây</text:a>',
            "Hình 4 ở [đây](https://a.vn/x)",
        ),
        (f"Đất{NOTE.format(p('Một ' + span('sào', 'B')))}.", "Đất[^1].\n\n[^1]: Một **sào**"),
    ],
)
def test_characters_of_a_line(inside: str, words: str, tmp_path: Path) -> None:
    assert read(tmp_path, p(inside)).markdown == words


def test_fields_of_forms(tmp_path: Path) -> None:
    forms = (
        '<office:forms><form:form><form:checkbox form:id="a" form:label="Đất" form:current-state="checked"/>'
        '<form:checkbox form:id="b" form:label="Công"/><form:listbox form:id="c"><form:option form:label="A"/>'
        '<form:option form:label="B" form:current-selected="true"/></form:listbox>'
        '<form:text form:id="d" form:current-value="Bà Sấn"/></form:form></office:forms>'
    )
    body = p(" ".join(f'<draw:control draw:control="{name}"/>' for name in "abcd"))
    assert read(tmp_path, forms + body).markdown == "☒ Đất ☐ Công B Bà Sấn"


@pytest.mark.parametrize("wrapped", [True, False])
def test_headings_keep_their_numbers(wrapped: bool, tmp_path: Path) -> None:
    numbers = levels(("I", 'style:num-suffix="."'), ("1", 'style:num-suffix="."'))
    outline = numbers.replace("list-level-style-number", "outline-level-style").replace("list-style", "outline-style")
    again = 'text:continue-numbering="true"'

    def heading(words: str, level: int, more: str = "") -> str:
        if not wrapped:
            return h(words, level)
        return items(h(words, 1), more=more) if level == 1 else items(items(h(words, 2), style=""), more=more)

    body = (
        heading("Đặc điểm", 1) + p("Chữ.") + heading("Thuận lợi", 2, again) + p("Chữ.") + heading("Khó khăn", 2, again)
        + heading("Kết quả", 1, again) + heading("Việc", 2, again)
    )  # fmt: skip
    found = read(tmp_path, body, numbers if wrapped else "", "" if wrapped else outline)
    assert [line for line in found.markdown.splitlines() if line.startswith("#")] == [
        "## I. Đặc điểm",
        "### 1. Thuận lợi",
        "### 2. Khó khăn",
        "## II. Kết quả",
        "### 1. Việc",
    ]


def test_a_heading_out_of_the_outline_has_no_number(tmp_path: Path) -> None:
    outline = '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/></text:outline-style>'
    plain, header = 'text:style-name="Plain"', 'text:is-list-header="true"'
    found = read(tmp_path, h("Một") + h("Hai", 1, plain) + h("Ba", 1, header) + h("Bốn"), "", outline)
    assert found.markdown == "## 1 Một\n\n## Hai\n\n## Ba\n\n## 2 Bốn"


def labels(body: str, styles: str) -> list[str]:
    """Return the lists and items of a document as HTML tags, with the labels of items."""
    return [*_signs(read_odt(unpack(small_odt(body, styles=styles)), lambda _: "", ImportReport()).nodes)]


def _signs(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ListBlock):
            if node.is_numbered:
                yield f'<ol start="{node.start}">' if node.start > 1 else "<ol>"
            for item in node.items:
                yield f'<li data-label="{item.label}">' if item.label else "<li>"
                yield from _signs(item.blocks)


@pytest.mark.parametrize(
    ("kind", "more", "found"),
    [
        ("1", 'style:num-suffix="."', ["<ol>", "<li>", "<li>"]),
        ("1", 'style:num-suffix=")" text:start-value="4"', ['<ol start="4">', "<li>", "<li>"]),
        ("a", 'style:num-suffix=")"', ['<li data-label="a)">', '<li data-label="b)">']),
        ("A", 'style:num-suffix="."', ['<li data-label="A.">', '<li data-label="B.">']),
        ("i", 'style:num-prefix="(" style:num-suffix=")"', ['<li data-label="(i)">', '<li data-label="(ii)">']),
        ("I", 'style:num-suffix="." text:start-value="3"', ['<li data-label="III.">', '<li data-label="IV.">']),
        ("1", 'style:num-prefix="Điều " style:num-suffix="."',
         ['<li data-label="Điều 1.">', '<li data-label="Điều 2.">']),
        ("1", 'loext:num-list-format="Điều %1%:" style:num-suffix="."',
         ['<li data-label="Điều 1:">', '<li data-label="Điều 2:">']),
        ("", "", []),
    ],
)  # fmt: skip
def test_formats_of_numbers(kind: str, more: str, found: list[str]) -> None:
    assert labels(items("một", "hai"), levels((kind, more))) == found


def test_numbers_of_several_levels_and_lists_that_go_on() -> None:
    two = levels(("1", 'style:num-suffix="."'), ("1", 'text:display-levels="2" style:num-suffix="."'))
    body = (
        items("một", p("hai") + items("hai một", "hai hai", style=""), more='xml:id="a"')
        + p("Chữ.")
        + items("ba", more='text:continue-list="a" xml:id="b"')
        + p("Chữ.")
        + items("mới")
        + p("Chữ.")
        + items("bốn", p("năm"), more='text:continue-list="b"')
    )
    assert labels(body, two) == [
        "<ol>", "<li>", "<li>", '<li data-label="2.1.">', '<li data-label="2.2.">',
        '<ol start="3">', "<li>", "<ol>", "<li>", '<ol start="4">', "<li>", "<li>",
    ]  # fmt: skip


def test_an_item_may_start_anywhere_hold_more_or_stand_without_a_number(tmp_path: Path) -> None:
    body = (
        '<text:list text:style-name="L"><text:list-header><text:p>Đầu</text:p></text:list-header>'
        '<text:list-item text:start-value="7"><text:p>bảy</text:p><text:p>thêm</text:p></text:list-item>'
        "<text:soft-page-break/><text:list-item><text:p>tám</text:p></text:list-item>"
        '<text:list-item><text:p text:style-name="Plain">không số</text:p></text:list-item></text:list>'
    )
    found = read(tmp_path, body, levels(("1", 'style:num-suffix="."')))
    assert found.markdown == "Đầu\n\n7. bảy\n\n    thêm\n8. tám\n\nkhông số"


def test_the_numbers_of_a_column_are_text(tmp_path: Path) -> None:
    numbered = items("", more='text:continue-numbering="true"')
    rows = row("TT", "Hộ") + "".join(row(cell(numbered), name) for name in ("Sấn", "Thạo"))
    found = read(tmp_path, f"<table:table>{rows}</table:table>", levels(("1", "")))
    assert found.markdown == "| TT | Hộ |\n|---|---|\n| 1 | Sấn |\n| 2 | Thạo |"


def test_tables_of_contents_are_counted(tmp_path: Path) -> None:
    index = (
        f"<text:table-of-content><text:index-body><text:index-title>{p('Mục lục')}</text:index-title>"
        f"{p('I. Tình hình 1')}</text:index-body></text:table-of-content>"
    )
    found = read(tmp_path, index + p("Chữ."))
    assert found.markdown == "Chữ."
    assert "1 mục lục" in found.said
    typed = p("Mục lục") + p("I. Tình hình 1", "Contents_20_1") + p("II. Kết quả 2", "Contents_20_1")
    found = read(tmp_path, typed + p("Chữ."))
    assert found.markdown == "Chữ."
    assert "1 mục lục" in found.said


def test_cells_stand_where_they_are() -> None:
    covered = "<table:covered-table-cell/>"
    body = (
        "<table:table><table:table-column table:number-columns-repeated='3'/><table:table-header-rows>"
        + row("Thôn", cell("Số hộ", 'table:number-columns-spanned="2"'), covered)
        + "</table:table-header-rows><text:soft-page-break/>"
        + row(cell("Ba", 'table:number-rows-spanned="2"'), "12", "46")
        + row(covered, "5", cell(f"<table:table>{row('a', 'b')}{row('c', 'd')}</table:table>"))
        + row("", "", "", more='table:number-rows-repeated="2"')
        + "</table:table>"
    )
    parsed = read_odt(unpack(small_odt(body)), lambda _: "", ImportReport())

    def one(text: str, down: int = 1, across: int = 1) -> Cell:
        return Cell((Paragraph((Inline("text", text),)),), down, across)

    inner = Table(((one("a"), one("b")), (one("c"), one("d"))))
    empty = (Cell(()),) * 3
    rows = ((one("Ba", down=2), one("12"), one("46")), (one("5"), Cell((inner,))), empty, empty)
    assert parsed.nodes == [Table(((one("Thôn"), one("Số hộ", across=2)), *rows), heads=1)]


def test_formulas_keep_their_numbers(tmp_path: Path) -> None:
    formula = (
        b'<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>+</mo>'
        b"<msup><mn>10</mn><mn>3</mn></msup><msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt></mrow>"
        b"<annotation>1 over 2</annotation></semantics></math>"
    )
    thing = '<draw:frame><draw:object xlink:href="./F"/><draw:image xlink:href="./R"/></draw:frame>'
    found = read(tmp_path, p(f"S = {thing} m"), F__content_xml=formula, R=png(quarters()))
    assert found.markdown == "S = 1/2+10³√(a+b) m"
    assert "1 công thức" in found.said
    chart = b'<x xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:body><o:chart/></o:body></x>'
    assert "1 biểu đồ" in read(tmp_path, p(f"x{thing}"), F__content_xml=chart).said


def test_headers_macros_and_symbols_are_counted_or_shown(tmp_path: Path) -> None:
    page = f"<style:master-page><style:header>{p('Mặt trận xã')}</style:header></style:master-page>"
    styles = (
        '<style:style style:name="W" style:family="text"><style:text-properties style:font-name="{}"/></style:style>'
    )
    named = f"<office:master-styles>{page}</office:master-styles>"
    symbol = p(f"{span(chr(0xF0FC), 'W')} đạt")
    found = read(tmp_path, symbol, styles.format("Wingdings"), named, Basic__Standard__M_xml=b"x")
    assert found.markdown == "✓ đạt"
    assert "1 đầu trang" in found.said
    assert "macro" in found.said


def test_the_look_of_a_named_style_is_not_that_of_its_words(tmp_path: Path) -> None:
    named = (
        '<office:styles><style:style style:name="Loud" style:family="paragraph"><style:text-properties '
        'fo:font-weight="bold"/></style:style></office:styles>'
    )
    found = read(tmp_path, p("thường", "Loud") + p("Đậm", "PB") + p("x."), named=named)
    assert found.markdown == "thường\n\n## Đậm\n\nx."
