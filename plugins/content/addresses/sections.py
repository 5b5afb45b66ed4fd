"""The site's own pages that others lead to: the name and the address of each, written here and nowhere else.

Terms, stories and documents make their addresses from these, and templates read them as `sections`.
"""

from __future__ import annotations

from typing import NamedTuple


class Crumb(NamedTuple):
    """A step of the trail from the home page."""

    title: str
    url: str


HOME = Crumb("Trang chủ", "/")
NEWS = Crumb("Tin tức", "/bai-viet/")
EXEMPLARS = Crumb("Dân vận khéo", "/dan-van-kheo/")
BY_NAME = Crumb("Theo tên", f"{EXEMPLARS.url}theo-ten/")
FIELDS = Crumb("Lĩnh vực", f"{EXEMPLARS.url}linh-vuc/")
# What it is called depends on what the places are.
COMMUNES = Crumb("Địa bàn", f"{EXEMPLARS.url}xa/")
KINDS = Crumb("Loại", f"{EXEMPLARS.url}loai/")
YEARS = Crumb("Năm", f"{EXEMPLARS.url}nam/")
REPLICATION = Crumb("Nhân rộng", "/nhan-rong/")
WAITING = Crumb("Chưa được nhân rộng", f"{REPLICATION.url}chua-nhan-rong/")
MOVEMENTS = Crumb("Phong trào", "/phong-trao/")
DOCUMENTS = Crumb("Văn bản", "/van-ban/")
SEARCH = Crumb("Tìm kiếm", "/tim-kiem/")
REPORTS = Crumb("Báo cáo", "/bao-cao/")
OPEN_DATA = Crumb("Dữ liệu mở", "/du-lieu/")
CORRECTIONS = Crumb("Đính chính", "/dinh-chinh/")
SITE_MAP = Crumb("Sơ đồ trang", "/so-do-trang/")
# What no trail leads to.
NOT_FOUND_URL = "/404.html"
FEEDS_URL = "/feeds/"
ASSETS_URL = "/theme/"
PLATES_URL = "/hinh-trang-tri/"
SEARCH_INDEX_URL = f"{SEARCH.url}chi-muc/"

_FIRST = (NEWS, EXEMPLARS, REPLICATION, MOVEMENTS, DOCUMENTS, SEARCH, REPORTS, OPEN_DATA, CORRECTIONS, SITE_MAP)
# First steps of the site's own addresses: a standing page of that name would be written over.
TAKEN = frozenset(url.strip("/") for url in (*(section.url for section in _FIRST), FEEDS_URL, ASSETS_URL, PLATES_URL))


def report_url(year: int) -> str:
    """Return the address of the report of a year."""
    return f"{REPORTS.url}{year}/"
