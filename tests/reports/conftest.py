"""A project with a year of stories on both sides of the merger, a register, and words for a report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Project

REGISTER = """\
Mã;Tên mô hình;Loại;Đơn vị;Xã;Thôn;Lĩnh vực;Phong trào;Người phụ trách;Ngày đăng ký;Trạng thái;Kết quả;Ghi chú
DK-2020-001;Kênh về thôn 3;Tập thể;Thôn 3;Nam Dong;thôn 3;Kinh tế;;Nông Văn Kín;2/4/2020;đã nhân rộng;3,2 km kênh;
DK-2020-002;Hũ gạo;Mô hình;Chi hội;Nam Dong;thôn 5;Văn hóa;;Nông Văn Kín;2/4/2020;đang thực hiện;;
DK-2020-003;Tổ hòa giải;Cá nhân;Tổ 7;Ea T’ling;tổ 7;Văn hóa;;Nông Văn Kín;2/4/2020;dừng;;
DK-2020-004;Chợ sạch;Mô hình;Chi hội;Đắk D’rông;;Kinh tế;;Nông Văn Kín;2/4/2020;đã công nhận;;
"""
PROSE = """\
---
Số: 45/BC-MTTQ-BTT
Chức vụ: Phó Chủ tịch
Người ký: Y Thử Niê
Nơi nhận: [Thường trực Huyện ủy]
---
## I. Công tác chỉ đạo

Chúng tôi **đi từng thôn** và *hỏi*.

- nghe trước;
- nói sau.

## IV. Phương hướng, nhiệm vụ năm tới

1. Làm tiếp.
2. Làm kỹ hơn.

| Việc | Hạn |
|---|---|
| Nhân rộng | 2021 |
"""


def with_results(*lines: str) -> dict[str, str | None]:
    return {"Kết quả": json.dumps(lines, ensure_ascii=False)}


@pytest.fixture
def year(project: Project) -> Project:
    """Three exemplars of 2020, of which one is commended and copied by one of 2021; one of 2026 in a new commune."""
    praise = {"Biểu dương": '["Giấy khen | huyện | 2020", "Bằng khen | tỉnh | 2020"]'}
    project.write_story("kenh", front=with_results("3,2 km | kênh", "46 hộ | hiến 1.850 m² đất") | praise)
    project.write_story("gao", front=with_results("gần 40 hộ | góp gạo") | {"Xã": "Ea T’ling", "Lĩnh vực": "Văn hóa"})
    project.write_story(
        "ong", front=with_results("800 m | kênh", "21 hộ | hiến 540 m² đất") | {"Xã": "Đắk D’rông", "Loại": "Mô hình"}
    )
    project.write_story("kenh-hai", 2021, {"Nhân rộng từ": "kenh"})
    project.write_story("kenh-ba", 2026, {"Ngày": "5/2/2026"})
    project.write_story("nhap", front={"Trạng thái": "nháp"})
    project.write("content/bai-viet/2020/tin/bai.md", "---\nTiêu đề: Tin\nNgày: 1/2/2020\n---\nTin.\n")
    return project
