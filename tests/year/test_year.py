"""A year from its plan to its report in one folder: each document, as LibreOffice opens it, says what was entered."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from lxml import html

from plugins.content.registers.act import PRAISES, ActKind
from tests.conftest import VOCABULARY, Project, open_in_office
from tests.registers.conftest import progress_on
from tests.year.playing import DEADLINES, REGISTERED, VOTES, Year

if TYPE_CHECKING:
    from pathlib import Path

from datetime import date

pytestmark = pytest.mark.slow

MADE = ("cong-van", "binh-xet", "khen-thuong", "bao-cao", "so-lieu", "gui-bai")
NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def squeeze(text: str) -> str:
    """Return a text without its spaces: pages break lines, and a table's cells, where they like."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


class Documents:
    """The text of every document, by its name."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self.asked: set[str] = set()

    def says(self, name: str, *words: str) -> None:
        """Assert that a document says all of these."""
        self.asked.add(name)
        missing = [one for one in words if squeeze(one) not in self.texts[name]]
        assert not missing, f"{name}: {missing}"

    def leaves_out(self, name: str, *words: str) -> None:
        assert [one for one in words if squeeze(one) in self.texts[name]] == []


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Year, Documents]:
    """The year, and what its documents say: one LibreOffice opens them all."""
    project = Project(tmp_path_factory.mktemp("mot-nam"))
    for name, text in VOCABULARY.items():
        level = "cấp: huyện\nloại địa bàn: [xã, thị trấn]\n" if name == "co-quan.yaml" else ""
        project.write(f"content/danh-muc/{name}", text + level)
    year = Year(project)
    spring, autumn = (year.begin, year.register), (year.finish, year.review, year.commend)
    for step in (*spring, *autumn, year.tell, year.send, year.count):
        step()
    files = [file for folder in MADE for file in sorted((project.path / folder).rglob("*.*"))]
    files = [file for file in files if file.suffix in (".docx", ".xlsx")]
    return year, Documents(_read(tmp_path_factory.mktemp("mo"), files))


def _read(folder: Path, files: list[Path]) -> dict[str, str]:
    copies = []
    for number, file in enumerate(files):
        # A report has one name for several files.
        copies.append(folder / f"{number}{file.suffix}")
        copies[-1].write_bytes(file.read_bytes())
    made = open_in_office(folder, "html", copies)
    texts = {}
    for copy, file in zip(copies, files, strict=True):
        page = html.fromstring((made / f"{copy.stem}.html").read_bytes())
        texts[file.name] = squeeze(page.text_content())
    return texts


def test_the_plan_says_what_the_office_set(played: tuple[Year, Documents]) -> None:
    _, documents = played
    days = re.findall(r": ((?:chậm nhất|trước)) (\S+/2024)", DEADLINES)
    assert len(days) == 3
    documents.says("ke-hoach-2024.docx", *(f"{word} ngày {day}" for word, day in days))
    documents.says("ke-hoach-2024.docx", NATIONAL, "Cư Jút, ngày 08 tháng 01 năm 2024", "Văn hóa – xã hội")


def test_each_is_urged_for_what_it_lacked_on_the_day(played: tuple[Year, Documents]) -> None:
    year, documents = played
    late = "Quá hạn 10 ngày"
    documents.says("don-doc-ea-tling.docx", "thị trấn Ea T’ling", "Đăng ký điển hình", late, "25/3/2024")
    documents.says("don-doc-dak-drong.docx", "xã Đắk D’rông", "Bến nước Cư K’nia", "Kế hoạch thực hiện")
    documents.says("don-doc-nam-dong.docx", "xã Nam Dong", "Kênh về thôn 3", "Đường hoa thôn 8", "Chưa có kết quả")
    documents.leaves_out("don-doc-nam-dong.docx", "Kế hoạch thực hiện", "Bến nước Cư K’nia")
    # By the end of the year the registers say that what was asked for has come, but for the reports.
    progress = progress_on(year.project, date(2024, 11, 8), 2024)
    assert progress.total.registered == sum(map(len, REGISTERED.values()))
    assert [len(one.lacking) for one in progress.communes if one.commune.id == "nam-dong"] == [0]


def test_the_review_names_and_counts_whom_it_was_of(played: tuple[Year, Documents]) -> None:
    year, documents = played
    invited = "giay-moi-2024.docx"
    documents.says(invited, *VOTES, *year.codes.values(), "8 giờ 00, ngày 2/10/2024", "hội trường cơ quan")
    documents.says(invited, "bình xét công khai 3 điển hình")
    for name in ("phieu-binh-xet-2024.docx", "bien-ban-binh-xet-2024.docx", "danh-sach-niem-yet-2024.docx"):
        documents.says(name, *VOTES)
    documents.says("danh-sach-niem-yet-2024.docx", "trụ sở cơ quan")
    documents.says("ket-qua-binh-xet-2024.xlsx", *year.codes.values(), "9/10/2024")
    register = year.project.load().registers[2024].registrations
    votes = {one.name: act.votes.label for one in register for act in one.acts if act.votes}
    assert votes == VOTES


def test_who_was_recognised_is_proposed_and_commended(played: tuple[Year, Documents]) -> None:
    year, documents = played
    proposed, other = ("Kênh về thôn 3", "Bến nước Cư K’nia"), "Đường hoa thôn 8"
    papers = [name for name in documents.texts if name.startswith(("to-trinh", "danh-sach-trich", "tom-tat"))]
    assert len(papers) == 3
    for name in papers:
        documents.says(name, *proposed)
        documents.leaves_out(name, other)
    documents.says(next(name for name in papers if name.startswith("tom-tat")), "3,2 km", "45/48")
    register = {one.name: one for one in year.project.load().registers[2024].registrations}
    told = [act.title for act in register["Kênh về thôn 3"].acts]
    assert told[-1] == "Giấy khen cấp huyện, 30/10/2024"
    assert "công nhận, 15/10/2024" in told
    assert [act.kind.label for act in register[other].acts] == ["bình xét"]


def test_the_article_goes_up_whole_and_its_use_is_noted(played: tuple[Year, Documents]) -> None:
    year, documents = played
    documents.says("kenh-ve-thon-3.docx", "Kênh về thôn 3", "Nước về ruộng sớm hơn.", "Kênh mới. Ảnh: thôn 3")
    documents.says("kenh-ve-thon-3.docx", "Ban biên tập")
    documents.says("phieu-gui.docx", "Ủy ban MTTQ Việt Nam tỉnh Đắk Nông", "04 tháng 11 năm 2024", "Kênh về thôn 3")
    folder = year.path / "gui-bai/2024-11-04-kenh-ve-thon-3"
    assert [file.suffix for file in sorted(folder.iterdir())] == [".jpg", ".docx", ".docx"]
    (sent,) = year.project.load().sendings
    told = (sent.slug, sent.sent_on, sent.used_on, sent.used_at)
    assert told == ("kenh-ve-thon-3", date(2024, 11, 4), date(2024, 11, 6), "Thông tin công tác Mặt trận, số 11")


def count(year: Year) -> tuple[str, ...]:
    """Return what the year came to, as sentences have it, counted here from the register and the log."""
    content = year.project.load()
    register = content.registers[2024].registrations
    reviewed, recognised = (
        sum(any(act.kind is kind for act in one.acts) for one in register)
        for kind in (ActKind.REVIEW, ActKind.RECOGNITION)
    )
    commended = sum(any(act.kind in PRAISES for act in one.acts) for one in register)
    told = f"{commended} được biểu dương, khen thưởng; {len(content.stories)} được đăng tin, bài."
    whole = f"{reviewed} được bình xét công khai; {recognised} được công nhận; {told}"
    assert (len(register), reviewed, recognised, commended, len(content.stories)) == (3, 3, 2, 1, 1)
    return f"đăng ký {len(register)} nội dung, mô hình", whole, f"gửi cấp trên {len(content.sendings)} tin, bài"


def test_the_annex_and_the_calendar_are_of_the_same_facts(played: tuple[Year, Documents]) -> None:
    year, documents = played
    (annex,) = [name for name in documents.texts if name.startswith("so-lieu") and name.endswith(".docx")]
    documents.says(annex, "Nam Dong", "Đắk D’rông", "1/1/2024", "8/11/2024", *count(year))
    days = (year.path / "lich/lich.ics").read_text(encoding="utf-8")
    assert [day for day in ("20240131", "20240315", "20241109") if day not in days] == []


def test_the_report_counts_the_year(played: tuple[Year, Documents]) -> None:
    year, documents = played
    documents.says("bao-cao-2024.docx", NATIONAL, "ngày 08 tháng 11 năm 2024", "Giấy khen", *year.codes)
    documents.says("bao-cao-2024.docx", "3,2 km kênh mương", "46 hộ hiến 1.850 m² đất", *count(year))
    documents.says("bao-cao-2024.xlsx", "Nam Dong", "Đắk D’rông")


def test_no_document_names_who_is_in_charge_or_leaves_a_field(played: tuple[Year, Documents]) -> None:
    _, documents = played
    for name, text in documents.texts.items():
        assert "TrầnThịKín" not in text, name
        assert "«" not in text, name
    assert played[0].project.load().errors == []
