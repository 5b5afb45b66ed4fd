"""The index as open data: exemplars and replications as CSV and JSON, their JSON Schema, a dictionary of columns."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, cast

from plugins.content.addresses.sections import OPEN_DATA
from plugins.content.addresses.urls import absolute_url, host_of
from plugins.content.members.members import Replica
from plugins.content.members.open_data import (
    COPY_SHAPES,
    MOST_ROWS,
    ORIGIN_SHAPES,
    SHAPES,
    SITE_SHAPES,
    VERSION,
    PropertySchema,
)
from plugins.content.stories.listed import Listed
from plugins.content.vocabulary.terms import Commune, Field, Office
from plugins.exemplars.model.index import Index
from plugins.exemplars.open_data.columns import COLUMNS, SITE, Column, find_origin_url, place_today
from plugins.exemplars.open_data.csv_tables import write_csv, write_csv_parts
from plugins.vietnamese import capitalize

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

# Meanings of the keys, which the JSON Schema tells its users.
_ADDRESS = {"type": "string", "pattern": "^(https?://.*)?$", "maxLength": 500}
_HEAD: dict[str, Any] = {
    "version": {"const": VERSION, "description": "Phiên bản của cách ghi; Version of the format"},
    "schema": _ADDRESS | {"description": "Địa chỉ của tệp này; Address of this file"},
    "licence": {"type": "string", "description": "Giấy phép; Licence"},
    "licence_url": _ADDRESS | {"description": "Địa chỉ giấy phép; Address of the licence"},
}
_OF_SITE = {
    "name": "Tên trang; Name of the site",
    "office": "Cơ quan phụ trách trang; Office that runs it",
    "level": "Cấp: tỉnh, huyện, xã…; Level of the office",
    "area": "Địa bàn; Area",
    "url": "Địa chỉ trang; Address of the site",
}
_OF_ORIGIN = {
    "url": "Địa chỉ điển hình gốc; Address of the origin",
    "name": "Tên điển hình gốc, nếu biết; Its name, if known",
}
_OF_COPY = {
    "url": "Địa chỉ nơi làm theo; Address of the copy",
    "name": "Tên điển hình làm theo; Its name",
    "place": "Xã, phường, đặc khu… làm theo; Its place",
    "site": "Trang có bài ấy; The site it is on",
}


def build_exemplars(index: Index, site_url: str) -> list[dict[str, Any]]:
    """Return a row for each exemplar of this site, newest first, by the keys of COLUMNS."""
    own = (story for story in index.exemplars if not story.site)
    return [{column.key: column.value(story, index, site_url) for column in COLUMNS} for story in own]


def write_exemplars_csv(index: Index, site_url: str) -> Iterator[str]:
    """Yield the exemplars, here and elsewhere, as CSV with Vietnamese headings; lists are joined by “; ”."""
    columns = csv_columns(index)
    rows = ([column.value(story, index, site_url) for column in columns] for story in index.exemplars)
    return write_csv_parts([column.heading for column in columns], rows)


def csv_columns(index: Index) -> tuple[Column, ...]:
    """Return the columns of the CSV table: with that of the site only if some exemplars are of other sites."""
    return (*COLUMNS, SITE) if len(index.everything) > len(index.stories) else COLUMNS


def write_gathered_json(index: Index, office: Office, site_url: str) -> Iterator[str]:
    """Yield the exemplars of other sites as a JSON object of the same shape, one a line."""
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
    listed = site_url + REPLICATIONS_JSON if find_copies(index, office, site_url) else ""
    rows = {"replications": listed, "exemplars": build_exemplars(index, site_url)}
    return write_json(_head(office, site_url, EXEMPLARS_SCHEMA) | rows)


def _head(office: Office, site_url: str, schema: str) -> dict[str, Any]:
    named = {"name": office.site_name, "office": office.title, "level": office.level, "area": office.area}
    licence = {"licence": LICENCE, "licence_url": LICENCE_URL}
    return {"version": VERSION, "schema": site_url + schema, **licence, "site": named | {"url": site_url}}


def write_json(data: Mapping[str, Any]) -> str:
    """Return indented JSON."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# Copies across sites, by the address of the origin and that of the copy.
Copies = dict[str, dict[str, Replica]]


