"""How far each commune is, what it owes and what is written to it, before, on and after the deadline."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plugins.registers.follow_up import show_progress
from plugins.registers.progress import Progress, Tally, build_progress, format_deadline
from plugins.registers.reminder import write_reminder
from tests.loading import load
from tests.registers.conftest import CSV, ROW, as_csv, rows

if TYPE_CHECKING:
    from tests.conftest import Project

DUE = date(2020, 11, 10)
HEAD = "Kính gửi: Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam"
US = "Ủy ban MTTQ Việt Nam huyện Cư Jút"
REPORT_BACK = "Việc nào đã xong mà sổ chưa ghi, hoặc đang vướng mắc, xin báo lại qua số 0261 000 000."


@pytest.fixture
def year(project: Project) -> Project:
    """Two communes at work in 2020, one that registered nothing, and the deadline of that year."""
    basis = "theo: Hướng dẫn “Năm Dân vận khéo” 2020"
    project.write("content/danh-muc/ke-hoach.yaml", f"- năm: 2020\n  hạn báo cáo: 10/11/2020\n  {basis}\n")
    changes: list[dict[str, Any]] = [
        {"Trạng thái": "đã nhân rộng"},
        {"Tên mô hình": "Đường hoa", "Thôn/buôn/tổ dân phố": "thôn 8", "Kết quả": ""},
        {"Tên mô hình": "Chờ bài", "Trạng thái": "đã bình xét", "Thôn/buôn/tổ dân phố": ""},
        {"Tên mô hình": "Gian hàng thôn 8", "Thôn/buôn/tổ dân phố": "Thôn 8", "Trạng thái": "", "Kết quả": ""},
        {"Tên mô hình": "Bỏ dở", "Trạng thái": "dừng", "Kết quả": ""},
        {"Xã": "Ea T'ling", "Trạng thái": "đã công nhận"},
    ]
    project.write(CSV, as_csv(rows(*changes)))
    project.write_story(front={"Đăng ký": "DK-2020-001"})
    project.write_story("nhap", front={"Tiêu đề": "Nháp", "Đăng ký": "DK-2020-003", "Trạng thái": "nháp"})
    project.write_story("xong", front={"Tiêu đề": "Xong", "Đăng ký": "DK-2020-006", "Xã": "Ea T'ling"})
    return project


def progress_on(project: Project, day: date) -> Progress:
    return build_progress(load(project.path, day), 2020)


def messages(project: Project, day: date) -> dict[str, str]:
    content = load(project.path, day)
    progress = build_progress(content, 2020)
    return {
        commune.commune.id: write_reminder(progress, commune, content.vocabulary.signing_office(day))
        for commune in progress.communes
    }


def test_each_commune_of_the_time_is_counted_and_the_total_is_their_sum(year: Project) -> None:
    progress = progress_on(year, DUE)
    tallies = {commune.commune.id: commune.tally for commune in progress.communes}
    assert tallies == {
        "dak-drong": Tally(0, 0, 0, 0, 0, 0, 0),
        "ea-tling": Tally(1, 0, 1, 1, 0, 0, 0),
        "nam-dong": Tally(5, 2, 1, 1, 1, 1, 3),
    }
    assert progress.total == Tally(6, 2, 2, 2, 1, 1, 3)
    lacks = {step.registration.code: [lack.name for lack in step.lacks] for step in progress.communes[2].steps}
    assert lacks == {
        "DK-2020-001": [],
        "DK-2020-002": ["RESULT", "STORY"],
        "DK-2020-003": ["PUBLISHED"],
        "DK-2020-004": ["WORD", "RESULT", "STORY"],
        "DK-2020-005": [],
    }


@pytest.mark.parametrize(
    ("day", "late", "state", "sentence"),
    [
        (date(2020, 11, 3), -7, "còn 7 ngày", "(còn 7 ngày tính đến 3/11/2020)"),
        (DUE, 0, "hạn cuối hôm nay", "(hạn cuối hôm nay tính đến 10/11/2020)"),
        (date(2020, 11, 22), 12, "quá hạn 12 ngày", "(quá hạn 12 ngày tính đến 22/11/2020)"),
        (date(2026, 11, 10), 2191, "quá hạn 2.191 ngày", "(quá hạn 2.191 ngày tính đến 10/11/2026)"),
    ],
)
def test_days_to_and_past_the_deadline(year: Project, day: date, late: int, state: str, sentence: str) -> None:
    progress = progress_on(year, day)
    assert progress.days_late == late
    assert [progress.state(commune) for commune in progress.communes] == ["chưa đăng ký", "đã đủ", state]
    basis = "theo Hướng dẫn “Năm Dân vận khéo” 2020"
    assert format_deadline(progress) == f"Hạn báo cáo: 10/11/2020 {sentence}, {basis}."


def test_a_year_without_a_deadline_says_where_to_write_it(year: Project) -> None:
    (year.path / "content/danh-muc/ke-hoach.yaml").unlink()
    progress = progress_on(year, DUE)
    assert progress.days_late is None
    assert progress.state(progress.communes[2]) == "chưa có hạn"
    said = format_deadline(progress)
    assert said.startswith("Năm 2020 chưa có hạn báo cáo; thêm vào content/danh-muc/ke-hoach.yaml")
    assert "\n\nKính đề nghị quý xã sớm bổ sung. " in messages(year, DUE)["nam-dong"]
    # What it says to add can be added as it stands.
    year.write("content/danh-muc/ke-hoach.yaml", said.partition("“")[2].partition("”")[0] + "\n")
    assert progress_on(year, DUE).days_late == 0


def test_the_message_before_the_deadline(year: Project) -> None:
    found = messages(year, date(2020, 11, 3))
    assert (
        found["nam-dong"]
        == f"""\
{HEAD} xã Nam Dong

