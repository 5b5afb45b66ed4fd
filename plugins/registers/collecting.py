"""All files that were sent for a year, and what they make of its register; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.registers.sheets.stranger import explain_kind
from plugins.registers.comparing import Findings, compare
from plugins.registers.comparing_acts import compare_acts
from plugins.registers.ranges import FOLDER, Holder, list_holders, plan_ranges, read_stamp, read_stamps
from plugins.registers.replying import write_reply
from plugins.registers.sent import is_sheet, read_sent
from plugins.registers.standing import Standing, read_standing
from plugins.sources.problem import Invalid, Problem
from plugins.vietnamese import nfc, slugify, sort_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.content.load import Content
    from plugins.registers.edits import Edits


@dataclass(frozen=True)
class Group:
    """What one holder has sent, None where nobody knows who, and the message that goes back, "" where none must."""

    holder: Holder | None
    files: tuple[Findings, ...]
    reply: str

    @property
    def reply_name(self) -> str:
        """The file that the message is kept in."""
        return f"loi-nhan-{slugify(self.holder.name if self.holder else self.files[0].sent.name)}.txt"


@dataclass(frozen=True)
class Collected:
    """What was sent, group by group; what is to be written into which table; which communes have sent nothing."""

    year: int
    groups: tuple[Group, ...]
    edited: tuple[tuple[Standing, Edits], ...]
    waiting: tuple[Holder, ...]

    @property
    def findings(self) -> list[Findings]:
        return [one for group in self.groups for one in group.files]

    @property
    def replies(self) -> dict[str, str]:
        """The messages that go back, by the file that each is kept in."""
        return {group.reply_name: group.reply for group in self.groups if group.reply}

    @property
    def has_edits(self) -> bool:
        return any(edits for _, edits in self.edited)


class Unreadable(Exception):
    """The register itself cannot be read, so that nothing can be held against it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = problems


def find_files(words: Sequence[str], folder: Path) -> list[Path]:
    """Return the files that are meant, of a folder where none is named: what has a * stands for all that match.

    Windows leaves that to us. Invalid where a word means nothing.
    """
    found: list[Path] = []
    for word in words or [str(folder)]:
        path = Path(word)
        if path.is_dir():
            # What was sent as something else is told, not passed over.
            matching = [file for file in path.iterdir() if is_sheet(file) or _is_sent_instead(file)]
        elif path.is_file():
            matching = [path]
        else:
            matching = _match(path)
        matching = [file for file in matching if not file.name.startswith(("~$", ".")) and file.is_file()]
        if words and not matching:
            raise Invalid(f"Không có tệp .xlsx, .csv nào ở “{word}”", "xem lại tên tệp, tên thư mục")
        found += sorted(matching, key=lambda file: sort_key(file.name))
    return list({file.resolve(): file for file in found}.values())


def _match(path: Path) -> list[Path]:
    """Return what a pattern stands for; disks may have decomposed the names that somebody types."""
    parents = [Path(path.anchor)] if path.is_absolute() else [Path()]
    for part in path.parts[bool(path.anchor) :]:
        matching = [parent / part for parent in parents if (parent / part).exists()]
        for parent in () if matching else parents:
            names = parent.iterdir() if parent.is_dir() else ()
            matching += [entry for entry in names if fnmatchcase(nfc(entry.name).casefold(), nfc(part).casefold())]
        parents = matching
    return [file for file in parents if is_sheet(file) or _is_sent_instead(file)]


def _is_sent_instead(file: Path) -> bool:
    # Text may stand in any folder, for whoever works there.
    return file.suffix.lower() != ".txt" and explain_kind(file.suffix) is not None


def collect_files(content: Content, year: int, files: Sequence[Path]) -> Collected:
    """Read the files and hold them against the register of the year. Raises Unreadable."""
    project, vocabulary = content.project, content.vocabulary
    standing, of_acts, problems = read_standing(project, year, vocabulary)
    own = {standing.path, of_acts.path}
    broken = [one for one in content.errors if one.path in own and not one.of_row]
    if broken or problems:
        raise Unreadable(broken or problems)
    holders = list_holders(vocabulary, year)
    stamps = [*read_stamps(project / FOLDER / str(year)), *filter(None, map(read_stamp, files))]
    issued = {stamp.holder for stamp in stamps if stamp.year == year}
    planned = plan_ranges(vocabulary, year, stamps)
    ranges = {name: one for name, one in planned.items() if name in issued}
    sent = [read_sent(file, year, vocabulary, holders) for file in files]
    found, edits = compare(sent, standing, vocabulary, ranges)
    register = content.registers.get(year)
    registered = {one.code: one for one in register.registrations} if register else {}
    acts = compare_acts(found, of_acts, year, registered, vocabulary)
    office = vocabulary.office_on(content.day)
    groups = tuple(
        Group(holder, ones, write_reply(holder, ones, year, office)) for holder, ones in _group(found, holders)
    )
    heard = {one.sent.owner.id for one in found if one.sent.owner and not one.sent.is_unused}
    waiting = tuple(one for one in holders if one.commune and one.id not in heard)
    return Collected(year, groups, ((standing, edits), (of_acts, acts)), waiting)


def _group(
    found: Sequence[Findings], holders: Sequence[Holder]
) -> tuple[tuple[Holder | None, tuple[Findings, ...]], ...]:
    known = [(holder, tuple(one for one in found if one.sent.owner == holder)) for holder in holders]
    unknown = [(None, (one,)) for one in found if one.sent.owner is None]
    return (*((holder, ones) for holder, ones in known if ones), *unknown)
