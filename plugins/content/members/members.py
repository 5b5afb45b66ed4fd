"""Read content/danh-muc/nguon.yaml, the member sites whose open data this site gathers; and content/thu-ve/, the data.

That is verified by hash. Builds never use the network.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from plugins.content.addresses.urls import ascii_host
from plugins.content.folders import GATHERED, MEMBERS
from plugins.content.members import open_data
from plugins.content.members.open_data import COPY_SHAPES, ORIGIN_SHAPES, PropertySchema, find_value_fault
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.content.vocabulary.files import NO_OVERRIDES, identifier, is_missing, load_terms
from plugins.content.vocabulary.terms import is_placeholder
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.markdown.references import CONTENT
from plugins.sources import values
from plugins.sources.folders import find_link, list_folder
from plugins.sources.held import insist_on_reading, tell_unread
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record, Value
from plugins.vietnamese import nfc

PATH = f"{VOCABULARY}/{MEMBERS}"
FOLDER = f"{CONTENT}/{GATHERED}"
EXEMPLARS, REPLICATIONS, ABOUT = "dien-hinh.json", "nhan-rong.json", "nguon.json"
BEFORE = "before"
_AGAIN = "chạy lại lệnh gather"
# 3,300 communes with a member site each take 500,000 characters.
_MOST_LETTERS = 1_000_000
_LONGEST_ID = 60
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z])(?:{_LABEL})")
_AS_ADDRESS = "viết dạng https://ten-mien, không có gì phía sau"
# The keys for the source of open data, of which a member has exactly one.
_SOURCES = {"address": "địa chỉ", "folder": "thư mục", "archive": "tệp"}
_ONE_SOURCE = "ghi đúng một trong ba: địa chỉ: https://…, thư mục: … hoặc tệp: ….zip"


@dataclass(frozen=True)
class Member:
    """A member site: its folder under content/thu-ve/, its name, and one source of its open data."""

    id: str
    name: str
    address: str = ""  # https://host or https://host:port in ASCII
    folder: str = ""  # relative to the project, as `archive`
    archive: str = ""
    commune: str = ""  # the id of the commune of all its exemplars, "" if each exemplar states its own
    line: int = field(default=1, compare=False)


def member_keys(vocabulary: Vocabulary) -> tuple[Key, ...]:
    """Return the keys of an item of the file."""
    return (
        Key("id", "mã", _member_id, "Tên thư mục ở content/thu-ve/, không đổi", "xa-dong-xuan", required=True),
        Key("name", "tên", _filled, "Tên trang thành viên", "Xã Đồng Xuân", required=True),
        Key("address", "địa chỉ", _address, "Địa chỉ trang thành viên", "https://namdong.example.gov.vn"),
        Key("folder", "thư mục", _folder, "Thư mục dự án hay trang đã dựng, thay cho địa chỉ", "../dong-xuan"),
        Key("archive", "tệp", _archive, "Tệp zip do lệnh archive tạo, thay cho địa chỉ", "kho/dong-xuan.zip"),
        Key("commune", "xã", lambda value: _commune(value, vocabulary), "Nơi tính điển hình; mã hay tên trong xa.yaml"),
    )


def read_members(
    project: Path, vocabulary: Vocabulary, problems: list[Problem], overrides: Mapping[str, str] = NO_OVERRIDES
) -> tuple[Member, ...]:
    """Read the member sites in the order of the file, empty without it; problems go to `problems`."""
    if is_missing(project / VOCABULARY / MEMBERS) and PATH not in overrides:
        return ()
    loaded = load_terms(project, MEMBERS, member_keys(vocabulary), dict, problems, overrides, _MOST_LETTERS)
    own = {office.site_url.partition("://")[2].lower() for office in vocabulary.offices if office.site_url}
    members: list[Member] = []
    taken: dict[tuple[str, str], int | None] = {}
    for given, record in loaded:
        told = len(problems)
        _check_source(record, own)
        for attribute, name in {"id": "mã", **_SOURCES}.items():
            value, line = record.get(attribute), record.lines.get(attribute)
            if value and (first := taken.setdefault((attribute, value), line)) != line:
                message = f'{name.capitalize()} "{value}" đã dùng ở dòng {first}'
                record.report(attribute, message, "đổi hoặc xóa một trong hai")
        if len(problems) == told:
            members.append(Member(**given, line=record.line))
    return tuple(members)


def _check_source(record: Record, own: set[str]) -> None:
    stated = [attribute for attribute in _SOURCES if record.get(attribute)]
    name = record.get("name")
    if not stated:
        record.report(None, f'Trang thành viên "{name}" không ghi lấy số liệu ở đâu', _ONE_SOURCE)
    elif len(stated) > 1:
        both = " và ".join(f'"{_SOURCES[attribute]}"' for attribute in stated)
        record.report(stated[1], f'Trang thành viên "{name}" ghi cả {both}', _ONE_SOURCE)
    if record.get("address", "").partition("://")[2] in own:
        message = f"Địa chỉ {record.get('address')} là của chính trang này"
        record.report("address", message, "xóa mục ấy, hoặc ghi địa chỉ của trang thành viên")


def _filled(value: Value) -> str:
    written = values.text(value)
    if is_placeholder(written):
        raise Invalid(f'"{written}" là chỗ chờ điền', "điền vào, hoặc xóa cả mục nếu chưa có")
    return written


def _member_id(value: Value) -> str:
    written = identifier(_filled(value))
    if len(written) > _LONGEST_ID:
        raise Invalid(f'Mã "{written}" dài quá {_LONGEST_ID} chữ', "đặt mã ngắn hơn, ví dụ xa-dong-xuan")
    return written


def _address(value: Value) -> str:
    written = _filled(value)
    fault = f'Địa chỉ "{written}"'
    if "://" not in written:
        what = "không phải địa chỉ trang" if re.search(r"[\\ ]|^\.|\.zip$", written) else "thiếu https:// ở đầu"
        fix = "viết dạng https://ten-mien; là thư mục hay tệp zip thì ghi ở mục thư mục, mục tệp"
        raise Invalid(f"{fault} {what}", fix)
    if not written.lower().startswith("https://"):
        raise Invalid(f"{fault} không phải https", "viết địa chỉ https:// của trang ấy; trang chưa có thì dùng tệp zip")
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise Invalid(f"{fault} không đúng dạng", _AS_ADDRESS) from None
    host = ascii_host((parts.hostname or "").rstrip(".")).lower()
    is_host = _HOST.fullmatch(host) and len(host) <= 253
    for is_wrong, what, fix in (
        ("@" in parts.netloc, "có tên hay mật khẩu", "bỏ phần trước dấu @; số liệu mở ai cũng đọc được"),
        (parts.path.strip("/") or {"?", "#"} & {*written}, "có đường dẫn phía sau tên miền", _AS_ADDRESS),
        (not is_host, "không có tên miền đúng", "viết tên miền công khai, không viết số IP hay tên máy trong mạng"),
        (port == 0 or parts.netloc.endswith(":"), "có cổng không đúng", "bỏ dấu hai chấm và số cổng phía sau tên miền"),
    ):
        if is_wrong:
            raise Invalid(f"{fault} {what}", fix)
    return f"https://{host}" + (f":{port}" if port and port != 443 else "")


def _path(value: Value) -> str:
    written = _filled(value).replace("\\", "/")
    if "://" in written:
        raise Invalid(f'"{written}" là một địa chỉ, không phải tên tệp hay thư mục', "ghi ở mục địa chỉ")
    # Normalise, so that duplicates are found.
    return "/" * written.startswith("/") + "/".join(step for step in written.split("/") if step not in ("", "."))


def _folder(value: Value) -> str:
    if path := _path(value):
        return path
    raise Invalid("Thư mục là của chính trang này", "ghi thư mục của trang thành viên, ví dụ ../dong-xuan")


def _archive(value: Value) -> str:
    path = _path(value)
    if not path.lower().endswith(".zip"):
        raise Invalid(f'"{path}" không phải tệp zip', "ghi tệp do lệnh archive tạo, ví dụ kho/dong-xuan.zip")
    return path


def _commune(value: Value, vocabulary: Vocabulary) -> str:
    """Return the id of a commune; among several of a name, the only one without a last day."""
    written = values.text(value)
    found = vocabulary.find_communes(written)
    lasting = [one for one in found if one.until is None] if len(found) > 1 else found
    if len(lasting) > 1 or (found and not lasting):
        listed = ", ".join(one.id for one in found)
        raise Invalid(f'Xã "{written}" là tên của nhiều nơi', f"ghi mã: {listed}")
    return lasting[0].id if lasting else ""


class Replica(NamedTuple):
    """An exemplar that replicates one of another site."""

    url: str
    name: str
    place: str
    site: str


@dataclass(frozen=True)
class GatheredSite:
    """The data gathered from a member: facts of the site, exemplars, and replicas by the address of their origin."""

    member: Member
    version: int
    site: Mapping[str, str]  # name, office, level, area and url; empty for data of version 1
    rows: tuple[open_data.GatheredRow, ...]
    replications: Mapping[str, tuple[Replica, ...]] = field(default_factory=dict)


def read_gathered(project: Path, members: Sequence[Member], problems: list[Problem]) -> tuple[GatheredSite, ...]:
    """Read the data of each member, in their order; members without valid data are left out.

    Problems go to `problems`; members never gathered, and folders of former members, are advice.
    """
    sites: list[GatheredSite] = []
    there = {name for name, _ in list_folder(project / FOLDER, FOLDER, problems)}
    for member in members:
        if member.id not in there:
            what = f"Chưa thu số liệu của {member.name}"
            problems.append(Problem(PATH, member.line, what, "chạy lệnh gather", Level.ADVICE))
        elif isinstance(found := read_gathered_site(project, member), Problem):
            problems.append(found)
        else:
            sites.append(found)
    problems += find_unlisted(there, members)
    return tuple(sites)


def find_unlisted(there: set[str], members: Sequence[Member]) -> list[Problem]:
    """Return advice for each folder of a former member, which is neither counted nor deleted."""
    what, fix = "Nơi này không còn trong nguon.yaml nên không được tính", "xóa thư mục, hoặc ghi lại vào nguon.yaml"
    names = sorted(there - {member.id for member in members})
    return [Problem(f"{FOLDER}/{name}", 1, what, fix, Level.ADVICE) for name in names]


def read_gathered_site(project: Path, member: Member) -> GatheredSite | Problem:
    """Read the data of one member; its files must match their hashes."""
    folder, path = project / FOLDER / member.id, f"{FOLDER}/{member.id}"
    about = read_about(folder, path)
    if isinstance(about, Problem):
        return about
    data = _read_as_fetched(folder, path, EXEMPLARS, about)
    facts = about.get("replications")
    copies = _read_as_fetched(folder, path, REPLICATIONS, facts) if type(facts) is dict else b""
    for one in (data, copies):
        if isinstance(one, Problem):
            return one
    try:
        read = open_data.parse_site_data(cast("bytes", data), member.address)
        replications = parse_replications(cast("bytes", copies)) if copies else {}
    except open_data.OpenDataError as broken:
        return Problem(f"{path}/{EXEMPLARS}", 1, f"Số liệu thu về không đọc được: {broken}", _AGAIN)
    return GatheredSite(member, read.version, read.site, read.rows, replications)


def _read_as_fetched(folder: Path, path: str, name: str, about: Mapping[str, Any]) -> bytes | Problem:
    data = read_gathered_file(folder / name, f"{path}/{name}")
    if isinstance(data, bytes) and find_told(data, about) is None:
        return Problem(f"{path}/{name}", 1, "Tệp khác với lúc thu về (sai mã SHA-256)", f"đừng sửa tệp này; {_AGAIN}")
    return data


def find_told(data: bytes, said: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the facts, by name, about a file whose hash matches, of the last fetch or the one before; else None.

    Facts are written before the file, so that an interrupted gather leaves valid data.
    """
    before, digest = said.get(BEFORE), sha256(data).hexdigest()
    known = (said, before if type(before) is dict else {})
    return next((one for one in known if one.get("sha256") == digest), None)


