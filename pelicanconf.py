"""Settings of the site, and nothing that is content: names, addresses and terms live in content/danh-muc/."""

import sys
from pathlib import Path

# `pelican` is a program of its own, and finds the plugins from here.
sys.path.insert(0, str(Path(__file__).resolve().parent))

# Pelican, which reads the content by `load_content` when nobody has, and ends with 1 when a story was left out.
PELICAN_CLASS = "plugins.SitePelican"
# Empty: absolute addresses use `địa chỉ trang` of co-quan.yaml.
SITEURL = ""
# Vietnam, Vietnamese.
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"

# Where things are.
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = [
    "plugins.exemplars",
    "plugins.assets",
    "plugins.search",
    "plugins.registers",
    "plugins.reports",
    "plugins.letters",
]

# What an edition shows. `publish` leaves samples out, `preview` lets drafts in.
SHOW_DRAFTS = False
SHOW_SAMPLES = True
# Whether each story gets a drawn card for social networks and, on paper, a QR code: only in a publish, since drawing
# them takes longer than writing the pages.
SHARE_PICTURES = False
# Whether an error in what is shown keeps the site from being built. Else a broken story is left out and named.
PUBLISHING = False
# The day as of which the site is built, such as 3/11/2020; "": today.
DAY = ""

# All of content/ is read by plugins/content, and nothing of it by Pelican's own readers.
STATIC_PATHS: list[str] = []
# Style, scripts, fonts and icons go through plugins/assets.
THEME_STATIC_PATHS: list[str] = []
READERS = {"rst": None, "html": None}

# Facets come from the index, feeds from plugins/exemplars/pages/feeds.py; Pelican's own stay off.
DIRECT_TEMPLATES: list[str] = []
ARCHIVES_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
CATEGORIES_SAVE_AS = ""
TAG_SAVE_AS = ""
TAGS_SAVE_AS = ""
DRAFT_SAVE_AS = ""
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
# Work that this site does not need.
RELATIVE_URLS = False

# What a writer types is never markup, except the body, which has been cleaned. Templates do not change during a build,
# and there is room for all of them (-1: no limit, so none need be counted).
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "auto_reload": False,
    "cache_size": -1,
}
