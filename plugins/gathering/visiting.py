"""Visit one member: fetch its data and check it. Data that cannot be fetched or is not sound changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from plugins.content.addresses.sections import OPEN_DATA
from plugins.content.members.gathered import EXEMPLARS, REPLICATIONS, parse_replications
from plugins.content.members.members import PATH, Member
from plugins.content.members.open_data import OpenDataError, parse_site_data
from plugins.gathering.connecting import FetchError
from plugins.gathering.fetching import NO_VALIDATOR, Fetcher, Validator
from plugins.gathering.local_sources import read_archive, read_folder
from plugins.gathering.snapshots import NOTHING, Snapshot, read_snapshot
from plugins.sources.problem import Problem
from plugins.sources.values import day as parse_day
from plugins.vietnamese import format_date

# A file by its name, asked for with a validator; None while it is as the validator says.
Get = Callable[[str, Validator], tuple[bytes, Validator] | None]


@dataclass(frozen=True)
class MemberVisit:
    """The snapshot before a visit and after it (None: the same), the new files by name, or the fault."""

    member: Member
    before: Snapshot
    changed: Snapshot | None = None
    data: dict[str, bytes] = field(default_factory=dict)
    count: int | None = None  # of exemplars, where they were read
    fault: str = ""

    @property
    def after(self) -> Snapshot:
        return self.changed or self.before

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
                return _fetch(
                    member, before, lambda name, validator: site.get(f"{OPEN_DATA.url}{name}", validator), day
                )
        read = read_folder(project / member.folder) if member.folder else read_archive(project / member.archive)
        return _fetch(member, before, lambda name, _: _take(read(f"{OPEN_DATA.url.lstrip('/')}{name}")), day)
    except FetchError as error:
        return MemberVisit(member, before, fault=str(error))
    except OpenDataError as broken:
        return MemberVisit(member, before, fault=f"số liệu của trang {broken}")


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
