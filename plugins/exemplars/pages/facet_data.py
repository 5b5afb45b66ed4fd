"""The small file from which a browser combines facets of the index. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from plugins.content.addresses.sections import EXEMPLARS

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.content.stories.listed import Listed
    from plugins.exemplars.model.index import Index

FACET_DATA_URL = f"{EXEMPLARS.url}loc.json"


def build_facet_data(index: Index) -> str:
    """Return JSON: for each exemplar, in the order of the index's pages, its value in every facet and its rank by name.

    theme/static/js/facets.js reads it, and takes the cards that it shows from those pages.
    """
    facets: dict[str, Callable[[Listed], str]] = {
        "linh-vuc": lambda story: story.field.id if story.field else "",
        "xa": lambda story: story.commune.id if story.commune else "",
        "xa-nay": lambda story: index.vocabulary.today(story.commune).id if story.commune else "",
        "loai": lambda story: story.kind.id if story.kind else "",
        "nam": lambda story: story.year.id,
    }
    data = {name: _number([read(story) for story in index.exemplars]) for name, read in facets.items()}
    # Browsers do not agree on Vietnamese order.
    ranks = {story.slug: rank for rank, story in enumerate(index.by_name)}
    by_name = [ranks[story.slug] for story in index.exemplars]
    return json.dumps({"facets": data, "byName": by_name}, separators=(",", ":"))


def _number(values: list[str]) -> dict[str, list[str] | list[int]]:
    known = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return {"values": list(known), "of": [known[value] for value in values]}
