"""Titles and URLs of the site's own sections, the only place where they are written.

Terms, stories and documents build their URLs on these; templates see them as `sections`.
"""

from typing import NamedTuple


class Crumb(NamedTuple):
    """A breadcrumb."""

    title: str
    url: str


HOME = Crumb("Trang chủ", "/")
NEWS = Crumb("Tin tức", "/bai-viet/")
EXEMPLARS = Crumb("Dân vận khéo", "/dan-van-kheo/")
BY_NAME = Crumb("Theo tên", f"{EXEMPLARS.url}theo-ten/")
FIELDS = Crumb("Lĩnh vực", f"{EXEMPLARS.url}linh-vuc/")
# Its title depends on the kinds of the places.
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
# Without breadcrumbs.
NOT_FOUND_URL = "/404.html"
FEEDS_URL = "/feeds/"
ASSETS_URL = "/theme/"
PLATES_URL = "/hinh-trang-tri/"
SEARCH_INDEX_URL = f"{SEARCH.url}chi-muc/"

_FIRST = (NEWS, EXEMPLARS, REPLICATION, MOVEMENTS, DOCUMENTS, SEARCH, REPORTS, OPEN_DATA, CORRECTIONS, SITE_MAP)
# First path segments of the sections, which no page may have as its slug.
TAKEN = frozenset(url.strip("/") for url in (*(section.url for section in _FIRST), FEEDS_URL, ASSETS_URL, PLATES_URL))


def report_url(year: int) -> str:
    """Return the URL of the report of a year."""
    return f"{REPORTS.url}{year}/"
