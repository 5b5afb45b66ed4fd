"""`commend` and `decision`: the papers of a proposal to commend, and a decision entered into the register."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plugins import hint
from plugins.content.registers.act import PRAISES, ActKind, kind_of
from plugins.content.registers.registration import code_year
from plugins.content.territory.kinds import DISTRICTS_ENDED, PRAISING, Tier
from plugins.official.basis import load_basis, read_time
from plugins.official.filing import file_documents
from plugins.official.issuer import find_issuer
from plugins.output import explain
from plugins.recognition.candidates import choose, keep_from_commendation, keep_unrecognised, parse_codes
from plugins.recognition.proposal import make_proposal, parse_level
from plugins.recognition.review_command import enter_into, insist_on_some, tell_others
from plugins.recognition.statement import as_table
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize, format_number, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "khen-thuong"
# What a decision may do, as staff say it.
DECIDED = (ActKind.RECOGNITION, *PRAISES)


def write_commendation(project: Path, year: str, given: Mapping[str, str], *, samples: bool = True) -> int:
    """Write the papers of a proposal. Returns the exit code: 1 when none was written or something was not read.

    `given` has the commune, the day (none: to be written by hand), the codes, the level and the form.
    """
    try:
        number, day = read_time(year, given.get("date", ""))
        codes = parse_codes(given.get("codes", ""))
        if (content := load_basis(project, day, "hồ sơ khen thưởng")) is None:
            return 1
        issuer = find_issuer(content.vocabulary, given.get("commune", ""), number, day)
        proposal = make_proposal(issuer, given.get("level", ""), given.get("form", ""))
        obstacle = keep_from_commendation
        candidates = choose(content, number, issuer, codes, obstacle, named=keep_unrecognised, samples=samples)
        insist_on_some(candidates, "đề nghị khen thưởng")
    except Invalid as invalid:
        print(f"Chưa lập được hồ sơ khen thưởng: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    # They take a while to import, and nothing else needs them.
    from plugins.recognition import commendation_papers as papers

    dated = day if given.get("date") else None
    folder, name = f"{FOLDER}/{number}", f"{candidates.name}-cap-{slugify(proposal.level)}"
    makers = {
        "to-trinh": papers.render_submission,
        "danh-sach-trich-ngang": papers.render_list,
        "tom-tat-thanh-tich": papers.render_merits,
    }
    try:
        made = {f"{stem}-{name}": {".docx": render(candidates, proposal, dated)} for stem, render in makers.items()}
        written = [path for stem, files in made.items() for path in file_documents(project, folder, stem, files)]
    except OSError as error:
        print(f"Chưa ghi được vào {folder}/: {explain(error, project, doing='đọc hoặc ghi')}.", file=sys.stderr)
        return 1
    print(f"Đề nghị khen thưởng {format_number(len(candidates.chosen))} điển hình năm {number}:")
    print(*(f"  {one.code} {one.name}" for one in candidates.chosen), sep="\n")
    tell_others(candidates)
    print(f"Đã ghi {', '.join(written)}. Chỗ tô vàng là chỗ còn phải điền.")
    if candidates.notice:
        print(f"{candidates.notice} Thêm --no-samples để bỏ đăng ký mẫu.")
    print(f"Có quyết định: {hint.command('decision')} ghi số, ngày, hình thức, cấp vào sổ.")
    return 1 if content.errors else 0


def enter_decision(project: Path, given: Mapping[str, str]) -> int:
    """Enter a decision for all of its codes, or none. Returns the exit code: 1 for any error."""
    try:
        rows, year = _state(given)
    except Invalid as invalid:
        print(f"Chưa ghi được quyết định: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    return enter_into(project, year, as_table(rows), "", set(DECIDED), ())


def _state(given: Mapping[str, str]) -> tuple[list[dict[str, str]], int]:
    """Return a row a code, and the year; Invalid for anything that is missing or not understood."""
    codes = parse_codes(given.get("codes", ""))
    if not codes:
        raise Invalid("Chưa ghi mã của điển hình nào", "thêm --codes, ví dụ --codes DK-2020-012,DK-2020-013")
    years = {code_year(code) for code in codes}
    if len(years) > 1:
        listed = ", ".join(map(str, sorted(years)))
        raise Invalid(f"Các mã thuộc nhiều năm ({listed})", "mỗi lần ghi các mã của một năm")
    form, level = capitalize(" ".join(given.get("form", "").split())), given.get("level", "").strip()
    kind = _read_kind(given.get("kind", ""), form)
    if kind is ActKind.RECOGNITION and (form or level):
        raise Invalid("Công nhận không có hình thức, cấp", "bỏ hai mục ấy, hoặc chọn việc khen thưởng, biểu dương")
    row = {"kind": kind.label, "day": given.get("day", "").strip(), "form": form, "level": level}
    _refuse_ended(row["day"], level)
    row["paper"] = _name_paper(given.get("number", ""))
    return [row | {"code": code} for code in codes], years.pop()


def _refuse_ended(written: str, level: str) -> None:
    """Raise Invalid for what a district decided when there was none any more."""
    try:
        is_late = PRAISING[str(parse_level(level))] is Tier.DISTRICT and values.day(written) > DISTRICTS_ENDED
    except Invalid:
        # It is told with all else that is wrong.
        return
    if is_late:
        raise Invalid(f"Ngày {written} mà Cấp là {level}: từ ngày 1/7/2025 không còn cấp huyện", "sửa Cấp, hoặc ngày")


def _read_kind(written: str, form: str) -> ActKind:
    """Return what was decided: as it is said, else as the form has it."""
    if not written.strip():
        if not form:
            raise Invalid("Chưa rõ quyết định việc gì", "thêm --kind (công nhận, khen thưởng, biểu dương) hoặc --form")
        return kind_of(form)
    return values.choice("Việc", {kind.label: kind for kind in DECIDED})(written)


def _name_paper(number: str) -> str:
    """Return a decision as the register names it; its number may be all that was given."""
    number = " ".join(number.split())
    return f"Quyết định {number}" if number[:1].isdigit() else number
