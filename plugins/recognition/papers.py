"""The papers of a review: voting slips, minutes to fill in, and the list to post; and of a proposal to commend.

These are the submission, the list, and a page of merits for each candidate. Facts missing in both register and story
are highlighted gaps. The same input gives the same bytes.
"""

import math
from collections.abc import Iterable
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from plugins.content.registers.act import PRAISES, Act, ActKind
from plugins.content.registers.registration import Registration
from plugins.content.vocabulary.terms import COLLECTIVE, INDIVIDUAL, KINDS, ExemplarKind
from plugins.official.document import IssuedDocument, mark_gap, office_lines
from plugins.official.paper import WIDTH, WIDTH_ACROSS, A4Document, Gap
from plugins.recognition.candidates import Candidates, Proposal
from plugins.vietnamese import capitalize, format_date, format_number, squash
from plugins.word.making import save_document

BOX = "☐"
_DOTS = "……"
# Heights in cm: of a slip without its table, of a line in a cell, and of a page; then the most slips on a page.
_AROUND, _LINE, _SHEET, _MOST = 4.8, 0.56, 25.7, 4
_CHARACTERS = 30  # in a line of the widest cell of a slip
_FORM, _PERSON = Gap("[ghi hình thức]"), "[ghi họ tên, năm sinh, chức vụ]"
_SAMPLE = "SỐ LIỆU MINH HỌA. Không dùng làm văn bản chính thức."

BASIS = "mục III Hướng dẫn triển khai thực hiện “Năm Dân vận khéo” 2020"
# The criteria of that guidance: the kind of exemplar that each is for, None for all, its number there, and its text.
_CRITERIA = (
    (None, "III.1", "có ở mọi lĩnh vực, mọi địa bàn, trước hết là những lĩnh vực, địa bàn trọng điểm"),
    (None, "III.1", "tạo được sự đồng thuận, có người dân cùng tham gia"),
    (None, "III.1", "do tập thể, cá nhân cán bộ, đảng viên đứng ra làm"),
    (None, "III.1", "được bình xét công khai"),
    (None, "III.1", "có sức thuyết phục, có sức lan tỏa"),
    (None, "III.1", "nơi khác có thể làm theo, nhân rộng"),
    (
        COLLECTIVE,
        "III.2",
        (
            "với tập thể: trọng tâm là cơ sở, nơi gặp gỡ, tuyên truyền, vận động và giải quyết việc của dân trực tiếp, "
            "thường xuyên"
        ),
    ),
    (
        INDIVIDUAL,
        "III.3",
        (
            "với cá nhân: là cán bộ Mặt trận, đảng viên, công chức, viên chức, đoàn viên, hội viên làm việc trong hệ "
            "thống chính trị; có cách làm sáng tạo, hiệu quả, gắn với nhiệm vụ được giao; được chính tập thể của mình "
            "bình chọn, công nhận"
        ),
    ),
)


def render_slips(candidates: Candidates) -> bytes:
    """Return a page of voting slips, as many as fit, each with all candidates."""
    subject = f"Điển hình “Dân vận khéo” năm {candidates.year}"
    paper = A4Document(f"Phiếu bình xét {subject.lower()}", candidates.issuer.name)
    for place in range(count_slips(candidates)):
        if place:
            _cut(paper)
        _add_slip(paper, candidates, subject)
    return save_document(paper.word)


def count_slips(candidates: Candidates) -> int:
    """Return the number of slips that fit on a page."""
    longest = [max(len(one.name), len(unit_and_place(one))) for one in candidates.chosen]
    rows = sum(math.ceil(length / _CHARACTERS) * _LINE + 0.15 for length in longest)
    return max(1, min(_MOST, int(_SHEET / (_AROUND + rows + (1.2 if candidates.notice else 0)))))


def _add_slip(paper: A4Document, candidates: Candidates, subject: str) -> None:
    for text in office_lines(candidates.issuer.name):
        _tight(paper, text)
    _tight(paper, "PHIẾU BÌNH XÉT", bold=True).paragraph_format.space_before = Pt(4)
    _tight(paper, subject, bold=True)
    if candidates.notice:
        _tight(paper, candidates.notice, bold=True).runs[0].font.size = Pt(11)
    how = f"Đánh dấu × vào một ô “Đồng ý” hoặc “Không đồng ý” ở mỗi dòng ({BASIS}). Không ghi tên người bỏ phiếu."
    told = _tight(paper, how, italic=True)
    told.runs[0].font.size = Pt(12)
    told.paragraph_format.space_after = Pt(4)
    rows = [["TT", "Điển hình", "Đơn vị, nơi thực hiện", "Đồng ý", "Không đồng ý"]]
    rows += [[str(at), one.name, unit_and_place(one), BOX, BOX] for at, one in enumerate(candidates.chosen, 1)]
    _center(paper.grid(rows, [0.9, 5.4, 5.4, 1.9, 2.4]), slice(-2, None))


