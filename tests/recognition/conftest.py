"""A year with registrations of two communes and of the office, some reviewed, some recognised, one stopped."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from tests.registers.conftest import ACTS, CSV, acts, as_csv, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Project

HEADS = "Mã;Việc;Ngày;Văn bản;Hình thức;Cấp;Số phiếu;Nơi niêm yết;Niêm yết đến;Nơi làm theo;Ghi chú"
PLACE = "Thôn/buôn/bon/tổ dân phố"
CHANGES: list[dict[str, Any]] = [
    {},
    {"Tên mô hình": "Đường hoa thôn 8", PLACE: "thôn 8", "Đơn vị": "Chi hội Phụ nữ thôn 8", "Loại": "Mô hình"},
    {"Tên mô hình": "Chờ bài", "Loại": "Cá nhân", "Kết quả": ""},
    {"Tên mô hình": "Bỏ dở", "Trạng thái": "dừng"},
    {"Tên mô hình": "Bến nước", "Xã": "Ea T'ling", "Loại": "Mô hình"},
    {"Tên mô hình": "Nghe dân", "Xã": "cơ quan", "Đơn vị": "Cơ quan Ủy ban MTTQ huyện", PLACE: ""},
    {"Tên mô hình": "Lớp học đêm", "Xã": "Đăk D’rông", "Loại": "Cá nhân"},
]
STATED = (
    "DK-2020-001;bình xét;7/10/2020;Biên bản 3;;;45/49;nhà văn hóa thôn 3;14/10/2020;;",
    "DK-2020-001;công nhận;15/10/2020;Quyết định 4/QĐ-MTTQ;;;;;;;",
    "DK-2020-003;công nhận;16/10/2020;;;;;;;;",
)


@pytest.fixture
def year(project: Project) -> Project:
    project.write(CSV, as_csv(rows(*CHANGES)))
    project.write(ACTS, acts(*STATED, heads=HEADS).replace("\n", "\r\n"))
    return project


def texts_of(data: bytes) -> Iterator[str]:
    """Yield every text of a Word file in its order, those of its tables too."""
    for block in Document(BytesIO(data)).iter_inner_content():
        if hasattr(block, "rows"):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text


def files(project: Project, folder: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (project.path / folder).iterdir()}
