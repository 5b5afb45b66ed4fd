"""Progress and owed papers of each commune as tables and JSON, before, on and after the deadlines."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.sent import SENT_COLUMNS, SENT_FILE
from plugins.registers.follow_up import show_progress
from plugins.registers.progress import Tally, count
from plugins.registers.reminder import commune_name, format_deadlines, paper_cells, paper_headings
from tests.held import UNREAD, holding
from tests.registers.conftest import ACTS, CSV, PAPERS, ROW, SCHEDULE, acts, as_csv, letters, papers, progress_on, rows

if TYPE_CHECKING:
    from plugins.registers.progress import CommuneProgress, Progress
    from tests.conftest import Project

LAST = date(2020, 11, 9)
LATE = date(2020, 11, 22)


def of(progress: Progress, identifier: str) -> CommuneProgress:
    return next(one for one in progress.communes if one.commune.id == identifier)


def states(progress: Progress) -> dict[str, str]:
    return {one.commune.id: progress.state(one) for one in progress.communes}


def lacks(progress: Progress) -> dict[str, list[str]]:
    steps = [step for commune in progress.communes for step in commune.steps]
    return {step.registration.code: [lack.name for lack in step.lacks] for step in (*steps, *progress.own)}


def test_each_commune_of_the_time_and_the_office_are_counted_and_the_total_is_their_sum(year: Project) -> None:
    progress = progress_on(year, LAST)
    tallies = {commune.commune.id: commune.tally for commune in progress.communes}
    assert tallies == {
        "dak-drong": Tally(0, 0, 0, 0, 0, 0, 0),
        "ea-tling": Tally(2, 1, 2, 1, 0, 0, 0),
        "nam-dong": Tally(5, 3, 2, 1, 1, 1, 3),
    }
    assert count(progress.own) == Tally(1, 1, 0, 0, 0, 0, 1)
    assert progress.total == Tally(8, 5, 4, 2, 1, 1, 4)


def test_stories_sent_are_counted_once_per_place_and_only_by_the_day(year: Project) -> None:
    year.write_story("tin", front={"Loại": None, "Xã": None, "Tiêu đề": "Tin"})
    heading = ";".join(key.name for key in SENT_COLUMNS)
    sent = "kenh;Tỉnh;1/9/2020;Báo;5/9/2020;", "kenh;Báo huyện;2/9/2020;;;", "xong;Tỉnh;9/11/2020;Báo;20/11/2020;"
    other = "tin;Tỉnh;3/9/2020;;;", "kenh;Tỉnh;3/9/2019;;;", "nhap;Tỉnh;3/9/2020;;;"
    year.write(SENT_FILE, "\n".join([heading, *sent, *other, ""]))
    on_time, later = progress_on(year, LAST), progress_on(year, LATE)
    assert {one.commune.id: (one.tally.sent, one.tally.used) for one in on_time.communes} == {
        "dak-drong": (0, 0),
        "ea-tling": (1, 0),
        "nam-dong": (1, 1),
    }
    assert [(one.own_tally.sent, one.total.sent, one.total.used) for one in (on_time, later)] == [(1, 3, 1), (1, 3, 2)]


def test_a_story_is_owed_only_after_recognition(year: Project) -> None:
    assert lacks(progress_on(year, LAST)) == {
        "DK-2020-001": [],
        # Under way, but not recognised yet.
        "DK-2020-002": ["RESULT"],
        "DK-2020-003": ["PUBLISHED"],
        "DK-2020-004": ["WORD", "RESULT"],
        "DK-2020-005": [],
        "DK-2020-006": [],
        # Recognised, and its story was taken down at the people's wish.
        "DK-2020-007": [],
        "DK-2020-008": ["RESULT"],
    }


def test_a_later_recognition_owes_no_story_yet(year: Project) -> None:
    year.write(ACTS, acts("DK-2020-002;công nhận;12/11/2020"))
    assert lacks(progress_on(year, date(2020, 11, 11)))["DK-2020-002"] == ["RESULT"]
    assert lacks(progress_on(year, date(2020, 11, 12)))["DK-2020-002"] == ["RESULT", "STORY"]


def test_a_result_that_only_a_story_tells_is_known_from_its_day(year: Project) -> None:
    front = {
        "Đăng ký": "DK-2020-002",
        "Tiêu đề": "Đường hoa",
        "Ngày": "10/11/2020",
        "Kết quả": "\n  - 2 km | đường hoa",
    }
    year.write_story("duong-hoa", front=front)
    assert lacks(progress_on(year, LAST))["DK-2020-002"] == ["RESULT"]
    assert lacks(progress_on(year, date(2020, 11, 10)))["DK-2020-002"] == []


@pytest.mark.parametrize(
    ("day", "late", "state", "sentence"),
    [
        (date(2020, 11, 3), -6, "còn 6 ngày", "(còn 6 ngày)"),
        (LAST, 0, "hôm nay là hạn cuối", "(hôm nay là hạn cuối)"),
        # “Before the 10th” is over on the 10th.
        (date(2020, 11, 10), 1, "quá hạn 1 ngày", "(đã qua 1 ngày)"),
        (LATE, 13, "quá hạn 13 ngày", "(đã qua 13 ngày)"),
        (date(2025, 6, 30), 1694, "quá hạn 1.694 ngày", "(đã qua 1.694 ngày)"),
    ],
)
def test_days_to_and_past_the_deadline(year: Project, day: date, late: int, state: str, sentence: str) -> None:
    progress = progress_on(year, day)
    assert progress.days_late == late
    first = "còn 6 ngày" if day < date(2020, 11, 6) else "đã đủ"
    assert states(progress) == {"dak-drong": "chưa đăng ký", "ea-tling": first, "nam-dong": state}
    basis = "theo Hướng dẫn “Năm Dân vận khéo” 2020"
    assert format_deadlines(progress) == f"Thời hạn: báo cáo trước ngày 10/11/2020 {sentence}, {basis}."


def test_a_commune_is_complete_with_its_report_and_results(year: Project) -> None:
    came = "Nam Dong;báo cáo;5/BC;12/11/2020;"
    year.write(PAPERS, papers(came))
    progress = progress_on(year, LATE)
    assert states(progress) == {
        "dak-drong": "chưa đăng ký",
        # Nothing of its report now.
        "ea-tling": "quá hạn 13 ngày",
        "nam-dong": "thiếu nội dung",
    }
    assert paper_headings(progress) == ("Đăng ký", "Báo cáo", "Kiểm tra, giám sát", "Tình hình")
    nam_dong = paper_cells(progress, of(progress, "nam-dong"))
    assert nam_dong == ("5/4/2020", "12/11/2020, chậm 3 ngày", "–", "thiếu nội dung")
    # As of the day before it came, it had not.
    assert states(progress_on(year, date(2020, 11, 11)))["nam-dong"] == "quá hạn 2 ngày"


def test_each_paper_has_its_own_deadline_and_a_commune_may_have_another(year: Project) -> None:
    year.write(
        SCHEDULE,
        "- năm: 2020\n  hạn kế hoạch: chậm nhất 31/3/2020\n  hạn đăng ký: 30/4/2020\n  hạn báo cáo: trước 10/11/2020\n"
        "  riêng:\n    - Nam Dong | báo cáo | chậm nhất 25/11/2020\n",
    )
    year.write(
        PAPERS,
        papers(
            "Nam Dong;kế hoạch;1/KH;31/3/2020;",
            "Ea T’ling;kế hoạch;2/KH;2/4/2020;",
            "Ea T’ling;đăng ký;;1/5/2020;",
            "Nam Dong;kiểm tra;1/BB;7/9/2020;",
            "Nam Dong;giám sát;2/BB;8/9/2020;",
        ),
    )
    progress = progress_on(year, LATE)
    headings = ("Kế hoạch", "Đăng ký", "Báo cáo", "Kiểm tra, giám sát", "Tình hình")
    assert paper_headings(progress) == headings
    assert {one.commune.id: paper_cells(progress, one) for one in progress.communes} == {
        "dak-drong": ("quá hạn 236 ngày", "quá hạn 206 ngày", "quá hạn 13 ngày", "–", "chưa đăng ký"),
        "ea-tling": ("2/4/2020, chậm 2 ngày", "1/5/2020, chậm 1 ngày", "quá hạn 13 ngày", "–", "quá hạn 13 ngày"),
        "nam-dong": ("31/3/2020", "5/4/2020", "còn 3 ngày", "7/9/2020, 8/9/2020", "còn 3 ngày"),
    }
    # In spring, the first deadline counts.
    spring = progress_on(year, date(2020, 4, 1))
    assert states(spring) == dict.fromkeys(("dak-drong", "ea-tling", "nam-dong"), "chưa đăng ký")
    assert paper_cells(spring, of(spring, "ea-tling"))[:3] == ("quá hạn 1 ngày", "còn 29 ngày", "còn 222 ngày")


def test_a_plan_is_asked_for_where_the_year_has_a_day_for_it(year: Project) -> None:
    assert [due.kind.label for due in of(progress_on(year, LAST), "nam-dong").dues] == ["đăng ký", "báo cáo"]


def test_a_registration_that_came_on_paper_is_not_asked_for(year: Project) -> None:
    year.write(PAPERS, papers("Đắk D’rông;đăng ký;3/ĐK;20/4/2020;"))
    progress = progress_on(year, LATE)
    assert states(progress)["dak-drong"] == "quá hạn 13 ngày"
    assert "đã nhận đăng ký điển hình" in letters(year, LATE)["dak-drong"]


def test_a_year_without_a_deadline_says_where_to_write_it(year: Project) -> None:
    (year.path / SCHEDULE).unlink()
    progress = progress_on(year, LAST)
    assert progress.days_late is None
    assert states(progress)["nam-dong"] == "chưa có hạn"
    said = format_deadlines(progress)
    assert said.startswith("Năm 2020 chưa có hạn báo cáo; thêm vào content/danh-muc/ke-hoach.yaml")
    # The line that it advises to add is valid.
    year.write(SCHEDULE, said.partition("“")[2].partition("”")[0] + "\n")
    assert progress_on(year, LAST).days_late == 0


def test_a_deadline_of_before_is_the_last_day_itself(year: Project) -> None:
    year.write(SCHEDULE, "- năm: 2020\n  hạn báo cáo: 10/11/2020\n")
    assert states(progress_on(year, date(2020, 11, 10)))["nam-dong"] == "hôm nay là hạn cuối"


def test_communes_of_the_day_of_each_paper_owe_it(year: Project) -> None:
    year.write(SCHEDULE, "- năm: 2025\n  hạn kế hoạch: 31/3/2025\n  hạn đăng ký: 30/4/2025\n  hạn báo cáo: 9/11/2025\n")
    year.write("content/theo-doi/2025.csv", papers("Ea T’ling;kế hoạch;1/KH;20/3/2025;"))
    asked = {
        one.commune.id: [due.kind.label for due in one.dues]
        for one in progress_on(year, date(2025, 12, 1), 2025).communes
    }
    # A merged commune can no longer register; its successor owes the report.
    assert asked == {"ea-tling": ["kế hoạch"], "xa-cu-jut": ["báo cáo"], "xa-nam-dong-2025": ["báo cáo"]}
    # Only two communes of one name need to be distinguished.
    after = progress_on(year, date(2025, 12, 1), 2025)
    assert [commune_name(after, one) for one in after.communes] == ["Cư Jút", "Thị trấn Ea T’ling", "Nam Dong"]
    before = progress_on(year, date(2025, 6, 1), 2025)
    assert {one.commune.id for one in before.communes} == {"dak-drong", "ea-tling", "nam-dong"}
    assert [due.kind.label for due in of(before, "ea-tling").dues] == ["kế hoạch", "đăng ký", "báo cáo"]


def test_communes_of_one_name_are_distinguished_in_one_table(year: Project) -> None:
    year.write(SCHEDULE, "- năm: 2025\n  hạn báo cáo: 9/11/2025\n")
    year.write("content/theo-doi/2025.csv", papers("Nam Dong;kế hoạch;1/KH;20/3/2025;"))
    progress = progress_on(year, date(2025, 12, 1), 2025)
    assert [commune_name(progress, one) for one in progress.communes] == ["Cư Jút", "Nam Dong cũ", "Nam Dong mới"]


def test_the_successor_of_a_commune_may_send_its_report(year: Project) -> None:
    day = date(2025, 8, 1)
    assert states(progress_on(year, day))["nam-dong"] == "quá hạn 1.726 ngày"
    year.write(PAPERS, papers("Nam Dong;báo cáo;9/BC;15/7/2025;"))
    assert states(progress_on(year, day))["nam-dong"] == "thiếu nội dung"


def test_a_year_that_is_only_planned_can_be_followed(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write(SCHEDULE, "- năm: 2021\n  hạn báo cáo: trước 10/11/2021\n")
    assert show_progress(year.path, "2021", "4/1/2021") == 0
    out = capsys.readouterr().out
    assert "chưa nhận được đăng ký điển hình “Dân vận khéo” năm 2021 của xã Nam Dong." in out


def test_the_tables_in_the_terminal(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_progress(year.path, "", "2020-11-22") == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "Tiến độ “Dân vận khéo” năm 2020, tính đến 22/11/2020"
    cells = [" ".join(line.split()) for line in lines]
    assert "Nam Dong 5/4/2020 quá hạn 13 ngày – quá hạn 13 ngày" in cells
    assert "Nam Dong 5 3 2 1 1 1 3 0 0" in cells
    assert "Thị trấn Ea T’ling 2 1 2 1 0 0 0 0 0" in cells
    assert "Cơ quan, đơn vị 1 1 0 0 0 0 1 0 0" in cells
    assert "Cộng 8 5 4 2 1 1 4 0 0" in cells
    # Eighty columns hold it, and no heading is cut short.
    tables = lines[: cells.index("Cộng 8 5 4 2 1 1 4 0 0")]
    assert "…" not in "".join(tables)
    assert all(len(line) <= 80 for line in tables)
    told = letters(year, LATE)
    assert all(letter in out for letter in told.values())
    # The office writes itself no letter.
    assert out.count("Kính gửi:") == len(told) == 3
    assert err == ""


def test_json_has_its_promised_shape(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_progress(year.path, "2020", "22/11/2020", as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["year", "date", "deadlines", "days_late", "total", "own", "communes"]
    assert (found["year"], found["date"], found["days_late"]) == (2020, "2020-11-22", 13)
    deadline = {"last": "2020-11-09", "said": "trước ngày 10/11/2020"}
    assert found["deadlines"] == {"report": deadline}
    assert list(found["total"]) == [
        "registered",
        "under_way",
        "recognised",
        "with_story",
        "replicated",
        "stopped",
        "lacking",
        "sent",
        "used",
    ]
    for name, total in found["total"].items():
        assert sum(part[name] for part in (*found["communes"], found["own"])) == total
    assert [step["code"] for step in found["own"]["registrations"]] == ["DK-2020-008"]
    assert [(commune["id"], commune["days_late"]) for commune in found["communes"]] == [
        ("dak-drong", 13),
        ("ea-tling", 0),
        ("nam-dong", 13),
    ]
    ea_tling, nam_dong = found["communes"][1:]
    assert ea_tling["papers"] == [
        {"kind": "đăng ký", "deadline": None, "received": "2020-04-05", "days_late": 0},
        {"kind": "báo cáo", "deadline": deadline, "received": "2020-11-06", "days_late": 0},
    ]
    assert ea_tling["inspections"] == [{"kind": "biên bản kiểm tra", "date": "2020-09-15", "number": "1/BB"}]
    assert nam_dong["papers"][1] == {"kind": "báo cáo", "deadline": deadline, "received": None, "days_late": 13}
    assert nam_dong["message"] == letters(year, LATE)["nam-dong"]
    assert nam_dong["registrations"][2] == {
        "code": "DK-2020-003",
        "name": "Chờ bài",
        "place": "",
        "state": "đang thực hiện",
        "acts": [{"kind": "công nhận", "date": "2020-11-01"}],
        "sample": False,
        "story": "/bai-viet/2020/nhap/",
        "lacks": ["published"],
    }


@pytest.mark.parametrize("as_json", [False, True])
def test_persons_in_charge_and_notes_are_in_no_output(
    year: Project, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    assert show_progress(year.path, "2020", "22/11/2020", as_json=as_json) == 0
    printed = "".join(capsys.readouterr())
    assert "Nam Dong" in printed
    assert ROW["Người phụ trách"] not in printed
    assert ROW["Ghi chú"] not in printed
    assert "đọc kỹ" not in printed


@pytest.mark.parametrize(
    ("year_given", "day", "sentence"),
    [
        ("20", "", 'Chưa xem được tiến độ: Năm "20" không đúng; viết bốn chữ số, ví dụ 2020'),
        ("2020", "hôm qua", 'Chưa xem được tiến độ: Ngày "hôm qua" không đúng dạng; viết ngày/tháng/năm bằng số'),
        ("2031", "", "Chưa xem được tiến độ: Chưa có sổ đăng ký năm 2031; làm mẫu bằng lệnh register-template"),
    ],
)
def test_a_failure_is_explained(
    year: Project, capsys: pytest.CaptureFixture[str], year_given: str, day: str, sentence: str
) -> None:
    assert show_progress(year.path, year_given, day) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(sentence)


def test_rows_with_errors_are_reported_as_not_counted(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write(CSV, as_csv(rows({}, {"Xã": "Nam Đông"})))
    year.write(ACTS, acts("DK-2020-001;công nhậm;1/10/2020"))
    year.write(PAPERS, papers("Nam Dong;báo các;;6/11/2020;"))
    assert show_progress(year.path, "2020", as_json=True) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["total"]["registered"] == 1
    assert [line.partition(";")[0] for line in err.splitlines()] == [
        f'{ACTS}:2: Việc "công nhậm" không có trong danh mục',
        f'{CSV}:3: Xã "Nam Đông" không có trong danh mục',
        f'{PAPERS}:2: Văn bản "báo các" không có trong danh mục',
        "Những dòng có lỗi nêu ở đầu chưa được tính.",
    ]


def test_an_unreadable_register_is_not_reported_as_missing(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write("content/dang-ky/2020.csv", b"S\xf4\xd2")
    assert show_progress(year.path, "2020") == 1
    said = capsys.readouterr().err
    assert "content/dang-ky/2020.csv:1: Tệp không ở mã UTF-8" in said
    assert "Chưa xem được tiến độ: chưa đọc được sổ đăng ký năm 2020; sửa các lỗi trên rồi chạy lại." in said
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
    assert "Chưa xem được tiến độ: hãy sửa các lỗi trên rồi chạy lại." in err


def test_nothing_is_counted_while_the_register_is_held(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    with holding(year.path / "content/theo-doi/2020.csv", year.path / "content/dang-ky/2020.csv"):
        assert show_progress(year.path, "2020") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert UNREAD in err
