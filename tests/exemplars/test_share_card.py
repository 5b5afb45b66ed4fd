"""What a story's share card says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.exemplars.sharing import build_share_card
from plugins.exemplars.template_values import template_values
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


def test_a_title_that_no_font_has_gets_no_card(project: Project) -> None:
    project.write_story(front={"Tiêu đề": "中文"})
    library = project.load()
    assert build_share_card(library.stories[0], library.office, FONTS) is None


@pytest.mark.parametrize(("year", "says"), [(2020, "MTTQ huyện Cư Jút"), (2026, "Dân vận khéo")])
def test_it_bears_the_office_of_the_day_of_the_story_and_no_other(project: Project, year: int, says: str) -> None:
    project.write("content/danh-muc/co-quan.yaml", f"{VOCABULARY['co-quan.yaml']}đến ngày: 30/6/2025\n")
    project.write_story(year=year, front={"Loại": None, "Lĩnh vực": None, "Xã": None})
    edition = project.edition()
    (story,) = edition.index.stories
    card = template_values(edition, FONTS.parents[1], pictures=True)["share_card"](story)
    assert card.publisher == says
