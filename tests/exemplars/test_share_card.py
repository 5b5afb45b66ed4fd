"""Content of a story's share card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.exemplars.pages.sharing import build_share_card, tell_undrawn
from plugins.exemplars.pages.template_values import template_values
from tests.conftest import VOCABULARY

if TYPE_CHECKING:
    from tests.conftest import Project

FONTS = Path(__file__).parents[2] / "theme/static/fonts"


@pytest.mark.parametrize(
    ("front", "field", "place", "mark"),
    [
        pytest.param({}, "Kinh tế", "Xã Nam Dong cũ", "", id="exemplar"),
        pytest.param({"Lĩnh vực": "[Văn hóa, Kinh tế]"}, "Văn hóa – xã hội", "Xã Nam Dong cũ", "", id="two fields"),
        pytest.param({"Loại": None, "Lĩnh vực": None, "Xã": None}, "Tin tức", "", "", id="news"),
        pytest.param({"Mẫu": "có"}, "Kinh tế", "Xã Nam Dong cũ", "Bài mẫu", id="sample"),
        pytest.param({"Mẫu": "có", "Trạng thái": "nháp"}, "Kinh tế", "Xã Nam Dong cũ", "Bài nháp", id="draft"),
    ],
)
def test_where_it_is_filed(project: Project, front: dict[str, str | None], field: str, place: str, mark: str) -> None:
    project.write_story(front=front)
    library = project.load()
    card = build_share_card(library.stories[0], library.office, FONTS)
    assert card
    assert (card.title, card.field, card.place, card.mark) == ("Kênh về thôn 3", field, place, mark)
    assert card.publisher == "MTTQ huyện Cư Jút"
    assert card.url.startswith("/bai-viet/2020/kenh/")


def test_a_character_that_no_font_has_is_left_out_and_reported(project: Project) -> None:
    path = project.write_story(front={"Tiêu đề": "Vườn ☺ xanh"})
    project.write_story("chu", front={"Tiêu đề": "中文"})
    project.write_story("hu-gao", front={"Tiêu đề": "Hũ gạo"})
    edition = project.edition()
    cards = {story.slug: build_share_card(story, edition.content.office, FONTS) for story in edition.index.stories}
    assert {slug: card and card.title for slug, card in cards.items()} == {
        "kenh": "Vườn xanh",
        "chu": None,
        "hu-gao": "Hũ gạo",
    }
    told = sorted(map(str, tell_undrawn(edition, FONTS)), reverse=True)
    assert told[0].startswith(f"{path}:2: Ảnh chia sẻ không vẽ được “☺”, chỉ vẽ phần còn lại; ")
    assert len(told) == 2


@pytest.mark.parametrize(("year", "says"), [(2020, "MTTQ huyện Cư Jút"), (2026, "Dân vận khéo")])
def test_it_names_the_office_of_the_day_of_the_story(project: Project, year: int, says: str) -> None:
    project.write("content/danh-muc/co-quan.yaml", f"{VOCABULARY['co-quan.yaml']}đến ngày: 30/6/2025\n")
    project.write_story(year=year, front={"Loại": None, "Lĩnh vực": None, "Xã": None})
    edition = project.edition()
    (story,) = edition.index.stories
    card = template_values(edition, FONTS.parents[1], pictures=True)["share_card"](story)
    assert card.publisher == says
