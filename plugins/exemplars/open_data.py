"""The index as open data: exemplars and replications as CSV and JSON, and what each column means."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from plugins.content.gathered import Copy
from plugins.content.open_data_shapes import VERSION
from plugins.content.sections import OPEN_DATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from plugins.content.story import Story
    from plugins.content.terms import Commune, Field, Office
    from plugins.exemplars.index import Index

EXEMPLARS_CSV = f"{OPEN_DATA.url}dien-hinh.csv"
EXEMPLARS_JSON = f"{OPEN_DATA.url}dien-hinh.json"
EXEMPLARS_SCHEMA = f"{OPEN_DATA.url}dien-hinh.schema.json"
REPLICATIONS_JSON = f"{OPEN_DATA.url}nhan-rong.json"
REPLICATIONS_SCHEMA = f"{OPEN_DATA.url}nhan-rong.schema.json"
REPLICATIONS_CSV = f"{OPEN_DATA.url}nhan-rong.csv"
DICTIONARY_CSV = f"{OPEN_DATA.url}tu-dien.csv"
# A spreadsheet runs a cell that begins like a formula (OWASP, CSV injection); an apostrophe makes it text. Where
# decimals have a comma, as in Vietnam, Excel parts cells at semicolons too, and what follows one begins a cell.
_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
_FORMULA_WITHIN = re.compile(f"[;\t\r\n][{re.escape(''.join(_SIGNS))}]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.vi"


@dataclass(frozen=True)
class Column:
    """A column of the exemplar table: its key in JSON, its heading in CSV, what it means, and its value."""

    key: str
    heading: str
    meaning: str
    meaning_en: str
    value: Callable[[Story, Index, str], Any]


def find_origin_url(story: Story, index: Index, site_url: str) -> str:
    """Return the address of what a story replicates, on this site or another; "" where it replicates nothing shown."""
    if origin := index.origin(story):
        return site_url + origin.url
    return story.replicates if story.replicates and story.replicates.startswith("https://") else ""


COLUMNS = (
    Column("id", "Mã bài", "Định danh, không đổi", "Permanent identifier", lambda s, *_: s.slug),
    Column("name", "Điển hình", "Tên tập thể, cá nhân hoặc mô hình", "Name of the exemplar", lambda s, *_: s.name),
    Column("title", "Tiêu đề bài", "Tên bài viết", "Title of the story", lambda s, *_: s.title),
    Column(
        "kind", "Loại", "Tập thể, cá nhân hay mô hình", "Collective, individual or model", lambda s, *_: s.kind.name
    ),
    Column(
        "field", "Lĩnh vực", "Lĩnh vực chính, dùng để đếm", "Main field, the one counted", lambda s, *_: s.field.name
    ),
    Column(
        "other_fields",
        "Lĩnh vực khác",
        "Các lĩnh vực liên quan",
        "Related fields",
        lambda s, *_: [field.name for field in s.fields[1:]],
    ),
    Column("commune_id", "Mã xã", "Mã địa bàn khi thực hiện", "Commune then: id", lambda s, *_: s.commune.id),
    Column(
        "commune",
        "Xã",
        "Địa bàn khi thực hiện; cũ, mới: khi trùng tên",
        "Commune then; cũ (old) or mới (new) where two share a name",
        lambda s, *_: s.commune.distinct_name,
    ),
    Column(
        "commune_today_id",
        "Mã xã hiện nay",
        "Mã địa bàn ấy hiện nay",
        "Commune today: id",
        lambda s, index, _: _today(s, index).id,
    ),
    Column(
        "commune_today",
        "Xã hiện nay",
        "Địa bàn ấy hiện nay",
        "Commune today",
        lambda s, index, _: _today(s, index).distinct_name,
    ),
    Column("year", "Năm", "Năm thi đua", "Year of emulation", lambda s, *_: s.year.number),
    Column(
        "date", "Ngày đăng", "Ngày đăng bài, dạng năm-tháng-ngày", "Date posted (ISO)", lambda s, *_: s.date.isoformat()
    ),
    Column(
        "updated",
        "Ngày cập nhật",
        "Ngày bổ sung hay đính chính gần nhất; chưa có thì là ngày đăng",
        "Date last updated or corrected (ISO)",
        lambda s, *_: s.modified.isoformat(),
    ),
    Column("summary", "Tóm tắt", "Một, hai câu", "Summary", lambda s, *_: s.summary),
    Column(
        "results",
        "Kết quả",
        "Số lượng và việc",
        "Key figures",
        lambda s, *_: [" ".join(filter(None, (result.quantity, result.label))) for result in s.results],
    ),
    Column(
        "commendations",
        "Biểu dương",
        "Hình thức, cấp, ngày hoặc năm",
        "Form, level and day or year of praise",
        lambda s, *_: [act.title for act in s.honors],
    ),
    Column(
        "movements",
        "Phong trào",
        "Cuộc vận động, phong trào liên quan",
        "Campaigns and movements",
        lambda s, *_: [movement.name for movement in s.movements],
    ),
    Column(
        "replicates",
        "Nhân rộng từ",
        "Mã bài của điển hình gốc",
        "Identifier of the exemplar that it replicates",
        lambda s, index, _: s.replicates if index.origin(s) else "",
    ),
    Column(
        "replicated_by",
        "Số nơi làm theo",
        "Số điển hình nhân rộng trực tiếp từ điển hình này",
        "How many exemplars replicate it directly",
        lambda s, index, _: len(index.copies.get(s.slug, ())),
    ),
    Column(
        "recognised",
        "Được công nhận",
        "có hay không, theo sổ đăng ký hoặc bài; để trống khi không có trong sổ và bài không ghi",
        "“có” or “không” by its register or story; empty when it is in no register and its story says nothing",
        lambda s, *_: "có" if s.is_recognised else "không" if s.registration else "",
    ),
    Column(
        "sample", "Bài mẫu", "có: bài minh họa", "“có” when illustrative", lambda s, *_: "có" if s.sample else "không"
    ),
    Column("url", "Địa chỉ", "Địa chỉ bài viết", "Address of the story", lambda s, _, site_url: site_url + s.url),
    Column("field_id", "Mã lĩnh vực", "Mã của lĩnh vực chính", "Main field: id", lambda s, *_: s.field.id),
    Column("kind_id", "Mã loại", "Mã của loại điển hình", "Kind: id", lambda s, *_: s.kind.id),
    Column("place_type", "Loại nơi", "Loại của nơi thực hiện", "Type of the place then", lambda s, *_: s.commune.type),
    Column(
        "replicates_url",
        "Địa chỉ gốc",
        "Địa chỉ của điển hình gốc, kể cả ở trang khác",
        "Address of the exemplar that it replicates, also on another site",
        find_origin_url,
    ),
)


def _today(story: Story, index: Index) -> Commune:
    # Every exemplar has a commune; plain news, which may have none, is not in this table.
    return index.vocabulary.today(cast("Commune", story.commune))


def build_exemplars(index: Index, site_url: str) -> list[dict[str, Any]]:
    """Return one row an exemplar, newest first, by the keys of COLUMNS."""
    return [{column.key: column.value(story, index, site_url) for column in COLUMNS} for story in index.exemplars]


def build_exemplars_csv(index: Index, site_url: str) -> str:
    """Return the exemplars as CSV with Vietnamese headings; lists are joined by “; ”."""
    rows = ([row[column.key] for column in COLUMNS] for row in build_exemplars(index, site_url))
    return write_csv([column.heading for column in COLUMNS], rows)


def build_exemplars_json(index: Index, office: Office, site_url: str) -> str:
    """Return the exemplars as a JSON object with version, schema, licence, site and rows."""
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
Copies = dict[str, dict[str, Copy]]


def find_copies(index: Index, office: Office, site_url: str) -> Copies:
    """Return the exemplars of this site that replicate one of another, by the address of the origin and their own."""
    found: Copies = {}
    for story in index.exemplars:
        origin = find_origin_url(story, index, site_url)
        if origin and not origin.startswith(f"{site_url}/"):
            place = _today(story, index).distinct_title
            copy = Copy(site_url + story.url, story.name, place, office.site_name)
            found.setdefault(origin, {})[copy.url] = copy
    return found


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
    return write_csv(heading, ([*_edge(index.by_slug[copy.replicates], index), *_edge(copy, index)] for copy in copies))


def build_dictionary_csv() -> str:
    """Return what each column means, in Vietnamese and English, with the licence in the last row."""
    rows = [[column.heading, column.key, column.meaning, column.meaning_en] for column in COLUMNS]
    rows.append(["Giấy phép", "licence", LICENCE, LICENCE_URL])
    return write_csv(["Cột trong CSV", "Khóa trong JSON", "Ý nghĩa", "Meaning"], rows)


def _edge(story: Story, index: Index) -> list[Any]:
    # What copies and is copied is an exemplar, which has a field and a commune.
    field, commune = cast("Field", story.field), cast("Commune", story.commune)
    places = commune.distinct_name, _today(story, index).distinct_name
    return [story.slug, story.name, field.name, *places, story.year.number]


def write_csv(heading: list[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return a table as Excel and RFC 4180 have it; a value that is a list is joined by “; ”."""
    out = io.StringIO()
    # Excel needs the mark to read UTF-8, and CRLF is what RFC 4180 asks for.
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Any) -> Any:
    text = "; ".join(value) if isinstance(value, list) else value
    if not isinstance(text, str) or _NUMBER.fullmatch(text):
        return text
    if text.startswith(_SIGNS):
        return f"'{text[0]}{_FORMULA_WITHIN.sub(_part, text[1:])}"
    return _FORMULA_WITHIN.sub(_part, text)


def _part(formula: re.Match[str]) -> str:
    return "'".join(formula[0])
