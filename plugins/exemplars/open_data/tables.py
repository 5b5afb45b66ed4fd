"""The index as open data: exemplars and replications as CSV and JSON, and what each column means."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from plugins.content.addresses.sections import OPEN_DATA
from plugins.content.addresses.stories import absolute_url, host_of
from plugins.content.members.gathered import Replica
from plugins.content.members.shapes import VERSION
from plugins.exemplars.open_data.columns import COLUMNS, SITE, find_origin_url, place_today
from plugins.exemplars.open_data.csv_tables import write_csv, write_csv_parts
from plugins.vietnamese import capitalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.content.stories.listed import Listed
    from plugins.content.vocabulary.terms import Commune, Field, Office
    from plugins.exemplars.model.index import Index
    from plugins.exemplars.open_data.columns import Column

EXEMPLARS_CSV = f"{OPEN_DATA.url}dien-hinh.csv"
EXEMPLARS_JSON = f"{OPEN_DATA.url}dien-hinh.json"
GATHERED_JSON = f"{OPEN_DATA.url}thu-ve.json"
EXEMPLARS_SCHEMA = f"{OPEN_DATA.url}dien-hinh.schema.json"
REPLICATIONS_JSON = f"{OPEN_DATA.url}nhan-rong.json"
REPLICATIONS_SCHEMA = f"{OPEN_DATA.url}nhan-rong.schema.json"
REPLICATIONS_CSV = f"{OPEN_DATA.url}nhan-rong.csv"
DICTIONARY_CSV = f"{OPEN_DATA.url}tu-dien.csv"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.vi"


def build_exemplars(index: Index, site_url: str) -> list[dict[str, Any]]:
    """Return one row an exemplar of this site, newest first, by the keys of COLUMNS."""
    own = (story for story in index.exemplars if not story.site)
    return [{column.key: column.value(story, index, site_url) for column in COLUMNS} for story in own]


def write_exemplars_csv(index: Index, site_url: str) -> Iterator[str]:
    """Yield the exemplars, here and elsewhere, as CSV with Vietnamese headings; lists are joined by “; ”."""
    columns = csv_columns(index)
    rows = ([column.value(story, index, site_url) for column in columns] for story in index.exemplars)
    return write_csv_parts([column.heading for column in columns], rows)


def csv_columns(index: Index) -> tuple[Column, ...]:
    """Return the columns of the table of an index; where a story stands, only where some stand elsewhere."""
    return (*COLUMNS, SITE) if len(index.everything) > len(index.stories) else COLUMNS


def write_gathered_json(index: Index, office: Office, site_url: str) -> Iterator[str]:
    """Yield the exemplars of other sites as a JSON object like that of this site's, each on a line of its own."""
    columns = (*COLUMNS, SITE)
    write = json.JSONEncoder(ensure_ascii=False).encode
    head = {key: value for key, value in _head(office, site_url, "").items() if key != "schema"}
    yield write(head)[:-1] + ', "exemplars": ['
    before = "\n"
    for story in index.exemplars:
        if story.site:
            yield before + write({column.key: column.value(story, index, site_url) for column in columns})
            before = ",\n"
    yield "\n]}\n"


def build_exemplars_json(index: Index, office: Office, site_url: str) -> str:
    """Return the exemplars of this site as a JSON object with version, schema, licence, site and rows."""
    data = _head(office, site_url, EXEMPLARS_SCHEMA) | {
        "replications": site_url + REPLICATIONS_JSON if find_copies(index, office, site_url) else "",
        "exemplars": build_exemplars(index, site_url),
    }
    return write_json(data)


def _head(office: Office, site_url: str, schema: str) -> dict[str, Any]:
    named = {"name": office.site_name, "office": office.title, "level": office.level, "area": office.area}
    licence = {"licence": LICENCE, "licence_url": LICENCE_URL}
    return {"version": VERSION, "schema": site_url + schema, **licence, "site": named | {"url": site_url}}


def write_json(data: Mapping[str, Any]) -> str:
    """Return JSON as people read it."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# What of an exemplar stands in the list of copies across sites: by the address of its origin, that of the copy.
Copies = dict[str, dict[str, Replica]]


def find_copies(index: Index, office: Office, site_url: str) -> Copies:
    """Return the exemplars that replicate one of another site, by the address of the origin and their own."""
    found: Copies = {}
    for story in index.exemplars:
        if not (story.is_from_elsewhere or index.origin(story)):
            continue
        origin, url = find_origin_url(story, index, site_url), absolute_url(story.url, site_url)
        # Of what stands here, the chains of this site tell.
        if host_of(origin) not in (host_of(url), host_of(site_url)):
            place, site = place_today(story, index).distinct_title, capitalize(story.site) or office.site_name
            found.setdefault(origin, {})[url] = Replica(url, story.name, place, site)
    return found


def name_origins(index: Index, site_url: str) -> dict[str, str]:
    """Return the names of the exemplars that others copied, by their address."""
    known = (index.by_slug[slug] for slug in index.copies)
    return {absolute_url(origin.url, site_url): origin.name for origin in known}


def build_copies_json(copies: Copies, names: Mapping[str, str], office: Office, site_url: str) -> str:
    """Return what was copied across sites as JSON, in the order of addresses; `names` are of the origins known here."""
    origins = [
        {"url": url, "name": names.get(url, ""), "copies": [copies[url][one]._asdict() for one in sorted(copies[url])]}
        for url in sorted(copies)
    ]
    return write_json(_head(office, site_url, REPLICATIONS_SCHEMA) | {"origins": origins})


def build_replications_csv(index: Index) -> str:
    """Return one row a replication: origin, copy, with their communes then and today and years, oldest copy first."""
    heading = [
        *("Mã bài gốc", "Điển hình gốc", "Lĩnh vực gốc", "Xã gốc", "Xã gốc hiện nay", "Năm gốc"),
        *("Mã bài nhân rộng", "Điển hình nhân rộng", "Lĩnh vực", "Xã", "Xã hiện nay", "Năm"),
    ]
    copies = sorted(chain.from_iterable(index.copies.values()), key=lambda s: (s.year.number, s.slug))
    return write_csv(
        heading, ([*_edge(cast("Listed", index.origin(copy)), index), *_edge(copy, index)] for copy in copies)
    )


def build_dictionary_csv(index: Index) -> str:
    """Return what each column means, in Vietnamese and English, with the licence in the last row."""
    rows = [[column.heading, column.key, column.meaning, column.meaning_en] for column in csv_columns(index)]
    rows.append(["Giấy phép", "licence", LICENCE, LICENCE_URL])
    return write_csv(["Cột trong CSV", "Khóa trong JSON", "Ý nghĩa", "Meaning"], rows)


def _edge(story: Listed, index: Index) -> list[Any]:
    # What copies and is copied is an exemplar, which has a field and a commune.
    field, commune = cast("Field", story.field), cast("Commune", story.commune)
    places = commune.distinct_name, place_today(story, index).distinct_name
    return [story.slug, story.name, field.name, *places, story.year.number]
