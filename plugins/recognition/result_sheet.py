"""The workbook for the votes of a review, read back as a table of acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from plugins.content.registers.act import ActKind
from plugins.content.registers.columns import act_columns
from plugins.registers.template_sheets import GUIDE, fill_guide, fill_table, save_book
from plugins.sources import values
from plugins.sources.schema import Key
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from datetime import date

    from plugins.recognition.candidates import Candidates

SHEET = "Kết quả bình xét"
_COLUMNS = ("code", "kind", "day", "votes", "posted_at", "posted_until", "paper")
# The columns filled in beforehand.
GIVEN = ("code", "kind", "day", "posted_at", "posted_until")


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
        *filter(None, (candidates.notice,)),
        "Điền Ngày, Số phiếu (đồng ý/số người dự, ví dụ 45/48), Nơi niêm yết, Niêm yết đến, Văn bản; lưu rồi đóng tệp.",
        "Dòng nào chưa có Số phiếu thì chưa được ghi vào sổ. Không sửa mã, không đổi tên cột.",
        "Ghi vào sổ: thẻ “Ghi kết quả bình xét” ở trang Xuất bản và các việc khác, chọn tệp này.",
    ]
    title = f"Kết quả bình xét “Dân vận khéo” năm {candidates.year}"
    fill_guide(book.create_sheet(GUIDE), title, notes, {SHEET: keys})
    return save_book(book)
