"""The keys of open data by version, and the parsing of another site's untrusted data, whole or not at all. Pure.

The published JSON Schema is generated from these; the columns of exemplars' open data describe their meaning.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from plugins.content.addresses.sections import NEWS
from plugins.content.vocabulary.terms import KINDS
from plugins.sources.text import CONTROL
from plugins.sources.values import YEARS
from plugins.vietnamese import nfc, without_unseen

VERSION = 2
_LONGEST_ITEM = 1_000
SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
ORIGIN = r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?"
STORY = f"{ORIGIN}{NEWS.url}[0-9]{{4}}/{SLUG}/"
# Feed readers, and Python on Windows, do not support all other years.
_DAY = "(?:19[3-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}"
# A site of ten thousand stories; a commune's of a hundred takes 0.2 MB.
MOST_BYTES, MOST_ROWS = 20_000_000, 10_000
# The brackets of that many rows, and some within texts. Empty nested lists take fifty times their size in memory.
_MOST_OPENINGS = 12 * MOST_ROWS
_parse_day = lru_cache(maxsize=4096)(dt.date.fromisoformat)
REFUSED = re.compile(f"[{CONTROL}\t\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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


class GatheredRow(NamedTuple):
    """An exemplar in open data, with the schema of each key; keys that version 1 lacks are ""."""

    id: Annotated[str, _slug()]
    name: Annotated[str, _LINE]
    title: Annotated[str, _LINE]
    kind: Annotated[str, PropertySchema(options=tuple(kind.name for kind in KINDS))]
    field: Annotated[str, _LINE]
    other_fields: Annotated[tuple[str, ...], _LIST]
    commune_id: Annotated[str, _slug()]
    commune: Annotated[str, _LINE]
    commune_today_id: Annotated[str, _slug()]
    commune_today: Annotated[str, _LINE]
    year: Annotated[int, PropertySchema("integer", YEARS[0], YEARS[-1])]
    date: Annotated[dt.date, _DATE]
    updated: Annotated[dt.date, _DATE]
    summary: Annotated[str, PropertySchema(most=5_000)]
    results: Annotated[tuple[str, ...], _LIST]
    commendations: Annotated[tuple[str, ...], _LIST]
    movements: Annotated[tuple[str, ...], _LIST]
    replicates: Annotated[str, _slug(empty=True)]
    replicated_by: Annotated[int, PropertySchema("integer", 0, 1_000_000)]
    recognised: Annotated[str, PropertySchema(options=("có", "không", ""))]
    sample: Annotated[str, PropertySchema(options=("có", "không"))]
    url: Annotated[str, PropertySchema(least=1, most=500, pattern=STORY)]
    field_id: Annotated[str, _slug(since=2)] = ""
    kind_id: Annotated[str, PropertySchema(options=tuple(kind.id for kind in KINDS), since=2)] = ""
    place_type: Annotated[str, PropertySchema(least=1, most=100, since=2)] = ""
    replicates_url: Annotated[str, PropertySchema(most=500, pattern=f"({STORY})?", since=2)] = ""


SHAPES: dict[str, PropertySchema] = {key: hint.__metadata__[0] for key, hint in GatheredRow.__annotations__.items()}
SITE_SHAPES: Mapping[str, PropertySchema] = {
    "name": _LINE,
    "office": _LINE,
    "level": PropertySchema(most=100),
    "area": PropertySchema(),
    "url": PropertySchema(least=1, most=300, pattern=ORIGIN),
}
# The list of replicas: an origin, and each of its replicas.
ORIGIN_SHAPES: Mapping[str, PropertySchema] = {"url": SHAPES["url"], "name": PropertySchema()}
COPY_SHAPES = {"url": SHAPES["url"], "name": _LINE, "place": PropertySchema(), "site": PropertySchema()}


def find_value_fault(value: Any, shape: PropertySchema) -> str:  # noqa: PLR0911 - one for each fault
    """Return the fault of a value, or ""."""
    if value is None:
        return "bị thiếu"
    if shape.type == "integer":
        is_right = type(value) is int and shape.least <= value <= shape.most
        return "" if is_right else f"không phải số từ {shape.least} đến {shape.most}"
    if shape.type == "array":
        is_right = type(value) is list and len(value) <= shape.most
        is_right = is_right and all(type(one) is str and len(one) <= _LONGEST_ITEM for one in value)
        return "" if is_right else f"không phải danh sách không quá {shape.most} dòng chữ, mỗi dòng 1.000 chữ"
    if type(value) is not str:
        return "không phải chữ"
    if shape.options:
        return "" if value in shape.options else "không phải một trong các giá trị cho phép"
    if not shape.least <= len(value) <= shape.most:
        return "để trống" if not value else f"dài quá {shape.most} chữ"
    return "" if not shape.pattern or re.fullmatch(shape.pattern, value) else "không đúng dạng"


class OpenDataError(ValueError):
    """Raised for invalid open data, with the fault in Vietnamese on one line."""


class SiteData(NamedTuple):
    """The open data of a site: version, facts of the site (empty in version 1), rows, and whether it lists replicas."""

    version: int
    site: Mapping[str, str]
    rows: tuple[GatheredRow, ...]
    replications: bool


def parse_site_data(data: bytes, origin: str = "") -> SiteData:
    """Parse the open data of a site; OpenDataError with its first faults.

    All stories must be at `origin` (https://host), by default the origin that the file states.
    """
    said = load_json(data)
    version = _read_version(said)
    site = _read_site(said.get("site")) if version > 1 else {}
    rows = said.get("exemplars")
    if type(rows) is not list:
        raise OpenDataError('không có danh sách "exemplars"')
    if len(rows) > MOST_ROWS:
        raise OpenDataError(f"có {len(rows)} điển hình, quá {MOST_ROWS}")
    first = rows[0].get("url") if rows and type(rows[0]) is dict else ""
    found = re.match(ORIGIN, first) if isinstance(first, str) else None
    reader = _RowReader(version, origin or site.get("url") or (found[0] if found else ""))
    return SiteData(version, site, reader.read(rows), bool(said.get("replications")))


def load_json(data: bytes) -> dict[str, Any]:
    """Parse untrusted JSON with limits; OpenDataError if it is invalid or not an object."""
    if len(data) > MOST_BYTES:
        raise OpenDataError(f"nặng quá {MOST_BYTES // 1_000_000} MB")
    if data.count(b"[") + data.count(b"{") > _MOST_OPENINGS:
        raise OpenDataError("có quá nhiều danh sách lồng nhau")
    try:
        said = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_only_once, parse_constant=_refuse, parse_float=_refuse
        )
    except UnicodeDecodeError:
        raise OpenDataError("không ở mã UTF-8") from None
    except RecursionError:
        raise OpenDataError("lồng quá nhiều tầng") from None
    except OpenDataError:
        raise
    except ValueError:
        raise OpenDataError("không phải JSON trọn vẹn") from None
    if type(said) is not dict:
        raise OpenDataError("không phải số liệu mở của trang “Dân vận khéo”")
    return said


def _only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise OpenDataError("có một khóa ghi hai lần trong cùng một mục")
    return made


def _refuse(written: str) -> Any:
    raise OpenDataError(f"có số {written[:20]}, chỉ nhận số nguyên")


def _read_version(said: Mapping[str, Any]) -> int:
    version = said.get("version", 1)
    if type(version) is not int or version < 1:
        raise OpenDataError('"version" không phải số phiên bản')
    if version > VERSION:
        newer = f"ở phiên bản {version}, mới hơn phiên bản {VERSION} mà chương trình này đọc được"
        raise OpenDataError(f"{newer}; hãy cập nhật chương trình")
    return version


def _read_site(said: Any) -> dict[str, str]:
    if type(said) is not dict:
        raise OpenDataError('thiếu mục "site"')
    for key, shape in SITE_SHAPES.items():
        value: Any = said.get(key)
        if fault := find_value_fault(value, shape) or (REFUSED.search(value) and "có ký tự ẩn"):
            raise OpenDataError(f'"site", mục "{key}" {fault}')
    return {key: nfc(said[key]) for key in SITE_SHAPES}


class _RowReader:
    """Reads the rows of one version and one origin; equal strings become one object, as rows are many."""

    def __init__(self, version: int, origin: str) -> None:
        self._origin = origin
        self._base = f"{origin}{NEWS.url}".lower()
        self._shapes = {key: shape for key, shape in SHAPES.items() if shape.since <= version}
        self._words: dict[str, str] = {}

    def read(self, rows: list[Any]) -> tuple[GatheredRow, ...]:
        faults: list[str] = []
        made: list[GatheredRow] = []
        taken: set[str] = set()
        for number, row in enumerate(rows, 1):
            try:
                made.append(self._read_row(row, taken))
            except OpenDataError as fault:
                name = row.get("id") if type(row) is dict else None
                known = f' ("{name}")' if isinstance(name, str) and re.fullmatch(SLUG, name[:100]) else ""
                faults.append(f"điển hình thứ {number}{known}: {fault}")
                if len(faults) == 3:
                    break
        if faults:
            raise OpenDataError("; ".join(faults))
        return tuple(made)

    def _read_row(self, row: Any, taken: set[str]) -> GatheredRow:
        if type(row) is not dict:
            raise OpenDataError("không phải một mục")
        for key, shape in self._shapes.items():
            if fault := find_value_fault(row.get(key), shape):
                raise OpenDataError(f'mục "{key}" {fault}')
        values: dict[str, Any] = {key: row[key] for key in self._shapes}
        texts = (one if type(one) is str else "".join(one) for one in values.values() if type(one) is not int)
        if REFUSED.search("".join(texts)):
            raise OpenDataError("có ký tự điều khiển hay ký tự ẩn đảo chiều chữ")
        identifier, url = row["id"], row["url"]
        if url[: len(self._base)].lower() != self._base or not url.endswith(f"/{identifier}/"):
            raise OpenDataError(f"địa chỉ {url} không thuộc trang {self._origin}, hoặc không khớp với mã bài")
        if identifier in taken:
            raise OpenDataError("mã bài trùng với một điển hình trước")
        taken.add(identifier)
        values = {key: self._clean(value) for key, value in values.items()}
        if blank := next((key for key in ("name", "title", "field", "commune") if not values[key].strip()), ""):
            raise OpenDataError(f'mục "{blank}" để trống')
        for key in ("date", "updated"):
            try:
                values[key] = _parse_day(values[key])
            except ValueError:
                raise OpenDataError(f"ngày {values[key]} không có thật") from None
        return GatheredRow(**values)

    def _clean(self, value: Any) -> Any:
        """Return a value in NFC without invisible characters."""
        if type(value) is list:
            return tuple(map(self._clean, value))
        if type(value) is not str:
            return value
        text = value if value.isascii() else without_unseen(nfc(value))
        return self._words.setdefault(text, text) if len(text) < 100 else text
