"""Every word of a document's HTML is on the page in its order, and no other: tables, lists, emphasis, marks."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.excess import find_excess
from plugins.markdown.reading import read_body
from plugins.word.blocks import build_blocks
from plugins.word.html.reading import CLIPBOARD, read_html
from plugins.word.report import ImportReport
from tests.word.notation import blocks_of

if TYPE_CHECKING:
    from plugins.word.blocks import Block

pytestmark = pytest.mark.slow

WORDS = st.sampled_from(
    "đất công Thôn Mương 12 3,5 bà hộ KÊNH Xã a Đắk_Wil x*y [1] <b> nhà. góp: - + 2) | #".split()  # noqa: SIM905
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LABELS = ["", "", "a)", "b)", "I.", "1.1.", "Điều 2.", "(3)", "01."]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def built(html: str) -> tuple[list[Block], ImportReport]:
    report = ImportReport()
    return blocks_of(html, report), report


def markdown(html: str) -> str:
    return "\n\n".join(block.markdown for block in built(html)[0])


def page(html: str) -> str:
    return read_body(markdown(html)).html({}, lambda _: None)


def words_on_page(html: str) -> list[str]:
    return words_of(read_body(markdown(html)).words)


def words_of(text: str) -> list[str]:
    # A dash typed at the beginning of a line becomes an item's.
    return [word for word in text.replace("---", "—").replace("--", "–").split() if word not in "-+"]


def said(html: str) -> str:
    return " ".join(built(html)[1].lines())


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, str]:
    """Return HTML of a text with emphasis, breaks and links at will, and what a reader sees of it."""
    html, seen = "", ""
    for _ in range(draw(st.integers(1, 6))):
        text = draw(st.sampled_from(["", " "])) + draw(TEXTS) + draw(st.sampled_from(["", " ", "<br/>", "<br/> "]))
        shown = text.replace("<br/>", "\n")
        inner = "<br/>".join(map(escaped, text.split("<br/>")))
        for tag in draw(st.lists(st.sampled_from(["strong", "em", "s", "a"]), max_size=3, unique=True)):
            inner = f'<a href="https://x.vn/a_b">{inner}</a>' if tag == "a" else f"<{tag}>{inner}</{tag}>"
        html += inner
        seen += shown
    return html, seen


@given(marked())
def test_emphasis_breaks_and_links_neither_join_nor_part_words(text: tuple[str, str]) -> None:
    html, seen = text
    for source in (f"<p>x {html}</p>", f"<h2>x {html}</h2>", f"<ul><li>x {html}</li></ul>"):
        assert words_on_page(source) == ["x", *words_of(seen)], markdown(source)
    table = f"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>x {html}</td></tr></table>"
    assert words_on_page(table) == ["a", "b", "c", "x", *words_of(seen)], markdown(table)


@given(marked())
def test_a_note_keeps_its_words(text: tuple[str, str]) -> None:
    html, seen = text
    mark = '<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup>'
    source = f'<p>x{mark}</p><ol><li id="footnote-1"><p>y {html} <a href="#footnote-ref-1">↑</a></p></li></ol>'
    assert words_on_page(source) == ["x", "y", *words_of(seen)], markdown(source)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return a table with cells merged at will, and the text of each of its cells."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    taken: set[tuple[int, int]] = set()
    rows, texts = [], []
    heads = draw(st.integers(0, 2))
    for y in range(height):
        cells = ""
        for x in range(width):
            if (y, x) in taken:
                continue
            down, across = draw(st.integers(1, min(3, height - y))), draw(st.integers(1, min(3, width - x)))
            across = next((n for n in range(across) if (y, x + n) in taken), across)
            taken |= {(y + dy, x + dx) for dy in range(down) for dx in range(across)}
            text = draw(st.one_of(st.just(""), TEXTS.map(lambda words: f"o{len(texts)} {words}")))
            texts.append(text)
            inner = draw(st.sampled_from(["<p>{}</p>", "{}", "<p><strong>{}</strong></p>", "<ul><li>{}</li></ul>"]))
            cells += f'<td rowspan="{down}" colspan="{across}">{inner.format(escaped(text))}</td>'
        rows.append(f"<tr>{cells}</tr>")
    head = f"<thead>{''.join(rows[:heads])}</thead>" if heads else ""
    return f"<table>{head}{''.join(rows[heads:])}</table>", texts


@given(tables())
def test_each_word_of_a_table_is_on_the_page_and_no_other(table: tuple[str, list[str]]) -> None:
    html, texts = table
    source = f"<p>Trước.</p>{html}<p>Sau.</p>"
    # A merged cell may be said again in each of its rows; a dash stands between the heads over a column.
    shown = Counter(words_on_page(source))
    written = Counter(words_of(" ".join(["Trước.", *texts, "Sau."])))
    assert set(shown) - {"–"} == set(written), markdown(source)
    assert not written - shown
    for text in filter(None, texts):
        assert " ".join(words_of(text)) in " ".join(words_on_page(source)), markdown(source)


@st.composite
def lists(draw: st.DrawFn, depth: int = 0) -> tuple[str, list[str]]:
    """Return a list with labels and lists within it, and the lines that Word shows of it."""
    tag, start = draw(st.sampled_from(["ul", "ol"])), draw(st.integers(1, 12))
    items, lines = "", []
    for number in range(draw(st.integers(1, 3))):
        label, text = draw(st.sampled_from(LABELS)), draw(TEXTS)
        shown = label or (f"{start + number}." if tag == "ol" else "•")
        inner, below = draw(lists(depth + 1)) if depth < 3 and draw(st.booleans()) else ("", [])
        attribute = f' data-label="{label}"' if label else ""
        body = f"<p>x {escaped(text)}</p>" if draw(st.booleans()) else f"x {escaped(text)}"
        items += f"<li{attribute}>{body}{inner}</li>"
        lines += [f"{shown} x {text}", *below]
    at = f' start="{start}"' if tag == "ol" else ""
    return f"<{tag}{at}>{items}</{tag}>", lines


def lines_on_page(html: str) -> list[str]:
    """Return the lines of a page as a browser shows them, the signs of its lists before the items."""
    lines: list[str] = []

    def walk(element: Tag, sign: str = "") -> None:
        number = int(str(element.get("start", "1")))
        for child in element.children:
            if isinstance(child, NavigableString):
                if text := " ".join(child.split()):
                    if lines and lines[-1].endswith("\0"):
                        lines[-1] = f"{lines[-1][:-1]} {text}"
                    else:
                        lines.append(text)
            elif isinstance(child, Tag) and child.name == "li":
                lines.append((f"{number}." if element.name == "ol" else "•") + "\0")
                number += 1
                walk(child)
            elif isinstance(child, Tag):
                walk(child)

    walk(BeautifulSoup(page(html), "html.parser"))
    return lines


@given(st.lists(lists(), min_size=1, max_size=3))
def test_lists_show_the_labels_that_word_shows(several: list[tuple[str, list[str]]]) -> None:
    html = "".join(one for one, _ in several)
    expected = [line for _, lines in several for line in lines]
    assert lines_on_page(html) == [" ".join(line.split()) for line in expected], markdown(html)


def row(*cells: str) -> str:
    return "<tr>" + "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells) + "</tr>"


def table(*rows: str) -> str:
    return f"<table>{''.join(rows)}</table>"


PHOTO = '<p><img src="{}.jpg" /></p>'


@pytest.mark.parametrize(
    ("html", "written"),
    [
        pytest.param(
            table(row('<td colspan="2">Bảng 1. Góp công</td>'), row("Thôn", "Công"), row("Một", "12")),
            "Bảng 1. Góp công\n\n| Thôn | Công |\n|---|---|\n| Một | 12 |",
            id="a row over all columns is the title",
        ),
        pytest.param(
            table(
                row('<td rowspan="2">Thôn</td>', '<td colspan="2">Số hộ góp</td>'),
                row("2019", "2020"),
                row("A", "1", "1"),
            ),
            "| Thôn | Số hộ góp – 2019 | Số hộ góp – 2020 |\n|---|---|---|\n| A | 1 | 1 |",
            id="two rows of heads",
        ),
        pytest.param(
            table(row("Thôn", '<td colspan="2">Số hộ</td>'), row("Một", "12", "12"), row("Hai", "8", "8")),
            "| Thôn | Số hộ | Số hộ |\n|---|---|---|\n| Một | 12 | 12 |\n| Hai | 8 | 8 |",
            id="a merged head parts no data, and equal values stay",
        ),
        pytest.param(
            table(row("TT", "Việc", "Số"), row("I", '<td colspan="2">Về đường</td>'), row("1", "Nạo kênh", "12")),
            "| TT | Việc | Số |\n|---|---|---|\n| I | Về đường |  |\n| 1 | Nạo kênh | 12 |",
            id="a merged row in the body is no head",
        ),
        pytest.param(
            table(row("Thôn", "Hộ", "Tiền"), row("<td rowspan='2'>Ba</td>", "A", "<td rowspan='2'>500</td>"), row("B")),
            "| Thôn | Hộ | Tiền |\n|---|---|---|\n| Ba | A | 500 |\n| Ba | B |  |",
            id="a merged name is said in each row, a sum once",
        ),
        pytest.param(
            table(row("Hộ", "Ảnh"), row("Hộ ông Mẫu", PHOTO.format("a")), row("Hộ bà Thử", PHOTO.format("b"))),
            "| Hộ | Ảnh |\n|---|---|\n| Hộ ông Mẫu | ![](a.jpg) |\n| Hộ bà Thử | ![](b.jpg) |",
            id="photos in data",
        ),
        pytest.param(
            table(row(PHOTO.format("a"), PHOTO.format("b")), row("Kênh cũ", "Kênh mới"), row(PHOTO.format("c"), "")),
            '![](a.jpg "Kênh cũ")\n\n![](b.jpg "Kênh mới")\n\n![](c.jpg)',
            id="photos with captions",
        ),
        pytest.param(
            table(row("Nội dung", "Nơi nhận"), row("Đơn", "Nơi nhận: nhà văn hóa"), row("Sổ", "Ủy ban xã")),
            "| Nội dung | Nơi nhận |\n|---|---|\n| Đơn | Nơi nhận: nhà văn hóa |\n| Sổ | Ủy ban xã |",
            id="words of a letter in data",
        ),
        pytest.param(
            table(row("THÔN", "SỐ HỘ"), row("Thôn Ba", "Mười Hai")),
            "| THÔN | SỐ HỘ |\n|---|---|\n| Thôn Ba | Mười Hai |",
            id="capitals over names are no signatures",
        ),
        pytest.param(
            table(row("<p>THƯ KÝ</p><p>Trần Văn B</p>", "<p>CHỦ TỌA</p><p>(Ký tên)</p><p>Y Thịnh Niê</p>")),
            "THƯ KÝ\n\nTrần Văn B\n\nCHỦ TỌA\n\n(Ký tên)\n\nY Thịnh Niê",
            id="signatures",
        ),
        pytest.param(table(row("<p>Một câu.</p><p>Hai câu.</p>")), "Một câu.\n\nHai câu.", id="a frame"),
        pytest.param(table(row("Hộ nghèo"), row("A"), row("B")), "| Hộ nghèo |\n|---|\n| A |\n| B |", id="one column"),
        pytest.param(table(row("Thôn Ba", "12 hộ")), "| Thôn Ba | 12 hộ |\n|---|---|", id="one row"),
        pytest.param(
            table(row("Việc", "Chi tiết"), row("Kênh", "<ol start='3'><li>đào</li><li>xây</li></ol><p>Xong</p>")),
            "| Việc | Chi tiết |\n|---|---|\n| Kênh | 3. đào<br>4. xây<br>Xong |",
            id="a list in a cell",
        ),
        pytest.param(
            table(
                row("Thôn", "Chi tiết"), row("Một", table(row("Kênh", "3 km"), row("Đường", "2 km"))), row("Hai", "")
            ),
            "| Thôn | Chi tiết |\n|---|---|\n| Một | Kênh – 3 km<br>Đường – 2 km |\n| Hai |  |",
            id="a table in a cell",
        ),
        pytest.param(
            table(row("Thôn", "Ghi chú"), row("Một", "<h2>Tốt</h2>")),
            "| Thôn | Ghi chú |\n|---|---|\n| Một | Tốt |",
            id="a heading in a cell",
        ),
        pytest.param(
            table(row("A", "", "B"), row("1", "", "2"), row("", "", "")),
            "| A | B |\n|---|---|\n| 1 | 2 |",
            id="empty rows and columns",
        ),
        pytest.param(table(row("", ""), row("", "")), "", id="an empty table"),
        pytest.param(
            table(row("STT", "Tên"), *(row(str(n), f"<strong>Hộ {n}</strong>") for n in (1, 2, 3))),
            "| STT | Tên |\n|---|---|\n| 1 | Hộ 1 |\n| 2 | Hộ 2 |\n| 3 | Hộ 3 |",
            id="a column in bold",
        ),
    ],
)
def test_tables(html: str, written: str) -> None:
    assert markdown(f"<p>Chữ.</p>{html}") == "\n\n".join(filter(None, ["Chữ.", written]))


HEAD = table(
    row("<p>MẶT TRẬN TỔ QUỐC VIỆT NAM</p><p>XÃ MẪU</p>", "<p>{}</p><p>Độc lập - Tự do - Hạnh phúc</p>"),
    row("Số: 12/BC-MT", "Mẫu, ngày 5 tháng 8 năm 2020"),
)


@pytest.mark.parametrize("right", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM", "HUYỆN MẪU"])
def test_a_letterhead_is_no_table(right: str) -> None:
    blocks, _ = built(HEAD.format(right) + "<p>Chữ.</p>")
    assert [block.arranged for block in blocks] == [True] * 6 + [False]
    assert blocks[2].text == right


def test_a_motto_in_data_is_data() -> None:
    motto = table(row("Phần", "Chữ"), row("Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert [block.kind for block in built(motto)[0]] == ["table"]


def test_lost_shapes_of_a_table_are_reported() -> None:
    inner = table(row("a", "b"), row("c", "d"))
    html = table(row("A", "B"), row('<td colspan="2">x</td>'), row(inner, "<ul><li>y</li></ul>"))
    for what in ("bảng có ô gộp", "bảng lồng trong ô", "danh sách trong ô bảng"):
        assert f"1 {what}" in said(html)


@pytest.mark.parametrize(
    "html",
    [
        table(row("TT", "Tên"), *(row(f"<b>{n}</b>", "<b>Hộ</b> mẫu <i>hai</i> và <b>ba</b>") for n in range(400))),
        table(row("Câu", "Trả lời"), *(row(f"Câu {n}", "_" * 40) for n in range(15))),
        f"<p>{'_' * 520}</p><p>Ý kiến của dân: {'.' * 900}</p>",
        f"<p>{'<b>đậm</b> và <i>nghiêng</i> ' * 300}</p>",
        "<p><b>đậm</b> và <i>nghiêng</i> và <b>đậm</b></p>" * 900,
        f"<p>Ký tên: {'_ ' * 600}</p><ul>{'<li>....................</li>' * 200}</ul>",
    ],
)
def test_signs_that_the_intake_writes_never_refuse_a_document(html: str) -> None:
    assert find_excess(markdown(html), "", 1) is None


def test_lists_deeper_than_markdown_may_have_end_in_its_last_level() -> None:
    report = ImportReport()
    blocks = build_blocks(read_html("<ul><li>x" * 60, CLIPBOARD, report), report)
    text = "\n\n".join(block.markdown for block in blocks)
    assert text.count("- x") == 60
    assert find_excess(text, "", 1) is None


def test_lines_to_fill_in_are_short_and_counted() -> None:
    html = (
        f"<p>Họ tên: {'.' * 90}</p><p>{'…' * 40}</p><p>{'. ' * 40}</p><p>=====o0o=====</p><p>{'_' * 9}</p><p>Hết...</p>"
    )
    assert markdown(html) == "Họ tên: …………\n\n…………\n\nHết..."
    assert "3 chỗ để trống" in said(html)
    assert "2 đường kẻ trang trí" in said(html)


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ('<h1 class="title">Gương sáng<br />ông Mẫu <img src="a.jpg" /></h1>', "# Gương sáng ông Mẫu\n\n![](a.jpg)"),
        ('<h2><img src="a.jpg" /></h2><h2> </h2><h3></h3><p>x</p>', "![](a.jpg)\n\nx"),
        (
            '<h2>Một <strong>hai</strong><img src="a.jpg" />ba</h2>',
            "## Một hai ba\n\n![](a.jpg)".replace("hai ba", "haiba"),
        ),
        ('<p><img src="a.jpg" /></p><p class="caption">Kênh<br />Bí thư</p>', '![](a.jpg "Kênh Bí thư")'),
        ("<p><strong>Công tác<br />Trong năm</strong> qua</p>", "**Công tác**  \n**Trong năm** qua"),
        ("<p><strong>Công tác </strong>trong<em> năm</em></p>", "**Công tác** trong *năm*"),
        ('<p><a href="https://x.vn">[tại đây]</a></p>', "[\\[tại đây\\]](https://x.vn)"),
        ('<p>xem!<a href="https://x.vn">tin</a></p>', "xem\\![tin](https://x.vn)"),
        ('<p><strong>xem <a href="https://x.vn">tin</a></strong></p>', "**xem [tin](https://x.vn)**"),
        ('<p><a href="www.x.vn">tin</a></p>', "[tin](http://www.x.vn)"),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n\n<!-- -->\n\n1. b"),
        ('<ol><li>a</li></ol><ol start="2"><li>b</li></ol>', "1. a\n\n2. b"),
        ('<ul><li data-label="a)"><p>x</p><ul><li>y</li></ul></li></ul>', "a) x\n\n- y"),
        ('<ol start="2"><li>x</li><li data-label="2a.">y</li><li>z</li></ol>', "2. x\n\n2a. y\n\n4. z"),
        ('<ul><li data-label="01.">x</li></ul>', "01\\. x"),
        ('<ul><li data-label="I."><strong>Tình hình</strong></li></ul><p>Tốt.</p>', "## I. Tình hình\n\nTốt."),
        ('<ul><li>x <img src="a.jpg" /></li></ul>', "- x\n\n    ![](a.jpg)"),
    ],
)
def test_breaks_pictures_links_and_labels(html: str, written: str) -> None:
    assert markdown(html) == written


@pytest.mark.parametrize(
    ("html", "lost"),
    [
        ('<p><a href="zalo:chat">x</a></p>', "1 liên kết không mở được trên trang (giữ chữ)"),
        ('<p><a href="D:\\bao cao.docx">x</a></p>', "1 liên kết tới tệp trên máy người viết (giữ chữ)"),
        ('<p><a href="file:///C:/x.doc">x</a></p>', "1 liên kết tới tệp trên máy người viết (giữ chữ)"),
        ('<p><a href="bai.docx">x</a></p>', "1 liên kết tới tệp trên máy người viết (giữ chữ)"),
    ],
)
def test_links_that_do_not_come_along_are_named(html: str, lost: str) -> None:
    assert built(html)[1].lines()[-1] == f"Không chuyển được: {lost}."


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "a<br />" * 20_000 + "</p>",
        "<ol>" + "<li>abc</li>" * 10_000 + "</ol>",
        "<p>- abc</p>" * 4_000,
        table(*['<tr><td rowspan="3000" colspan="150">x</td></tr>'] * 3_000),
        "<ul><li>" * 50 + "x",
        "<table><tr><td>" * 50 + "x",
        "<p>" + "_ _ _ x" * 20_000 + "</p><p>" + "#o" * 20_000 + "</p><p>" + "_" * 50_000 + "</p>",
    ],
)
def test_time_grows_no_faster_than_a_document(html: str) -> None:
    start = time.process_time()
    markdown(html)
    assert time.process_time() - start < 5
