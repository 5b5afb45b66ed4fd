"""`review` and `commend`: papers, with a workbook for votes; `review-result` and `decision`: their outcome entered."""

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from plugins import hint
from plugins.content.content import Content
from plugins.content.load import can_use, load_content
from plugins.content.registers.act import PRAISES, ActKind, kind_of
from plugins.content.registers.columns import act_columns
from plugins.content.registers.registration import code_year
from plugins.content.territory.kinds import DISTRICTS_ENDED, PRAISING, Tier
from plugins.editing.history import HISTORY
from plugins.exemplars.hooks import installed
from plugins.official.filing import fails_with, file_documents, load_basis, read_time
from plugins.official.issuer import find_issuer
from plugins.recognition import candidates as choosing
from plugins.recognition.candidates import Candidates, Obstacle
from plugins.recognition.entering import Statement, enter_acts, read_table_file, state_acts
from plugins.registers.grid import find_grid
from plugins.registers.stored import Rejected
from plugins.registers.template import GUIDE, fill_guide, fill_table, save_book
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.sources.schema import Key
from plugins.vietnamese import capitalize, format_date, format_number, slugify, today

REVIEWS, COMMENDATIONS = "binh-xet", "khen-thuong"
_NO_REVIEW, _NO_COMMENDATION = "Chưa lập được giấy tờ bình xét", "Chưa lập được hồ sơ khen thưởng"
SHEET = "Kết quả bình xét"
_COLUMNS = ("code", "kind", "day", "votes", "posted_at", "posted_until", "paper")
# The columns filled in beforehand.
GIVEN = ("code", "kind", "day", "posted_at", "posted_until")
# The acts that a decision may state.
DECIDED = (ActKind.RECOGNITION, *PRAISES)
_FAILURE = "Chưa ghi được vào sổ"


@fails_with(_NO_REVIEW)
def write_review(project: Path, year: str, given: Mapping[str, str], *, samples: bool = True) -> int:
    """Write the papers of a review and return the exit code: 1 if none was written or the content has errors.

    `given` has the commune, the date ("" leaves it to be written by hand), the codes, and where and until when the list
    is posted.
    """
    until = values.day(given["posted-until"]) if given.get("posted-until") else None
    obstacles = [choosing.keep_from_review] * 2
    if (found := _choose(project, year, given, _NO_REVIEW, obstacles, samples=samples)) is None:
        return 1
    content, candidates, day = found
    if until and day and until < day:
        raise Invalid(f"Niêm yết đến {format_date(until)}, trước ngày họp", "sửa một trong hai ngày")
    _insist_on_some(candidates, "đưa ra bình xét")
    # Slow to import.
    from plugins.recognition import papers

    posted_at = given.get("posted-at", "").strip()
    folder, name = f"{REVIEWS}/{candidates.year}", candidates.name
    documents = {
        f"phieu-binh-xet-{name}": {".docx": papers.render_slips(candidates)},
        f"bien-ban-binh-xet-{name}": {".docx": papers.render_minutes(candidates, day)},
        f"danh-sach-niem-yet-{name}": {".docx": papers.render_posted_list(candidates, day, posted_at, until)},
    }
    sheet = f"{folder}/ket-qua-binh-xet-{name}.xlsx"
    if is_filled := _has_votes(project / sheet, candidates):
        print(f"Giữ nguyên {sheet}: đã có số phiếu của những đăng ký này.")
    else:
        documents[f"ket-qua-binh-xet-{name}"] = {".xlsx": render_sheet(candidates, day, posted_at, until)}
    written = file_documents(project, folder, documents)
    sheet = sheet if is_filled else written[-1]
    _print_summary(candidates, "Đưa ra bình xét {} đăng ký", f"Đã ghi {', '.join(written)}.")
    print(f"Họp xong: điền {sheet}, rồi {hint.command(f'review-result --file {sheet}')}.")
    return 1 if content.errors else 0


@fails_with(_NO_COMMENDATION)
def write_commendation(project: Path, year: str, given: Mapping[str, str], *, samples: bool = True) -> int:
    """Write the papers of a proposal and return the exit code: 1 if none was written or the content has errors.

    `given` has the commune, the date ("" leaves it to be written by hand), the codes, the level and the form.
    """
    obstacles = choosing.keep_from_commendation, choosing.keep_unrecognised
    if (found := _choose(project, year, given, _NO_COMMENDATION, obstacles, samples=samples)) is None:
        return 1
    content, candidates, day = found
    proposal = choosing.make_proposal(candidates.issuer, given.get("level", ""), given.get("form", ""))
    _insist_on_some(candidates, "đề nghị khen thưởng")
    # Slow to import.
    from plugins.recognition import papers

    name = f"{candidates.name}-cap-{slugify(proposal.level)}"
    documents = {
        f"to-trinh-{name}": {".docx": papers.render_submission(candidates, proposal, day)},
        f"danh-sach-trich-ngang-{name}": {".docx": papers.render_list(candidates, proposal, day)},
        f"tom-tat-thanh-tich-{name}": {".docx": papers.render_merits(candidates, proposal, day)},
    }
    written = file_documents(project, f"{COMMENDATIONS}/{candidates.year}", documents)
    made = f"Đã ghi {', '.join(written)}. Chỗ tô vàng là chỗ còn phải điền."
    _print_summary(candidates, "Đề nghị khen thưởng {} điển hình", made)
    print(f"Có quyết định: {hint.command('decision')} ghi số, ngày, hình thức, cấp vào sổ.")
    return 1 if content.errors else 0


