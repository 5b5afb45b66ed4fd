"""The references of a body are those of its page, with the lines of the source."""

from __future__ import annotations

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.reading import read_body
from plugins.markdown.references import resolve_source


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Không có gì.", []),
        ("![Kênh](kenh.jpg)", [("photo", "kenh.jpg", 1, "Kênh")]),
        ('Một\n\n![Kênh mới]( kenh.jpg "Chú thích" )', [("photo", "kenh.jpg", 3, "Kênh mới")]),
        ("![Kênh](kênh mương.jpg)", [("photo", "kênh mương.jpg", 1, "Kênh")]),
        ("![Kênh](<kênh mương.jpg>)", [("photo", "kênh mương.jpg", 1, "Kênh")]),
        ("![ ](kenh.jpg)", [("photo", "kenh.jpg", 1, "")]),
        ("![Kênh][k]\n\n[k]: kenh.jpg", [("photo", "kenh.jpg", 3, "Kênh")]),
        ("![a](a.jpg) và ![b](b.jpg)", [("photo", "a.jpg", 1, "a"), ("photo", "b.jpg", 1, "b")]),
        ("[x]({filename}../cau/bai.md)", [("source", "{filename}../cau/bai.md", 1, "")]),
        ("[x]({filename}../cau/bai.md#muc-a)", [("source", "{filename}../cau/bai.md#muc-a", 1, "")]),
        ("a\n[x][y]\n\n[y]: {filename}/van-ban/a.md", [("source", "{filename}/van-ban/a.md", 4, "")]),
        ("[x]({attach}don.pdf)", [("static", "{attach}don.pdf", 1, "")]),
        ("a\n\n<IMG src=x>", [("html", "<img>", 3, "")]),
        ("<iframe src=x></iframe>", [("html", "<iframe>", 1, "")]),
        ('<div>\n<a\nhref="x.md">y</a></div>', [("adrift", "x.md", 2, "")]),
        ("`![a](b.jpg)` và <!-- {filename}c.md -->", []),
        ("```\na\n```\n![c](d.jpg)", [("photo", "d.jpg", 4, "c")]),
        ("Ví dụ:\n\n    ![x](a.jpg)\n\nSau.", [("photo", "a.jpg", 3, "x")]),
        ("``![x](a.jpg) ` ``", []),
        ("\\![x](a.jpg)", [("adrift", "a.jpg", 1, "")]),
        ("\\[3\\](a)", []),
        ("![Bà con [thôn 3] đào kênh](kenh.jpg)", [("photo", "kenh.jpg", 1, "Bà con [thôn 3] đào kênh")]),
        ("![Kênh](anh (1).jpg)", [("photo", "anh (1).jpg", 1, "Kênh")]),
        ('![Kênh](anh (1) (2).jpg "Ảnh: Hà")', [("photo", "anh (1) (2).jpg", 1, "Kênh")]),
        ("[![x](a.jpg)](https://a.vn)", [("photo", "a.jpg", 1, "x"), ("link", "https://a.vn", 1, "")]),
        ("~~~\n![x](a.jpg)\n~~~\n[y](q)\n`[y](q)`\n[y](q)", [("adrift", "q", 4, ""), ("adrift", "q", 6, "")]),
        ("a[^1]\n\n[^1]: [x](b)\n\n[y](b)", [("adrift", "b", 5, ""), ("adrift", "b", 3, "")]),
        ("[x]()", [("empty", "", 1, "")]),
        ("[x](file:///C:/a%20b.pdf)", [("computer", "file:///C:/a%20b.pdf", 1, "")]),
        ("[x](D:\\Ho so\\a.pdf)", [("computer", "D:\\Ho so\\a.pdf", 1, "")]),
        ("[x](http://127.0.0.1:8000/tin/)", [("preview", "http://127.0.0.1:8000/tin/", 1, "")]),
        ("[x](http://localhost/)", [("preview", "http://localhost/", 1, "")]),
        ("[x](zalo:0912)", [("scheme", "zalo:0912", 1, "")]),
        ("[x](http://[hỏng/)", [("broken", "http://[hỏng/", 1, "")]),
        (
            "[x](tel:0912) <mailto:a@b.vn> [y](//a.vn) [z](#muc-a)",
            [
                ("link", "tel:0912", 1, ""),
                ("link", "mailto:a@b.vn", 1, ""),
                ("link", "//a.vn", 1, ""),
                ("link", "#muc-a", 1, ""),
            ],
        ),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |", [("row", "| a | b | … |", 3, "")]),
        ("x[^a]\n\n[^a]: một\n[^a]: hai", [("note", "a", 4, "")]),
        ("![Kênh]\n\n[Kênh]: kenh.jpg", [("photo", "kenh.jpg", 3, "Kênh")]),
        ("Xem [bài kia].\n\n[bài kia]: bai-kia", [("adrift", "bai-kia", 3, "")]),
        ("[chữ\ntiếp](bai-kia)", [("adrift", "bai-kia", 2, "")]),
        ("[chữ](<bai kia>)", [("adrift", "bai kia", 1, "")]),
        ("[a](b?x=1&section=2)", [("adrift", "b?x=1&section=2", 1, "")]),
        ("Một\n\n[a](https://a.vn/x\\_y?a=1&amp;b=2)", [("link", "https://a.vn/x_y?a=1&b=2", 3, "")]),
        ("Một\n\n![a](   k.jpg)", [("photo", "k.jpg", 3, "a")]),
        ("Một <style> hai", [("lost", "<style>", 1, "")]),
        ("Một\n\n<p>Hai <!-- ba\n\nBốn", [("lost", "<!--", 3, "")]),
        ("Một\n\n[Nguồn]: TTXVN", [("unused", "TTXVN", 3, "")]),
        ("3 < 4 và {đúng}", []),
    ],
)
def test_references_with_their_lines(body: str, found: list[tuple[str, str, int, str]]) -> None:
    references = [(each.kind, each.target, each.line, each.alt) for each in read_body(body).references]
    assert references == found


