"""`letters`: a template of the office's, filled for a year, into cong-van/; nothing there is ever overwritten."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from plugins import hint, job_status
from plugins.content.as_of import as_of_its_day
from plugins.content.folders import PAPERS, REGISTERS
from plugins.content.load import load_content
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.exemplars.hooks import installed
from plugins.letters.common import Occasion
from plugins.letters.filling import fill
from plugins.letters.kinds import KINDS
from plugins.letters.reading import FOLDER, find_templates, read_template
from plugins.letters.template import open_template
from plugins.markdown.references import CONTENT
from plugins.official.filing import file_documents
from plugins.official.issuer import find_commune, find_issuer
from plugins.output import explain
from plugins.sources import values
from plugins.sources.files import open_new
from plugins.sources.problem import Invalid, Level
from plugins.vietnamese import capitalize, format_number, squash, today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from plugins.content.load import Content
    from plugins.letters.common import Letter
    from plugins.letters.kinds import LetterKind
    from plugins.sources.problem import Problem

OUTPUT = "cong-van"
_NOTICE = "VĂN BẢN MINH HỌA: có số liệu mẫu, không dùng chính thức."
_choose = values.choice("Loại văn bản", {kind.id: kind for kind in KINDS}, {kind.title: kind for kind in KINDS})


def find_kind(written: str) -> LetterKind:
    """Return the kind of that id or name; Invalid when there is none."""
    if not written.strip():
        names = ", ".join(f"{kind.id} ({kind.title})" for kind in KINDS)
        raise Invalid("Chưa nói làm loại văn bản nào", f"thêm --kind, một trong: {names}")
    kind: LetterKind = _choose(written)
    return kind


def write_letters(project: Path, kind: str, year: str = "", date: str = "", **asked: str) -> int:
    """Write the letters of a kind: one for each place that lacks something, one plan, one invitation.

    `asked` may name a `commune`, and the `time` and `venue` of a meeting. Returns the exit code: 1 when something was
    not understood, or could not be read or written.
    """
    try:
        return _write_all(project, find_kind(kind), year, date, asked)
    except Invalid as invalid:
        print(f"Chưa làm được văn bản: {invalid.message}; {invalid.fix}", file=sys.stderr)
    except OSError as error:
        why = explain(error, project, doing="đọc hoặc ghi")
        print(f"Chưa ghi được văn bản vào {OUTPUT}/: {why}", file=sys.stderr)
    return 1


def _write_all(project: Path, kind: LetterKind, year: str, date: str, asked: Mapping[str, str]) -> int:
    day = values.day(date) if date else today()
    number = values.year(year) if year else day.year
    content = as_of_its_day(load_content(project, day, installed(project)))
    if not _is_readable(content, number):
        return 1
    occasion = _find_occasion(content, kind, number, day, asked)
    letters = kind.compose(occasion)
    data = _read_template(project, kind)
    if data is None:
        print("Chưa làm được văn bản: hãy sửa các lỗi của mẫu nêu trên rồi chạy lại.", file=sys.stderr)
        return 1
    for letter in letters:
        _write(project, number, kind, data, letter)
    if not letters:
        print(_say_none(occasion))
    if _find_errors(content, number):
        print("Những dòng có lỗi nêu ở đầu chưa được tính.", file=sys.stderr)
        return 1
    return 0


def _find_errors(content: Content, year: int) -> list[Problem]:
    """Return the errors that a letter of a year may suffer from: of its registers and deadlines, and of terms."""
    followed = (f"{CONTENT}/{REGISTERS}/{year}", f"{CONTENT}/{PAPERS}/{year}", f"{VOCABULARY}/")
    return [problem for problem in content.errors if problem.path.startswith(followed)]


def _is_readable(content: Content, year: int) -> bool:
    """Print those errors, and tell whether there is enough to write letters from."""
    errors = _find_errors(content, year)
    for problem in errors:
        print(problem, file=sys.stderr)
    is_unread = year not in content.registers and any(f"/{REGISTERS}/" in problem.path for problem in errors)
    if content.is_sound and not is_unread and not any(problem.passing for problem in errors):
        return True
    print("Chưa làm được văn bản: hãy sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
    return False


def _find_occasion(content: Content, kind: LetterKind, year: int, day: date, asked: Mapping[str, str]) -> Occasion:
    name = asked.get("commune", "").strip()
    if name and kind.is_of_all:
        raise Invalid(f"{capitalize(kind.title)} là của cơ quan, không của riêng một địa bàn", "để trống --commune")
    issuer = find_issuer(content.vocabulary, "", year, day)
    commune = find_commune(content.vocabulary, name, year, day) if name else None
    meeting = (" ".join(asked.get(key, "").split()) for key in ("time", "venue"))
    return Occasion(content, year, day, issuer, commune, *meeting)


def _read_template(project: Path, kind: LetterKind) -> bytes | None:
    """Return the office's own template, or the first one where it has none; None when there is something wrong."""
    problems: list[Problem] = []
    file = find_templates(project, problems).get(kind.id)
    data = read_template(file, kind, problems) if file else kind.make_starter()
    # What was meant as its template, and cannot be read, is not passed over.
    wrong = [
        one for one in problems if one.level is Level.ERROR and squash(PurePosixPath(one.path).stem) == squash(kind.id)
    ]
    for problem in wrong:
        print(problem, file=sys.stderr)
    return None if wrong else data


