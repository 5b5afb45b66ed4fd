"""The JSON Schema files of the open data: each key with its shape and meaning, for its users."""

from collections.abc import Mapping
from typing import Any

from plugins.content.members.open_data import MOST_ROWS
from plugins.content.members.shapes import COPY_SHAPES, ORIGIN_SHAPES, SHAPES, SITE_SHAPES, VERSION, PropertySchema
from plugins.exemplars.open_data.columns import COLUMNS
from plugins.exemplars.open_data.tables import EXEMPLARS_SCHEMA, REPLICATIONS_SCHEMA, write_json

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
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


def build_exemplars_schema(site_url: str) -> str:
    """Return the JSON Schema of the exemplars."""
    meanings = {column.key: f"{column.heading}: {column.meaning}; {column.meaning_en}" for column in COLUMNS}
    rows = {"type": "array", "maxItems": MOST_ROWS, "items": _object(SHAPES, meanings)}
    properties = {
        "replications": _ADDRESS | {"description": "Nơi có danh sách làm theo giữa các trang; List of copies"}
    }
    return _schema(site_url + EXEMPLARS_SCHEMA, "Điển hình “Dân vận khéo”", properties | {"exemplars": rows})


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
    return write_json({"$schema": _DRAFT, "$id": address, "title": title, **said})


def _object(shapes: Mapping[str, PropertySchema], meanings: Mapping[str, str]) -> dict[str, Any]:
    properties = {key: {"description": meanings[key], **shape.describe()} for key, shape in shapes.items()}
    return {"type": "object", "properties": properties, "required": list(properties)}
