"""The gather command: visit every member site of nguon.yaml, save new data, and report members that failed."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from plugins import progress
from plugins.content.members.members import FOLDER, PATH, Member, find_unlisted, read_members
from plugins.content.vocabulary.files import load_vocabulary
from plugins.gathering.fetching import Fetcher
from plugins.gathering.visiting import MemberVisit, visit, write_snapshot
from plugins.release.store import Busy, locked
from plugins.sources.folders import list_folder
from plugins.sources.held import explain_writing, is_held
from plugins.sources.problem import Problem
from plugins.vietnamese import format_number, today

_AT_ONCE = 16  # visits at once: most of the time is spent waiting
_LOCK = ".cache/gather.lock"


def gather(project: Path, allow_failures: str = "", *, as_json: bool = False) -> int:
    """Gather from all members, saving what is new, and return the exit code: 1 if more failed than allowed."""
    if not (allow_failures or "0").isdecimal():
        print(f'Số trang được phép lỗi "{allow_failures}" không phải một số; viết như 5', file=sys.stderr)
        return 1
    # Problems of the vocabulary are left to `check`.
    problems = list[Problem]()
    members = read_members(project, load_vocabulary(project)[0], problems)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not members:
        if not problems:
            print(f"Chưa có trang thành viên nào: ghi vào {PATH} như sổ tay chỉ, rồi chạy lại.", file=sys.stderr)
        return 1
    outcomes: list[MemberVisit] = []
    try:
        with locked(project / _LOCK), progress.showing(time.monotonic()):
            outcomes += gather_members(project, members, Fetcher())
    except Busy:
        print("Một lệnh gather khác đang chạy; chờ nó xong rồi chạy lại.", file=sys.stderr)
        return 1
    except OSError as error:
        refused = explain_writing(error, project=project)
        print(f"{refused.message}; {refused.fix}.", file=sys.stderr)
        return 1
    _tell(project, members, outcomes, as_json=as_json)
    return 1 if problems or sum(bool(one.fault) for one in outcomes) > int(allow_failures or 0) else 0


def gather_members(project: Path, members: Sequence[Member], fetcher: Fetcher) -> Iterator[MemberVisit]:
    """Visit members concurrently and save new data of each. Yields results in the order of the members."""
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


def _save(project: Path, visited: MemberVisit) -> MemberVisit:
    """Save the new data of a visit. Returns the visit without it."""
    try:
        write_snapshot(project, visited.member.id, visited.before, visited.after, visited.data)
    except OSError as error:
        if not is_held(error):
            raise
        # Another program holds this member's file; the others are saved all the same.
        fault = explain_writing(error, project=project).message
        return MemberVisit(visited.member, visited.before, visited.before, fault=fault)
    return replace(visited, data={})


def _tell(project: Path, members: Sequence[Member], outcomes: Sequence[MemberVisit], *, as_json: bool) -> None:
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
    results = [outcome.result for outcome in outcomes]
    changed, unchanged, failed = (format_number(results.count(one)) for one in ("changed", "unchanged", "failed"))
    print(
        f"Đã xem {format_number(len(outcomes))} trang thành viên: {changed} có số liệu mới, {unchanged} không đổi, "
        f"{failed} chưa lấy được."
    )
