"""Compare all submissions of a year with its register; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.registers.collecting.comparing import Findings, compare
from plugins.registers.collecting.comparing_acts import compare_acts
from plugins.registers.collecting.replying import write_reply
from plugins.registers.collecting.submission import read_submission
from plugins.registers.ranges import FOLDER, Holder, list_holders, plan_ranges, read_stamp, read_stamps
from plugins.registers.stored import StoredTable, read_stored
from plugins.vietnamese import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugins.content.load import Content
    from plugins.registers.collecting.edits import Edits
    from plugins.sources.problem import Problem


@dataclass(frozen=True)
class Group:
    """The findings of one holder, None when unknown, and the message to send back, "" when there is none."""

    holder: Holder | None
    files: tuple[Findings, ...]
    reply: str

    @property
    def reply_name(self) -> str:
        """The name of the file for the message."""
        return f"loi-nhan-{slugify(self.holder.name if self.holder else self.files[0].submission.name)}.txt"


@dataclass(frozen=True)
class Collected:
    """The result: findings by holder, edits by table, and the communes that have not sent a file yet."""

    year: int
    groups: tuple[Group, ...]
    edited: tuple[tuple[StoredTable, Edits], ...]
    waiting: tuple[Holder, ...]

    @property
    def replies(self) -> dict[str, str]:
        """The messages to send back, by file name; those of two files of one name in two folders are joined."""
        replies: dict[str, str] = {}
        for group in self.groups:
            if group.reply:
                name = group.reply_name
                replies[name] = f"{replies[name]}\n\n{group.reply}" if name in replies else group.reply
        return replies


class Unreadable(Exception):
    """The register itself cannot be read."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = problems


def collect_files(content: Content, year: int, files: Sequence[Path]) -> Collected:
    """Read the files and compare them with the register of the year. Raises Unreadable."""
    project, vocabulary = content.project, content.vocabulary
    stored, stored_acts, problems = read_stored(project, year, vocabulary)
    own = {stored.path, stored_acts.path}
    broken = [one for one in content.errors if one.path in own and not one.of_row]
    if broken or problems:
        raise Unreadable(broken or problems)
    holders = list_holders(vocabulary, year)
    stamps = [*read_stamps(project / FOLDER / str(year)), *filter(None, map(read_stamp, files))]
    issued = {stamp.holder for stamp in stamps if stamp.year == year}
    planned = plan_ranges(vocabulary, year, stamps)
    ranges = {name: one for name, one in planned.items() if name in issued}
    submissions = [read_submission(file, year, vocabulary, holders) for file in files]
    found, edits = compare(submissions, stored, vocabulary, ranges)
    register = content.registers.get(year)
    registered = {one.code: one for one in register.registrations} if register else {}
    act_edits = compare_acts(found, stored_acts, year, registered, vocabulary)
    office = vocabulary.office_on(content.day)
    groups = tuple(
        Group(holder, ones, write_reply(holder, ones, year, office)) for holder, ones in _group(found, holders)
    )
    heard = {one.submission.owner.id for one in found if one.submission.owner and not one.submission.is_unused}
    waiting = tuple(one for one in holders if one.commune and one.id not in heard)
    return Collected(year, groups, ((stored, edits), (stored_acts, act_edits)), waiting)


def _group(
    found: Sequence[Findings], holders: Sequence[Holder]
) -> tuple[tuple[Holder | None, tuple[Findings, ...]], ...]:
    known = [(holder, tuple(one for one in found if one.submission.owner == holder)) for holder in holders]
    unknown = [(None, (one,)) for one in found if one.submission.owner is None]
    return (*((holder, ones) for holder, ones in known if ones), *unknown)
