"""The consent form as the office gets it: one A4 page of Word, with the office's facts, and nothing overwritten."""

from __future__ import annotations

import dataclasses
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from docx import Document

from plugins.content.territory.words import Words
from plugins.content.vocabulary.terms import Office
from plugins.newsroom.consent_form import TITLE, render_form, write_form
from tests.conftest import VOCABULARY, open_in_office
from tests.zipped_elsewhere import other_machine

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

pytestmark = pytest.mark.slow

LONG = Office(
    name="Ủy ban Mặt trận Tổ quốc Việt Nam huyện Cư Jút, tỉnh Đắk Nông",
    responsible="Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam huyện Cư Jút, tỉnh Đắk Nông và Ban biên tập trang",
    address="Số 123 đường Nguyễn Tất Thành, tổ dân phố 4, thị trấn Ea T’ling, huyện Cư Jút, tỉnh Đắk Nông",
    phone="0261 3882 123",
    email="mattranhuyencujut@daknong.gov.vn",
    site_url="https://dan-van-kheo.cujut.daknong.gov.vn",
)


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def test_facts_of_the_office_stand_in_it() -> None:
    text = "\n".join(lines(render_form(LONG, Words())))
    for value in (TITLE, *vars(LONG).values()):
        assert not isinstance(value, str) or value in text


def test_missing_facts_are_lines_of_dots() -> None:
    form = lines(render_form(dataclasses.replace(LONG, phone="", site_url=""), Words()))
    assert "Điện thoại:\t" in form
    assert not any("[" in line for line in form)
    assert any("trên trang thông tin ......" in line for line in form)


def test_it_asks_for_no_more_than_the_law_wants_told() -> None:
    text = "\n".join(lines(render_form(LONG, Words())))
    for told in ("91/2025/QH15", "Ký rồi vẫn được đổi ý", "gỡ cả bài", "không đưa lên mạng", "từ đủ 7 tuổi cùng ký"):
        assert told in text
    assert "căn cước" not in text.lower()


def test_each_thing_told_of_a_person_has_a_box_of_its_own() -> None:
    text = "\n".join(lines(render_form(LONG, Words())))
    boxes = [words.split("  ")[0] for words in text.replace("\n", "  ").split("☐  ")[1:]]
    assert boxes[1:] == ["Ảnh có mặt tôi", "Lời kể của tôi", "Dân tộc", "Tôn giáo", "Sức khỏe"]
    assert boxes[0].startswith("Họ tên")


def test_rights_and_duties_are_both_told() -> None:
    form = lines(render_form(LONG, Words()))
    rights, duties = (
        next(i for i, line in enumerate(form) if line.startswith(f"{what} của tôi")) for what in ("Quyền", "Nghĩa vụ")
    )
    assert [line[:1] for line in form[rights + 1 : duties]] == ["–"] * 4
    assert [line[:1] for line in form[duties + 1 : duties + 3]] == ["–"] * 2


def test_the_same_facts_give_the_same_bytes_on_any_machine() -> None:
    first = render_form(LONG, Words())
    with other_machine():
        assert render_form(LONG, Words()) == first
    assert len(first) < 60_000
    properties = Document(BytesIO(first)).core_properties
    assert (properties.author, properties.language) == (LONG.name, "vi-VN")
    assert properties.modified is not None
    assert properties.modified.year == 2020


def test_written_once_and_never_over_another(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    file = project.path / "phieu.docx"
    assert write_form(project.path, file.name) == 0
    assert "Ủy ban MTTQ Việt Nam huyện Cư Jút" in lines(file.read_bytes())
    file.write_bytes(b"signed")
    assert write_form(project.path, file.name) == 1
    assert file.read_bytes() == b"signed"
    assert capsys.readouterr().err.startswith("Chưa tạo được phiếu: Đã có tệp phieu.docx, không ghi đè; ")
    assert write_form(project.path, "phieu.pdf") == 1
    assert write_form(project.path, "khong/co/phieu.docx") == 1
    assert sorted(entry.name for entry in project.path.iterdir()) == ["content", "pelicanconf.py", "phieu.docx"]


def test_it_is_that_of_the_office_of_the_day_it_is_made_on(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "content/danh-muc/co-quan.yaml"
    flat = VOCABULARY["co-quan.yaml"]
    district = "Ủy ban MTTQ Việt Nam huyện Cư Jút"
    project.write(path, f"{flat}đến ngày: 30/6/2025\n")
    assert write_form(project.path, "cu.docx", date(2025, 6, 30)) == 0
    assert district in lines((project.path / "cu.docx").read_bytes())
    capsys.readouterr()
    assert write_form(project.path, "moi.docx", date(2025, 7, 1)) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith("Chưa tạo được phiếu: Ngày 1/7/2025 không có cơ quan nào phụ trách trang")
    assert not (project.path / "moi.docx").exists()
    listed = flat.replace("\n", "\n  ").rstrip()
    project.write(path, f'- {listed}\n  đến ngày: 30/6/2025\n- tên: "[điền tên]"\n  từ ngày: 1/7/2025\n')
    assert write_form(project.path, "moi.docx", date(2025, 7, 1)) == 0
    form = "\n".join(lines((project.path / "moi.docx").read_bytes()))
    assert form.startswith("......")
    assert "[điền" not in form
    assert district not in form
    # The address of the site stays what it was until another is given.
    assert "https://example.vn" in form


def test_missing_facts_are_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("content/danh-muc/co-quan.yaml", 'tên: Mặt trận\nđiện thoại: "[điền]"\n')
    assert write_form(project.path, "phieu.docx") == 0
    assert "co-quan.yaml chưa điền: Người chịu trách nhiệm, Địa chỉ, Điện thoại, Thư điện tử, Địa chỉ trang." in (
        capsys.readouterr().out
    )


def test_it_is_one_page_of_a4(tmp_path: Path) -> None:
    forms = {"long": LONG, "empty": Office()}
    for name, office in forms.items():
        (tmp_path / f"{name}.docx").write_bytes(render_form(office, Words()))
    made = open_in_office(tmp_path, "pdf", [tmp_path / f"{name}.docx" for name in forms])
    for name in forms:
        page, *more = pypdfium2.PdfDocument(made / f"{name}.pdf")
        assert not more, name
        assert [round(side) for side in page.get_size()] == [595, 842]


def test_an_address_with_marks_is_printed_as_it_was_typed(project: Project) -> None:
    office = VOCABULARY["co-quan.yaml"].replace("example.vn\n", "mặttrậncưjút.vn\n")
    project.write("content/danh-muc/co-quan.yaml", office)
    assert write_form(project.path, "phieu.docx", date(2020, 9, 1)) == 0
    text = "\n".join(lines((project.path / "phieu.docx").read_bytes()))
    assert "https://mặttrậncưjút.vn, trong dữ liệu mở" in text
    assert "xn--" not in text
