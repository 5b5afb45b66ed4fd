"""What a story's share card says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.exemplars.sharing import build_share_card

if TYPE_CHECKING:
    from tests.conftest import Project

FONTS = Path(__file__).parents[2] / "theme/static/fonts"


@pytest.mark.parametrize(
    ("front", "field", "place", "mark"),
    [
        pytest.param({}, "Kinh tế", "Xã Nam Dong", "", id="exemplar"),
        pytest.param({"Lĩnh vực": "[Văn hóa, Kinh tế]"}, "Văn hóa – xã hội", "Xã Nam Dong", "", id="two fields"),
        pytest.param({"Loại": None, "Lĩnh vực": None, "Xã": None}, "Tin tức", "", "", id="news"),
        pytest.param({"Mẫu": "có"}, "Kinh tế", "Xã Nam Dong", "Bài mẫu", id="sample"),
        pytest.param({"Mẫu": "có", "Trạng thái": "nháp"}, "Kinh tế", "Xã Nam Dong", "Bài nháp", id="draft"),
    ],
)
def test_where_it_is_filed(project: Project, front: dict[str, str | None], field: str, place: str, mark: str) -> None:
    project.write_story(front=front)
    library = project.load()
    card = build_share_card(library.stories[0], library.vocabulary.publisher, FONTS)
    assert card
    assert (card.title, card.field, card.place, card.mark) == ("Kênh về thôn 3", field, place, mark)
    assert card.publisher == "MTTQ huyện Cư Jút"
    assert card.url.startswith("/bai-viet/2020/kenh/")


def test_a_title_that_no_font_has_gets_no_card(project: Project) -> None:
    project.write_story(front={"Tiêu đề": "中文"})
    library = project.load()
    assert build_share_card(library.stories[0], library.vocabulary.publisher, FONTS) is None
