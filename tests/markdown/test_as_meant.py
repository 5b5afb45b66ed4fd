"""Lists, tables, paragraphs and notes come out as they were plainly meant, and no word is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.reading import read_body


def html(source: str) -> str:
    made = read_body(source).html({}, lambda _: "/a/")
    return re.sub(r"\n|<div aria-label[^>]*>(?=<table>)|(?<=</table>)</div>", "", made)


NESTED = "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"
TABLE = '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody>'
ROW = "<tr><td>1</td><td>2</td></tr></tbody></table>"


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("Chữ:\n- a\n- b", "<p>Chữ:</p><ul><li>a</li><li>b</li></ul>"),
        ("Chữ:\n1. a\n2. b", "<p>Chữ:</p><ol><li>a</li><li>b</li></ol>"),
        ("Xong từ năm\n2020. Rồi thôi.", "<p>Xong từ năm2020. Rồi thôi.</p>"),
        ("- a\n  - b\n  - c\n- d", NESTED),
        ("- a\n    - b\n    - c\n- d", NESTED),
        ("- a\n   - b\n   - c\n- d", NESTED),
        ("• a\n  – b\n  – c\n• d", NESTED),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("10. a\n    - b\n11. c", '<ol start="10"><li>a<ul><li>b</li></ul></li><li>c</li></ol>'),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n-\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\ntiếp\n\nSau.", "<ul><li>atiếp</li></ul><p>Sau.</p>"),
        ("- a\n---\nb", "<ul><li>a</li></ul><hr><p>b</p>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("– a\n– b", "<ul><li>a</li><li>b</li></ul>"),
        ("– Chào bác!\n\nBác cười.", "<p>– Chào bác!</p><p>Bác cười.</p>"),
        ("Từ\n: nghĩa\n\nĐoạn.\n\n    - a", "<dl><dt>Từ</dt><dd>nghĩa</dd></dl><p>Đoạn.</p><ul><li>a</li></ul>"),
        ("> Chữ\n> - a\n> - b", "<blockquote><p>Chữ</p><ul><li>a</li><li>b</li></ul></blockquote>"),
        (
            "Chữ\n|a|b|\n|-|-|\n|1|2|\nNguồn",
            f"<p>Chữ</p>{TABLE}<tr><td>1</td><td>2</td></tr></tbody></table><p>Nguồn</p>",
        ),
        (
            "a | b\n--- | ---\n1 | 2 | 3",
            f"{TABLE}<tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>".replace(
                "</tr></thead>", "<td></td></tr></thead>"
            ),
        ),
        ("- a\n  ---\n- b", "<ul><li><p>a</p><hr></li><li><p>b</p></li></ul>"),
        ("- x\n|a|b|\n|-|-|\n|1|2|", f"<ul><li>x</li></ul>{TABLE}<tr><td>1</td><td>2</td></tr></tbody></table>"),
        ("- x\n  |a|b|\n  |-|-|\n  |1|2|", f"<ul><li><p>x</p>{TABLE}{ROW}</li></ul>"),
        ("|a|b|\n|-|-|\n|1|2|\n|-|-|\n> q", f"{TABLE}{ROW}<blockquote><p>q</p></blockquote>"),
        ("Chữ\n|a|b|\n|1|2|\nNguồn", f"<p>Chữ</p>{TABLE}{ROW}<p>Nguồn</p>"),
        ("- x\n  |a|b|\n  |1|2|", f"<ul><li><p>x</p>{TABLE}{ROW}</li></ul>"),
        ("> |a|b|\n> |1|2|", f"<blockquote>{TABLE}{ROW}</blockquote>"),
        ("|chỉ một|\n\nĐoạn.", "<p>|chỉ một|</p><p>Đoạn.</p>"),
        ("–\u00a0a\n–\u00a0b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\u00a0\u00a0- b\n\u00a0\u00a0- c\n– d", NESTED),
        ("·\ta\n·\tb", "<ul><li>a</li><li>b</li></ul>"),
        ("Ông <Nguyễn Văn A> <b>nói</b>", "<p>Ông &lt;Nguyễn Văn A&gt; nói</p>"),
        ("**Ông A**{Chủ tịch} *nói*{lang=rad}", '<p><strong>Ông A</strong>{Chủ tịch} <em lang="rad">nói</em></p>'),
        ("chữ <!-- x\n\ny --> sau", "<p>chữ  sau</p>"),
        ("    Thụt vào.\nTiếp.\n\n\tThụt nữa.", "<p>Thụt vào.Tiếp.</p><p>Thụt nữa.</p>"),
    ],
)
def test_lines_come_out_as_they_were_meant(source: str, made: str) -> None:
    assert html(source) == made


@pytest.mark.parametrize(
    "source", ["a[^ghi chú] b[^ghi chú]\n\n[^ghi chú]: Lời.", "a[^x y] b[^x-y]\n\n[^x y]: c\n[^x-y]: d"]
)
def test_ids_of_notes_have_no_spaces_and_are_met_once(source: str) -> None:
    ids = re.findall(r'id="([^"]*)"', html(source))
    assert len(ids) == len(set(ids)) >= 3
    assert not re.search(r"\s", "".join(ids))
    assert {link.removeprefix("#") for link in re.findall(r'href="([^"]*)"', html(source))} == set(ids)


def test_a_list_under_a_note_is_in_it() -> None:
    assert "<p>a</p><ul><li>b</li><li>c</li></ul>" in html("x[^1]\n\n[^1]: a\n  - b\n  - c")


def test_two_notes_of_one_label_are_both_shown() -> None:
    assert {"một", "hai"} <= set(read_body("a[^1]\n\n[^1]: một\n[^1]: hai").words.split())


OPENINGS = ["", "", "- ", "  - ", "    * ", "      1. ", "1) ", "– ", "• ", "> ", "> - ", "## ", "    ", "[^1]: ", ": "]
WORD = st.integers(100, 999).map("w{}w".format)
LINE = st.one_of(
    st.just(""),
    st.builds("{}{} {}".format, st.sampled_from(OPENINGS), WORD, WORD),
    st.builds("| {} | {} |\n|---|---|\n| {} | {} | {} |".format, WORD, WORD, WORD, WORD, WORD),
    st.builds("{}| {} | {} |".format, st.sampled_from(("", "  ", "> ")), WORD, WORD),
)


@given(st.lists(LINE, max_size=9).map("\n".join))
def test_no_word_is_lost(source: str) -> None:
    assert sorted(re.findall(r"w\d+w", source)) == sorted(re.findall(r"w\d+w", read_body(source).words))


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        ("Chữ `mã (0912)` [x](a b.md) https", "Chữ `         ` [x](      ) https"),
        ("a <!-- [x](b) -->\n<b>c</b>", "a                \n   c    "),
        ("~~~\nmã\n~~~\nchữ", "~~~\n  \n~~~\nchữ"),
        ("*Krông Nô*{lang=rad} là", "*        *           là"),
        ('![mô tả](k.jpg "Ảnh: Hà")', '![mô tả](      "Ảnh: Hà")'),
    ],
)
def test_prose_is_the_source_with_the_rest_blank(source: str, prose: str) -> None:
    assert read_body(source).prose == prose


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Một\n\nhai", "Một\nhai"),
        ("Một **từ**nối", "Một từnối"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("|Ảnh|52|\n|-|-|\n|Hộ|3|", "Ảnh 52\nHộ 3"),
        ("Năm[^1] sau\n\n[^1]: Lời", "Năm sau\nLời"),
        ('![x](a.jpg "Chú thích")', "Chú thích"),
        ("Dòng\ntiếp", "Dòng tiếp"),
        ("", ""),
    ],
)
def test_the_words_of_a_body_are_one_paragraph_a_line(source: str, text: str) -> None:
    assert read_body(source).words == text


def test_sections_stand_under_headings_of_their_level() -> None:
    source = "Đầu\n\nKẻ\n---\n\n## **Một** hai #\na\n<!--\n## Ẩn\n-->\n### Nhỏ\n\n~~~\n## Mã\n~~~\n\n## Ba\nb\n"
    found = [(title, line, text.split()[0]) for title, line, text in read_body(source, 10).sections(2)]
    assert found == [("", 10, "Đầu"), ("Một hai", 15, "a"), ("Ba", 26, "b")]