def test_lines_count_from_where_the_body_starts() -> None:
    assert [each.line for each in read_body("\n![a](b.jpg)", 10).references] == [11]


@given(st.text("![](){filename}|<>`\n a/#-:'\"img", max_size=80))
def test_no_body_raises(body: str) -> None:
    assert all(1 <= each.line <= body.count("\n") + 1 for each in read_body(body).references)


WORDS = st.integers(1, 9).map("chữ{}".format)
TARGETS = st.sampled_from(["kenh.jpg", "anh (1).jpg", "https://a.vn/b", "{filename}../cau/bai.md", "bai-kia", "/tin/"])
INLINE = st.one_of(
    WORDS,
    *(
        st.builds(form.format, WORDS, TARGETS)
        for form in (
            "![{}]({})",
            "[{}]({})",
            "[{} [a]](<{}>)",
            '![{}]({} "Ảnh: Hà")',
            "`[{}]({})`",
            "\\![{}]({})",
            "<!-- [{}]({}) -->",
            "**[{}]({})**",
            '<a href="{1}">{0}</a>',
            "[![{}](kenh.jpg)]({})",
            "![{0}][a]",
            "[b]",
            "{}[^1]",
        )
    ),
)
LINES = st.builds(
    "{}{}".format,
    st.sampled_from(["", "", "- ", "  - ", "   1) ", "> ", "## ", "    ", "| ", "~~~\n", "[^1]: ", ": "]),
    st.lists(INLINE, min_size=1, max_size=3).map(" ".join),
)


@given(st.lists(st.one_of(LINES, st.just("")), max_size=8).map("\n".join))
def test_photos_and_links_are_those_of_the_page_no_more_and_no_fewer(source: str) -> None:
    body = read_body(f"{source}\n\n[a]: kenh.jpg\n[b]: bai-kia\n")
    page = BeautifulSoup(body.html({}, "{{filename}}{}".format), "html.parser")
    known = [each for each in body.references if each.kind not in ("note", "unused")]
    links = [link["href"] for link in page.find_all("a") if not link.get("class")]
    assert Counter(each.target for each in known if each.kind != "photo") == Counter(links)
    assert [each.alt for each in known if each.kind == "photo"] == [image["alt"] for image in page.find_all("img")]
    lines = [*source.split("\n"), "", "[a]: kenh.jpg", "[b]: bai-kia"]
    assert all(each.target in lines[each.line - 1] for each in known)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("../cau/bai.md", "content/bai-viet/2020/cau/bai.md"),
        ("..\\cau\\bai.md", "content/bai-viet/2020/cau/bai.md"),
        ("./bai.md#muc-a", "content/bai-viet/2020/kenh/bai.md"),
        ("/van-ban/a.md", "content/van-ban/a.md"),
        ("../../../trang/lien-he.md", "content/trang/lien-he.md"),
        ("../../../../pelicanconf.py", ""),
        ("../../../../../etc/passwd", ""),
    ],
)
def test_where_a_link_leads(target: str, path: str) -> None:
    assert resolve_source("content/bai-viet/2020/kenh/bai.md", target) == path
