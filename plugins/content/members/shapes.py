"""The keys of open data by version, their schemas, and the check of a value. Pure.

The published JSON Schema is generated from these; the columns of exemplars' open data describe their meaning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plugins.content.addresses.sections import NEWS
from plugins.content.vocabulary.terms import KINDS
from plugins.sources.values import YEARS

VERSION = 2
_LONGEST_ITEM = 1_000
SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
ORIGIN = r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?"
STORY = f"{ORIGIN}{NEWS.url}[0-9]{{4}}/{SLUG}/"
# Feed readers, and Python on Windows, do not support all other years.
_DAY = "(?:19[3-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True)
class PropertySchema:
    """The schema of a key: a text, a number or a list of texts; `since` is the first version with the key.

    `pattern` matches the whole text; `least` and `most` limit characters, the number, or the items of a list.
    """

    type: str = "string"
    least: int = 0
    most: int = 1_000
    pattern: str = ""
    options: tuple[str, ...] = ()
    since: int = 1

    def describe(self) -> dict[str, Any]:
        """Return the JSON Schema of the key."""
        if self.type == "integer":
            return {"type": "integer", "minimum": self.least, "maximum": self.most}
        if self.type == "array":
            return {"type": "array", "maxItems": self.most, "items": {"type": "string", "maxLength": _LONGEST_ITEM}}
        if self.options:
            return {"enum": list(self.options)}
        said: dict[str, Any] = {"type": "string", "minLength": self.least, "maxLength": self.most}
        return said | ({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})


def _slug(*, since: int = 1, empty: bool = False) -> PropertySchema:
    return PropertySchema(most=100, least=0 if empty else 1, pattern=f"({SLUG})?" if empty else SLUG, since=since)


_LINE, _LIST = PropertySchema(least=1), PropertySchema("array", most=100)
_DATE = PropertySchema(least=10, most=10, pattern=_DAY)
# In the order of `GatheredRow`.
SHAPES: Mapping[str, PropertySchema] = {
    "id": _slug(),
    "name": _LINE,
    "title": _LINE,
    "kind": PropertySchema(options=tuple(kind.name for kind in KINDS)),
    "field": _LINE,
    "other_fields": _LIST,
    "commune_id": _slug(),
    "commune": _LINE,
    "commune_today_id": _slug(),
    "commune_today": _LINE,
    "year": PropertySchema("integer", YEARS[0], YEARS[-1]),
    "date": _DATE,
    "updated": _DATE,
    "summary": PropertySchema(most=5_000),
    "results": _LIST,
    "commendations": _LIST,
    "movements": _LIST,
    "replicates": _slug(empty=True),
    "replicated_by": PropertySchema("integer", 0, 1_000_000),
    "recognised": PropertySchema(options=("có", "không", "")),
    "sample": PropertySchema(options=("có", "không")),
    "url": PropertySchema(least=1, most=500, pattern=STORY),
    "field_id": _slug(since=2),
    "kind_id": PropertySchema(options=tuple(kind.id for kind in KINDS), since=2),
    "place_type": PropertySchema(least=1, most=100, since=2),
    "replicates_url": PropertySchema(most=500, pattern=f"({STORY})?", since=2),
}
DAY_KEYS = ("date", "updated")
SITE_SHAPES: Mapping[str, PropertySchema] = {
    "name": _LINE,
    "office": _LINE,
    "level": PropertySchema(most=100),
    "area": PropertySchema(),
    "url": PropertySchema(least=1, most=300, pattern=ORIGIN),
}
# The list of replicas: an origin, and each of its replicas.
ORIGIN_SHAPES: Mapping[str, PropertySchema] = {"url": SHAPES["url"], "name": PropertySchema()}
COPY_SHAPES: Mapping[str, PropertySchema] = {
    "url": SHAPES["url"],
    "name": _LINE,
    "place": PropertySchema(),
    "site": PropertySchema(),
}


def find_value_fault(value: Any, shape: PropertySchema) -> str:  # noqa: PLR0911 - one for each fault
    """Return the fault of a value, or ""."""
    if value is None:
        return "bị thiếu"
    if shape.type == "integer":
        is_right = type(value) is int and shape.least <= value <= shape.most
        return "" if is_right else f"không phải số từ {shape.least} đến {shape.most}"
    if shape.type == "array":
        is_right = (
            type(value) is list
            and len(value) <= shape.most
            and all(type(one) is str and len(one) <= _LONGEST_ITEM for one in value)
        )
        return "" if is_right else f"không phải danh sách không quá {shape.most} dòng chữ, mỗi dòng 1.000 chữ"
    if type(value) is not str:
        return "không phải chữ"
    if shape.options:
        return "" if value in shape.options else "không phải một trong các giá trị cho phép"
    if not shape.least <= len(value) <= shape.most:
        return "để trống" if not value else f"dài quá {shape.most} chữ"
    return "" if not shape.pattern or re.fullmatch(shape.pattern, value) else "không đúng dạng"
