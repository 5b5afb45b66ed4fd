"""Summaries in the languages of the highlands: read, shown in their order, and refused with letters no font has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.content.stories.languages import LANGUAGES

if TYPE_CHECKING:
    from tests.conftest import Project

# Letters, not sentences, which only speakers of these languages may write.
RADE = "ă â č đ ĕ ê̆ ĭ ñ ŏ ô̆ ơ̆ ŭ ư̆ ƀ"


def test_the_tags_are_those_of_iso_639() -> None:
    assert [language.tag for language in LANGUAGES] == ["rad", "cmo", "hmn"]


@pytest.mark.parametrize("key", ["Tóm tắt tiếng M’Nông", "Tóm tắt tiếng M'Nông", "tom tat tieng mnong", "summary_cmo"])
def test_a_key_is_read_however_it_is_typed(project: Project, key: str) -> None:
    project.write_story(front={key: RADE})
    story = project.edition().index.stories[0]
    assert [(language.tag, text) for language, text in story.summaries] == [("cmo", RADE)]


def test_summaries_come_in_one_order(project: Project) -> None:
    project.write_story(front={"Tóm tắt tiếng Mông": "a", "Tóm tắt tiếng Ê Đê": "b"})
    story = project.edition().index.stories[0]
    assert [language.name for language, _ in story.summaries] == ["tiếng Ê Đê", "tiếng Mông"]


def test_a_letter_that_the_font_has_not_is_refused_by_name(project: Project) -> None:
    project.write_story(front={"Tóm tắt tiếng Ê Đê": "ƀuôn ɓ"})
    assert project.problems() == [
        (
            "content/bai-viet/2020/kenh/bai.md:7: Phông chữ của trang chưa có “ɓ” (U+0253); "
            "xem lại kiểu gõ; nếu gõ đúng, báo người phụ trách kỹ thuật thêm vào phông"
        )
    ]
