"""The district's stories as its registers make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loading import load
from tests.registers.conftest import CSV, as_csv, rows

if TYPE_CHECKING:
    from tests.conftest import Project


@pytest.mark.parametrize(
    ("status", "front", "is_recognised"),
    [
        ("đang thực hiện", {}, False),
        ("đã công nhận", {}, True),
        ("đã nhân rộng", {}, False),
        ("dừng", {}, False),
        ("đang thực hiện", {"Biểu dương": "Giấy khen | huyện | 2020"}, False),
        ("đang thực hiện", {"Công nhận": "20/10/2020 | Quyết định 12/QĐ-MTTQ"}, True),
        ("đã công nhận", {"Loại": None, "Đăng ký": None}, False),
    ],
)
def test_recognised_is_what_the_register_or_the_story_calls_so_and_nothing_else(
    project: Project, status: str, front: dict[str, str | None], is_recognised: bool
) -> None:
    project.write(CSV, as_csv(rows({"Trạng thái": status})))
    project.write_story(front={"Đăng ký": "DK-2020-001"} | front)
    (story,) = load(project.path).stories
    assert story.is_recognised is is_recognised
