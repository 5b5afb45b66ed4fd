"""A province's content/ over invented member sites, as many and as large as wanted, already gathered.

The same numbers give the same bytes on every machine. Every exemplar is invented, and marked so by default.
"""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from plugins.content.folders import DOCUMENTS, GATHERED, MEMBERS, PAGES
from plugins.content.members.members import ABOUT, EXEMPLARS, REPLICATIONS
from plugins.content.vocabulary.files import FOLDER
from plugins.content.vocabulary.terms import KINDS
from plugins.markdown.references import CONTENT
from plugins.vietnamese import capitalize, slugify
from tests.gathering.made_data import as_bytes, make_data

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).parents[2]
PROVINCE = "https://mattran.example.vn"
_FIRST, _DAYS = date(2025, 7, 1), 480
_SYLLABLES = (
    *("An", "Bình", "Cư", "Đắk", "D’rông", "Ea", "Gia", "Hà", "Hòa", "K’nia", "Kiến", "Lâm", "Lộc", "Long", "Mỹ"),
    *("Nam", "Nhân", "Phú", "Phước", "Quảng", "Sơn", "Tâm", "Tân", "Thanh", "Thắng", "Thọ", "Thuận", "Tiến"),
    *("Trúc", "Trung", "Tường", "Vân", "Việt", "Vĩnh", "Xuân", "Yên", "Bảo", "Châu", "Đông", "Đức", "Giang", "Hải"),
    *("Hưng", "Khánh", "Kim", "Liên", "Minh", "Ngọc", "Nghĩa", "Ninh", "Phong", "Quế", "Tây", "Thái", "Thịnh"),
    *("Thượng", "Trà", "Bắc"),
)
_FIELDS = {
    "kinh-te": "Kinh tế",
    "van-hoa-xa-hoi": "Văn hóa – xã hội",
    "quoc-phong-an-ninh": "Quốc phòng – an ninh",
    "he-thong-chinh-tri": "Xây dựng hệ thống chính trị",
}
_OFFICE = f"""\
tên: Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Mẫu
tên gọn: Mặt trận Tổ quốc Việt Nam tỉnh Mẫu
cấp: tỉnh
địa bàn: tỉnh Mẫu
cơ quan chủ quản: Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam
chịu trách nhiệm: Ban Thường trực
địa chỉ: 1 đường Mẫu
điện thoại: "0261 000 000"
thư điện tử: mattran@example.vn
địa chỉ trang: {PROVINCE}
"""


def commune_name(number: int) -> str:
    """Return the name of an invented commune by its number."""
    first, second = divmod(number, len(_SYLLABLES))
    again, first = divmod(first, len(_SYLLABLES))
    name = f"{_SYLLABLES[second]} {_SYLLABLES[(second + first + 1) % len(_SYLLABLES)]}"
    return f"{name} {again + 1}" if again else name


def member_id(number: int) -> str:
    return f"xa-{slugify(commune_name(number))}"


def address(number: int) -> str:
    """Return the address of an invented member site."""
    return f"https://{member_id(number)}.example.vn"


def write_province(project: Path, members: int, each: int, *, samples: bool = True) -> None:
    """Write a content/ without a story of its own, over so many members of so many exemplars each."""
    for folder in (f"{CONTENT}/{PAGES}", f"{CONTENT}/{DOCUMENTS}"):
        shutil.copytree(REPOSITORY / folder, project / folder)
    _write(project / FOLDER / "co-quan.yaml", _OFFICE)
    for name in ("linh-vuc.yaml", "phong-trao.yaml"):
        shutil.copy(REPOSITORY / FOLDER / name, project / FOLDER / name)
    numbers = range(members)
    communes = [
        f'- mã: {member_id(n)}\n  loại: xã\n  tên: {commune_name(n)}\n  mã số: "{10000 + n}"\n  thuộc: tỉnh Mẫu\n'
        for n in numbers
    ]
    sources = [
        f"- {{mã: {member_id(n)}, tên: Xã {commune_name(n)}, địa chỉ: {address(n)}, xã: {member_id(n)}}}\n"
        for n in numbers
    ]
    _write(project / FOLDER / "xa.yaml", "".join(communes))
    _write(project / FOLDER / MEMBERS, "".join(sources))
    for number in numbers:
        rows = make_exemplars(number, each, samples=samples)
        write_member(project, member_id(number), make_data(address(number), rows))


def write_member(project: Path, member: str, data: Mapping[str, Any], copies: Mapping[str, Any] | None = None) -> None:
    """Write the snapshot of one member: its open data, and the copies across sites, if any."""
    folder = project / CONTENT / GATHERED / member
    folder.mkdir(parents=True, exist_ok=True)
    files = {EXEMPLARS: data} | ({REPLICATIONS: copies} if copies else {})
    about: dict[str, Any] = {"address": "", "schema": 2, "day": "2026-11-01", "etag": "", "last_modified": ""}
    for name, said in files.items():
        written = as_bytes(said)
        (folder / name).write_bytes(written)
        kept = {"sha256": sha256(written).hexdigest(), "day": "2026-11-01", "etag": "", "last_modified": ""}
        about |= kept if name == EXEMPLARS else {"replications": kept}
    _write(folder / ABOUT, json.dumps(about))


def make_exemplars(member: int, count: int, *, samples: bool = True) -> list[dict[str, Any]]:
    """Return the open data of an invented site: one exemplar in ten replicates one of its own or another site."""
    chance = Random(member)  # noqa: S311 - not for secrets
    return [_make_exemplar(chance, member, number, samples) for number in range(count)]


def story_url(member: int, number: int) -> str:
    return f"{address(member)}/bai-viet/{_day(number).year}/bai-{number}/"


def _day(number: int) -> date:
    return _FIRST + timedelta(number * 37 % _DAYS)


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load((REPOSITORY / "tests/corpus.yaml").read_text("utf-8"))
    return words


def _make_exemplar(chance: Random, member: int, number: int, samples: bool) -> dict[str, Any]:
    words, day = _words(), _day(number)
    field, name = chance.choice(list(_FIELDS.items()))
    work, kind = chance.choice(words["works"][field]), chance.choice(KINDS)
    place = f"thôn {chance.randint(1, 16)}"
    title = f"{capitalize(place)}, {commune_name(member)}: {work['name']}, lần {number + 1}"
    origin = story_url(chance.randrange(member + 1), number - 1) if number and chance.random() < 0.1 else ""
    return {
        "id": f"bai-{number}",
        "name": f"Tổ {number + 1}, {place}",
        "title": title,
        "kind": kind.name,
        "field": name,
        "other_fields": [],
        "commune_id": slugify(place),
        "commune": place,
        "commune_today_id": slugify(place),
        "commune_today": place,
        "year": day.year,
        "date": day.isoformat(),
        "updated": day.isoformat(),
        "summary": f"{capitalize(work['trouble'])}. {work['steps'][0]}",
        "results": [f"{chance.randint(2, 90)} {work['results'][0].replace(' | ', ' ')}"],
        "commendations": [f"Giấy khen cấp xã, {day.year}"] if chance.random() < 0.5 else [],
        "movements": [],
        "replicates": "",
        "replicated_by": 0,
        "recognised": "có" if chance.random() < 0.5 else "",
        "sample": "có" if samples else "không",
        "url": story_url(member, number),
        "field_id": field,
        "kind_id": kind.id,
        "place_type": "thôn",
        "replicates_url": origin,
    }


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
