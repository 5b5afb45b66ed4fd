"""Read content/thu-ve/, the data gathered from member sites, and verify it by hash. Builds never use the network."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, cast

from plugins.content.folders import GATHERED
from plugins.content.members import open_data
from plugins.content.members.members import PATH, Member
from plugins.content.members.open_data import COPY_SHAPES, ORIGIN_SHAPES, PropertySchema, find_value_fault
from plugins.markdown.references import CONTENT
from plugins.sources.folders import find_link, list_folder
from plugins.sources.held import insist_on_reading, tell_unread
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import nfc

FOLDER = f"{CONTENT}/{GATHERED}"
EXEMPLARS, REPLICATIONS, ABOUT = "dien-hinh.json", "nhan-rong.json", "nguon.json"
BEFORE = "before"
_AGAIN = "chạy lại lệnh gather"


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
        data = insist_on_reading(lambda: _read(file, most))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return Problem(path, 1, "Thiếu tệp này", _AGAIN)
    except OSError as error:
        return tell_unread(error, path)
    return data if len(data) <= most else Problem(path, 1, f"Tệp nặng quá {most // 1_000} KB", _AGAIN)


def _read(file: Path, most: int) -> bytes:
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
