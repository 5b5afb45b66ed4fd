"""The district's stories as its registers make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.content.load import can_use
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
def test_only_a_stated_recognition_counts(
    project: Project, status: str, front: dict[str, str | None], is_recognised: bool
) -> None:
    project.write(CSV, as_csv(rows({"Trạng thái": status})))
    project.write_story(front={"Đăng ký": "DK-2020-001"} | front)
    (story,) = load(project.path).stories
    assert story.is_recognised is is_recognised


def test_a_command_cannot_use_content_with_a_broken_vocabulary(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_story(front={"Xã": "Không Đâu"})
    content = load(project.path)
    assert can_use(content, "Chưa làm được lịch")
    assert "Không Đâu" in capsys.readouterr().err
    assert can_use(content, "Chưa làm được lịch", verbose=False)
    assert capsys.readouterr().err == ""
    assert can_use(content, "Chưa làm được lịch", [])
    assert capsys.readouterr().err == ""
    project.write("content/danh-muc/linh-vuc.yaml", "- tên: X")
    broken = load(project.path)
    for verbose in (True, False):
        assert not can_use(broken, "Chưa làm được lịch", verbose=verbose)
        told = capsys.readouterr().err.splitlines()
        assert told[0].startswith("content/danh-muc/linh-vuc.yaml:1: ")
        assert told[-1] == "Chưa làm được lịch: hãy sửa các lỗi trên rồi chạy lại."