def _choose(
    project: Path, year: str, given: Mapping[str, str], failure: str, obstacles: Sequence[Obstacle], *, samples: bool
) -> tuple[Content, Candidates, date | None] | None:
    """Return the content, the candidates, and the date if it is given; None, after printing why, without content."""
    number, day = read_time(year, given.get("date", ""))
    codes = choosing.parse_codes(given.get("codes", ""))
    if (content := load_basis(project, day, failure)) is None:
        return None
    issuer = find_issuer(content.vocabulary, given.get("commune", ""), number, day)
    candidates = choosing.choose(content, number, issuer, codes, obstacles, samples=samples)
    return content, candidates, day if given.get("date") else None


def _has_votes(file: Path, candidates: Candidates) -> bool:
    """Return whether a sheet of these candidates has votes already: a second, empty one would mislead staff."""
    try:
        grid = find_grid(read_table_file(file), act_columns())
    except (Invalid, Rejected):
        return False
    rows = [cells for _, cells in grid.rows()]
    is_theirs = [grid.code(cells) for cells in rows] == [one.code for one in candidates.chosen]
    return is_theirs and any(cells.get("votes") for cells in rows)


def _insist_on_some(candidates: Candidates, purpose: str) -> None:
    """Raise Invalid if there are no candidates."""
    if not candidates.chosen:
        fix = _list_others(candidates) or "xem lại năm, địa bàn, hoặc thêm đăng ký vào sổ"
        raise Invalid(f"Không có đăng ký nào để {purpose}", fix)


def _print_summary(candidates: Candidates, heading: str, made: str) -> None:
    """Print the candidates, the registrations left out, and the files made; `heading` has room for their number."""
    print(f"{heading.format(format_number(len(candidates.chosen)))} năm {candidates.year}:")
    print(*(f"  {one.code} {one.name}" for one in candidates.chosen), sep="\n")
    if candidates.others:
        print(f"Không đưa ra: {_list_others(candidates)}.")
    print(made)
    if candidates.notice:
        print(f"{candidates.notice} Thêm --no-samples để bỏ đăng ký mẫu.")


def _list_others(candidates: Candidates) -> str:
    by_reason: dict[str, list[str]] = {}
    for one, reason in candidates.others:
        by_reason.setdefault(reason.partition(" ngày ")[0], []).append(one.code)
    return "; ".join(f"{reason}: {', '.join(codes)}" for reason, codes in by_reason.items())


def render_sheet(candidates: Candidates, day: date | None, posted_at: str, posted_until: date | None) -> bytes:
    """Return the workbook with a row for each candidate. Same input, same bytes."""
    by_attribute = {key.attribute: key for key in act_columns()}
    keys = [by_attribute[name] for name in _COLUMNS]
    keys.insert(1, Key("name", "Điển hình", values.text, "Để đọc cho dễ; không ghi vào sổ"))
    known = {
        "kind": ActKind.REVIEW.label,
        "day": format_date(day) if day else "",
        "posted_at": posted_at,
        "posted_until": format_date(posted_until) if posted_until else "",
    }
    given = [{"code": one.code, "name": one.name} | known for one in candidates.chosen]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    fill_table(sheet, keys, candidates.year, {}, given)
    kinds = DataValidation("list", formula1=f'"{ActKind.REVIEW.label}"', allow_blank=True)
    sheet.add_data_validation(kinds)
    kinds.add(f"C2:C{len(given) + 1}")
    notes = [
        *filter(None, [candidates.notice]),
        "Điền Ngày, Số phiếu (đồng ý/số người dự, ví dụ 45/48), Nơi niêm yết, Niêm yết đến, Văn bản; lưu rồi đóng tệp.",
        "Dòng nào chưa có Số phiếu thì chưa được ghi vào sổ. Không sửa mã, không đổi tên cột.",
        "Ghi vào sổ: thẻ “Ghi kết quả bình xét” ở trang Xuất bản và các việc khác, chọn tệp này.",
    ]
    title = f"Kết quả bình xét “Dân vận khéo” năm {candidates.year}"
    fill_guide(book.create_sheet(GUIDE), title, notes, {SHEET: keys})
    return save_book(book)


@fails_with(_FAILURE)
def enter_result(project: Path, given: Mapping[str, str]) -> int:
    """Enter the result of a review, from a filled-in file or of one code, and return the exit code: 1 for any error."""
    read = partial(_read_result, project) if given.get("file") else _state_result
    return _enter(project, partial(read, given), {ActKind.REVIEW})


