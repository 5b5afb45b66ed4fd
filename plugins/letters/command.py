"""`letters`: documents for a year from the templates of the office; and the templates, and their fields."""

import sys
from pathlib import Path, PurePosixPath

from plugins import hint
from plugins.letters.fields import Letter, Occasion
from plugins.letters.filling import FOLDER, fill, find_templates, read_template
from plugins.letters.kinds import KINDS, LetterKind
from plugins.letters.template import open_template
from plugins.official.filing import fails_with, file_documents, file_new
from plugins.official.issuer import find_issuer, find_signing_commune
from plugins.registers.follow_up import load_followed
from plugins.sources import values
from plugins.sources.problem import Invalid, Level, Problem
from plugins.vietnamese import capitalize, format_number, squash, today

OUTPUT = "cong-van"
_FAILURE = "Chưa làm được văn bản"
_NOTICE = "VĂN BẢN MINH HỌA: có số liệu mẫu, không dùng chính thức."
_choose = values.choice("Loại văn bản", {kind.id: kind for kind in KINDS}, {kind.title: kind for kind in KINDS})


def find_kind(written: str) -> LetterKind:
    """Return the kind of this id or title; Invalid if there is none."""
    if not written.strip():
        names = ", ".join(f"{kind.id} ({kind.title})" for kind in KINDS)
        raise Invalid("Chưa nói làm loại văn bản nào", f"thêm --kind, một trong: {names}")
    return _choose(written)


@fails_with(_FAILURE)
def write_letters(
    project: Path, kind: str, year: str = "", date: str = "", commune: str = "", time: str = "", venue: str = ""
) -> int:
    """Write the letters of a kind: one for each place that lacks something, one plan, one invitation.

    `time` and `venue` are of the meeting. Return the exit code: 1 if nothing was written or something was not read.
    """
    chosen = find_kind(kind)
    day = values.day(date) if date else today()
    number = values.year(year) if year else day.year
    if (found := load_followed(project, day, number, _FAILURE)) is None:
        return 1
    content, errors = found
    if (commune := commune.strip()) and chosen.is_of_all:
        raise Invalid(f"{capitalize(chosen.title)} là của cơ quan, không của riêng một địa bàn", "để trống --commune")
    issuer = find_issuer(content.vocabulary, "", number, day)
    place = find_signing_commune(content.vocabulary, commune, number, day) if commune else None
    occasion = Occasion(content, number, day, issuer, place, " ".join(time.split()), " ".join(venue.split()))
    letters = chosen.compose(occasion)
    if (data := _read_template(project, chosen)) is None:
        print(f"{_FAILURE}: hãy sửa các lỗi của mẫu nêu trên rồi chạy lại.", file=sys.stderr)
        return 1
    for letter in letters:
        _write(project, number, chosen, data, letter)
    if not letters:
        who = occasion.commune.title if occasion.commune else "Mọi địa bàn"
        print(f"{who} không còn thiếu nội dung nào; không có công văn đôn đốc phải gửi.")
    if errors:
        print("Những dòng có lỗi nêu ở đầu chưa được tính.", file=sys.stderr)
    return 1 if errors else 0


def _read_template(project: Path, kind: LetterKind) -> bytes | None:
    """Return the office's own template, else the starter; None, after printing why, if its own has errors."""
    problems: list[Problem] = []
    file = find_templates(project, problems).get(kind.id)
    data = read_template(file, kind, problems) if file else kind.make_starter()
    # Never use the starter instead of a template that cannot be read.
    errors = (one for one in problems if one.level is Level.ERROR)
    wrong = [one for one in errors if squash(PurePosixPath(one.path).stem) == squash(kind.id)]
    for problem in wrong:
        print(problem, file=sys.stderr)
    return None if wrong else data


def _write(project: Path, year: int, kind: LetterKind, data: bytes, letter: Letter) -> None:
    template = open_template(data)
    missing = fill(template, kind.fields, letter.values, _NOTICE if letter.is_sample else "")
    (path,) = file_documents(project, f"{OUTPUT}/{year}", {letter.name: {".docx": template.save()}})
    print(f"Đã ghi {path}{'; có số liệu mẫu' if letter.is_sample else ''}")
    if missing:
        print(f"  Còn để chấm, nền vàng: {', '.join(missing)}")


@fails_with("Chưa tạo được mẫu")
def write_templates(project: Path, kind: str = "") -> int:
    """Write the template of a kind, or of all, for the office to edit, but no existing one; return the exit code, 0."""
    found = find_templates(project, [])
    (project / FOLDER).mkdir(parents=True, exist_ok=True)
    for one in [find_kind(kind)] if kind else KINDS:
        if one.id in found:
            print(f"Đã có {FOLDER}/{found[one.id].name}, giữ nguyên")
            continue
        file_new(project, f"{FOLDER}/{one.file}", one.make_starter())
        print(f"Đã tạo {FOLDER}/{one.file}: mẫu {one.title}")
    print("Sửa lời trong Word, giữ hay bỏ các trường «…» tùy ý, rồi lưu vào đúng chỗ ấy.")
    print(f"Tên các trường: {hint.command('letters --fields')}. Kiểm tra: {hint.command('check')}.")
    return 0


def list_fields(kind: str = "") -> int:
    """Print the fields that a template of a kind, or of any kind, may name; exit code 1 for an unknown kind."""
    try:
        chosen = [find_kind(kind)] if kind else KINDS
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
