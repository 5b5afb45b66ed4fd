"""A register as a table of cells, written as CSV or as a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

CSV = "content/dang-ky/2020.csv"
XLSX = "content/dang-ky/2020.xlsx"
# A sound row, by heading. In a file, the headings stand on row 1 and the first registration on row 2.
ROW: dict[str, Any] = {
    "Mã": "DK-2020-001",
    "Tên mô hình": "Kênh về thôn 3",
    "Loại": "Tập thể",
    "Đơn vị": "Ban Công tác Mặt trận thôn 3",
    "Xã": "Nam Dong",
    "Thôn/buôn/tổ dân phố": "thôn 3",
    "Lĩnh vực": "Kinh tế",
    "Phong trào": "Hàng Việt Nam",
    "Người phụ trách": "Trần Thị Phụ Trách",
    "Ngày đăng ký": "5/4/2020",
    "Trạng thái": "đang thực hiện",
    "Kết quả": "3,2 km kênh",
    "Ghi chú": "hỏi lại sau mùa mưa",
}


def rows(*changes: dict[str, Any], headings: Sequence[str] = tuple(ROW)) -> list[list[Any]]:
    """Return the cells of a register: the headings, then a sound row a change, each with a code of its own."""
    made = [{**ROW, "Mã": f"DK-2020-{number:03}"} | change for number, change in enumerate(changes, 1)]
    return [list(headings), *([row.get(heading, "") for heading in headings] for row in made)]


def as_csv(cells: list[list[Any]], delimiter: str = ";", line_end: str = "\r\n") -> str:
    return line_end.join(delimiter.join(_quote(str(cell), delimiter) for cell in row) for row in cells) + line_end


def _quote(cell: str, delimiter: str) -> str:
    return f'"{cell}"' if delimiter in cell or "\n" in cell else cell


def as_workbook(cells: list[list[Any]], *, title: str = "Sheet1") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in cells:
        sheet.append(row)
    return book, sheet


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
