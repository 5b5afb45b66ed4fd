"""The keys of a story are declared once, for all their users."""

from __future__ import annotations

from dataclasses import fields

import pytest

from plugins.content.stories.keys import FILLS, PROSE, story_keys
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import COLLECTIVE, INDIVIDUAL
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.language.advice import advise
from plugins.markdown.reading import read_body
from plugins.sources.front_matter import FrontMatter, parse_front_matter
from plugins.sources.schema import Key, parse_record

KEYS = story_keys(Vocabulary())
# Attributes from the file, the folder, the photos and the register.
_FROM_ELSEWHERE = {"path", "slug", "folder_year", "body", "lines", "photos", "acts", "undated", "site", "place"}


def test_every_key_is_named_once_with_help() -> None:
    assert len({key.attribute for key in KEYS}) == len({key.name for key in KEYS}) == len(KEYS) == 31
    assert all(key.help and "\n" not in key.help and not key.help.endswith(".") for key in KEYS)


def test_keys_fill_a_story_and_nothing_else_does() -> None:
    # A story that was taken down is none.
    filled = set(FILLS.values()) - {"withdrawn"}
    assert filled == {field.name for field in fields(Story)} - _FROM_ELSEWHERE
    assert len(filled) == len(KEYS) - 1


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, ["Tiêu đề", "Ngày"]),
        ({"kind": COLLECTIVE}, ["Tiêu đề", "Ngày", "Lĩnh vực", "Xã"]),
        ({"kind": INDIVIDUAL}, ["Tiêu đề", "Ngày", "Lĩnh vực", "Xã", "Đồng ý"]),
        ({"photo": "a.jpg"}, ["Tiêu đề", "Ngày", "Mô tả ảnh"]),
    ],
    ids=["news", "a collective", "an individual", "with a photo"],
)
def test_of_whom_a_key_is_required(given: dict[str, object], names: list[str]) -> None:
    assert [key.name for key in KEYS if key.is_required_in(given)] == names


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.attribute)
def test_advice_reads_the_prose_and_nothing_else(key: Key) -> None:
    matter = parse_front_matter(f"---\n{key.name}: gọi 0912 345 678\n---\n\nBài.\n", "bai.md")
    assert isinstance(matter, FrontMatter)
    said = advise(matter, read_body(matter.body, matter.body_line), parse_record(KEYS, matter.mapping, "bai.md"), PROSE)
    assert any("0912 345 678" in problem.message for problem in said) is key.prose
