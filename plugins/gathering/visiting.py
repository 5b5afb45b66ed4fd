"""Visit one member: fetch its data and check it. Data that cannot be fetched or is not sound changes nothing.

Its snapshot in content/thu-ve/ has the files byte for byte, with source, day and hash in nguon.json.
"""

import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from plugins.content.addresses.sections import OPEN_DATA
from plugins.content.members import members
from plugins.content.members.members import EXEMPLARS, PATH, REPLICATIONS, Member, parse_replications
from plugins.content.members.open_data import MOST_BYTES, OpenDataError, parse_site_data
from plugins.gathering.fetching import NO_VALIDATOR, Fetcher, FetchError, Validator
from plugins.release.archive import SITE as IN_ARCHIVE
from plugins.release.store import FOLDER, SITE, read_current, sweep
from plugins.sources.files import write_whole
from plugins.sources.held import insist_on_reading
from plugins.sources.problem import Problem
from plugins.sources.values import day as parse_day
from plugins.vietnamese import format_date

# A file by its name, asked for with a validator; None while it is as the validator says.
Get = Callable[[str, Validator], tuple[bytes, Validator] | None]
# The open data of members on this machine: the bytes of a file by its path in a site; None when there is none.
Read = Callable[[str], bytes | None]
_MOST_ENTRIES = 500_000
# The methods of `archive`. Others could take any amount of memory, and raise other errors.
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)
_HEAVY = f"tệp nặng quá {MOST_BYTES // 1_000_000} MB"


class FetchedFile(NamedTuple):
    """A fetched file as in nguon.json: its hash, the day when these bytes first came (ISO), and its validator."""

    sha256: str = ""
    day: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def validator(self) -> Validator:
        return Validator(self.etag, self.last_modified)

    def succeed(self, data: bytes, validator: Validator, day: date) -> "FetchedFile":
        """Return the entry of newly fetched bytes: itself when they are the same."""
        digest = sha256(data).hexdigest()
        return self if digest == self.sha256 else FetchedFile(digest, day.isoformat(), *validator)


NOTHING = FetchedFile()


@dataclass(frozen=True)
class Snapshot:
    """The last good data of a member, fetched from `address`; without `exemplars` there is none."""

    address: str = ""
    version: int = 0
    exemplars: FetchedFile = NOTHING
    replications: FetchedFile = NOTHING
    # Whether its list of copies across sites is missing or damaged.
    lacks_replications: bool = field(default=False, compare=False)


def read_snapshot(project: Path, identifier: str) -> Snapshot:
    """Return the snapshot of a member. A file that is not as it was fetched is left out, to be fetched again."""
    folder, path = project / members.FOLDER / identifier, f"{members.FOLDER}/{identifier}"
    if not isinstance(about := members.read_about(folder, path), dict):
        return Snapshot()
    version, said = about.get("schema"), about.get("replications")
    exemplars = _read_file(folder, path, EXEMPLARS, about)
    replications = _read_file(folder, path, REPLICATIONS, said if isinstance(said, dict) else {})
    version = version if isinstance(version, int) else 0
    lacks_replications = bool(said) and not replications.sha256
    return Snapshot(str(about.get("address", "")), version, exemplars, replications, lacks_replications)


def _read_file(folder: Path, path: str, name: str, said: Mapping[str, Any]) -> FetchedFile:
    data = members.read_gathered_file(folder / name, f"{path}/{name}") if said.get("sha256") else b""
    told = members.find_told(data, said) if isinstance(data, bytes) else None
    if told is None:
        return NOTHING
    fetched = FetchedFile(*(str(told.get(key, "")) for key in FetchedFile._fields))
    try:
        date.fromisoformat(fetched.day)
    except ValueError:
        return NOTHING
    return fetched


def write_snapshot(
    project: Path, identifier: str, before: Snapshot, after: Snapshot, data: Mapping[str, bytes]
) -> None:
    """Write changed files, by name; nguon.json has old hashes meanwhile, so an interruption leaves a valid snapshot."""
    if after == before:
        return
    folder = project / members.FOLDER / identifier
    if before.exemplars.sha256:
        _write_about(folder, after, before)
    for name, attribute in ((EXEMPLARS, "exemplars"), (REPLICATIONS, "replications")):
        new = getattr(after, attribute)
        if new.sha256 and new != getattr(before, attribute):
            write_whole(folder / name, data[name])
    _write_about(folder, after)
    if not after.replications.sha256:
        (folder / REPLICATIONS).unlink(missing_ok=True)
    sweep(folder)


