"""`consent-form`: the page that a person signs before a story about them is published, as a Word file to print.

It follows Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: consent is free, informed (which data, which purpose, by whom, with
which rights and duties) and can be withdrawn (Điều 9; rights and duties: Điều 4); each kind of data has its own box;
for a child of seven or more, child and parent both sign (Điều 24).
"""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from docx.document import Document as Form
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from plugins.content.addresses.urls import readable_url
from plugins.content.territory.words import Words
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.terms import Office, is_placeholder
from plugins.official.filing import fails_with, file_new
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize, today
from plugins.word.making import make_document, save_document

_DOTS = "." * 24
TITLE = "PHIẾU ĐỒNG Ý CHO ĐĂNG THÔNG TIN, HÌNH ẢNH"
_WIDTH = Cm(17)
_APART = 6  # points above each part
_MARGINS = {"top": Cm(1.5), "bottom": Cm(1.3), "left": Cm(2.2), "right": Cm(1.8)}
_CHOICES = (
    ("", ("Họ tên, chức vụ, nơi ở ({address})",)),
    ("", ("Ảnh có mặt tôi", "Lời kể của tôi")),
    ("Dữ liệu nhạy cảm, khi câu chuyện cần:", ("Dân tộc", "Tôn giáo", "Sức khỏe")),
)
_RIGHTS = (
    "Không ký cũng không mất quyền lợi nào. Ký rồi vẫn được đổi ý, không cần nêu lý do.",
    "Được biết thông tin của mình dùng vào việc gì; được đọc bài trước khi đăng.",
    "Được yêu cầu sửa, bỏ tên, bỏ ảnh, gỡ cả bài; được khiếu nại, khởi kiện, đòi bồi thường.",
    "Phiếu này giữ tại cơ quan, không đưa lên mạng; trên trang không hiện số phiếu.",
)
_DUTIES = (
    "Cung cấp đủ và đúng thông tin mà mình đồng ý cho đăng; tự giữ gìn thông tin của mình.",
    "Tôn trọng thông tin riêng của người khác, cả khi kể chuyện và đưa ảnh.",
)


@fails_with("Chưa tạo được phiếu")
def write_form(project: Path, name: str, day: date | None = None) -> int:
    """Write the form of the office alive on a day, by default today, over no file, and return the exit code."""
    if not name.lower().endswith(".docx"):
        raise Invalid(f"“{name}” không phải tên tệp Word", "đặt tên có đuôi .docx")
    vocabulary, problems = load_vocabulary(project)
    for problem in problems if not vocabulary.offices else ():
        print(problem, file=sys.stderr)
    day = day or today()
    office = replace(vocabulary.signing_office(day), site_url=readable_url(vocabulary.site_url(day)))
    file_new(project, name, render_form(office, vocabulary.words_on(day)))
    print(f"Đã tạo {name}: in ra, cho nhân vật trong bài đọc và ký, rồi ghi số phiếu vào mục Đồng ý của bài.")
    shown = (("Tên cơ quan", office.name), *_facts(office), ("Địa chỉ trang", office.site_url))
    if missing := [label for label, value in shown if is_placeholder(value)]:
        print(f"Còn để chấm vì content/danh-muc/co-quan.yaml chưa điền: {', '.join(missing)}.")
    return 0


def render_form(office: Office, words: Words) -> bytes:
    """Return the form as a .docx; the same office gives the same bytes on every machine."""
    form = make_document(TITLE.capitalize(), office.name, 12, _MARGINS)
    spacing = form.styles["Normal"].paragraph_format
    spacing.space_after, spacing.space_before = Pt(1), Pt(0)
    _add(form, _shown(office.name), bold=True, center=True)
    _add(form, TITLE, bold=True, center=True, size=15, before=8)
    _add(form, "Số: PĐY-20.....-.....  (ghi số này vào mục “Đồng ý” của bài)", center=True, italic=True)
    _add(form, "Nhân vật trong bài", bold=True, before=_APART)
    for label in ("Họ và tên:", f"{capitalize(words.address)}:", "Điện thoại để báo lại (không đăng):", "Tên bài:"):
        _dotted(form, label)
    _add(form, "Tôi đồng ý cho đăng trong bài (đánh dấu ô chọn)", bold=True, before=_APART)
    for before, choices in _CHOICES:
        boxes = [f"☐  {choice.format(address=words.address)}" for choice in choices]
        _add(form, "        ".join(filter(None, (before, *boxes))), indent=True)
    _add(form, "Mục đích và nơi đăng", bold=True, before=_APART)
    _add(
        form,
        "Để giới thiệu, biểu dương, nhân rộng điển hình “Dân vận khéo”: trên trang thông tin "
        f"{_shown(office.site_url)}, trong dữ liệu mở, bản tin in và các báo cáo của trang. "
        "Ai vào mạng cũng đọc và chép lại được. Bài còn trên trang cho đến khi tôi xin gỡ.",
    )
    law = "Quyền của tôi, theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"
    for heading, sentences in ((law, _RIGHTS), ("Nghĩa vụ của tôi, theo luật ấy", _DUTIES)):
        _add(form, heading, bold=True, before=_APART)
        for sentence in sentences:
            _add(form, f"–  {sentence}", indent=True)
    _add(form, "Khi cần sửa, gỡ hoặc hỏi thêm, tôi liên hệ:", before=4)
    for label, value in _facts(office):
        if is_placeholder(value):
            _dotted(form, f"{label}:", indent=True)
        else:
            _add(form, f"{label}: {value}", indent=True)
    dateline = "........................., ngày ....... tháng ....... năm 20......."
    _add(form, dateline, italic=True, before=_APART).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _signatures(form)
    _add(
        form,
        "Người dưới 16 tuổi: cha, mẹ hoặc người giám hộ ký; em từ đủ 7 tuổi cùng ký. Bài vẫn viết tắt tên em, trừ khi "
        "gia đình và em đều muốn nêu đủ.",
        italic=True,
        size=10,
    )
    return save_document(form)


def _facts(office: Office) -> tuple[tuple[str, str], ...]:
    return (
        ("Người chịu trách nhiệm", office.responsible),
        ("Địa chỉ", office.address),
        ("Điện thoại", office.phone),
        ("Thư điện tử", office.email),
    )


def _shown(value: str) -> str:
    return _DOTS if is_placeholder(value) else value


def _add(
    form: Form,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    center: bool = False,
    indent: bool = False,
    size: float = 12,
    before: float = 0,
) -> Paragraph:
    paragraph = form.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.space_before = Pt(before)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.1), Cm(-0.6)
    return paragraph


def _dotted(form: Form, label: str, *, indent: bool = False) -> None:
    """Add a label with dots to the right margin to write on."""
    paragraph = _add(form, f"{label}\t", indent=indent)
    paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraph.paragraph_format.space_after = Pt(6)


def _signatures(form: Form) -> None:
    table = form.add_table(rows=1, cols=3)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    signers = ("Nhân vật trong bài", "Cha, mẹ, người giám hộ", "Người nhận phiếu")
    for cell, who in zip(table.rows[0].cells, signers, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(who).bold = True
        paragraph.add_run("\n(ký, ghi rõ họ tên)\n\n\n\n").italic = True
