"""A small district whose exemplars are on both sides of the merger of 1/7/2025."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Project

# slug, title, date, field, commune, kind, other keys of the story.
STORIES = (
    ("kenh", "Kênh về thôn 3", "19/8/2019", "Kinh tế", "Nam Dong", "Tập thể", {}),
    (
        "kenh-ea-tling",
        "Ea T’ling học làm kênh",
        "2/3/2020",
        "Kinh tế",
        "Ea T'ling",
        "Tập thể",
        {"Nhân rộng từ": "kenh"},
    ),
    (
        "kenh-dak-drong",
        "Đắk D’rông cũng có kênh",
        "5/5/2021",
        "Kinh tế",
        "Dak Drong",
        "Mô hình",
        {"Nhân rộng từ": "kenh-ea-tling"},
    ),
    (
        "kenh-moi",
        "Ăn chắc từ một con kênh",
        "7/2/2026",
        "Kinh tế",
        "Nam Dong",
        "Tập thể",
        {"Nhân rộng từ": "kenh-ea-tling"},
    ),
    (
        "hu-gao",
        "Hũ gạo tình thương",
        "19/8/2020",
        "Văn hóa",
        "Nam Dong",
        "Cá nhân",
        {"Đồng ý": "PĐY-01", "Điển hình": "Bà Hoa"},
    ),
    ("chieng", "Bà con giữ tiếng chiêng", "30/6/2025", "[Văn hóa, Kinh tế]", "Nam Dong", "Mô hình", {"Mẫu": "có"}),
    ("hop-thu", "Hộp thư góp ý", "1/7/2025", "Văn hóa", "Nam Dong", "Mô hình", {"Phong trào": "Hàng Việt Nam"}),
    ("nhap", "Đang viết dở", "2/7/2025", "Kinh tế", "Cư Jút", "Tập thể", {"Trạng thái": "nháp", "Mẫu": "có"}),
    ("tin", "Nam Dong bình xét điển hình", "3/3/2021", None, None, None, {"Phong trào": "Hàng Việt Nam"}),
)


@pytest.fixture
def district(project: Project) -> Project:
    """A project with a chain of replication across the merger, a sample, a draft and a piece of news."""
    for slug, title, date, field, commune, kind, more in STORIES:
        front = {"Tiêu đề": title, "Ngày": date, "Lĩnh vực": field, "Xã": commune, "Loại": kind} | more
        project.write_story(slug, year=int(date[-4:]), front=front)
    return project
