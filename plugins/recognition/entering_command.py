"""`review-result` and `decision`: the result of a review, or a decision, entered into the register."""

import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

from plugins.content.load import can_use, load_content
from plugins.content.registers.act import PRAISES, ActKind, kind_of
from plugins.content.registers.registration import code_year
from plugins.content.territory.kinds import DISTRICTS_ENDED, PRAISING, Tier
from plugins.editing.history import HISTORY
from plugins.exemplars.hooks import installed
from plugins.official.filing import fails_with
from plugins.recognition.candidates import parse_codes, parse_level
from plugins.recognition.entering import Statement, enter_acts, read_table_file, state_acts
from plugins.recognition.papers_command import GIVEN
from plugins.registers.stored import Rejected
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize, format_number, today

# The acts that a decision may state.
DECIDED = (ActKind.RECOGNITION, *PRAISES)
_FAILURE = "Chưa ghi được vào sổ"


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
    codes = parse_codes(given.get("code", ""))
    if len(codes) != 1:
        fix = "ghi --file với tệp kết quả đã điền, hoặc --code với một mã đăng ký"
        raise Invalid("Chưa rõ kết quả của đăng ký nào" if not codes else "Mỗi lần chỉ ghi một mã", fix)
    names = ("day", "votes", "posted-at", "posted-until", "paper")
    row = {name.replace("-", "_"): given.get(name, "").strip() for name in names}
    return state_acts([row | {"code": codes[0], "kind": ActKind.REVIEW.label}])


def _state_decision(given: Mapping[str, str]) -> Statement:
    """State the act of each code; Invalid if something is missing or wrong."""
    if not (codes := parse_codes(given.get("codes", ""))):
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
        is_late = PRAISING[str(parse_level(level))] is Tier.DISTRICT and values.day(written) > DISTRICTS_ENDED
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