def _write(project: Path, year: int, kind: LetterKind, data: bytes, letter: Letter) -> None:
    template = open_template(data)
    missing = fill(template, kind.fields, letter.values, _NOTICE if letter.is_sample else "")
    (path,) = file_documents(project, f"{OUTPUT}/{year}", letter.name, {".docx": template.save()})
    print(f"Đã ghi {path}{'; có số liệu mẫu' if letter.is_sample else ''}")
    if missing:
        print(f"  Còn để chấm, nền vàng: {', '.join(missing)}")


def _say_none(occasion: Occasion) -> str:
    who = occasion.commune.title if occasion.commune else "Mọi địa bàn"
    return f"{who} không còn thiếu nội dung nào; không có công văn đôn đốc phải gửi."


def write_template(project: Path, kind: str = "") -> int:
    """Write the template of a kind, of all when none is named, for the office to edit; none is overwritten.

    Returns the exit code: 1 when one could not be written.
    """
    try:
        chosen = [find_kind(kind)] if kind else list(KINDS)
    except Invalid as invalid:
        print(f"Chưa tạo được mẫu: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    found = find_templates(project, [])
    for one in chosen:
        file = project / FOLDER / one.file
        if one.id in found:
            print(f"Đã có {FOLDER}/{found[one.id].name}, giữ nguyên")
            continue
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            data = one.make_starter()
            with open_new(file) as out:
                out.write(data)
        except OSError as error:
            print(f"Chưa tạo được {FOLDER}/{one.file}: {explain(error, project)}", file=sys.stderr)
            return 1
        job_status.report_file(project, file)
        print(f"Đã tạo {FOLDER}/{one.file}: mẫu {one.title}")
    print("Sửa lời trong Word, giữ hay bỏ các trường «…» tùy ý, rồi lưu vào đúng chỗ ấy.")
    print(f"Tên các trường: {hint.command('letters --fields')}. Kiểm tra: {hint.command('check')}.")
    return 0


def list_fields(kind: str = "") -> int:
    """Print what a template may name, of one kind or of all. Returns the exit code: 1 for an unknown kind."""
    try:
        chosen = [find_kind(kind)] if kind else list(KINDS)
    except Invalid as invalid:
        print(f"{invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    for one in chosen:
        print(f"{FOLDER}/{one.file}: mẫu {one.title} ({format_number(len(one.fields.names))} trường)")
        print(*one.fields.describe(), sep="\n")
        print()
    print(
        "Viết «tên trường» hay [[tên trường]]; viết hoa cả tên thì giá trị viết hoa, viết hoa chữ đầu thì hoa chữ đầu."
    )
    print("Hàng của bảng, hay đoạn, có trường của một danh sách thì lặp lại cho từng dòng của danh sách ấy;")
    print("trong ô có nhiều đoạn thì chỉ đoạn ấy lặp lại. Chưa có số liệu thì để chấm, nền vàng, và được kể tên.")
    return 0
