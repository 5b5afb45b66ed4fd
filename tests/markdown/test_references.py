"""What a body points at, read from its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.references import find_references, resolve_source


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Không có gì.", []),
        ("![Kênh](kenh.jpg)", [("photo", "kenh.jpg", 1, "Kênh")]),
        ('Một\n\n![Kênh mới]( kenh.jpg "Chú thích" )', [("photo", "kenh.jpg", 3, "Kênh mới")]),
        ("![Kênh](kênh mương.jpg)", [("photo", "kênh mương.jpg", 1, "Kênh")]),
        ("![Kênh](<kênh mương.jpg>)", [("photo", "kênh mương.jpg", 1, "Kênh")]),
        ("![ ](kenh.jpg)", [("photo", "kenh.jpg", 1, "")]),
        ("![Kênh][k]\n\n[k]: kenh.jpg", [("photo", "kenh.jpg", 1, "Kênh")]),
        ("![a](a.jpg) và ![b](b.jpg)", [("photo", "a.jpg", 1, "a"), ("photo", "b.jpg", 1, "b")]),
        ("[x]({filename}../cau/bai.md)", [("source", "../cau/bai.md", 1, "")]),
        ("[x]({filename}../cau/bai.md#muc-a)", [("source", "../cau/bai.md#muc-a", 1, "")]),
        ("a\n[x][y]\n\n[y]: {filename}/van-ban/a.md", [("source", "/van-ban/a.md", 4, "")]),
        ("[x]({attach}don.pdf)", [("static", "don.pdf", 1, "")]),
        ("a\n\n<IMG src=x>", [("html", "<img", 3, "")]),
        ("<iframe src=x></iframe>", [("html", "<iframe", 1, "")]),
        ("`![a](b.jpg)` và <!-- {filename}c.md -->", []),
        ("```\n![a](b.jpg)\n```\n![c](d.jpg)", [("photo", "d.jpg", 4, "c")]),
        ("3 < 4 và {đúng}", []),
    ],
)
def test_references_with_their_lines(body: str, found: list[tuple[str, str, int, str]]) -> None:
    references = [(each.kind, each.target, each.line, each.alt) for each in find_references(body, 1)]
    assert references == found


def test_lines_count_from_where_the_body_starts() -> None:
    assert [reference.line for reference in find_references("\n![a](b.jpg)", 10)] == [11]


@given(st.text("![](){filename}|<>`\n a/#-:'\"img", max_size=80))
def test_no_body_raises(body: str) -> None:
    assert all(1 <= reference.line <= body.count("\n") + 1 for reference in find_references(body, 1))


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