def find_copies(index: Index, office: Office, site_url: str) -> Copies:
    """Return the exemplars that replicate one of another site."""
    found: Copies = {}
    for story in index.exemplars:
        if not (story.is_from_elsewhere or index.origin(story)):
            continue
        origin, url = find_origin_url(story, index, site_url), absolute_url(story.url, site_url)
        # Copies within one site are in its chains.
        if host_of(origin) not in (host_of(url), host_of(site_url)):
            place, site = place_today(story, index).distinct_title, capitalize(story.site) or office.site_name
            found.setdefault(origin, {})[url] = Replica(url, story.name, place, site)
    return found


def name_origins(index: Index, site_url: str) -> dict[str, str]:
    """Return the names of copied exemplars by their address."""
    known = (index.by_slug[slug] for slug in index.copies)
    return {absolute_url(origin.url, site_url): origin.name for origin in known}


def build_copies_json(copies: Copies, names: Mapping[str, str], office: Office, site_url: str) -> str:
    """Return the copies across sites as JSON, sorted by address. `names` are of the origins known here, by address."""
    origins = [
        {"url": url, "name": names.get(url, ""), "copies": [copies[url][one]._asdict() for one in sorted(copies[url])]}
        for url in sorted(copies)
    ]
    return write_json(_head(office, site_url, REPLICATIONS_SCHEMA) | {"origins": origins})


def build_replications_csv(index: Index) -> str:
    """Return a row for each replication, oldest copy first: origin and copy with their communes and years."""
    heading = [
        *("Mã bài gốc", "Điển hình gốc", "Lĩnh vực gốc", "Xã gốc", "Xã gốc hiện nay", "Năm gốc"),
        *("Mã bài nhân rộng", "Điển hình nhân rộng", "Lĩnh vực", "Xã", "Xã hiện nay", "Năm"),
    ]
    copies = sorted(chain.from_iterable(index.copies.values()), key=lambda s: (s.year.number, s.slug))
    rows = ([*_edge(cast("Listed", index.origin(copy)), index), *_edge(copy, index)] for copy in copies)
    return write_csv(heading, rows)


def build_dictionary_csv(index: Index) -> str:
    """Return the meaning of each column in Vietnamese and English, with the licence in the last row."""
    rows = [[column.heading, column.key, column.meaning, column.meaning_en] for column in csv_columns(index)]
    rows.append(["Giấy phép", "licence", LICENCE, LICENCE_URL])
    return write_csv(["Cột trong CSV", "Khóa trong JSON", "Ý nghĩa", "Meaning"], rows)


def _edge(story: Listed, index: Index) -> list[Any]:
    # Only exemplars copy and are copied, and each has a field and a commune.
    field, commune = cast("Field", story.field), cast("Commune", story.commune)
    places = commune.distinct_name, place_today(story, index).distinct_name
    return [story.slug, story.name, field.name, *places, story.year.number]


def build_exemplars_schema(site_url: str) -> str:
    """Return the JSON Schema of the exemplars."""
    meanings = {column.key: f"{column.heading}: {column.meaning}; {column.meaning_en}" for column in COLUMNS}
    rows = {"type": "array", "maxItems": MOST_ROWS, "items": _object(SHAPES, meanings)}
    listed = _ADDRESS | {"description": "Nơi có danh sách làm theo giữa các trang; List of copies"}
    properties = {"replications": listed, "exemplars": rows}
    return _schema(site_url + EXEMPLARS_SCHEMA, "Điển hình “Dân vận khéo”", properties)


def build_copies_schema(site_url: str) -> str:
    """Return the JSON Schema of the copies across sites."""
    copies = {"type": "array", "items": _object(COPY_SHAPES, _OF_COPY)}
    origin = _object(ORIGIN_SHAPES, _OF_ORIGIN)
    origin["properties"]["copies"] = copies
    origin["required"].append("copies")
    properties = {"origins": {"type": "array", "items": origin}}
    return _schema(site_url + REPLICATIONS_SCHEMA, "Điển hình được nơi khác làm theo", properties)


def _schema(address: str, title: str, properties: dict[str, Any]) -> str:
    """Return a schema that allows unknown keys: a version may add some."""
    known = _HEAD | {"site": _object(SITE_SHAPES, _OF_SITE)} | properties
    said = {"type": "object", "properties": known, "required": list(known)}
    draft = "https://json-schema.org/draft/2020-12/schema"
    return write_json({"$schema": draft, "$id": address, "title": title, **said})


def _object(shapes: Mapping[str, PropertySchema], meanings: Mapping[str, str]) -> dict[str, Any]:
    properties = {key: {"description": meanings[key], **shape.describe()} for key, shape in shapes.items()}
    return {"type": "object", "properties": properties, "required": list(properties)}
