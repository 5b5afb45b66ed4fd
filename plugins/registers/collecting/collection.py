"""Compare all submissions of a year with its register, and write the replies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.content.content import Content
from plugins.content.territory import front
from plugins.content.vocabulary.terms import Office, is_placeholder
from plugins.registers.collecting.acts import compare_acts
from plugins.registers.collecting.comparing import compare_registrations
from plugins.registers.collecting.edits import Edits
from plugins.registers.collecting.submission import Submission, read_submission, tell_faults
from plugins.registers.ranges import FOLDER, Holder, list_holders, plan_ranges, read_range_stamp, read_range_stamps
from plugins.registers.stored import StoredTable, read_stored
from plugins.vietnamese import slugify

# With more faults than this in a file, the rest is only counted.
_MOST = 60


@dataclass(frozen=True)
class Correspondence:
    """The files of one holder, None if unknown, and the reply to send, "" for none."""

    holder: Holder | None
    files: tuple[Submission, ...]
    reply: str

    @property
    def reply_name(self) -> str:
        """The file name of the reply."""
        return f"loi-nhan-{slugify(self.holder.name if self.holder else self.files[0].name)}.txt"


@dataclass(frozen=True)
class Collected:
    """The result: files by holder, edits by table, and the communes that have not sent a file."""

    year: int
    groups: tuple[Correspondence, ...]
    edited: tuple[tuple[StoredTable, Edits], ...]
    waiting: tuple[Holder, ...]

    @property
    def replies(self) -> dict[str, str]:
        """The replies by file name; those to two files of one name in two folders are joined."""
        replies: dict[str, str] = {}
        for group in self.groups:
            if group.reply:
                name = group.reply_name
                replies[name] = f"{replies[name]}\n\n{group.reply}" if name in replies else group.reply
        return replies


def collect_files(content: Content, year: int, files: Sequence[Path]) -> Collected:
    """Compare the files with the register of the year. Rejected if it is unreadable."""
    project, vocabulary = content.project, content.vocabulary
    stored, stored_acts = read_stored(project, year, vocabulary, content.errors)
    holders = list_holders(vocabulary, year)
    stamps = [*read_range_stamps(project / FOLDER / str(year)), *filter(None, map(read_range_stamp, files))]
    issued = {stamp.holder for stamp in stamps if stamp.year == year}
    ranges = {name: one for name, one in plan_ranges(vocabulary, year, stamps).items() if name in issued}
    found = [read_submission(file, year, vocabulary, holders) for file in files]
    edits = compare_registrations(found, stored, vocabulary, ranges)
    register = content.registers.get(year)
    registered = {one.code: one for one in register.registrations} if register else {}
    act_edits = compare_acts(found, stored_acts, year, registered, vocabulary)
    by_holder: list[tuple[Holder | None, tuple[Submission, ...]]] = [
        (holder, ones) for holder in holders if (ones := tuple(one for one in found if one.owner == holder))
    ]
    by_holder += [(None, (one,)) for one in found if one.owner is None]
    office = vocabulary.office_on(content.day)
    groups = [Correspondence(holder, ones, _write_reply(holder, ones, year, office)) for holder, ones in by_holder]
    heard = {one.owner.id for one in found if one.owner and not one.is_unused}
    waiting = tuple(one for one in holders if one.commune and one.id not in heard)
    return Collected(year, tuple(groups), ((stored, edits), (stored_acts, act_edits)), waiting)


def _write_reply(holder: Holder | None, files: Sequence[Submission], year: int, office: Office | None) -> str:
    """Return the plain-text reply about the files of a holder that need correction; "" if none does."""
    if not (asked := [one for one in files if one.must_go_back]):
        return ""
    sender = front.standing_board(office.name) if office and not is_placeholder(office.name) else "Chúng tôi"
    if holder is None:
        lines = [f"{sender} đã nhận tệp dưới đây mà chưa dùng được:"]
    else:
        kind = holder.commune.type if holder.commune else "đơn vị"
        lines = [f"Kính gửi: {front.addressee(holder.commune) if holder.commune else 'đơn vị của cơ quan'}", ""]
        lines.append(f"{sender} đã nhận sổ đăng ký “Dân vận khéo” năm {year} của {kind}. Đề nghị xem lại mấy chỗ sau:")
    for one in asked:
        lines += ["", f"Tệp {one.name}:"]
        told = tell_faults(one.to_send_back)
        told += [f"{code} “{name}” có trong sổ mà tệp không có: xin rút hay ghi sót?" for code, name in one.gone]
        lines += _cut(f"{number}. {_end(line)}" for number, line in enumerate(told, 1))
        if one.advice:
            lines += ["Nên xem thêm:", *_cut(f"- {_end(line)}" for line in tell_faults(one.advice))]
    # The fault of a whole file says what to send instead.
    if any(one.gone or any(fault.line for fault in one.to_send_back) for one in asked):
        lines += ["", "Sửa ngay trong tệp ấy, giữ nguyên cột Mã, rồi gửi lại cả tệp."]
    return "\n".join([*lines, "", "Trân trọng cảm ơn."])


def _cut(lines: Iterable[str]) -> list[str]:
    listed = [*lines]
    more = len(listed) - _MOST
    return [*listed[:_MOST], f"… và {more} chỗ nữa."] if more > 0 else listed


def _end(line: str) -> str:
    return line if line.endswith("?") else f"{line}."
