"""Text of a document is the same text on the page, whatever its characters mean in Markdown."""

from __future__ import annotations

import html
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.markdown.reading import read_body
from plugins.vietnamese import nfc
from plugins.word.report import ImportReport
from tests.word.notation import blocks_of

MARKS = r"""
a Đắk 1 2020. 3) - + * _ # ## > <b> </p> &amp; & [x] (y) ](z) [^1] ![a](b) ` ``` ~~~ | || \ \* { {#y} } : = === --- ***
___ ! http://x.vn <http://x.vn> a_b_c **đậm** *[HTX]: <!-- |-|
"""
PIECES = st.sampled_from(MARKS.split())
SPACED = st.lists(PIECES, min_size=1, max_size=6).map(" ".join)
JOINED = st.lists(PIECES, min_size=1, max_size=4).map("".join)
# Lines to be filled in are made shorter, and what only draws a line is left out.
DRAWN = re.compile(r".*?(?:_ ?){5}.*|[-=*_~+# ]{5,}")
LINES = (SPACED | JOINED).filter(lambda line: not DRAWN.fullmatch(line))


def markdown(source: str) -> str:
    return "\n\n".join(block.markdown for block in blocks_of(source, ImportReport()))


def shown(source: str) -> str:
    """Return the text that a reader sees of a document's HTML, once it is Markdown and that is rendered."""
    return words(BeautifulSoup(read_body(markdown(source)).html({}, lambda _: None), "html.parser").get_text(" "))


def words(text: str) -> str:
    # The page sets quotes and dashes as Vietnamese does; spaces and a typed list's marks are not compared.
    for typed, set_as in (("---", "—"), ("--", "–"), ("...", "…")):
        text = text.replace(typed, set_as)
    return re.sub(r"\s+", "", text)


@given(LINES)
@example("*[HTX]: hợp tác xã")
@example("\\")
@example(": b")
@example("a\\|b")
def test_a_paragraph_keeps_its_words(line: str) -> None:
    source = f"<p>{html.escape(line, quote=False)}</p>"
    typed = re.sub(r"^[-+*]\s+(?=\S)", "", nfc(line))
    assert shown(source) == words(typed)


@given(st.lists(LINES, min_size=2, max_size=4))
def test_paragraphs_do_not_run_into_each_other(lines: list[str]) -> None:
    source = "".join(f"<p>x {html.escape(line, quote=False)}</p>" for line in lines)
    assert shown(source) == words("".join(f"x {line}" for line in lines))
    assert read_body(markdown(source)).html({}, lambda _: None).count("<p>") == len(lines)


@given(LINES, LINES)
def test_tables_headings_and_lists_keep_their_words(one: str, two: str) -> None:
    one, two = f"x {one}", f"y {two}"
    first, second = html.escape(one, quote=False), html.escape(two, quote=False)
    for source in (
        f"<table><tr><td>{first}</td><td>b</td></tr><tr><td>{second}</td><td>d</td></tr></table>",
        f"<h2>{first}</h2><h3>{second}</h3>",
        f"<ul><li>{first}</li><li>{second}</li></ul>",
        f"<p><strong>{first}</strong> và <em>{second}</em> z</p>",
    ):
        plain = BeautifulSoup(source, "html.parser").get_text(" ")
        assert shown(source) == words(plain), markdown(source)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<p>10 m<sup>2</sup>, CO<sub>2</sub>, x<sup>n</sup></p>", "10 m², CO₂, x<sup>n</sup>"),
        ("<p>bỏ <s>cũ</s></p>", "bỏ <s>cũ</s>"),
        ("<p><strong>đậm </strong>rồi<em> nghiêng</em></p>", "**đậm** rồi *nghiêng*"),
        ("<p><strong> </strong>a<strong>.</strong></p>", "a."),
        ('<p><a href="https://x.vn/a b(c)">tới đó</a></p>', "[tới đó](https://x.vn/a%20b%28c%29)"),
        ('<p><a href="file:///C:/x.doc">tệp</a> <a href="#_Toc1">mục</a> <a id="x"></a></p>', "tệp mục"),
        ("<h1>A</h1><p>x</p><h3>B</h3>", "## A\n\nx\n\n#### B"),
        ("<blockquote><p>lời</p></blockquote>", "> lời"),
        ("<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>", "- a\n    1. b\n    2. c\n- d"),
        ("<p>2020. Năm ấy</p>", "2020\\. Năm ấy"),
        ("<p>+ cộng</p><p>- trừ</p>", "- cộng\n- trừ"),
        (
            "<p>- một</p><p>+ con</p><p>+ con nữa</p><p>- hai</p><p>Xong</p>",
            "- một\n    - con\n    - con nữa\n- hai\n\nXong",
        ),
        ("<p>– Bà con ưng không?</p>", "– Bà con ưng không?"),
    ],
)
def test_markdown(source: str, written: str) -> None:
    assert markdown(source) == written


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<p>một\u00a0\u00a0hai\t\tba  bốn </p>", "một hai ba bốn"),
        ("<p>\u200bke\u0302nh\u00ad\ufeff</p>", "kênh"),
        ("<p>dòng dài<br />còn nữa</p>", "dòng dài còn nữa"),
        ("<p>Hết câu.<br />Câu khác</p>", "Hết câu.\n\nCâu khác"),
        ("<p>Trăm năm bia đá<br />Ngàn năm bia miệng</p>", "Trăm năm bia đá  \nNgàn năm bia miệng"),
        ("<p>a:<br />- b<br />- c</p>", "a:\n\n- b\n- c"),
        ("<h2>Đề mục<br />hai dòng</h2>", "## Đề mục hai dòng"),
        ("<p><strong>Đề mục tự gõ</strong></p><p>Chữ thường.</p>", "## Đề mục tự gõ\n\nChữ thường."),
        ("<p><strong>Cả câu in đậm.</strong></p><p>Chữ thường.</p>", "**Cả câu in đậm.**\n\nChữ thường."),
        (
            "<p><strong>TM. BAN THƯỜNG TRỰC</strong></p><p><strong>Y Thịnh</strong></p>",
            "**TM. BAN THƯỜNG TRỰC**\n\n**Y Thịnh**",
        ),
    ],
)
def test_mere_layout_is_dropped(source: str, written: str) -> None:
    assert markdown(source) == written


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ('<p><img src="a.jpg" /></p><p>Ảnh: thôn 3</p>', '![](a.jpg "Ảnh: thôn 3")'),
        ('<p><img src="a.jpg" /></p><p class="caption">Kênh "mới"</p>', '![](a.jpg "Kênh “mới”")'),
        (
            '<p class="caption">Hình 1. Kênh</p><p><img src="a.jpg" /></p><p>Chữ.</p>',
            '![](a.jpg "Hình 1. Kênh")\n\nChữ.',
        ),
        ('<p><img src="a.jpg" /></p><p><em>Bà con đào móng</em></p>', '![](a.jpg "Bà con đào móng")'),
        ('<p><img src="a.jpg" /></p><p>Ảnh hưởng của mưa.</p>', "![](a.jpg)\n\nẢnh hưởng của mưa."),
        ('<p>Trước <img src="a.jpg" alt="kênh [1]" /> sau</p>', "Trước\n\n![kênh 1](a.jpg)\n\nsau"),
        ('<p>Trước <strong>đậm <img src="a.jpg" /></strong></p>', "Trước **đậm**\n\n![](a.jpg)"),
        ('<p><img src="" />chữ</p>', "chữ"),
    ],
)
def test_a_picture_stands_alone_with_its_caption(source: str, written: str) -> None:
    assert markdown(source) == written
