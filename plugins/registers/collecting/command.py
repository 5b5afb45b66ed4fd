"""The command `collect`: compare all submissions of a year with its register, report the changes, write the replies.

On demand it writes the changes into the register.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins import hint, job_status
from plugins.content.content import Content
from plugins.content.load import can_use, load_content
from plugins.content.territory import front
from plugins.content.vocabulary.terms import Office, is_placeholder
from plugins.editing.history import HISTORY
from plugins.editing.saving import put_away, receive
from plugins.exemplars.hooks import installed
from plugins.official.filing import fails_with
from plugins.registers.collecting.acts import compare_acts
from plugins.registers.collecting.comparing import compare_registrations
from plugins.registers.collecting.edits import Edits, write_tables
from plugins.registers.collecting.submission import Submission, find_files, read_submission, tell_faults
from plugins.registers.ranges import FOLDER, Holder, list_holders, plan_ranges, read_range_stamp, read_range_stamps
from plugins.registers.stored import Rejected, StoredTable, read_stored
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize, format_number, nfc, slugify, today

REPLIES = "gui-lai"
# Lines of a kind listed for a file; the rest is counted.
_MOST = 40
# With more faults than this in a file, the reply only counts the rest.
_MOST_ASKED = 60


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
    more = len(listed) - _MOST_ASKED
    return [*listed[:_MOST_ASKED], f"… và {more} chỗ nữa."] if more > 0 else listed


def _end(line: str) -> str:
    return line if line.endswith("?") else f"{line}."


@fails_with("Chưa gộp được")
def collect(project: Path, words: Sequence[str], year: str = "", *, write: bool = False) -> int:
    """Report the changes of the files, and `write` them, and return the exit code: 1 if a reply must go back."""
    number = values.year(year or str(today().year))
    if not (files := find_files(words, project / FOLDER / str(number))):
        raise Invalid(f"Chưa có tệp nào trong {FOLDER}/{number}/", "chép các tệp gửi về vào đó rồi chạy lại")
    content = load_content(project, today(), installed(project))
    if not can_use(content, "Chưa gộp được", content.stopping(publishing=False)):
        return 1
    try:
        collected = collect_files(content, number, files)
    except Rejected as rejected:
        print(*rejected.problems, sep="\n", file=sys.stderr)
        raise Invalid(f"Chưa đọc được sổ đăng ký năm {number}", "sửa các lỗi trên rồi chạy lại") from None
    print(*_describe(collected), sep="\n")
    _keep_replies(project, collected, is_whole=not words)
    print(_conclude(collected, words, write_tables(project, collected.edited) if write else []))
    return 1 if collected.replies else 0


def _describe(collected: Collected) -> Iterator[str]:
    files = sum(len(group.files) for group in collected.groups)
    yield f"Gộp sổ đăng ký năm {collected.year}: {format_number(files)} tệp."
    for group in collected.groups:
        yield f"\n{'─' * 8} {capitalize(group.holder.name) if group.holder else 'Chưa rõ của ai'} {'─' * 8}"
        used = [one for one in group.files if not one.is_unused]
        if len(used) > 1:
            names = ", ".join(one.name for one in used)
            yield f"Có {len(used)} tệp ({names}): dòng giống nhau tính một lần, khác nhau thì phải hỏi lại."
        for one in group.files:
            yield from _describe_file(one)
        if group.reply:
            yield f"\nGửi lại (tệp {REPLIES}/{group.reply_name}):\n\n{group.reply}"
    if collected.waiting:
        yield f"\nChưa có tệp của: {', '.join(one.name for one in collected.waiting)}."


def _describe_file(one: Submission) -> Iterator[str]:
    if one.is_unused:
        yield f"{one.name}: chưa điền dòng nào."
        return
    same = len(one.accepted) - len(one.new) - len(one.changed)
    counts = [
        f"{format_number(len(one.new))} mới",
        f"{format_number(len(one.changed))} đổi",
        f"{format_number(max(0, same))} không đổi",
        f"{format_number(len(one.to_send_back))} chỗ phải sửa",
    ]
    yield f"{one.name}: {', '.join(counts)}."
    yield from _list("Mới", one.new)
    yield from _list("Đổi", one.changed)
    yield from _list("Việc đã qua, mới", one.new_acts)
    yield from _list("Trong sổ có mà tệp không có (vẫn giữ trong sổ)", [f"{code} {name}" for code, name in one.gone])
    yield from _list("Tệp để trống mà sổ có chữ (vẫn giữ chữ trong sổ)", one.blank)
    yield from _list("Cơ quan xem rồi tự sửa trong sổ", one.held)
    if not one.must_go_back:  # else it is in the reply
        yield from _list("Nên xem thêm", tell_faults(one.advice))


def _list(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines[:_MOST])
        if len(lines) > _MOST:
            yield f"    … và {format_number(len(lines) - _MOST)} dòng nữa"


def _keep_replies(project: Path, collected: Collected, *, is_whole: bool) -> None:
    """Write the replies, and move settled ones into the history: of communes in this run, or of all if `is_whole`."""
    folder = f"{FOLDER}/{collected.year}/{REPLIES}"
    replies, seen = collected.replies, {group.reply_name for group in collected.groups}
    for file in sorted((project / folder).glob("*.txt")):
        if (name := nfc(file.name)) not in replies and (is_whole or name in seen):
            put_away(project, f"{folder}/{name}")
    for name, text in replies.items():
        receive(project, folder, name, f"{text}\n".replace("\n", "\r\n").encode("utf-8-sig"))
        job_status.report_file(project, project / folder / name)


def _conclude(collected: Collected, words: Sequence[str], written: Sequence[str]) -> str:
    added = sum(len(edits.added) for _, edits in collected.edited)
    changed = sum(len(edits.changed) for _, edits in collected.edited)
    counts = f"{format_number(added)} dòng mới, {format_number(changed)} dòng đổi"
    where = f"{FOLDER}/{collected.year}/{REPLIES}/"
    replies = format_number(len(collected.replies))
    back = f"\n{replies} nơi phải gửi lại; lời nhắn ở {where}." if collected.replies else ""
    if written:
        earlier = f"Bản trước ở {HISTORY}/." if any(one.data is not None for one, _ in collected.edited) else ""
        return f"\nĐã ghi {counts} vào {', '.join(written)}. {earlier}{back}\nKiểm tra: {hint.command('check')}."
    if not (added or changed):
        return f"\nKhông có gì mới để ghi vào sổ.{back}"
    ready = f"\nChưa ghi gì vào sổ. Ghi {counts} (chỉ những dòng không có lỗi)"
    if job_status.find_folder():
        return f"{ready}: bấm Ghi vào sổ.{back}"
    typed = " ".join(f'"{word}"' if " " in word or "*" in word else word for word in words)
    return f"{ready}: {hint.command(f'collect {typed} --year {collected.year} --write'.replace('  ', ' '))}{back}"