{US} cảm ơn xã đã đăng ký 5 điển hình “Dân vận khéo” năm 2020, trong đó 1 đã được công nhận.

Đến ngày 3/11/2020, sổ theo dõi còn thiếu:
1. DK-2020-002, Đường hoa (thôn 8): chưa có kết quả, chưa có bài viết.
2. DK-2020-003, Chờ bài: bài viết còn là bản nháp.
3. DK-2020-004, Gian hàng thôn 8: chưa báo đã làm tới đâu, chưa có kết quả, chưa có bài viết.

Hạn báo cáo là ngày 10/11/2020, còn 7 ngày. Kính đề nghị quý xã bổ sung trước khi hết hạn. {REPORT_BACK}

Trân trọng cảm ơn."""
    )
    assert (
        found["ea-tling"]
        == f"""\
{HEAD} thị trấn Ea T’ling

{US} cảm ơn thị trấn đã đăng ký 1 điển hình “Dân vận khéo” năm 2020, trong đó 1 đã được công nhận. \
Kết quả và bài viết đã đủ, thị trấn không phải gửi thêm.

Trân trọng cảm ơn."""
    )


def test_the_messages_on_and_after_the_deadline(year: Project) -> None:
    assert "Hạn báo cáo là ngày 10/11/2020, tức là hôm nay. Kính đề nghị" in messages(year, DUE)["nam-dong"]
    late = messages(year, date(2020, 11, 22))
    overdue = "Hạn báo cáo là ngày 10/11/2020, nay đã quá hạn 12 ngày."
    assert f"\n\n{overdue} Kính đề nghị quý xã sớm bổ sung. {REPORT_BACK}\n\n" in late["nam-dong"]
    assert (
        late["dak-drong"]
        == f"""\
{HEAD} xã Đắk D’rông

{US} chưa nhận được đăng ký điển hình “Dân vận khéo” năm 2020 của xã.

{overdue} Kính đề nghị quý xã sớm gửi đăng ký. {REPORT_BACK}

