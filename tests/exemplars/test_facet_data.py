"""The data for combining facets: numbers only, in the order of the index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from plugins.exemplars.pages.machine_files import build_facet_data

if TYPE_CHECKING:
    from tests.conftest import Project


def test_each_exemplar_has_its_values_and_its_place_by_name(district: Project) -> None:
    index = district.edition().index
    data = json.loads(build_facet_data(index))
    read = {name: [facet["values"][number] for number in facet["of"]] for name, facet in data["facets"].items()}
    assert read == {
        "linh-vuc": [story.field.id for story in index.exemplars if story.field],
        "xa": [story.commune.id for story in index.exemplars if story.commune],
        "xa-nay": [index.vocabulary.today(story.commune).id for story in index.exemplars if story.commune],
        "loai": [story.kind.id for story in index.exemplars if story.kind],
        "nam": [story.year.id for story in index.exemplars],
    }
    by_name = sorted(zip(data["byName"], index.exemplars, strict=True), key=lambda pair: pair[0])
    assert [story for _, story in by_name] == list(index.by_name)


def test_it_stays_light(district: Project) -> None:
    """Of each exemplar five small numbers and a place: no name, no address, no second copy of a value."""
    index = district.edition().index
    text = build_facet_data(index)
    assert all(story.slug not in text and story.title not in text for story in index.exemplars)
    data = json.loads(text)
    assert all(len(set(facet["values"])) == len(facet["values"]) for facet in data["facets"].values())
