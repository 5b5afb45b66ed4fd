"""The papers of a proposal to commend: addressee, candidates, and only stated facts."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX

from plugins.recognition.command import COMMENDATIONS, enter_decision, write_commendation
from tests.recognition.conftest import HEADS, files, texts_of
from tests.registers.conftest import ACTS, CSV

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from tests.conftest import Project

pytestmark = pytest.mark.slow

DAY = {"date": "3/11/2020"}


def make(project: Project, **given: str) -> dict[str, bytes]:
    assert write_commendation(project.path, "2020", DAY | given) == 0
    made = {name.partition("-2020")[0]: data for name, data in files(project, f"{COMMENDATIONS}/2020").items()}
    shutil.rmtree(project.path / COMMENDATIONS)
    return made


def yellow(document: WordDocument) -> list[str]:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return [run.text for p in paragraphs for run in p.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]


def test_recognised_exemplars_not_yet_commended_are_proposed_to_the_own_board(year: Project) -> None:
    said = list(texts_of(make(year, form="giấy  khen")["to-trinh"]))
    assert "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút" in said
    (request,) = [text for text in said if "đề nghị" in text and "như sau" in text]
    assert "xem xét, tặng Giấy khen cho 2 điển hình “Dân vận khéo” năm 2020, gồm 1 tập thể, 1 cá nhân" in request
    (basis,) = [text for text in said if text.startswith("Căn cứ kết quả")]
    assert "2 điển hình đề nghị đã được công nhận, 1 điển hình có kết quả bình xét" in basis
    assert not any("BAN THƯỜNG TRỰC" in text for text in said)
    assert any("NGƯỜI TRÌNH" in text for text in said)


@pytest.mark.parametrize(
    ("given", "addressee", "request_"),
    [
        ({"level": "tỉnh"}, "Ủy ban MTTQ Việt Nam tỉnh Đắk Nông", "xem xét, khen thưởng"),
        ({"level": "trung ương"}, "Ủy ban MTTQ Việt Nam tỉnh Đắk Nông", "xem xét, trình trung ương khen thưởng"),
        ({"commune": "Nam Dong"}, "Ủy ban MTTQ Việt Nam xã Nam Dong", "xem xét, khen thưởng"),
        ({"commune": "Nam Dong", "level": "huyện"}, "Ủy ban MTTQ Việt Nam huyện Cư Jút", "xem xét, khen thưởng"),
        ({"commune": "Nam Dong", "level": "tỉnh"}, "Ủy ban MTTQ Việt Nam huyện Cư Jút", "trình cấp tỉnh khen thưởng"),
    ],
)
def test_a_level_above_is_asked_of_the_committee_above(
    year: Project, given: dict[str, str], addressee: str, request_: str
) -> None:
    said = list(texts_of(make(year, **given)["to-trinh"]))
    assert f"Kính gửi: Ban Thường trực {addressee}" in said
    assert any(request_ in text for text in said)


def test_without_a_review_no_zero_is_printed(year: Project) -> None:
    said = list(texts_of(make(year, codes="DK-2020-003")["to-trinh"]))
    assert (
        "Căn cứ kết quả bình xét, công nhận điển hình “Dân vận khéo” năm 2020: 1 điển hình đề nghị đã được công nhận;"
        in said
    )
    assert any(text.endswith("cho 1 điển hình “Dân vận khéo” năm 2020, là 1 cá nhân, như sau:") for text in said)


def test_the_board_of_a_hamlet_proposes_to_its_commune(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("content/danh-muc/xa.yaml", "- mã: thon-2\n  loại: thôn\n  tên: '2'\n")
    office = (project.path / "content/danh-muc/co-quan.yaml").read_text(encoding="utf-8")
    office = office.replace("huyện Cư Jút", "xã Đồng Xuân") + "cấp: xã\nloại địa bàn: [thôn]\n"
    project.write("content/danh-muc/co-quan.yaml", office)
    head = "Mã;Tên mô hình;Loại;Đơn vị;Thôn;Lĩnh vực;Người phụ trách;Ngày đăng ký;Trạng thái;Kết quả"
    line = "DK-2020-001;Kênh về đồng;Tập thể;Chi hội;thôn 2;Kinh tế;Trần Thị Kín;5/4/2020;hoàn thành;3 km"
    project.write(CSV, f"{head}\n{line}\n")
    project.write(ACTS, f"{HEADS}\nDK-2020-001;công nhận;15/10/2020;QĐ 4;;;;;;;\n")
    said = list(texts_of(make(project, commune="thôn 2")["to-trinh"]))
    assert "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam xã Đồng Xuân" in said
    assert any("TRƯỞNG BAN" in text for text in said)
    assert write_commendation(project.path, "2020", DAY | {"commune": "thôn 2", "level": "thôn"}) == 1
    assert "không tự trình mình khen thưởng; đề nghị cấp xã trở lên" in capsys.readouterr().err


def test_the_list_has_a_table_for_each_kind_with_facts_and_gaps(year: Project) -> None:
    document = Document(BytesIO(make(year)["danh-sach-trich-ngang"]))
    wide = [table for table in document.tables if len(table.columns) == 7]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in wide]
    where = ["Ban Công tác Mặt trận thôn 3", "thôn 3, xã Nam Dong", "Kinh tế"]
    person = "Chờ bài [ghi họ tên, năm sinh, chức vụ]"
    assert [rows[1:] for rows in tables] == [
        [["1", "Kênh về thôn 3", *where, "3,2 km kênh", "[ghi hình thức]"]],
        [["1", person, *where, "[ghi thành tích]", "[ghi hình thức]"]],
    ]
    assert yellow(document) == ["[ghi hình thức]", person, "[ghi thành tích]", "[ghi hình thức]"]
    assert document.sections[0].page_width > document.sections[0].page_height


def test_the_list_names_the_submission_of_its_proposer(year: Project) -> None:
    for level, who in (("", "Ủy ban MTTQ"), ("tỉnh", "Ban Thường trực Ủy ban MTTQ")):
        said = list(texts_of(make(year, level=level)["danh-sach-trich-ngang"]))
        assert any(text.endswith(f"ngày 03 tháng 11 năm 2020 của {who} Việt Nam huyện Cư Jút)") for text in said)


def test_merits_are_the_register_s_and_the_story_s_own(year: Project) -> None:
    results = json.dumps(["4 km | kênh", "46 hộ | hiến đất"], ensure_ascii=False)
    year.write_story(front={"Đăng ký": "DK-2020-001", "Tóm tắt": "Bà con bàn rồi làm.", "Kết quả": results})
    data = make(year, form="Giấy khen")["tom-tat-thanh-tich"]
    said = [text for text in texts_of(data) if text.startswith("– ")]
    assert said[:9] == [
        "– Điển hình: Kênh về thôn 3 (tập thể).",
        "– Đơn vị: Ban Công tác Mặt trận thôn 3.",
        "– Địa bàn; lĩnh vực: thôn 3, xã Nam Dong; Kinh tế.",
        "– Đăng ký: mã DK-2020-001, ngày 5/4/2020.",
        "– Đề nghị khen thưởng cấp huyện: Giấy khen.",
        "– Cách làm: Bà con bàn rồi làm.",
        "– Kết quả: 4 km kênh; 46 hộ hiến đất.",
        "– Bình xét: 7/10/2020, 45/49 phiếu đồng ý, Biên bản 3, niêm yết tại nhà văn hóa thôn 3, đến 14/10/2020.",
        "– Công nhận: 15/10/2020, Quyết định 4/QĐ-MTTQ.",
    ]
    document = Document(BytesIO(data))
    assert yellow(document) == [
        "[ghi họ tên, năm sinh, chức vụ]",
        "[chưa có bài: ghi 3–5 dòng về cách làm]",
        "[sổ, bài chưa ghi: ghi số liệu]",
        "[sổ chưa ghi bình xét]",
    ]
    assert "Trần Thị Phụ Trách" not in " ".join(texts_of(data))
    assert len([p for p in document.paragraphs if p.paragraph_format.page_break_before]) == 1


def test_the_commended_are_proposed_again_only_by_their_code(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    decided = {"codes": "DK-2020-001", "number": "38/QĐ", "day": "20/10/2020", "form": "Giấy khen", "level": "xã"}
    assert enter_decision(year.path, decided) == 0
    assert "Kênh về thôn 3" not in list(texts_of(make(year)["to-trinh"]))
    assert "Kênh về thôn 3" in list(texts_of(make(year, codes="DK-2020-001", level="tỉnh")["to-trinh"]))
    capsys.readouterr()
    assert write_commendation(year.path, "2020", DAY | {"codes": "DK-2020-002,DK-2020-004"}) == 1
    assert "DK-2020-002 chưa được công nhận; DK-2020-004 đã dừng" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"level": "xã"}, "Cấp xã ở dưới cấp của Ủy ban MTTQ Việt Nam huyện Cư Jút"),
        ({"level": "châu lục"}, "châu lục"),
        ({"commune": "Ea T’ling"}, "Không có đăng ký nào để đề nghị khen thưởng; chưa được công nhận: DK-2020-005"),
        ({"date": "1/8/2026", "commune": "xa-nam-dong-2025", "level": "huyện"}, "không còn cấp huyện"),
    ],
)
def test_an_impossible_proposal_is_explained(
    year: Project, capsys: pytest.CaptureFixture[str], given: dict[str, str], said: str
) -> None:
    assert write_commendation(year.path, "2020", DAY | given) == 1
    assert said in capsys.readouterr().err
    assert not (year.path / COMMENDATIONS).exists()
