"""Stock Pelican as a careful newcomer would set it up for the same stories, to measure our build against.

The same page set as far as stock can make it: stories, a paged list, a category a field, a tag a commune, an archive
a year, standing pages, Atom feeds. Left out, since stock cannot: commune × field, kinds, movements, replication, open
data; so our build writes more pages than this one. What is not set here is Pelican's default.
"""

SITENAME = "Mặt trận Tổ quốc Việt Nam huyện Cư Jút"
SITEURL = "http://localhost:8000"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
DEFAULT_DATE_FORMAT = "%d/%m/%Y"

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
