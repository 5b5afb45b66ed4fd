"""The papers of a proposal to commend: the submission, the list, and a page of merits for each candidate.

Facts missing in both register and story are highlighted gaps. The same input gives the same bytes.
"""

from collections.abc import Iterable
from datetime import date

from plugins.content.registers.act import PRAISES, Act, ActKind
from plugins.content.registers.registration import Registration
from plugins.content.vocabulary.terms import INDIVIDUAL, KINDS, ExemplarKind
from plugins.official.document import IssuedDocument, mark_gap
from plugins.official.paper import WIDTH, WIDTH_ACROSS, Gap
from plugins.recognition.candidates import Candidates, Proposal
from plugins.recognition.review_papers import unit_and_place
from plugins.vietnamese import capitalize, format_date, format_number
from plugins.word.making import save_document

_FORM, _PERSON = Gap("[ghi hình thức]"), "[ghi họ tên, năm sinh, chức vụ]"
_SAMPLE = "SỐ LIỆU MINH HỌA. Không dùng làm văn bản chính thức."


def render_submission(candidates: Candidates, proposal: Proposal, day: date | None) -> bytes:
    """Return the submission with the numbers by kind and a short list."""
    issuer, year = candidates.issuer, candidates.year
    # The office submits to its own board; the board submits to the one above.
    number = "        /TTr-BCTMT" if issuer.is_of_hamlet else "        /TTr-MTTQ" + ("" if proposal.is_own else "-BTT")
    paper = IssuedDocument(issuer, f"Đề nghị khen thưởng điển hình “Dân vận khéo” năm {year}", number, day)
    paper.add_letterhead()
    paper.add_title("TỜ TRÌNH", candidates.notice)
    paper.add(f"Kính gửi: {proposal.addressee}", center=True)
    basis = paper.add("Căn cứ ")
    mark_gap(basis, "[ghi văn bản quy định, hướng dẫn khen thưởng]")
    basis.add_run(";")
    chosen = candidates.chosen
    reviewed = [one for one in chosen if one.has(ActKind.REVIEW)]
    count = format_number(len(chosen))
    also = f", {format_number(len(reviewed))} điển hình có kết quả bình xét công khai ghi trong sổ" if reviewed else ""
    paper.add(
        f"Căn cứ kết quả bình xét, công nhận điển hình “Dân vận khéo” năm {year}: {count} điển hình đề nghị đã được "
        f"công nhận{also};"
    )
    asking = "Kính đề nghị" if proposal.is_own else f"{paper.issuer} đề nghị"
    kinds = ", ".join(f"{format_number(len(found))} {kind.name.lower()}" for kind, found in _by_kind(chosen))
    paper.add(
        f"{asking} {proposal.addressee} {proposal.request} cho {count} điển hình "
        f"“Dân vận khéo” năm {year}, {'gồm' if chosen[1:] else 'là'} {kinds}, như sau:"
    )
    rows = [["TT", "Điển hình", "Loại", "Đơn vị, nơi thực hiện", "Hình thức"]]
    form = proposal.form or _FORM
    rows += [[str(at), one.name, one.kind.name, unit_and_place(one), form] for at, one in enumerate(chosen, 1)]
    paper.grid(rows, [1.0, WIDTH - 1.0 - 1.9 - 5.2 - 2.6, 1.9, 5.2, 2.6], together=False)
    paper.add("(Có danh sách trích ngang và báo cáo tóm tắt thành tích kèm theo.)", italic=True)
    paper.add(f"Kính đề nghị {proposal.addressee} xem xét, quyết định./.", keep=True)
    is_in_person = proposal.is_own and not issuer.is_of_hamlet
    paper.add_signature(("Như trên",), "Người trình" if is_in_person else "", on_behalf=not is_in_person)
    return save_document(paper.word)


def render_list(candidates: Candidates, proposal: Proposal, day: date | None) -> bytes:
    """Return the list, a table for each kind, on landscape pages."""
    subject = f"Điển hình “Dân vận khéo” năm {candidates.year} đề nghị khen thưởng {proposal.level_name}"
    paper = IssuedDocument(candidates.issuer, subject, "", day, across=True)
    paper.add_letterhead()
    paper.add_title("DANH SÁCH TRÍCH NGANG", candidates.notice)
    paper.add(f"(Kèm theo Tờ trình số ………………… {paper.dated} của {proposal.submitter})", italic=True, center=True)
    for letter, (kind, found) in zip("ABC", _by_kind(candidates.chosen), strict=False):
        paper.add_heading(f"{letter}. {kind.name.upper()} ({format_number(len(found))})")
        rows = [["TT", "Họ tên, tên điển hình", "Đơn vị", "Địa bàn", "Lĩnh vực", "Tóm tắt thành tích", "Hình thức"]]
        for at, one in enumerate(found, 1):
            named = Gap(f"{one.name} {_PERSON}") if kind is INDIVIDUAL else one.name
            where = one.unit or Gap("[ghi đơn vị]"), _place(one) or "Cơ quan", one.field.name
            merit = _result(candidates, one) or Gap("[ghi thành tích]")
            rows.append([str(at), named, *where, merit, proposal.form or _FORM])
        paper.grid(rows, [1.0, 5.0, 4.2, 3.5, 2.9, WIDTH_ACROSS - 19.2, 2.6], together=False)
    paper.add(f"Danh sách này có {format_number(len(candidates.chosen))} điển hình./.", italic=True, keep=True)
    paper.add_signatures("NGƯỜI LẬP DANH SÁCH", "XÁC NHẬN CỦA CƠ QUAN")
    return save_document(paper.word)