def _tight(paper: A4Document, text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    paragraph = paper.add(text, bold=bold, italic=italic, center=True, keep=True)
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.0
    return paragraph


def _center(table: Table, columns: slice) -> None:
    """Center some columns below the heading."""
    for row in table.rows[1:]:
        for cell in row.cells[columns]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _cut(paper: A4Document) -> None:
    """Add the line to cut two slips apart."""
    line = _tight(paper, "✂" + " –" * 40)
    line.runs[0].font.size = Pt(9)
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(8)


def unit_and_place(one: Registration) -> str:
    """Return the unit and the place of a registration, without repetition."""
    said = squash(one.unit)
    places = (one.place, one.commune.full_name if one.commune else "")
    return ", ".join(filter(None, (one.unit, *(place for place in places if squash(place) not in said))))


def render_minutes(candidates: Candidates, day: date | None) -> bytes:
    """Return the minutes of the review, with dots for facts known at the meeting."""
    issuer, year = candidates.issuer, candidates.year
    number = "        /BB-BCTMT" if issuer.is_of_hamlet else "        /BB-MTTQ"
    paper = IssuedDocument(issuer, f"Họp bình xét điển hình “Dân vận khéo” năm {year}", number, day)
    paper.add_letterhead()
    paper.add_title("BIÊN BẢN", candidates.notice)
    when = f"ngày {format_date(day)}" if day else f"ngày …… tháng …… năm {_DOTS}"
    paper.add(f"Thời gian bắt đầu: …… giờ …… phút, {when}.")
    paper.add_dotted("Địa điểm: ")
    paper.add_heading("I. THÀNH PHẦN")
    paper.add(f"1. Số người được triệu tập: {_DOTS}; có mặt: {_DOTS}; vắng mặt: {_DOTS}.")
    paper.add_dotted("Người vắng mặt, lý do: ", 2)
    paper.add_dotted("2. Chủ trì (họ tên, chức vụ): ")
    paper.add_dotted("3. Thư ký (họ tên, chức vụ): ")
    paper.add_dotted("4. Tổ kiểm phiếu: ")
    paper.add_heading("II. NỘI DUNG")
    count = format_number(len(candidates.chosen))
    paper.add(
        f"1. Chủ trì nêu mục đích, yêu cầu và tiêu chí bình xét ({BASIS}); giới thiệu {count} nội dung, mô hình "
        f"đã đăng ký năm {year} được đưa ra bình xét."
    )
    paper.add_dotted("2. Ý kiến thảo luận: ", 5)
    paper.add_heading("III. KẾT QUẢ BỎ PHIẾU")
    paper.add(f"Số phiếu phát ra: {_DOTS}; thu về: {_DOTS}; hợp lệ: {_DOTS}; không hợp lệ: {_DOTS}.")
    rows = [["TT", "Mã", "Điển hình", "Đồng ý", "Không đồng ý", "Kết luận"]]
    rows += [[str(at), one.code, _named(one), "", "", ""] for at, one in enumerate(candidates.chosen, 1)]
    paper.grid(rows, [0.9, 2.9, 5.7, 1.9, 2.4, 2.2], together=False)
    paper.add_heading("IV. KẾT LUẬN")
    paper.add_dotted("Chủ trì kết luận: ", 3)
    paper.add_dotted("Danh sách được niêm yết công khai tại: ")
    paper.add(f"từ ngày {_DOTS * 3} đến hết ngày {_DOTS * 3}.").paragraph_format.first_line_indent = Cm(0)
    paper.add(
        "Cuộc họp kết thúc lúc …… giờ …… phút cùng ngày. Biên bản đã được đọc lại, những người dự họp nhất trí thông "
        "qua và cùng ký tên./.",
        keep=True,
    )
    paper.add_signatures("THƯ KÝ", "CHỦ TRÌ")
    return save_document(paper.word)


def _named(one: Registration) -> str:
    """Return a candidate with its unit and place."""
    return f"{one.name} ({described})" if (described := unit_and_place(one)) else one.name


def render_posted_list(candidates: Candidates, day: date | None, posted_at: str, posted_until: date | None) -> bytes:
    """Return the list to post: the criteria, and for each name a box for each criterion of its kind."""
    issuer, year = candidates.issuer, candidates.year
    paper = IssuedDocument(issuer, f"Điển hình “Dân vận khéo” năm {year} đưa ra bình xét công khai", "", day)
    paper.add_letterhead()
    paper.add_title("DANH SÁCH NIÊM YẾT", candidates.notice)
    if posted_at:
        paper.add(f"Nơi niêm yết: {posted_at}.")
    else:
        paper.add_dotted("Nơi niêm yết: ")
    until = format_date(posted_until) if posted_until else _DOTS * 3
    paper.add(
        f"Niêm yết từ ngày {_DOTS * 3} đến hết ngày {until}. Trong thời gian ấy, ý kiến của Nhân dân gửi về "
        f"{issuer.short}."
    )
    paper.add(f"Tiêu chí ({BASIS}):", keep=True)
    kinds = {None, *(one.kind for one in candidates.chosen)}
    binding = [(head, *criterion) for head, criterion in enumerate(_CRITERIA, 1) if criterion[0] in kinds]
    for head, _, number, text in binding:
        end = "." if head == binding[-1][0] else ";"
        paper.add(f"({head}) {text} ({number}){end}").paragraph_format.space_after = Pt(0)
    heads = [str(head) for head, *_ in binding]
    rows = [["TT", "Điển hình", "Loại", *heads, "Số phiếu"]]
    for at, one in enumerate(candidates.chosen, 1):
        marks = [BOX if kind in (None, one.kind) else "–" for _, kind, *_ in binding]
        rows.append([str(at), _named(one), one.kind.name, *marks, "…/…"])
    passed = "; dấu – là tiêu chí không áp dụng" if any("–" in row for row in rows) else ""
    paper.add(f"Ô đánh dấu × là tiêu chí đã đạt{passed}.", italic=True, keep=True)
    narrow = 0.85
    widths = [0.95, WIDTH - 0.95 - 1.75 - narrow * len(heads) - 1.5, 1.75, *[narrow] * len(heads), 1.5]
    _center(paper.grid(rows, widths, together=False), slice(3, None))
    paper.add("Số phiếu ghi số đồng ý/số người dự họp bình xét.", italic=True, keep=True)
    paper.add_signature((f"Niêm yết tại {posted_at}" if posted_at else "Niêm yết công khai",))
    return save_document(paper.word)


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