def read_about(folder: Path, path: str) -> dict[str, Any] | Problem:
    """Return nguon.json of a member's folder, by its own keys."""
    data = read_gathered_file(folder / ABOUT, f"{path}/{ABOUT}", 10_000)
    if isinstance(data, Problem):
        return data
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        said = None
    return said if type(said) is dict else Problem(f"{path}/{ABOUT}", 1, "Tệp không đọc được", _AGAIN)


def read_gathered_file(file: Path, path: str, most: int = open_data.MOST_BYTES) -> bytes | Problem:
    """Return the bytes of a gathered file, at most `most`; links are not followed."""
    if fault := find_link(file) or find_link(file.parent):
        return Problem(path, 1, *fault)
    try:
        data = insist_on_reading(lambda: _read_most(file, most))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return Problem(path, 1, "Thiếu tệp này", _AGAIN)
    except OSError as error:
        return tell_unread(error, path)
    return data if len(data) <= most else Problem(path, 1, f"Tệp nặng quá {most // 1_000} KB", _AGAIN)


def _read_most(file: Path, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(most + 1)


def parse_replications(data: bytes) -> dict[str, tuple[Replica, ...]]:
    """Return the replicas by the address of their origin; OpenDataError with the first fault."""
    origins = open_data.load_json(data).get("origins")
    if type(origins) is not list:
        raise open_data.OpenDataError('không có danh sách "origins"')
    found: dict[str, tuple[Replica, ...]] = {}
    count = 0
    for number, origin in enumerate(origins, 1):
        copies = origin.get("copies") if type(origin) is dict else None
        if type(copies) is not list or _has_fault(origin, ORIGIN_SHAPES):
            raise open_data.OpenDataError(f"điển hình gốc thứ {number} không đúng dạng")
        if any(type(copy) is not dict or _has_fault(copy, COPY_SHAPES) for copy in copies):
            raise open_data.OpenDataError(f"nơi làm theo điển hình gốc thứ {number} không đúng dạng")
        count += len(copies)
        made = tuple(Replica(*(nfc(copy[key]) for key in COPY_SHAPES)) for copy in copies)
        found[origin["url"]] = (*found.get(origin["url"], ()), *made)
    if count > open_data.MOST_ROWS:
        raise open_data.OpenDataError(f"có quá {open_data.MOST_ROWS} nơi làm theo")
    return found


def _has_fault(said: Mapping[str, Any], shapes: Mapping[str, PropertySchema]) -> bool:
    return any(
        find_value_fault(said.get(key), shape) or open_data.REFUSED.search(said[key]) for key, shape in shapes.items()
    )
