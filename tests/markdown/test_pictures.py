"""Each picture of a body is found where it is written, and written anew there it leaves the rest as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.pictures import PictureSource, find_pictures
from plugins.markdown.reading import read_body


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("Không có gì.", []),
        ("Một ![](a.jpg) hai.", ["![](a.jpg)"]),
        ('![Kênh (mới)](kenh (1).jpg "Ngày đầu (sáng)")', ['![Kênh (mới)](kenh (1).jpg "Ngày đầu (sáng)")']),
        ("![[1] a](<b c.jpg> 'q') ![b](b.jpg)", ["![[1] a](<b c.jpg> 'q')", "![b](b.jpg)"]),
        ("`![a](a.jpg)`\n\n![a](a.jpg)", ["![a](a.jpg)"]),
        ("[![a](a.jpg)](https://vi.du.vn)", ["![a](a.jpg)"]),
        ("> - ![a](a.jpg)\n\n| a | b |\n|---|---|\n| ![b](b.jpg) | c |", ["![a](a.jpg)", "![b](b.jpg)"]),
        ("Một.[^1] ![z](z.jpg)\n\n[^1]: ![n](n.jpg)", ["![z](z.jpg)", "![n](n.jpg)"]),
        ("![a](a.jpg) ![a](a.jpg)", ["![a](a.jpg)", "![a](a.jpg)"]),
        ("![a][k]\n\n[k]: a.jpg", [""]),
        ("```\n![a](a.jpg)\n```", []),
    ],
)
def test_a_picture_is_found_where_it_is_written(source: str, written: list[str]) -> None:
    assert [source[one.start : one.end] if one.start >= 0 else "" for one in find_pictures(source)] == written


def test_a_picture_in_the_source_is_the_one_on_its_page() -> None:
    assert find_pictures('a\n\n![Xe](hai.jpg "Sáng")') == [PictureSource("hai.jpg", "Xe", "Sáng", 3, 24)]


_PIECES = [
    "![a](a.jpg)",
    '![](b.jpg "B")',
    "![",
    "](",
    ")",
    "`",
    "\n\n",
    "\n",
    "[",
    "]",
    "> ",
    "- ",
    "|",
    "\\",
    '"',
    "chữ ",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_a_picture_written_anew_leaves_the_others_as_they_were(source: str) -> None:
    def told(text: str) -> list[tuple[str, str, str]]:
        return sorted((one.target, one.alt, one.caption) for one in read_body(text).photos)

    before = told(source)
    for one in find_pictures(source):
        if one.start >= 0:
            after = told(f"{source[: one.start]}![Mới](moi.jpg){source[one.end :]}")
            left = list(before)
            left.remove((one.name, one.alt, one.caption))
            assert after == sorted([*left, ("moi.jpg", "Mới", "")])
