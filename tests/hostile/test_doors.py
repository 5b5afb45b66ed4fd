"""Every door for strangers, a few inputs each: the short form of `python -m tests.hostile`."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markdown.reading import read_body
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Problem
from tests.hostile.markup import BODY, read_markup
from tests.hostile.mutation import TOKENS
from tests.hostile.room import work
from tests.hostile.targets import TARGETS, try_target

if TYPE_CHECKING:
    from pathlib import Path

# The photos' door costs a millisecond an input, the registers' a tenth of a second.
COUNTS = {"stories": 60, "bodies": 60, "photos": 300, "requests": 60, "documents": 12, "names": 12, "gathered": 300}
_TEXT = st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=20)), max_size=30).map("".join)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="cần fork, audit hook và giới hạn bộ nhớ")
@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_in_is_answered_in_words(tmp_path: Path, name: str) -> None:
    told = work(tmp_path, lambda folder: try_target(name, folder), range(COUNTS.get(name, 8)), 120)
    assert told.tried == COUNTS.get(name, 8)
    assert [f"{fault.number}: {fault.what}" for fault in told.faults] == []


@settings(max_examples=150)
@given(_TEXT)
def test_a_body_brings_no_more_than_a_body_may(body: str) -> None:
    matter = parse_front_matter(f"---\na: b\n---\n{body}", "bai.md")
    if isinstance(matter, Problem):
        return
    markup = read_markup(read_body(matter.body).html({}, partial(str.format, "/van-ban/")))
    assert markup.faults == []
    assert markup.shapes <= BODY


@settings(max_examples=150)
@given(_TEXT)
def test_front_matter_is_read_or_refused(yaml: str) -> None:
    matter = parse_front_matter(f"---\n{yaml}\n---\nBài.\n", "bai.md")
    assert not isinstance(matter, Problem) or str(matter).encode()


@pytest.mark.parametrize(
    "body",
    [
        "\\`<image src='/\\evil.example/x.png'>\\`",
        "\\`<img src='/\t/evil.example/x.png'>\\`",
        "\\`<picture><source srcset='/\\evil.example/x 1w'></picture>\\`",
    ],
)
def test_no_picture_comes_from_another_site(body: str) -> None:
    assert "evil" not in read_body(body).html({}, lambda _: None)


def test_no_control_character_comes_by_entity() -> None:
    html = read_body('a&#7;b &#x9b;c &#xFFFE;d [e](/f "g&#1;h")').html({}, lambda _: None)
    assert read_markup(html).faults == []
    assert "ab" in html
