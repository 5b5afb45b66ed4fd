"""One year of an office, played by its commands in one folder: what is registered, done and written, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from plugins.agenda.command import write_calendar
from plugins.letters.command import write_letters
from plugins.recognition.command import enter_decision, enter_result, write_commendation, write_review
from plugins.registers.collecting.command import collect
from plugins.registers.ranges import FOLDER
from plugins.registers.template import write_template
from plugins.reports.command import write_report
from plugins.sending.command import note_use, send
from plugins.statistics.command import write_statistics
from tests.conftest import make_image
from tests.registers.conftest import SCHEDULE, papers, saved

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

YEAR = "2024"
PLACE = "Thôn/buôn/bon/tổ dân phố"
DEADLINES = """\
- năm: 2024
  hạn kế hoạch: chậm nhất 31/1/2024
  hạn đăng ký: chậm nhất 15/3/2024
  hạn báo cáo: trước 10/11/2024
  theo: Hướng dẫn “Năm Dân vận khéo” 2024
"""
# Of each place: what it registers, and how it ends.
REGISTERED: dict[str, list[dict[str, Any]]] = {
    "xa-nam-dong": [
        {"Tên mô hình": "Kênh về thôn 3", "Loại": "Tập thể", PLACE: "thôn 3", "Kết quả": "3,2 km kênh mương"},
        {"Tên mô hình": "Đường hoa thôn 8", "Loại": "Mô hình", PLACE: "thôn 8", "Kết quả": "1,4 km đường hoa"},
    ],
    "xa-dak-drong": [
        {"Tên mô hình": "Bến nước Cư K’nia", "Loại": "Mô hình", PLACE: "bon Ƀu Prâng", "Kết quả": "46 hộ góp công"},
    ],
}
COMMON = {"Đơn vị": "Chi hội", "Lĩnh vực": "Kinh tế", "Người phụ trách": "Trần Thị Kín", "Ngày đăng ký": "5/3/2024"}


@dataclass
class Year:
    """The folder of a year, and the codes that its exemplars were given, by their names."""

    project: Project
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.project.path

    def begin(self) -> None:
        """January: the deadlines and the plan; each place gets its workbook."""
        self.project.write(SCHEDULE, DEADLINES)
        assert write_letters(self.path, "ke-hoach", YEAR, "8/1/2024") == 0
        assert write_template(self.path, YEAR) == 0
        assert write_calendar(self.path, "8/1/2024") == 0

    def register(self) -> None:
        """March: places fill in their workbooks, which are collected; one sends nothing and is urged."""
        self._send(with_results=False)
        self.project.write("content/theo-doi/2024.csv", papers("Nam Dong;kế hoạch;2/KH-MTTQ;30/1/2024;"))
        assert write_letters(self.path, "don-doc", YEAR, "25/3/2024") == 0

    def finish(self) -> None:
        """September: the work is done, and the workbooks say what it came to."""
        self._send(with_results=True)

    def review(self) -> None:
        """October: invitation, papers of the review, and the votes entered from the workbook that came with them."""
        meeting = {"time": "8 giờ 00, ngày 2/10/2024", "venue": "hội trường cơ quan"}
        assert write_letters(self.path, "giay-moi", YEAR, "24/9/2024", **meeting) == 0
        given = {"date": "2/10/2024", "posted-at": "trụ sở cơ quan", "posted-until": "9/10/2024"}
        assert write_review(self.path, YEAR, given) == 0
        file = self.path / "binh-xet/2024/ket-qua-binh-xet-2024.xlsx"
        book = load_workbook(BytesIO(file.read_bytes()))
        sheet = book.worksheets[0]
        heads = [cell.value for cell in sheet[1]]
        names = [sheet.cell(row, heads.index("Điển hình") + 1).value for row in range(2, 5)]
        for row, name in enumerate(names, 2):
            sheet.cell(row, heads.index("Số phiếu") + 1).value = VOTES[str(name)]
            sheet.cell(row, heads.index("Văn bản") + 1).value = "Biên bản 5/BB-MTTQ"
        filled = self.path / "ket-qua-da-dien.xlsx"
        filled.write_bytes(saved(book))
        assert enter_result(self.path, {"file": filled.name}) == 0

    def commend(self) -> None:
        """Two are recognised; a proposal goes up, and the decision on one is entered."""
        two = f"{self.codes['Kênh về thôn 3']}, {self.codes['Bến nước Cư K’nia']}"
        recognised = {"codes": two, "number": "12/QĐ-MTTQ-BTT", "day": "15/10/2024", "kind": "công nhận"}
        assert enter_decision(self.path, recognised) == 0
        asked = {"date": "16/10/2024", "level": "huyện", "form": "Giấy khen"}
        assert write_commendation(self.path, YEAR, asked) == 0
        decided = {"number": "38/QĐ-UBND", "day": "30/10/2024", "form": "Giấy khen", "level": "huyện"}
        assert enter_decision(self.path, decided | {"codes": self.codes["Kênh về thôn 3"]}) == 0

    def tell(self) -> None:
        """November: a story is written of it."""
        code, folder = self.codes["Kênh về thôn 3"], "content/bai-viet/2024/kenh-ve-thon-3"
        front = {"Đăng ký": code, "Ngày": "1/11/2024", "Tác giả": "Ban biên tập", "Ảnh": "kenh.jpg"}
        described = {"Mô tả ảnh": "Kênh giữa ruộng", "Chú thích ảnh": '"Kênh mới. Ảnh: thôn 3"'}
        result = {"Kết quả": '["3,2 km | kênh mương", "46 hộ | hiến 1.850 m² đất"]'}
        self.project.write_story("kenh-ve-thon-3", 2024, {**front, **described, **result}, "Nước về ruộng sớm hơn.\n")
        self.project.write(f"{folder}/kenh.jpg", make_image(size=(1200, 800)))

    def send(self) -> None:
        """It is sent to the province with its photo, and used there."""
        assert send(self.path, ["kenh-ve-thon-3"], date="4/11/2024") == 0
        assert note_use(self.path, "kenh-ve-thon-3", "Thông tin công tác Mặt trận, số 11", "6/11/2024") == 0

    def count(self) -> None:
        """An annex for whoever else asks, and the report to the committee above."""
        assert write_statistics(self.path, "1/1/2024", "8/11/2024") == 0
        assert write_report(self.path, YEAR, date="8/11/2024") == 0

    def _send(self, *, with_results: bool) -> None:
        for name, registered in REGISTERED.items():
            file = self.path / FOLDER / YEAR / f"so-dang-ky-2024-{name}.xlsx"
            book = load_workbook(BytesIO(file.read_bytes()))
            sheet = book["Sổ đăng ký"]
            heads = [cell.value for cell in sheet[1]]
            for at, one in enumerate(registered, 2):
                row = {**COMMON, **one, "Trạng thái": "hoàn thành" if with_results else "đang thực hiện"}
                if not with_results:
                    row["Kết quả"] = ""
                for heading, cell in row.items():
                    sheet.cell(at, heads.index(heading) + 1).value = cell
                self.codes[one["Tên mô hình"]] = str(sheet.cell(at, heads.index("Mã") + 1).value)
            file.write_bytes(saved(book))
        assert collect(self.path, [], YEAR, write=True) == 0


VOTES = {"Kênh về thôn 3": "45/48", "Đường hoa thôn 8": "21/48", "Bến nước Cư K’nia": "48/48"}
