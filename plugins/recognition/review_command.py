"""`review` and `review-result`: the papers of a review, and its result entered into the register."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from plugins import hint
from plugins.content.load import load_content
from plugins.content.registers.act import ActKind
from plugins.content.registers.columns import act_columns
from plugins.content.registers.registration import code_year
from plugins.editing.history import HISTORY
from plugins.exemplars.hooks import installed
from plugins.official.basis import load_basis, read_time
from plugins.official.filing import file_documents
from plugins.official.issuer import find_issuer
from plugins.output import explain
from plugins.recognition.candidates import Candidates, choose, keep_from_review, parse_codes
from plugins.recognition.entering import enter_acts
from plugins.recognition.result_sheet import GIVEN, render_sheet
from plugins.recognition.statement import Refused, as_table, read_file
from plugins.registers.grid import find_grid
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date, format_number, today

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from plugins.content.registers.sheets.tables import CellTable
    from plugins.recognition.entering import Entered

FOLDER = "binh-xet"


def write_review(project: Path, year: str, given: Mapping[str, str], *, samples: bool = True) -> int:
    """Write the papers of a review. Returns the exit code: 1 when none was written or something was not read.

    `given` has the commune, the day (none: to be written by hand), the codes, and where and until when it is posted.
    """
    try:
        number, day = read_time(year, given.get("date", ""))
        codes = parse_codes(given.get("codes", ""))
        until = _read_until(given, day)
        if (content := load_basis(project, day, "giấy tờ bình xét")) is None:
            return 1
        issuer = find_issuer(content.vocabulary, given.get("commune", ""), number, day)
        candidates = choose(content, number, issuer, codes, keep_from_review, samples=samples)
        insist_on_some(candidates, "đưa ra bình xét")
    except Invalid as invalid:
        print(f"Chưa lập được giấy tờ bình xét: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    # They take a while to import, and nothing else needs them.
    from plugins.recognition import review_papers as papers

    dated, posted_at = day if given.get("date") else None, given.get("posted-at", "").strip()
    folder, name = f"{FOLDER}/{number}", candidates.name
    files = {
        f"phieu-binh-xet-{name}": (".docx", papers.render_slips(candidates)),
        f"bien-ban-binh-xet-{name}": (".docx", papers.render_minutes(candidates, dated)),
        f"danh-sach-niem-yet-{name}": (".docx", papers.render_posted_list(candidates, dated, posted_at, until)),
    }
    sheet = f"{folder}/ket-qua-binh-xet-{name}.xlsx"
    if is_filled := _has_votes(project / sheet, candidates):
        print(f"Giữ nguyên {sheet}: đã có số phiếu của những đăng ký này.")
    else:
        files[f"ket-qua-binh-xet-{name}"] = (".xlsx", render_sheet(candidates, dated, posted_at, until))
    try:
        written = [
            path
            for stem, (suffix, data) in files.items()
            for path in file_documents(project, folder, stem, {suffix: data})
        ]
    except OSError as error:
        print(f"Chưa ghi được vào {folder}/: {explain(error, project, doing='đọc hoặc ghi')}.", file=sys.stderr)
        return 1
    print(f"Đưa ra bình xét {format_number(len(candidates.chosen))} đăng ký năm {number}:")
    print(*(f"  {one.code} {one.name}" for one in candidates.chosen), sep="\n")
    tell_others(candidates)
    print(f"Đã ghi {', '.join(written)}.")
    if candidates.notice:
        print(f"{candidates.notice} Thêm --no-samples để bỏ đăng ký mẫu.")
    sheet = sheet if is_filled else written[-1]
    print(f"Họp xong: điền {sheet}, rồi {hint.command(f'review-result --file {sheet}')}.")
    return 1 if content.errors else 0


def _read_until(given: Mapping[str, str], day: date) -> date | None:
    """Return the last day on which the list is posted; Invalid when it is before the meeting."""
    until = values.day(given["posted-until"]) if given.get("posted-until") else None
    if until and given.get("date") and until < day:
        raise Invalid(f"Niêm yết đến {format_date(until)}, trước ngày họp", "sửa một trong hai ngày")
    return until


def _has_votes(file: Path, candidates: Candidates) -> bool:
    """Tell whether staff have begun to fill in a sheet of these candidates: another beside it would mislead them."""
    try:
        grid = find_grid(read_file(file), act_columns()) if file.is_file() else None
    except (Invalid, Refused):
        return False
    rows = [cells for _, cells in grid.rows()] if grid else []
    return [grid.code(cells) for cells in rows if grid] == [one.code for one in candidates.chosen] and any(
        cells.get("votes") for cells in rows
    )


def insist_on_some(candidates: Candidates, purpose: str) -> None:
    """Raise Invalid when nobody is put forward."""
    if not candidates.chosen:
        fix = _list_others(candidates) or "xem lại năm, địa bàn, hoặc thêm đăng ký vào sổ"
        raise Invalid(f"Không có đăng ký nào để {purpose}", fix)


def tell_others(candidates: Candidates) -> None:
    """Print who is not put forward, by why."""
    if candidates.others:
        print(f"Không đưa ra: {_list_others(candidates)}.")


def _list_others(candidates: Candidates) -> str:
    by_reason: dict[str, list[str]] = {}
    for one, reason in candidates.others:
        by_reason.setdefault(reason.partition(" ngày ")[0], []).append(one.code)
    return "; ".join(f"{reason}: {', '.join(codes)}" for reason, codes in by_reason.items())


def enter_result(project: Path, given: Mapping[str, str]) -> int:
    """Enter the result of a review, from a filled-in file or of one code. Returns the exit code: 1 for any error."""
    try:
        if given.get("file"):
            _insist_on_file_alone(given)
            file = project / given["file"]
            table, path = read_file(file if file.is_file() else Path(given["file"])), given["file"]
            year = _find_year(table)
        else:
            row = _state(given)
            table, path, year = as_table([row]), "", code_year(row["code"])
    except Refused as refused:
        return tell_refused(refused)
    except Invalid as invalid:
        print(f"Chưa ghi được kết quả: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    return enter_into(project, year, table, path, {ActKind.REVIEW}, GIVEN if path else ())


def _insist_on_file_alone(given: Mapping[str, str]) -> None:
    if any(value for name, value in given.items() if name != "file"):
        raise Invalid("Đã có tệp kết quả mà còn ghi mục khác", "bỏ tệp, hoặc bỏ các mục kia")


def _state(given: Mapping[str, str]) -> dict[str, str]:
    codes = parse_codes(given.get("code", ""))
    if len(codes) != 1:
        fix = "ghi --file với tệp kết quả đã điền, hoặc --code với một mã đăng ký"
        raise Invalid("Chưa rõ kết quả của đăng ký nào" if not codes else "Mỗi lần chỉ ghi một mã", fix)
    names = {"day": "day", "votes": "votes", "posted-at": "posted_at", "posted-until": "posted_until", "paper": "paper"}
    row = {attribute: given.get(name, "").strip() for name, attribute in names.items()}
    return row | {"code": codes[0], "kind": ActKind.REVIEW.label}


def _find_year(table: CellTable) -> int:
    """Return the year of the first code of a table."""
    grid = find_grid(table, act_columns())
    code = next((code for _, cells in grid.rows() if (code := grid.code(cells))), "")
    if not code:
        raise Invalid("Tệp không có mã đăng ký nào", "lấy tệp kết quả mà lệnh review đã tạo, điền rồi chạy lại")
    return code_year(code)


def enter_into(
    project: Path, year: int, table: CellTable, path: str, kinds: set[ActKind], given: tuple[str, ...]
) -> int:
    """Enter a table of acts and tell what came of it. Returns the exit code."""
    content = load_content(project, today(), installed(project))
    if not content.is_sound:
        print(*content.stopping(publishing=False), sep="\n", file=sys.stderr)
        print("Chưa ghi được: danh mục có lỗi; sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return 1
    try:
        entered = enter_acts(content, year, table, path, kinds, given)
    except Refused as refused:
        return tell_refused(refused)
    except Invalid as invalid:
        print(f"Chưa ghi được: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Chưa ghi được: {explain(error, project, doing='đọc hoặc ghi')}", file=sys.stderr)
        return 1
    _tell(entered)
    return 0


def tell_refused(refused: Refused) -> int:
    """Print why nothing was entered. Returns the exit code."""
    # What is wrong for every code of a decision is said once.
    lines = dict.fromkeys(str(one) if one.path else f"{one.message}; {one.fix}" for one in refused.problems)
    print(*lines, sep="\n", file=sys.stderr)
    print("Chưa ghi gì vào sổ: sửa những chỗ trên rồi chạy lại.", file=sys.stderr)
    return 1


def _tell(entered: Entered) -> None:
    said: list[tuple[str, list[str], Callable[[str], str]]] = [
        ("Ghi thêm", entered.added, str),
        ("Điền thêm vào dòng đã có", entered.filled, str),
        ("Trong sổ đã có, không ghi lại", entered.known, str),
    ]
    for title, lines, show in said:
        if lines:
            print(f"{title} ({format_number(len(lines))}):", *(f"  {show(line)}" for line in lines), sep="\n")
    for one in entered.advice:
        print(one)
    if entered.paths:
        print(f"Đã ghi vào {', '.join(entered.paths)}; bản trước được cất trong {HISTORY}/.")
    else:
        print("Sổ giữ nguyên: không có gì mới.")
