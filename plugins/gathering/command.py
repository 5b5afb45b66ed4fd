"""The gather command: visit every member site of nguon.yaml, save new data, and report members that failed."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins import progress
from plugins.content.members.gathered import FOLDER, find_unlisted
from plugins.content.members.members import PATH, read_members
from plugins.content.vocabulary.files import load_vocabulary
from plugins.gathering.fetching import Fetcher
from plugins.gathering.snapshots import write_snapshot
from plugins.gathering.visiting import visit
from plugins.release.store import Busy, locked
from plugins.sources.folders import list_folder
from plugins.sources.held import explain_writing, is_held
from plugins.sources.problem import Problem
from plugins.sources.values import day as parse_day
from plugins.vietnamese import format_date, format_number, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plugins.content.members.members import Member
    from plugins.gathering.visiting import Visited

# Visits at once: most of the time is spent waiting.
_AT_ONCE = 16
_LOCK = ".cache/gather.lock"


@dataclass(frozen=True)
class MemberResult:
    """The result of visiting one member: whether its data is new, or the fault; `day` is that of its snapshot."""

    member: Member
    is_new: bool
    count: int | None
    day: str
    fault: str = ""

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


def gather(project: Path, allow_failures: str = "", *, as_json: bool = False) -> int:
    """Gather from all members and report. Returns the exit code: 1 when more members failed than allowed.

    New data of the other members is saved all the same.
    """
    if not (allow_failures or "0").isdecimal():
        print(f'Số trang được phép lỗi "{allow_failures}" không phải một số; viết như 5', file=sys.stderr)
        return 1
    # Problems of the vocabulary are left to `check`.
    problems: list[Problem] = []
    members = read_members(project, load_vocabulary(project)[0], problems)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not members:
        if not problems:
            print(f"Chưa có trang thành viên nào: ghi vào {PATH} như sổ tay chỉ, rồi chạy lại.", file=sys.stderr)
        return 1
    outcomes: list[MemberResult] = []
    try:
        with locked(project / _LOCK):
            begun = time.monotonic()
            with progress.showing(begun):
                outcomes += gather_members(project, members, Fetcher())
    except Busy:
        print("Một lệnh gather khác đang chạy; chờ nó xong rồi chạy lại.", file=sys.stderr)
        return 1
    except OSError as error:
        refused = explain_writing(error, project=project)
        print(f"{refused.message}; {refused.fix}.", file=sys.stderr)
        return 1
    failed = [one for one in outcomes if one.fault]
    _tell(project, members, outcomes, as_json=as_json)
    return 1 if problems or len(failed) > int(allow_failures or 0) else 0


def gather_members(project: Path, members: Sequence[Member], fetcher: Fetcher) -> Iterator[MemberResult]:
    """Session members, some at once, and keep what is new of each; in their order."""
    day = today()
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        waiting = [pool.submit(visit, project, member, fetcher, day) for member in members]
        for number, visited in enumerate(waiting, 1):
            yield _save(project, visited.result())
            # Frees the data, which may be large.
            waiting[number - 1] = None  # type: ignore[call-overload]
            progress.tell("Thu số liệu", number, len(members))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _save(project: Path, visited: Visited) -> MemberResult:
    member, before, after = visited.member, visited.before, visited.after
    try:
        is_new = not visited.fault and write_snapshot(project, member.id, before, after, visited.data)
    except OSError as error:
        if not is_held(error):
            raise
        # Another program holds this member's file; the others are saved all the same.
        refused = explain_writing(error, project=project)
        return MemberResult(member, is_new=False, count=None, day=before.exemplars.day, fault=refused.message)
    return MemberResult(member, is_new, visited.count, after.exemplars.day, visited.fault)


def _tell(project: Path, members: Sequence[Member], outcomes: Sequence[MemberResult], *, as_json: bool) -> None:
    for outcome in outcomes:
        if outcome.fault:
            print(outcome.problem, file=sys.stderr)
    with suppress(OSError):
        for problem in find_unlisted({name for name, _ in list_folder(project / FOLDER)}, members):
            print(problem, file=sys.stderr)
    if as_json:
        print(json.dumps({"members": [outcome.as_dict() for outcome in outcomes]}, ensure_ascii=False, indent=1))
        return
    for outcome in outcomes:
        if outcome.is_new and outcome.count is not None:
            print(f"{outcome.member.name}: {format_number(outcome.count)} điển hình.")
    changed, unchanged, failed = (
        format_number(sum(outcome.result == result for outcome in outcomes))
        for result in ("changed", "unchanged", "failed")
    )
    print(
        f"Đã xem {format_number(len(outcomes))} trang thành viên: {changed} có số liệu mới, {unchanged} không đổi, "
        f"{failed} chưa lấy được."
    )
