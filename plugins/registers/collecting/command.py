"""The command `collect`: report the changes of submissions to the register of a year, and write them on demand."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from plugins import hint, job_status
from plugins.content.load import can_use, load_content
from plugins.editing.history import HISTORY
from plugins.editing.saving import put_away, receive
from plugins.exemplars.hooks import installed
from plugins.official.filing import fails_with
from plugins.registers.collecting.collection import Collected, collect_files
from plugins.registers.collecting.submission import Submission, find_files, tell_faults
from plugins.registers.collecting.writing import write_tables
from plugins.registers.ranges import FOLDER
from plugins.registers.stored import Rejected
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize, format_number, nfc, today

REPLIES = "gui-lai"
# Lines of a kind listed for a file; the rest is counted.
_MOST = 40


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