@fails_with(_FAILURE)
def enter_decision(project: Path, given: Mapping[str, str]) -> int:
    """Enter a decision for all of its codes, or none, and return the exit code: 1 for any error."""
    return _enter(project, partial(_state_decision, given), DECIDED)


def _read_result(project: Path, given: Mapping[str, str]) -> Statement:
    path = given["file"]
    if any(value for name, value in given.items() if name != "file"):
        raise Invalid("Đã có tệp kết quả mà còn ghi mục khác", "bỏ tệp, hoặc bỏ các mục kia")
    file = project / path
    return Statement(read_table_file(file if file.is_file() else Path(path)), path, GIVEN)


def _state_result(given: Mapping[str, str]) -> Statement:
    codes = choosing.parse_codes(given.get("code", ""))
    if len(codes) != 1:
        fix = "ghi --file với tệp kết quả đã điền, hoặc --code với một mã đăng ký"
        raise Invalid("Chưa rõ kết quả của đăng ký nào" if not codes else "Mỗi lần chỉ ghi một mã", fix)
    names = ("day", "votes", "posted-at", "posted-until", "paper")
    row = {name.replace("-", "_"): given.get(name, "").strip() for name in names}
    return state_acts([row | {"code": codes[0], "kind": ActKind.REVIEW.label}])


def _state_decision(given: Mapping[str, str]) -> Statement:
    """State the act of each code; Invalid if something is missing or wrong."""
    if not (codes := choosing.parse_codes(given.get("codes", ""))):
        raise Invalid("Chưa ghi mã của điển hình nào", "thêm --codes, ví dụ --codes DK-2020-012,DK-2020-013")
    if len(years := sorted({code_year(code) for code in codes})) > 1:
        raise Invalid(f"Các mã thuộc nhiều năm ({', '.join(map(str, years))})", "mỗi lần ghi các mã của một năm")
    form, level = capitalize(" ".join(given.get("form", "").split())), given.get("level", "").strip()
    kind = _read_kind(given.get("kind", ""), form)
    if kind is ActKind.RECOGNITION and (form or level):
        raise Invalid("Công nhận không có hình thức, cấp", "bỏ hai mục ấy, hoặc chọn việc khen thưởng, biểu dương")
    day, number = given.get("day", "").strip(), " ".join(given.get("number", "").split())
    _refuse_ended(day, level)
    # The number alone means a decision.
    paper = f"Quyết định {number}" if number[:1].isdigit() else number
    row = {"kind": kind.label, "day": day, "form": form, "level": level, "paper": paper}
    return state_acts([row | {"code": code} for code in codes])


def _refuse_ended(written: str, level: str) -> None:
    """Raise Invalid for a district's decision after districts were abolished."""
    try:
        is_late = PRAISING[str(choosing.parse_level(level))] is Tier.DISTRICT and values.day(written) > DISTRICTS_ENDED
    except Invalid:
        # Reported later, with all other faults of the row.
        return
    if is_late:
        raise Invalid(f"Ngày {written} mà Cấp là {level}: từ ngày 1/7/2025 không còn cấp huyện", "sửa Cấp, hoặc ngày")


def _read_kind(written: str, form: str) -> ActKind:
    """Return the act decided on, as written or else as the form implies."""
    if written.strip():
        return values.choice("Việc", {kind.label: kind for kind in DECIDED})(written)
    if not form:
        raise Invalid("Chưa rõ quyết định việc gì", "thêm --kind (công nhận, khen thưởng, biểu dương) hoặc --form")
    return kind_of(form)


def _enter(project: Path, read: Callable[[], Statement], kinds: Collection[ActKind]) -> int:
    """Enter the acts that `read` returns, and print the outcome. Return the exit code."""
    try:
        statement = read()
        year = statement.year
        content = load_content(project, today(), installed(project))
        if not can_use(content, _FAILURE, content.stopping(publishing=False)):
            return 1
        entered = enter_acts(content, year, statement, kinds)
    except Rejected as rejected:
        # A fault that every code of a decision has is printed once.
        lines = dict.fromkeys(str(one) if one.path else f"{one.message}; {one.fix}" for one in rejected.problems)
        print(*lines, sep="\n", file=sys.stderr)
        print("Chưa ghi gì vào sổ: sửa những chỗ trên rồi chạy lại.", file=sys.stderr)
        return 1
    outcome = (
        ("Ghi thêm", entered.added),
        ("Điền thêm vào dòng đã có", entered.filled),
        ("Trong sổ đã có, không ghi lại", entered.known),
    )
    for title, entries in outcome:
        if entries:
            print(f"{title} ({format_number(len(entries))}):", *(f"  {entry}" for entry in entries), sep="\n")
    for one in entered.advice:
        print(one)
    if entered.paths:
        print(f"Đã ghi vào {', '.join(entered.paths)}; bản trước được cất trong {HISTORY}/.")
    else:
        print("Sổ giữ nguyên: không có gì mới.")
    return 0
