"""Stock Pelican as a careful newcomer would set it up for the same stories, to measure our build against.

The same page set as far as stock can make it: stories, a paged list, a category a field, a tag a commune, an archive
a year, standing pages, Atom feeds. Left out, since stock cannot: commune × field, kinds, movements, replication, open
data, and on a story its reading time and what is near it; so our build writes more than this one. Names, addresses and
trails are laid out in data/. What is not set here is Pelican's default.
"""

import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any
from urllib.parse import quote

SITENAME = "Dân vận khéo"
SITEURL = "http://localhost:8000"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
DEFAULT_DATE_FORMAT = "%-d/%-m/%Y"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

PATH = "content"
ARTICLE_PATHS = ["bai-viet"]
PAGE_PATHS = ["trang", "van-ban"]
STATIC_PATHS: list[str] = []
THEME = "theme"

# The same syntax as ours.
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.abbr": {},
        "markdown.extensions.attr_list": {},
        "markdown.extensions.def_list": {},
        "markdown.extensions.footnotes": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.smarty": {},
        "markdown.extensions.tables": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}

ARTICLE_URL = "bai-viet/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "bai-viet/{date:%Y}/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "dan-van-kheo/linh-vuc/{slug}/"
CATEGORY_SAVE_AS = "dan-van-kheo/linh-vuc/{slug}/index.html"
TAG_URL = "dan-van-kheo/xa/{slug}/"
TAG_SAVE_AS = "dan-van-kheo/xa/{slug}/index.html"
YEAR_ARCHIVE_URL = "dan-van-kheo/nam/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "dan-van-kheo/nam/{date:%Y}/index.html"
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "categories", "tags"]
CATEGORIES_SAVE_AS = "dan-van-kheo/linh-vuc/index.html"
TAGS_SAVE_AS = "dan-van-kheo/xa/index.html"

DEFAULT_PAGINATION = 24
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/trang/{number}/", "{base_name}/trang/{number}/index.html"),
)

FEED_ALL_ATOM = "feeds/tat-ca.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 30


def _read(name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((Path(__file__).parent / f"data/{name}.json").read_text(encoding="utf-8"))
    return values


def _describe(trail: list[dict[str, str]]) -> str:
    steps = [
        {"@type": "ListItem", "position": position, "name": step["name"], "item": SITEURL + step["url"]}
        for position, step in enumerate(trail, 1)
    ]
    return json.dumps(steps, ensure_ascii=False).removesuffix("]")


def _zalo(address: str) -> str:
    return quote(urlsafe_b64encode(json.dumps({"url": address}).encode()).decode())


FIELDS, COMMUNES, KINDS, MOVEMENTS, TRAILS = map(_read, ("fields", "communes", "kinds", "movements", "trails"))
TRAIL_DATA = {address: _describe(trail) for address, trail in TRAILS.items()}
SAID = {said["title"]: said for said in _read("lists").values()}
JINJA_FILTERS = {"zalo": _zalo}
