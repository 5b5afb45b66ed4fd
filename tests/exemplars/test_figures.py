"""Results of stories as figures, and their totals: one a unit and a label."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from plugins.exemplars.model.figures import add_up, find_unread, read_figures

if TYPE_CHECKING:
    from tests.conftest import Project


def results(*lines: str) -> dict[str, str]:
    return {"Kết quả": json.dumps(lines, ensure_ascii=False)}


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("3,2 km | kênh mương", ["3,2 km: kênh mương"]),
        ("46 hộ | hiến 1.850 m² đất", ["46 hộ: hiến đất", "1.850 m²: hiến đất"]),
        ("86 hộ | góp 45 triệu đồng", ["86 hộ: góp", "45 triệu đồng: góp"]),
        ("11 hộ | khó khăn nhận 5 kg mỗi tháng", ["11 hộ: khó khăn nhận 5 kg mỗi tháng"]),
        ("11 hộ | góp 5 kg mỗi tháng", ["11 hộ: góp 5 kg mỗi tháng"]),
        ("121 hộ | trên 146 hộ dự họp", ["121 hộ: trên 146 hộ dự họp"]),
        ("gần 40 hộ | hiến đất", []),
        ("Bà con vui", []),
    ],
)
def test_a_line_of_results_gives_its_figures(project: Project, line: str, figures: list[str]) -> None:
    project.write_story(front=results(line))
    (story,) = project.load().stories
    assert [f"{f.quantity}: {f.label}" for f in read_figures(story.results[0], story)] == figures


def test_totals_are_of_one_thing_and_name_their_stories(project: Project) -> None:
    project.write_story("mot", front=results("1,1 km | Kênh hoá xong", "46 hộ | hiến 1.850 m² đất", "91 % | cây sống"))
    project.write_story("hai", front=results("400 m | kênh hóa xong", "21 hộ | hiến 540 m² đất", "80 % | cây sống"))
    project.write_story("ba", front=results("5 km | kênh đào", "trên 20 hộ | cùng làm", "3 hộ | kênh đào"))
    project.write_story("bon", front=results("45 triệu đồng | Thu nhập bình quân"))
    project.write_story("nam", front=results("60 triệu đồng | Thu nhập bình quân"))
    shares = ("5,9 triệu đồng | mỗi người được chia", "2 triệu đồng mỗi hộ | tiền lãi", "1 tấn | rác giảm mỗi tháng")
    project.write_story("sau", front=results(*shares))
    project.write_story("tam", front=results(*shares))
    stories = sorted(project.load().stories, key=lambda story: story.slug, reverse=True)
    totals = add_up(stories)
    each = [(str(t.quantity), t.label, t.is_sum) for t in totals if {f.story.slug for f in t.figures} <= {"sau", "tam"}]
    assert each == [
        ("5,9 triệu đồng", "mỗi người được chia", False),
        ("5,9 triệu đồng", "mỗi người được chia", False),
        ("2 tấn", "rác giảm mỗi tháng", True),
        ("2 triệu đồng mỗi hộ", "tiền lãi", False),
        ("2 triệu đồng mỗi hộ", "tiền lãi", False),
    ]
    found = {(str(t.quantity), t.label): [f.story.slug for f in t.figures] for t in totals}
    assert {key: slugs for key, slugs in found.items() if not {"sau", "tam"} & {*slugs}} == {
        ("91 %", "cây sống"): ["mot"],
        ("80 %", "cây sống"): ["hai"],
        ("67 hộ", "hiến đất"): ["mot", "hai"],
        ("2.390 m²", "hiến đất"): ["mot", "hai"],
        ("3 hộ", "kênh đào"): ["ba"],
        ("5 km", "kênh đào"): ["ba"],
        ("1,5 km", "Kênh hoá xong"): ["mot", "hai"],
        ("45 triệu đồng", "Thu nhập bình quân"): ["bon"],
        ("60 triệu đồng", "Thu nhập bình quân"): ["nam"],
    }
    assert [(story.slug, result.quantity) for story, result in find_unread(stories)] == [("ba", "trên 20 hộ")]