def _write_about(folder: Path, snapshot: Snapshot, before: Snapshot | None = None) -> None:
    about: dict[str, Any] = {"address": snapshot.address, "schema": snapshot.version, **snapshot.exemplars._asdict()}
    if snapshot.replications.sha256:
        about["replications"] = snapshot.replications._asdict()
    if before:
        about[members.BEFORE] = before.exemplars._asdict()
    if before and before.replications.sha256 and snapshot.replications.sha256:
        about["replications"][members.BEFORE] = before.replications._asdict()
    write_whole(folder / members.ABOUT, (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode())


@dataclass(frozen=True)
class MemberVisit:
    """The snapshot before a visit and after it, the new files by name, or the fault."""

    member: Member
    before: Snapshot
    after: Snapshot
    data: dict[str, bytes] = field(default_factory=dict)
    count: int | None = None  # of exemplars, where they were read
    fault: str = ""

    @property
    def is_new(self) -> bool:
        return self.after != self.before

    @property
    def day(self) -> str:
        """The day of the snapshot (ISO), "" when there is none."""
        return self.after.exemplars.day

    @property
    def result(self) -> str:
        return "failed" if self.fault else "changed" if self.is_new else "unchanged"

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the object that `gather --json` prints."""
        said = {"id": self.member.id, "name": self.member.name, "result": self.result}
        return said | {"exemplars": self.count, "day": self.day or None, "fault": self.fault or None}

    @property
    def problem(self) -> Problem:
        """The fault as a problem of the member's line in nguon.yaml."""
        keeps = f"giữ bản thu ngày {format_date(parse_day(self.day))}" if self.day else "chưa có bản nào để dùng"
        what = f"Chưa lấy được số liệu của {self.member.name}: {self.fault}"
        return Problem(PATH, self.member.line, what, f"{keeps}; xem lại trang ấy rồi chạy lại lệnh gather")


def visit(project: Path, member: Member, fetcher: Fetcher, day: date) -> MemberVisit:
    """Fetch a member's new data and check it, without writing. A failure is in `fault`, not raised."""
    before = read_snapshot(project, member.id)
    try:
        if member.address:
            with fetcher.open(member.address) as site:
                return _fetch(member, before, lambda name, known: site.get(f"{OPEN_DATA.url}{name}", known), day)
        read = read_folder(project / member.folder) if member.folder else read_archive(project / member.archive)
        return _fetch(member, before, lambda name, _: _take(read(f"{OPEN_DATA.url.lstrip('/')}{name}")), day)
    except FetchError as error:
        return MemberVisit(member, before, before, fault=str(error))
    except OpenDataError as broken:
        return MemberVisit(member, before, before, fault=f"số liệu của trang {broken}")


def _take(data: bytes | None) -> tuple[bytes, Validator]:
    if data is None:
        raise FetchError("ở đó không có số liệu mở của trang “Dân vận khéo”")
    return data, NO_VALIDATOR


def _fetch(member: Member, before: Snapshot, get: Get, day: date) -> MemberVisit:
    source = member.address or member.folder or member.archive
    # Validators of another source mean nothing to this one.
    known = before if before.address == source else Snapshot()
    after, data, count = replace(before, address=source), {}, None
    has_copies = bool(known.replications.sha256)
    answer = get(EXEMPLARS, NO_VALIDATOR if known.lacks_replications else known.exemplars.validator)
    # Data that is here already was checked when it came. It says whether the site has a list of copies.
    exemplars = before.exemplars.succeed(*answer, day) if answer else known.exemplars
    if answer and (known.lacks_replications or exemplars is not known.exemplars):
        read = parse_site_data(answer[0], member.address)
        after, count = replace(after, exemplars=exemplars, version=read.version), len(read.rows)
        has_copies = read.replications
        data[EXEMPLARS] = answer[0]
    copies = known.replications
    if not has_copies:
        copies = NOTHING
    elif answer := get(REPLICATIONS, copies.validator):
        parse_replications(answer[0])
        copies = before.replications.succeed(*answer, day)
        data[REPLICATIONS] = answer[0]
    return MemberVisit(member, before, replace(after, replications=copies), data, count)


def read_folder(folder: Path) -> Read:
    """Return a function that reads files of a folder, or of a project's current release: output/ was not verified."""
    if not folder.is_dir():
        raise FetchError(f"không có thư mục {folder.name}")
    site = _find_site(folder)

    def read(path: str) -> bytes | None:
        try:
            return insist_on_reading(lambda: _read_bounded(site / path))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise FetchError(f"không đọc được {path} ({error.strerror})") from error

    return read


def _find_site(folder: Path) -> Path:
    if (folder / "content").is_dir():
        if not (current := read_current(folder / FOLDER)):
            raise FetchError("dự án trong thư mục ấy chưa có bản xuất bản nào")
        return folder / FOLDER / current / SITE
    # An unpacked zip of `archive`.
    return folder / IN_ARCHIVE if (folder / IN_ARCHIVE).is_dir() else folder


def _read_bounded(file: Path) -> bytes:
    if not file.is_file():
        # Reading a pipe would never end.
        raise FileNotFoundError
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FetchError(_HEAVY)
    return data


def read_archive(file: Path) -> Read:
    """Return a function that reads files of a zip of `archive` by path. It raises FetchError for any other zip."""

    def read(path: str) -> bytes | None:
        if not file.is_file():
            raise FetchError(f"không có tệp {file.name}")
        try:
            with zipfile.ZipFile(file) as opened:
                return _read_entry(opened, f"{IN_ARCHIVE}/{path}")
        except _BROKEN:
            raise FetchError(f"tệp {file.name} hỏng, không mở được") from None

    return read


def _read_entry(opened: zipfile.ZipFile, name: str) -> bytes | None:
    entries = opened.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise FetchError("tệp zip có quá nhiều tệp bên trong")
    if not (found := [entry for entry in entries if entry.filename == name]):
        return None
    if len(found) > 1:
        raise FetchError(f"tệp zip có hai tệp cùng tên {name}")
    if found[0].flag_bits & 1:
        raise FetchError("tệp zip có mật khẩu")
    if found[0].compress_type not in _PACKINGS:
        raise FetchError("tệp zip nén kiểu khác kiểu của lệnh archive")
    # zipfile never reads beyond the declared size.
    if found[0].file_size > MOST_BYTES:
        raise FetchError(_HEAVY)
    return opened.read(found[0])
