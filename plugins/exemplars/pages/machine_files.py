"""Files for programs: feeds, open data, site maps, robots.txt, and the facets that a browser combines."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from jinja2 import Environment

from plugins.content.addresses.sections import EXEMPLARS
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.model.index import Index
from plugins.exemplars.open_data import tables
from plugins.exemplars.pages import feeds
from plugins.exemplars.pages.sheet import Sheet

Make = Callable[[], bytes]

FACET_DATA_URL = f"{EXEMPLARS.url}loc.json"
# sitemaps.org allows 50,000 addresses a file; this leaves room for lists and standing pages.
MOST_STORIES = 30_000


def plan_files(
    edition: Edition, context: dict[str, Any], templates: Environment, sheets: Iterable[Sheet]
) -> dict[str, Make]:
    """Return a function for each file, by its path under the output folder. `sheets` are listed in the site map."""
    index, office, site_url = edition.index, edition.content.office, context["site_url"]
    made: dict[str, Callable[[], str]] = {
        tables.EXEMPLARS_JSON: partial(tables.build_exemplars_json, index, office, site_url),
        tables.EXEMPLARS_SCHEMA: partial(tables.build_exemplars_schema, site_url),
        tables.REPLICATIONS_JSON: lambda: tables.build_copies_json(
            tables.find_copies(index, office, site_url), tables.name_origins(index, site_url), office, site_url
        ),
        tables.REPLICATIONS_SCHEMA: partial(tables.build_copies_schema, site_url),
        tables.REPLICATIONS_CSV: partial(tables.build_replications_csv, index),
        tables.DICTIONARY_CSV: partial(tables.build_dictionary_csv, index),
        FACET_DATA_URL: partial(build_facet_data, index),
    }
    for feed in feeds.plan_feeds(index, office.site_name):
        made[feed.url] = partial(feeds.build_feed, feed, office, index.vocabulary, site_url)
    # At a former address of a feed, readers find the present feed, which names its own address.
    made |= {old: made[url] for old, url in edition.moved.items() if url in made}
    for name in ("robots.txt", "manifest.webmanifest"):
        made[f"/{name}"] = partial(templates.get_template(name).render, context)
    made |= _plan_site_maps(edition, context, templates, sheets)
    return {url.lstrip("/"): partial(_encode, make) for url, make in made.items()}


def plan_streams(edition: Edition, site_url: str) -> dict[str, Callable[[], Iterator[str]]]:
    """Return a function for each file with a row for every exemplar, which is written part by part, by its path."""
    index = edition.index
    made = {tables.EXEMPLARS_CSV: partial(tables.write_exemplars_csv, index, site_url)}
    if len(index.everything) > len(index.stories):
        made[tables.GATHERED_JSON] = partial(tables.write_gathered_json, index, edition.content.office, site_url)
    return {url.lstrip("/"): write for url, write in made.items()}


def _plan_site_maps(
    edition: Edition, context: dict[str, Any], templates: Environment, sheets: Iterable[Sheet]
) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the site map; for very many stories its index, a map of the other pages, and maps of the stories."""
    stories = edition.index.stories
    render = partial(templates.get_template("sitemap.xml").render, context)
    if len(stories) <= MOST_STORIES:
        yield "/sitemap.xml", partial(render, stories=stories, listed=sheets)
        return
    parts = [stories[start : start + MOST_STORIES] for start in range(0, len(stories), MOST_STORIES)]
    names = [f"sitemap-{number}.xml" for number in range(len(parts) + 1)]
    yield f"/{names[0]}", partial(render, stories=(), listed=sheets)
    for name, part in zip(names[1:], parts, strict=True):
        yield f"/{name}", partial(render, stories=part, listed=(), standing=())
    yield "/sitemap.xml", partial(templates.get_template("sitemap-index.xml").render, context, maps=names)


def build_facet_data(index: Index) -> str:
    """Return JSON: for each exemplar, in the order of the index's pages, its value in every facet and its rank by name.

    theme/static/js/facets.js reads it, and takes the cards that it shows from those pages.
    """
    exemplars, today = index.exemplars, index.vocabulary.today
    facets = {
        "linh-vuc": [story.field.id if story.field else "" for story in exemplars],
        "xa": [story.commune.id if story.commune else "" for story in exemplars],
        "xa-nay": [today(story.commune).id if story.commune else "" for story in exemplars],
        "loai": [story.kind.id if story.kind else "" for story in exemplars],
        "nam": [story.year.id for story in exemplars],
    }
    data = {name: _number(values) for name, values in facets.items()}
    # Browsers do not agree on Vietnamese order.
    ranks = {story.slug: rank for rank, story in enumerate(index.by_name)}
    by_name = [ranks[story.slug] for story in exemplars]
    return json.dumps({"facets": data, "byName": by_name}, separators=(",", ":"))


def _number(values: list[str]) -> dict[str, list[str] | list[int]]:
    known = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return {"values": list(known), "of": [known[value] for value in values]}


def _encode(make: Callable[[], str]) -> bytes:
    return make().encode()
