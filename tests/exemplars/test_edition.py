"""Editions with and without drafts and samples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.content.stories.story import Story
    from tests.conftest import Project


def slugs(stories: Iterable[Story]) -> set[str]:
    return {story.slug for story in stories}


PLAIN = {"kenh", "kenh-ea-tling", "kenh-dak-drong", "kenh-moi", "hu-gao", "hop-thu", "tin"}


@pytest.mark.parametrize(
    ("drafts", "samples", "shown", "drafts_out", "samples_out"),
    [
        pytest.param(False, True, PLAIN | {"chieng"}, {"nhap"}, set(), id="build"),
        pytest.param(True, True, PLAIN | {"chieng", "nhap"}, set(), set(), id="preview"),
        pytest.param(False, False, PLAIN, {"nhap"}, {"chieng"}, id="publish"),
        pytest.param(True, False, PLAIN, set(), {"chieng", "nhap"}, id="drafts without samples"),
    ],
)
def test_each_command_shows_its_own(
    *, district: Project, drafts: bool, samples: bool, shown: set[str], drafts_out: set[str], samples_out: set[str]
) -> None:
    edition = district.edition(drafts=drafts, samples=samples)
    assert slugs(edition.index.stories) == shown
    assert set(edition.sources) == {story.path for story in edition.index.stories}
    assert slugs(edition.drafts_left_out) == drafts_out
    assert slugs(edition.samples_left_out) == samples_out


def test_pages_and_documents_are_in_every_edition(district: Project) -> None:
    district.write("content/trang/lien-he.md", "---\nTiêu đề: Liên hệ\n---\n")
    district.write("content/van-ban/ke-hoach.md", "---\nTiêu đề: Kế hoạch\nCơ quan ban hành: Huyện ủy\n---\n")
    edition = district.edition(samples=False)
    assert {source.url for path, source in edition.sources.items() if "bai-viet" not in path} == {
        "/lien-he/",
        "/van-ban/ke-hoach/",
    }


def test_a_link_to_a_story_left_out_becomes_plain_words(district: Project) -> None:
    body = "Xem [chiêng]({filename}/bai-viet/2025/chieng/bai.md) và [kênh]({filename}/bai-viet/2019/kenh/bai.md)."
    path = district.write_story("them", year=2022, front={"Tiêu đề": "Thêm"}, body=body)
    kenh = '<a href="/bai-viet/2019/kenh/">kênh</a>'
    for samples, chieng in ((True, '<a href="/bai-viet/2025/chieng/">chiêng</a>'), (False, "<span>chiêng</span>")):
        edition = district.edition(samples=samples)
        assert edition.html(edition.sources[path]) == f"<p>Xem {chieng} và {kenh}.</p>"


def test_the_site_is_as_new_as_its_newest_story(district: Project) -> None:
    assert district.edition().updated == date(2026, 2, 7)


def test_an_edition_may_be_empty(project: Project) -> None:
    project.write_story(front={"Mẫu": "có"})
    edition = project.edition(samples=False)
    assert (edition.index.stories, edition.updated) == ((), None)