def render_merits(candidates: Candidates, proposal: Proposal, day: date | None) -> bytes:
    """Return the summaries of merits, a page for each candidate."""
    issuer, year = candidates.issuer, candidates.year
    paper = IssuedDocument(issuer, f"Đề nghị khen thưởng điển hình “Dân vận khéo” năm {year}", "", day)
    for at, one in enumerate(candidates.chosen):
        if at:
            paper.start_page()
        paper.add_letterhead()
        paper.add_title("BÁO CÁO TÓM TẮT THÀNH TÍCH", _SAMPLE if candidates.is_sample(one) else "")
        _add_merits(paper, candidates, proposal, one)
        paper.add_signatures("NGƯỜI BÁO CÁO", f"XÁC NHẬN CỦA {issuer.short.upper()}")
    return save_document(paper.word)


def _add_merits(paper: IssuedDocument, candidates: Candidates, proposal: Proposal, one: Registration) -> None:
    paper.add_heading("I. SƠ LƯỢC")
    _item(paper, "Điển hình", f"{one.name} ({one.kind.name.lower()})")
    if one.kind is INDIVIDUAL:
        _item(paper, "Cá nhân", Gap(_PERSON))
    _item(paper, "Đơn vị", one.unit or Gap("[ghi đơn vị]"))
    _item(paper, "Địa bàn; lĩnh vực", "; ".join(filter(None, (_place(one), one.field.name))))
    _item(paper, "Đăng ký", f"mã {one.code}, ngày {format_date(one.registered_on)}")
    _item(paper, f"Đề nghị khen thưởng {proposal.level_name}", proposal.form or _FORM)
    paper.add_heading("II. THÀNH TÍCH")
    story = candidates.told.get(one.code)
    _item(paper, "Cách làm", (story.summary if story else "") or Gap("[chưa có bài: ghi 3–5 dòng về cách làm]"))
    _item(paper, "Kết quả", _result(candidates, one) or Gap("[sổ, bài chưa ghi: ghi số liệu]"))
    if receivers := [act.receiver or act.when for act in _acts(one, ActKind.REPLICATION)]:
        _item(paper, "Nhân rộng", "; ".join(receivers))
    paper.add_heading("III. BÌNH XÉT, CÔNG NHẬN, KHEN THƯỞNG ĐÃ CÓ")
    for kind in (ActKind.REVIEW, ActKind.RECOGNITION):
        said = [", ".join(filter(None, (act.when, act.details))) for act in _acts(one, kind)]
        _item(paper, capitalize(kind.label), "; ".join(said) or Gap(f"[sổ chưa ghi {kind.label}]"))
    praised = [", ".join(filter(None, (act.title, act.paper))) for act in _acts(one, *PRAISES)]
    _item(paper, "Biểu dương, khen thưởng", "; ".join(praised) or "trong sổ chưa có", keep=True)


def _item(paper: IssuedDocument, label: str, value: str, *, keep: bool = False) -> None:
    """Add a line with a label and a value or gap."""
    paragraph = paper.add(f"– {label}: ", keep=keep)
    if isinstance(value, Gap):
        mark_gap(paragraph, value)
    else:
        paragraph.add_run(f"{value.rstrip('.')}.")


def _acts(one: Registration, *kinds: ActKind) -> Iterable[Act]:
    return [act for act in (*one.acts, *one.undated) if act.kind in kinds]


def _by_kind(chosen: Iterable[Registration]) -> list[tuple[ExemplarKind, list[Registration]]]:
    return [(kind, found) for kind in KINDS if (found := [one for one in chosen if one.kind.id == kind.id])]


def _place(one: Registration) -> str:
    return ", ".join(filter(None, (one.place, one.commune.full_name if one.commune else "")))


def _result(candidates: Candidates, one: Registration) -> str:
    """Return the results, from the story or else the register."""
    story = candidates.told.get(one.code)
    return (story.results_line if story else "") or one.result