Trân trọng cảm ơn."""
    )
    assert "hạn" not in late["ea-tling"].replace("nhân", "")


def test_nobody_signs_for_an_office_that_has_ended(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    file = year.path / "content/danh-muc/co-quan.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "đến ngày: 30/6/2025\n", encoding="utf-8")
    assert US in messages(year, date(2025, 6, 30))["nam-dong"]
    capsys.readouterr()
    assert show_progress(year.path, "2020", "1/7/2025") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"Chưa soạn được tin nhắn nhắc các xã. Ngày 1/7/2025 không có cơ quan nào phụ trách trang ({US} hoạt động đến "
        "hết 30/6/2025); thêm cơ quan phụ trách ngày ấy vào content/danh-muc/co-quan.yaml; ngày ghi nhầm thì sửa\n"
    )


def test_the_office_of_the_day_signs_and_one_that_is_not_filled_in_is_dots(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "content/danh-muc/co-quan.yaml"
    flat = (year.path / path).read_text(encoding="utf-8")
    district = flat.replace("\n", "\n  ").rstrip()
    new = '- tên: "[điền tên]"\n  điện thoại: "[điền số]"\n  từ ngày: 1/7/2025\n'
    year.write(path, f"- {district}\n  đến ngày: 30/6/2025\n{new}")
    assert show_progress(year.path, "2020", "1/7/2025") == 0
    said = capsys.readouterr().out
    assert "\n\n…… cảm ơn xã đã đăng ký" in said
    assert "đang vướng mắc, xin báo lại.\n" in said
    assert US not in said
    assert "[điền" not in said
    assert show_progress(year.path, "2020", "30/6/2025") == 0
    assert f"\n\n{US} cảm ơn xã đã đăng ký" in capsys.readouterr().out


def test_the_table_in_the_terminal(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_progress(year.path, "2020", "2020-11-22") == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "Tiến độ “Dân vận khéo” năm 2020, tính đến 22/11/2020"
    cells = [line.split() for line in lines]
    assert ["Nam", "Dong", "5", "2", "1", "1", "1", "1", "3", "quá", "hạn", "12", "ngày"] in cells
    assert ["Thị", "trấn", "Ea", "T’ling", "1", "0", "1", "1", "0", "0", "0", "đã", "đủ"] in cells
    assert ["Cộng", "6", "2", "2", "2", "1", "1", "3"] in cells
    # Eighty columns hold it, and no heading is cut short.
    assert "…" not in out.partition("─")[0]
    assert all(len(line) <= 80 for line in lines[: cells.index(["Cộng", "6", "2", "2", "2", "1", "1", "3"])])
    assert messages(year, date(2020, 11, 22))["nam-dong"] in out
    assert err == ""


def test_json_has_its_promised_shape(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_progress(year.path, "2020", "22/11/2020", as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["year", "date", "deadline", "days_late", "total", "communes"]
    assert [found[name] for name in ("year", "date", "deadline", "days_late")] == [2020, "2020-11-22", "2020-11-10", 12]
    assert list(found["total"]) == [
        "registered",
        "under_way",
        "recognised",
        "with_story",
        "replicated",
        "stopped",
        "lacking",
    ]
    for name, total in found["total"].items():
        assert sum(commune[name] for commune in found["communes"]) == total
    assert [(commune["id"], commune["days_late"]) for commune in found["communes"]] == [
        ("dak-drong", 12),
        ("ea-tling", 0),
        ("nam-dong", 12),
    ]
    nam_dong = found["communes"][2]
    assert nam_dong["message"] == messages(year, date(2020, 11, 22))["nam-dong"]
    assert nam_dong["registrations"][1] == {
        "code": "DK-2020-002",
        "name": "Đường hoa",
        "place": "thôn 8",
        "status": "đang thực hiện",
        "sample": False,
        "story": None,
        "lacks": ["result", "story"],
    }


@pytest.mark.parametrize("as_json", [False, True])
def test_whoever_is_in_charge_and_notes_are_in_no_output(
    year: Project, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    assert show_progress(year.path, "2020", "22/11/2020", as_json=as_json) == 0
    printed = "".join(capsys.readouterr())
    assert "Nam Dong" in printed
    assert ROW["Người phụ trách"] not in printed
    assert ROW["Ghi chú"] not in printed


@pytest.mark.parametrize(
    ("year_given", "day", "sentence"),
    [
        ("20", "", 'Chưa xem được tiến độ. Năm "20" không đúng; viết bốn chữ số, ví dụ 2020'),
        ("2020", "hôm qua", 'Chưa xem được tiến độ. Ngày "hôm qua" không đúng dạng; viết ngày/tháng/năm bằng số'),
        ("2031", "", "Chưa có sổ đăng ký năm 2031; làm mẫu bằng lệnh register-template --year 2031"),
    ],
)
def test_what_cannot_be_shown_is_said(
    year: Project, capsys: pytest.CaptureFixture[str], year_given: str, day: str, sentence: str
) -> None:
    assert show_progress(year.path, year_given, day) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(sentence)


def test_rows_with_errors_are_named_and_said_not_to_be_counted(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    year.write(CSV, as_csv(rows({}, {"Xã": "Nam Đông"})))
    assert show_progress(year.path, "2020", as_json=True) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["total"]["registered"] == 1
    assert err.splitlines() == [
        f'{CSV}:3: Xã "Nam Đông" không có trong danh mục; ý bạn là "Nam Dong"?',
        "Những dòng có lỗi nêu ở đầu chưa được tính.",
    ]


def test_a_register_that_cannot_be_read_is_not_asked_for_anew(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    year.write("content/dang-ky/2020.csv", "Sổ".encode("utf-16"))
    assert show_progress(year.path, "2020") == 1
    said = capsys.readouterr().err
    assert "content/dang-ky/2020.csv:1: Tệp lưu ở mã UTF-16" in said
    assert "Chưa đọc được sổ đăng ký năm 2020; sửa các lỗi trên rồi chạy lại." in said
    assert "làm mẫu" not in said


def test_without_a_year_it_is_this_year(
    year: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("plugins.registers.follow_up.today", lambda: date(2020, 11, 3))
    assert show_progress(year.path, "") == 0
    assert "Tiến độ “Dân vận khéo” năm 2020, tính đến 3/11/2020" in capsys.readouterr().out


def test_nothing_is_counted_while_a_vocabulary_is_broken(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write("content/danh-muc/xa.yaml", "- mã: [")
    assert show_progress(year.path, "2020") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "Chưa xem được tiến độ: hãy sửa các lỗi trên trong danh mục rồi chạy lại." in err
