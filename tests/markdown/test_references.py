"""What a body points at is what its page points at, with the lines of the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.lines import Pointers
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
        ("[x]({filename}../cau/bai.md)", [("source", "../cau/bai.md", 1, "")]),
        ("[x]({filename}../cau/bai.md#muc-a)", [("source", "../cau/bai.md#muc-a", 1, "")]),
        ("a\n[x][y]\n\n[y]: {filename}/van-ban/a.md", [("source", "/van-ban/a.md", 4, "")]),
        ("[x]({attach}don.pdf)", [("static", "don.pdf", 1, "")]),
        ("a\n\n<IMG src=x>", [("html", "<img", 3, "")]),
        ("<iframe src=x></iframe>", [("html", "<iframe", 1, "")]),
        ("`![a](b.jpg)` và <!-- {filename}c.md -->", []),
        ("```\na\n```\n![c](d.jpg)", [("photo", "d.jpg", 4, "c")]),
        ("Ví dụ:\n\n    ![x](a.jpg)\n\nSau.", []),
        ("``![x](a.jpg) ` ``", []),
        ("\\![x](a.jpg)", [("adrift", "a.jpg", 1, "")]),
        ("\\[3\\](a)", []),
        ("![Bà con [thôn 3] đào kênh](kenh.jpg)", [("photo", "kenh.jpg", 1, "Bà con [thôn 3] đào kênh")]),
        ("![Kênh](anh (1).jpg)", [("photo", "anh (1).jpg", 1, "Kênh")]),
        ('![Kênh](anh (1) (2).jpg "Ảnh: Hà")', [("photo", "anh (1) (2).jpg", 1, "Kênh")]),
        ("[![x](a.jpg)](https://a.vn)", [("photo", "a.jpg", 1, "x")]),
        ("![Kênh]\n\n[Kênh]: kenh.jpg", [("photo", "kenh.jpg", 3, "Kênh")]),
        ("Xem [bài kia].\n\n[bài kia]: bai-kia", [("adrift", "bai-kia", 3, "")]),
        ("[chữ\ntiếp](bai-kia)", [("adrift", "bai-kia", 2, "")]),
        ("[chữ](<bai kia>)", [("adrift", "bai kia", 1, "")]),
        ("3 < 4 và {đúng}", []),
    ],
)
def test_references_with_their_lines(body: str, found: list[tuple[str, str, int, str]]) -> None:
    pointers = Pointers(read_body(body), 1)
    references = [(each.kind, each.target, pointers.line(each), each.alt) for each in pointers.body.references]
    assert references == found


def test_lines_count_from_where_the_body_starts() -> None:
    pointers = Pointers(read_body("\n![a](b.jpg)"), 10)
    assert [pointers.line(each) for each in pointers.body.references] == [11]


@given(st.text("![](){filename}|<>`\n a/#-:'\"img", max_size=80))
def test_no_body_raises(body: str) -> None:
    pointers = Pointers(read_body(body), 1)
    assert all(1 <= pointers.line(each) <= body.count("\n") + 1 for each in pointers.body.references)


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
