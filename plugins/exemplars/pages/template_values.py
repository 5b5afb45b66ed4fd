"""The values and filters of every template, beside Pelican's settings."""

import json
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from plugins import templates
from plugins.content.addresses import sections
from plugins.content.addresses.sections import Crumb
from plugins.content.addresses.urls import readable_url
from plugins.content.members.members import Replica
from plugins.content.page import Page
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.content.territory.words import kind_words
from plugins.content.vocabulary.terms import Office
from plugins.exemplars.model import matrix
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.model.listing import feed_url
from plugins.exemplars.model.replication import Replication
from plugins.exemplars.pages import structured_data
from plugins.exemplars.pages.chain_diagram import lay_out_chain
from plugins.exemplars.pages.machine_files import FACET_DATA_URL
from plugins.exemplars.pages.sharing import build_share_card, find_plate, find_qr, share_links
from plugins.photos.photo import Photo, open_cache
from plugins.photos.share_card import ShareCard
from plugins.tokens import own_tokens, read_tokens
from plugins.vietnamese import fold

# Absolute addresses need some host while the site's own is not filled in: that of `preview`.
LOCAL_URL = "http://localhost:8000"


class Head(NamedTuple):
    """The content of a page's <head>, set by the template of its kind and written by base.html."""

    title: str
    description: str
    url: str = ""  # of a page whose address is not to be named
    type: str = "website"  # by the Open Graph protocol
    crumbs: tuple[Crumb, ...] = ()
    image: Photo | ShareCard | None = None
    image_alt: str = ""
    data: dict[str, Any] | None = None  # of schema.org
    feed: str = ""
    script: str = ""
    fonts: tuple[str, ...] = ()  # beside those of every page
    noindex: bool = False
    moved: str = ""  # present address of a moved page


def template_values(edition: Edition, theme: Path, *, pictures: bool) -> dict[str, Any]:
    """Return the values that every template may read. `pictures`: whether stories have share cards."""
    vocabulary, index, day = edition.content.vocabulary, edition.index, edition.content.day
    words, hints = vocabulary.site_words(day), [term.short for term in vocabulary.fields[:1]]
    site_url, fonts = edition.content.site_url or LOCAL_URL, theme / "static/fonts"

    # Asked for by a story's page and by the list of cards to be drawn.
    @cache
    def draw(story: Story) -> ShareCard | None:
        return build_share_card(story, vocabulary.office_on(story.date) or Office(), fonts)

    return {
        "edition": edition,
        "share_card": draw if pictures else lambda _: None,
        "plate_of": find_plate,
        "index": index,
        "vocabulary": vocabulary,
        "place_words": words,
        "all_place_words": words.beside(vocabulary.communes),
        "kind_words": kind_words,
        # As people type: marks are not needed.
        "search_hint": ", ".join(fold(one) for one in (*hints, words.example) if one),
        "office": edition.content.office,
        "past_offices": [office for office in vocabulary.offices if office.until and office.until < day],
        "site_url": site_url,
        "readable_url": readable_url,
        # Sorted by path: the order of Pelican's own lists differs between systems.
        "standing": [source for source in edition.sources.values() if not isinstance(source, Story)],
        "standing_pages": {source.slug: source for source in edition.sources.values() if type(source) is Page},
        "updated": edition.updated,
        "replication": Replication(index, edition.content.copied_elsewhere),
        "lay_out_chain": lay_out_chain,
        "link_story": link_story,
        "sections": sections,
        "tokens": read_tokens(theme / "static"),
        "legend": matrix.LEGEND,
        "Head": Head,
        "feed_url": feed_url,
        "facet_data_url": FACET_DATA_URL,
        "share_links": share_links,
        "draw_qr": partial(find_qr, cache=open_cache(edition.content.project)),
        "describe_article": partial(structured_data.describe_article, index=index, site_url=site_url),
        "describe_crumbs": partial(structured_data.describe_crumbs, site_url=site_url),
        "describe_place": partial(structured_data.describe_place, site_url=site_url),
        "describe_collection": partial(structured_data.describe_collection, site_url=site_url),
        "describe_home": partial(structured_data.describe_home, edition.content.office, site_url),
    }


def link_story(story: Listed | Replica, words: str) -> Markup:
    """Return a link with these words to a story; one on another site names the site."""
    url, shown = escape(story.url), escape(words)
    if not story.site:
        return Markup(f'<a href="{url}">{shown}</a>')  # noqa: S704 - escaped
    site = f'<span class="elsewhere">trên trang {escape(story.site)}</span>'
    return Markup(f'<a href="{url}" rel="external">{shown} {site}</a>')  # noqa: S704 - escaped


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def write_ld_json(value: Any) -> Markup:
    """Return JSON for a script element: nothing in it can close the element."""
    text = _JSON.encode(value)
    # Escaped for a script element.
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


CLOTH = own_tokens().light["cloth"]
_READABLE = 4.5


def lighten(color: str) -> str:
    """Return a colour (#rrggbb) mixed with as little white as makes it readable on the cloth (WCAG 2.2, 1.4.3)."""
    channels, ground = bytes.fromhex(color[1:]), _luminance(bytes.fromhex(CLOTH[1:])) + 0.05
    for white in range(101):
        mixed = bytes(round(channel + (255 - channel) * white / 100) for channel in channels)
        if (_luminance(mixed) + 0.05) / ground >= _READABLE:
            break
    return f"#{mixed.hex()}"


def _luminance(channels: bytes) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    parts = [channel / 255 for channel in channels]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


FILTERS = templates.FILTERS | {"ld_json": write_ld_json, "lighten": lighten}
