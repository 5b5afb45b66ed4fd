"""A register as a table of cells, written as CSV or as a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from plugins.content.content import as_of_its_day
from plugins.registers.progress import build_progress
from plugins.registers.ranges import FOLDER
from plugins.registers.reminder import write_reminder
from plugins.registers.template import write_template
from tests.conftest import VOCABULARY, Project
from tests.loading import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from plugins.registers.progress import Progress

CSV = "content/dang-ky/2020.csv"
XLSX = "content/dang-ky/2020.xlsx"
ACTS = "content/dang-ky/2020-viec.csv"
PAPERS = "content/theo-doi/2020.csv"
SCHEDULE = "content/danh-muc/ke-hoach.yaml"
# A sound row, by heading. In a file, the headings stand on row 1 and the first registration on row 2.
ROW: dict[str, Any] = {
    "Mã": "DK-2020-001",
    "Tên mô hình": "Kênh về thôn 3",
    "Loại": "Tập thể",
    "Đơn vị": "Ban Công tác Mặt trận thôn 3",
    "Xã": "Nam Dong",
    "Thôn/buôn/bon/tổ dân phố": "thôn 3",
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


def papers(*lines: str, heads: str = "Xã;Văn bản;Số, ký hiệu;Ngày nhận;Ghi chú") -> str:
    """Return a register of papers: its headings, and rows of cells parted by semicolons from line 2 on."""
    return "\n".join([heads, *lines, ""])


def acts(*lines: str, heads: str = "Mã;Việc;Ngày") -> str:
    """Return a table of acts, as `papers` does."""
    return papers(*lines, heads=heads)


@pytest.fixture
def year(project: Project) -> Project:
    """Two communes and the office at work in 2020, one commune that registered nothing, and the day of the reports."""
    basis = "theo: Hướng dẫn “Năm Dân vận khéo” 2020"
    project.write(SCHEDULE, f"- năm: 2020\n  hạn báo cáo: trước 10/11/2020\n  {basis}\n")
    place = "Thôn/buôn/bon/tổ dân phố"
    changes: list[dict[str, Any]] = [
        {},
        {"Tên mô hình": "Đường hoa", place: "thôn 8", "Kết quả": ""},
        {"Tên mô hình": "Chờ bài", place: ""},
        {"Tên mô hình": "Gian hàng thôn 8", place: "Thôn 8", "Trạng thái": "", "Kết quả": ""},
        {"Tên mô hình": "Bỏ dở", "Trạng thái": "dừng", "Kết quả": ""},
        {"Xã": "Ea T'ling", "Trạng thái": "hoàn thành"},
        {"Xã": "Ea T'ling"},
        {"Tên mô hình": "Nghe dân", "Xã": "cơ quan", "Đơn vị": "Cơ quan Ủy ban MTTQ huyện", "Kết quả": ""},
    ]
    project.write(CSV, as_csv(rows(*changes)))
    recognised = {"001": "15/10/2020", "003": "1/11/2020", "006": "16/10/2020", "007": "17/10/2020"}
    happened = [f"DK-2020-{code};công nhận;{day}" for code, day in recognised.items()]
    project.write(ACTS, acts(*happened, "DK-2020-001;nhân rộng;20/10/2020"))
    project.write(PAPERS, papers("Ea T’ling;báo cáo;12/BC-MTTQ;6/11/2020;đọc kỹ", "Ea T’ling;kiểm tra;1/BB;15/9/2020;"))
    project.write_story(front={"Đăng ký": "DK-2020-001"})
    project.write_story("nhap", front={"Tiêu đề": "Nháp", "Đăng ký": "DK-2020-003", "Trạng thái": "nháp"})
    project.write_story("xong", front={"Tiêu đề": "Xong", "Đăng ký": "DK-2020-006", "Xã": "Ea T'ling"})
    gone: dict[str, str | None] = {
        "Tiêu đề": "Vườn rau",
        "Đăng ký": "DK-2020-007",
        "Xã": "Ea T'ling",
        "Gỡ": "1/11/2020, gia đình xin rút bài",
    }
    project.write_story("da-go", front=gone)
    return project


@pytest.fixture(scope="session")
def given_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks of 2020, made once."""
    project = Project(tmp_path_factory.mktemp("mau"))
    for name, text in VOCABULARY.items():
        project.write(f"content/danh-muc/{name}", text)
    assert write_template(project.path, "2020") == 0
    return project.path / FOLDER


def progress_on(project: Project, day: date, year: int = 2020) -> Progress:
    return build_progress(as_of_its_day(load(project.path, day)), year)


def letters(project: Project, day: date) -> dict[str, str]:
    """Return the letter to each commune of 2020, by its id."""
    publisher = load(project.path, day).vocabulary.signing_office(day).on_paper
    progress = progress_on(project, day)
    return {one.commune.id: write_reminder(progress, one, publisher) for one in progress.communes}


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
