"""`letters`: documents from the registers, and messages; no file is overwritten."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document

from plugins.letters import command
from plugins.letters.kinds import KINDS
from tests.letters.documents import lines, runs, with_body
from tests.registers.conftest import CSV, as_csv, letters, papers, rows

if TYPE_CHECKING:
    from tests.conftest import Project

pytestmark = pytest.mark.slow

DAY = "3/11/2020"


def written(project: Project, name: str) -> list[str]:
    return lines((project.path / f"cong-van/2020/{name}.docx").read_bytes())


def test_each_that_lacks_something_is_urged_as_progress_says(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.write_letters(year.path, "don-doc", "2020", DAY) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == [f"Đã ghi cong-van/2020/don-doc-{one}.docx" for one in ("dak-drong", "ea-tling", "nam-dong")]
    told = letters(year, date(2020, 11, 3))
    for name in ("dak-drong", "nam-dong"):
        made = "\n".join(written(year, f"don-doc-{name}"))
        letter = told[name].splitlines()
        assert letter[0] in made
        assert letter[2].rstrip(".") in made
        # A row for each missing paper or fact, with its state.
        for line in letter[5:]:
            if line[:1].isdigit():
                what = line.partition(". ")[2].partition(": ")[0]
                assert what in made
        asked = next(line for line in letter if line.startswith("Đề nghị")).partition(". ")[0]
        assert asked in made
    nam_dong = written(year, "don-doc-nam-dong")
    assert "Cư Jút, ngày 03 tháng 11 năm 2020" in nam_dong
    document = Document(BytesIO((year.path / "cong-van/2020/don-doc-nam-dong.docx").read_bytes()))
    table = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert table[0] == ["TT", "Nội dung", "Hạn gửi", "Tình trạng"]
    assert table[1] == ["1", "Báo cáo kết quả thực hiện", "9/11/2020", "Còn 6 ngày"]
    assert table[-1][:2] == [str(len(table) - 1), "DK-2020-004, Gian hàng thôn 8"]


def test_who_lacks_nothing_gets_no_letter(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write(CSV, as_csv(rows({"Xã": "Ea T'ling", "Trạng thái": "hoàn thành"})))
    project.write("content/theo-doi/2020.csv", papers("Ea T’ling;báo cáo;12/BC;1/11/2020;"))
    assert command.write_letters(project.path, "don-doc", "2020", DAY, commune="Ea T’ling") == 0
    assert "Thị trấn Ea T’ling không còn thiếu nội dung nào" in capsys.readouterr().out
    assert not (project.path / "cong-van").exists()


def test_a_register_that_cannot_be_read_makes_no_letter(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write(CSV, "Không;phải;sổ\n1;2;3\n")
    assert command.write_letters(year.path, "don-doc", "2020", DAY) == 1
    assert "content/dang-ky/2020.csv" in capsys.readouterr().err
    assert not (year.path / "cong-van").exists()


def test_the_plan_has_the_terms_and_deadlines_of_the_office(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.write_letters(year.path, "kế hoạch năm", "2020", "3/1/2020") == 0
    made = written(year, "ke-hoach-2020")
    for line in ("- Kinh tế;", "- Văn hóa – xã hội.", "- Phong trào “Toàn dân bảo vệ an ninh Tổ quốc”."):
        assert line in made
    assert made.count("TM. BAN THƯỜNG TRỰC") == 1
    assert any("Căn cứ Hướng dẫn “Năm Dân vận khéo” 2020," in line for line in made)
    assert made[made.index("Báo cáo kết quả thực hiện") + 1] == "trước ngày 10/11/2020"
    assert "Còn để chấm" not in capsys.readouterr().out
    assert command.write_letters(year.path, "ke-hoach", "2020", "3/1/2020", commune="Nam Dong") == 1
    assert "Kế hoạch năm là của cơ quan" in capsys.readouterr().err


def test_the_office_of_a_commune_writes_to_its_hamlets(project: Project) -> None:
    hamlets = ("buon-ea-mar|buôn|Ea Mar", "thon-2|thôn|2")
    places = (f"- mã: {one}\n  loại: {kind}\n  tên: {name!r}\n" for one, kind, name in (h.split("|") for h in hamlets))
    project.write("content/danh-muc/xa.yaml", "".join(places))
    office = (project.path / "content/danh-muc/co-quan.yaml").read_text(encoding="utf-8")
    office = office.replace("huyện Cư Jút", "xã Đồng Xuân") + "cấp: xã\nloại địa bàn: [thôn, buôn]\n"
    project.write("content/danh-muc/co-quan.yaml", office)
    project.write("content/danh-muc/ke-hoach.yaml", "- năm: 2026\n  hạn báo cáo: trước 10/11/2026\n")
    assert command.write_letters(project.path, "ke-hoach", "2026", "3/1/2026") == 0
    plan = "\n".join(lines((project.path / "cong-van/2026/ke-hoach-2026.docx").read_bytes()))
    assert "Ban Công tác Mặt trận các thôn, buôn gửi Ban Thường trực Ủy ban MTTQ Việt Nam xã Đồng Xuân" in plan
    assert command.write_letters(project.path, "don-doc", "2026", "3/11/2026") == 0
    letter = lines((project.path / "cong-van/2026/don-doc-buon-ea-mar.docx").read_bytes())
    assert "Kính gửi: Ban Công tác Mặt trận buôn Ea Mar" in letter
    # Papers without a deadline are wanted soon.
    assert letter[letter.index("Đăng ký điển hình") + 1] == "càng sớm càng tốt"
    assert sorted(file.name for file in (project.path / "cong-van/2026").iterdir())[1:] == [
        "don-doc-thon-2.docx",
        "ke-hoach-2026.docx",
    ]


def test_a_year_without_deadlines_has_dots_that_are_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.write_letters(project.path, "ke-hoach", "2020", "3/1/2020") == 0
    assert "  Còn để chấm, nền vàng: danh sách thời hạn, «căn cứ»" in capsys.readouterr().out


def test_an_invitation_lists_registrations_without_a_review(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"commune": "Nam Dong", "time": "8 giờ 00, 6/11/2020"}
    assert command.write_letters(year.path, "giay-moi", "2020", DAY, **asked) == 0
    made = written(year, "giay-moi-2020-nam-dong")
    text = "\n".join(made)
    assert "kính mời: Ban Thường trực Ủy ban MTTQ Việt Nam xã Nam Dong." in text
    assert "Thời gian: 8 giờ 00, 6/11/2020." in text
    # Two are recognised, one was given up.
    assert [line for line in made if line.startswith("DK-")] == ["DK-2020-002", "DK-2020-004"]
    assert "bình xét công khai 2 điển hình" in text
    assert "«địa điểm»" in capsys.readouterr().out
    assert "Trần Thị Phụ Trách" not in text


def test_the_same_again_is_left_and_other_content_is_put_beside(year: Project) -> None:
    folder = year.path / "cong-van/2020"
    for day in (DAY, DAY, "4/11/2020"):
        assert command.write_letters(year.path, "ke-hoach", "2020", day) == 0
    assert sorted(file.name for file in folder.iterdir()) == ["ke-hoach-2020-lan-2.docx", "ke-hoach-2020.docx"]


def test_an_office_writes_its_own_template(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.write_templates(year.path) == 0
    files = sorted(file.name for file in (year.path / "content/mau").iterdir())
    assert files == sorted(kind.file for kind in KINDS)
    assert year.problems() == [one for one in year.problems() if "content/mau" not in one]
    own = with_body(runs("Gửi [[tên xã]]: còn [[số nội dung còn thiếu]] việc, gọi [[điện thoại]]"))
    year.write("content/mau/don-doc.docx", own)
    assert command.write_templates(year.path, "don-doc") == 0
    assert "Đã có content/mau/don-doc.docx, giữ nguyên" in capsys.readouterr().out
    assert (year.path / "content/mau/don-doc.docx").read_bytes() == own
    assert command.write_letters(year.path, "don-doc", "2020", DAY, commune="nam dong") == 0
    assert written(year, "don-doc-nam-dong") == ["Gửi xã Nam Dong: còn 4 việc, gọi 0261 000 000"]


def test_a_template_with_faults_writes_nothing_and_tells_all(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write("content/mau/don-doc.docx", with_body(runs("«tên xãa» «hạnn»")))
    year.write("content/mau/giay-moi.docx", b"PK broken")
    assert command.write_letters(year.path, "don-doc", "2020", DAY) == 1
    err = capsys.readouterr().err.splitlines()
    assert err == [
        "content/mau/don-doc.docx:1: Không có trường «tên xãa»; ý bạn là «tên xã»?",
        "content/mau/don-doc.docx:1: Không có trường «hạnn»; ý bạn là «hạn»?",
        "Chưa làm được văn bản: hãy sửa các lỗi của mẫu nêu trên rồi chạy lại.",
    ]
    assert not (year.path / "cong-van").exists()
    # The template of another kind does not matter.
    assert command.write_letters(year.path, "ke-hoach", "2020", DAY) == 0
    year.write("content/mau/ke-hoach.odt", b"x")
    assert command.write_letters(year.path, "ke-hoach", "2020", DAY) == 1


def test_a_notice_of_sample_data_is_framed(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write(CSV, as_csv(rows({"Mẫu": "có", "Kết quả": ""}, headings=(*rows()[0], "Mẫu"))))
    command.write_letters(year.path, "don-doc", "2020", DAY, commune="Nam Dong")
    assert "; có số liệu mẫu" in capsys.readouterr().out
    assert written(year, "don-doc-nam-dong")[0].startswith("VĂN BẢN MINH HỌA")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"kind": "thu-moi"}, "Loại văn bản"),
        ({"kind": " "}, "Chưa nói làm loại văn bản nào; thêm --kind, một trong: don-doc (công văn đôn đốc),"),
        ({"kind": "don-doc", "year": "2011"}, "Chưa có sổ đăng ký, sổ theo dõi hay hạn nào của năm 2011"),
        ({"kind": "don-doc", "date": "31/11/2020"}, "tháng 11"),
        ({"kind": "don-doc", "year": "2020", "date": DAY, "commune": "Nam Đông"}, "không có trong danh mục"),
    ],
)
def test_bad_input_is_explained_in_a_line(
    year: Project, capsys: pytest.CaptureFixture[str], asked: dict[str, str], told: str
) -> None:
    assert command.write_letters(year.path, **asked) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_fields_are_listed_from_the_table_that_fills_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.list_fields() == 0
    out = capsys.readouterr().out
    for kind in KINDS:
        assert all(f"«{name}»" in out for name in kind.fields.names)
        assert f"content/mau/{kind.file}" in out
    assert command.list_fields("gi do") == 1


def test_every_field_is_filled_by_somebody(year: Project) -> None:
    for kind in KINDS:
        body = "".join(runs(f"«{name}»") for name in kind.fields.names)
        year.write(f"content/mau/{kind.file}", with_body(body))
        assert command.write_letters(year.path, kind.id, "2020", DAY, time="8 giờ", venue="hội trường") == 0
    for file in (year.path / "cong-van/2020").iterdir():
        assert "«" not in "".join(lines(file.read_bytes()))
