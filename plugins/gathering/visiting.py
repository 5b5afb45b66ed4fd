"""One member -> what is kept of it after a visit; what cannot be had, or breaks the schema, changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plugins.content.addresses.sections import OPEN_DATA
from plugins.content.members.gathered import EXEMPLARS, REPLICATIONS, parse_replications
from plugins.content.members.open_data import OpenDataError, parse_site_data
from plugins.gathering.connecting import Unreached
from plugins.gathering.fetching import NO_SEAL, Seal
from plugins.gathering.keeping import NOTHING, Kept, read_kept
from plugins.gathering.places import read_archive, read_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from plugins.content.members.members import Member
    from plugins.gathering.fetching import Fetcher

    # A file by its name, asked for with a seal; None while it is as the seal says.
    Get = Callable[[str, Seal], tuple[bytes, Seal] | None]


@dataclass(frozen=True)
class Visited:
    """What a visit found: what was kept before and is to be kept now, the new bytes, or why there is nothing new."""

    member: Member
    before: Kept
    kept: Kept
    data: dict[str, bytes] = field(default_factory=dict)
    count: int | None = None  # of exemplars, where they were read
    fault: str = ""


def visit(project: Path, member: Member, fetcher: Fetcher, day: date) -> Visited:
    """Fetch what is new of a member, and read it; nothing is written. A fault is a value."""
    before = read_kept(project, member.id)
    try:
        if member.address:
            with fetcher.open(member.address) as site:
                return _fetch(member, before, lambda name, seal: site.get(f"{OPEN_DATA.url}{name}", seal), day)
        read = read_folder(project / member.folder) if member.folder else read_archive(project / member.archive)
        return _fetch(member, before, lambda name, _: _take(read(f"{OPEN_DATA.url.lstrip('/')}{name}")), day)
    except Unreached as unreached:
        return Visited(member, before, before, fault=str(unreached))
    except OpenDataError as broken:
        return Visited(member, before, before, fault=f"số liệu của trang {broken}")


def _take(data: bytes | None) -> tuple[bytes, Seal]:
    if data is None:
        raise Unreached("ở đó không có số liệu mở của trang “Dân vận khéo”")
    return data, NO_SEAL


def _fetch(member: Member, before: Kept, get: Get, day: date) -> Visited:
    source = member.address or member.folder or member.archive
    # What another source gave is no answer to whether this one has something new.
    known = before if before.address == source else Kept()
    kept, data, count = replace(before, address=source), {}, None
    has_copies = bool(known.replications.sha256)
    answer = get(EXEMPLARS, NO_SEAL if known.lacks_copies else known.exemplars.seal)
    # What is here already was read when it came; whether the site has a list of copies stands in it.
    exemplars = before.exemplars.succeed(*answer, day) if answer else known.exemplars
    if answer and (known.lacks_copies or exemplars is not known.exemplars):
        read = parse_site_data(answer[0], member.address)
        kept, count = replace(kept, exemplars=exemplars, version=read.version), len(read.rows)
        has_copies = read.replications
        data[EXEMPLARS] = answer[0]
    copies = known.replications
    if not has_copies:
        copies = NOTHING
    elif answer := get(REPLICATIONS, copies.seal):
        parse_replications(answer[0])
        copies = before.replications.succeed(*answer, day)
        data[REPLICATIONS] = answer[0]
    return Visited(member, before, replace(kept, replications=copies), data, count)
