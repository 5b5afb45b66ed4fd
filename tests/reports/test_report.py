"""The numbers of a year: counts, tables, and contradictions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.sent import SENT_COLUMNS, SENT_FILE
from plugins.exemplars.model.edition import select_edition
from plugins.registers.progress import build_progress
from plugins.reports import wording
from plugins.reports.pages import build_numbers_csv
from plugins.reports.report import check_reports, compare_years, make_report, make_reports
from tests.loading import load
from tests.reports.conftest import REGISTER

if TYPE_CHECKING:
    from plugins.reports.report import Report
    from plugins.reports.tables import CountTable
    from tests.conftest import Project


def read(table: CountTable) -> dict[str, tuple[int, ...]]:
    rows = {row.name: (*row.counts, *([row.total] if table.divides else [])) for row in table.rows}
    return rows | {"Tổng": (*table.column_totals, *([table.total] if table.divides else []))}


def report_of(project: Project, year: int = 2020, commune: str = "") -> Report:
    content = load(project.path)
    place = content.vocabulary.commune(commune) if commune else None
    return make_report(content, project.edition().index, year, place)


def test_exemplars_are_counted_once_in_each_table(year: Project) -> None:
    report = report_of(year)
    assert read(report.by_field) == {
        "Kinh tế": (1, 0, 1, 2),
        "Văn hóa – xã hội": (1, 0, 0, 1),
        "Tổng": (2, 0, 1, 3),
    }
    assert read(report.by_commune) == {
        "Đắk D’rông": (1, 0, 1),
        "Thị trấn Ea T’ling": (0, 1, 1),
        "Nam Dong": (1, 0, 1),
        "Tổng": (2, 1, 3),
    }
    assert read(report.by_commune_today) == {
        "Cư Jút (từ 1/7/2025)": (0, 1, 1),
        "Nam Dong (từ 1/7/2025)": (2, 0, 2),
        "Tổng": (2, 1, 3),
    }
    assert read(report.by_kind) == {
        "Tập thể": (2, 1, 0, 1),
        "Cá nhân": (0, 0, 0, 0),
        "Mô hình": (1, 0, 0, 0),
        "Tổng": (3, 1, 0, 1),
    }
    assert read(report.by_level)["Cấp huyện"] == read(report.by_level)["Cấp tỉnh"] == (0, 1, 1)


def test_a_registration_counts_without_its_name_after_its_story_was_taken_down(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER)
    told = {"Đăng ký": "DK-2020-001", "Biểu dương": "Giấy khen | huyện | 2020"}
    year.write_story("kenh", front=told | {"Gỡ": "1/3/2021, lý do gia đình xin rút"})
    report = report_of(year)
    assert [one.code for one in report.registrations] == [f"DK-2020-00{n}" for n in (1, 2, 3, 4)]
    (first, *rest) = report.registrations
    assert (first.name, first.unit, first.place, first.result) == ("(bài đã gỡ)", "", "", "")
    assert "Hũ gạo" in {one.name for one in rest}
    assert read(report.by_field)["Tổng"] == (1, 0, 1, 2)
    # Nor is anyone asked to write a story of it.
    waiting = [problem.message for problem in load(year.path).problems if "chưa có bài" in problem.message]
    assert waiting == ["DK-2020-004 đã được công nhận mà chưa có bài viết"]


def test_results_are_added_with_the_stories_behind_them(year: Project) -> None:
    report = report_of(year)
    totals = {(total.label, str(total.quantity)): {f.story.slug for f in total.figures} for total in report.totals}
    assert totals == {
        ("hiến đất", "67 hộ"): {"kenh", "ong"},
        ("hiến đất", "2.390 m²"): {"kenh", "ong"},
        ("kênh", "4 km"): {"kenh", "ong"},
    }
    assert [result.quantity for _, result in report.unread] == ["gần 40 hộ"]
    assert "1 kết quả không ghi số chính xác" in wording.basis_of_totals(report)


def test_without_a_register_the_report_states_its_basis(year: Project) -> None:
    report = report_of(year)
    assert wording.summary(report)[0].startswith(
        "Năm 2020 không có sổ đăng ký; số liệu đếm các điển hình đã đăng tin, bài tính"
    )
    assert (
        "3 điển hình năm 2020 ở 3 xã, thị trấn, gồm 2 tập thể, 1 mô hình; trong đó 1 được" in wording.summary(report)[1]
    )
    assert not report.register_tables


def test_the_register_is_counted_by_how_far_each_has_come(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER)
    year.write_story("kenh", front={"Đăng ký": "DK-2020-001"})
    report = report_of(year)
    state, field, commune, today = report.register_tables
    assert state.total == 4
    assert read(state)["Đang thực hiện"] == (1, 0, 2, 3)
    assert read(state)["Dừng"] == (0, 1, 0, 1)
    # Registered, reviewed, recognised, commended, replicated, with a story: none implies another.
    assert read(field) == {
        "Kinh tế": (2, 0, 1, 0, 1, 1),
        "Văn hóa – xã hội": (2, 0, 0, 0, 0, 0),
        "Tổng": (4, 0, 1, 0, 1, 1),
    }
    assert read(commune)["Nam Dong"] == (2, 0, 0, 0, 1, 1)
    assert read(today)["Nam Dong (từ 1/7/2025)"] == (3, 0, 1, 0, 1, 1)
    assert "đã đăng ký 4 nội dung, mô hình; tính đến ngày" in wording.summary(report)[1]
    assert wording.summary(report)[1].endswith("1 được công nhận; 1 được nhân rộng; 1 được đăng tin, bài.")


def test_the_report_of_a_commune_includes_its_predecessors(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER)
    old, new = report_of(year, commune="nam-dong"), report_of(year, commune="xa-nam-dong-2025")
    assert {story.slug for story in old.stories} == {"kenh"}
    assert {one.code for one in old.registrations} == {"DK-2020-001", "DK-2020-002"}
    assert "xa" not in {table.id for table in old.tables}
    assert {story.slug for story in new.stories} == {"kenh", "ong"}
    assert [row.name for row in new.by_commune.rows] == ["Đắk D’rông", "Nam Dong"]
    assert len(new.registrations) == 3
    # A commune formed in 2025 registered nothing in 2020.
    assert wording.summary(new)[1].startswith(
        "Năm 2020, các xã, thị trấn nay thuộc xã Nam Dong đã đăng ký 3 nội dung, mô hình"
    )
    assert wording.summary(old)[1].startswith("Năm 2020, xã Nam Dong đăng ký 2 nội dung, mô hình")


def test_a_story_of_a_later_day_is_on_the_site_and_in_no_report(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER)
    told = {"Đăng ký": "DK-2020-002", "Lĩnh vực": "Văn hóa", "Loại": "Mô hình"}
    year.write_story("muon", front=told)
    assert wording.summary(report_of(year))[1].endswith("1 được nhân rộng; 1 được đăng tin, bài.")
    year.write_story("muon", front=told | {"Ngày": "1/1/2100"})
    assert "muon" in {story.slug for story in year.edition().index.exemplars}
    (report,) = (one for one in make_reports(year.edition(), samples=True) if one.year == 2020)
    assert wording.summary(report)[1].endswith("1 được nhân rộng.")
    assert "muon" not in {story.slug for story in report.stories}


def test_a_year_with_nothing_has_a_report_that_says_so(year: Project) -> None:
    report = report_of(year, 2019)
    assert report.tables == ()
    assert wording.summary(report)[-1] == "Chưa đăng tin, bài nào về điển hình năm 2019."


def test_years_stand_beside_each_other(year: Project) -> None:
    content, index = load(year.path), year.edition().index
    reports = [make_report(content, index, number) for number in (2020, 2021, 2026)]
    by_field, by_kind, views = compare_years(reports)
    assert read(by_field) == {"Năm 2020": (2, 1, 3), "Năm 2021": (1, 0, 1), "Năm 2026": (1, 0, 1), "Tổng": (4, 1, 5)}
    assert by_kind.total == by_field.total == views.total == 5
    assert read(views)["Năm 2021"] == (1, 0, 1, 0)


def test_sound_numbers_are_no_problem(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER)
    year.write_story("kenh", front={"Đăng ký": "DK-2020-001"})
    assert list(check_reports(load(year.path))) == []


def test_a_year_without_a_register_has_no_numbers_of_it(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER)
    content, index = load(year.path), year.edition().index
    *_, registered = compare_years([make_report(content, index, number) for number in (2020, 2021)])
    assert read(registered)["Năm 2021, không có sổ"] == (None,) * 6
    assert read(registered)["Tổng"] == read(registered)["Năm 2020"]


def test_who_is_commended_without_being_registered_is_named_by_check(year: Project) -> None:
    lines = [line for line in REGISTER.splitlines() if "DK-2020-002" not in line]
    year.write("content/dang-ky/2020.csv", "\n".join(lines).replace("đã nhân rộng", "đã công nhận"))
    problems = [str(problem) for problem in load(year.path).problems]
    expected = (
        "content/dang-ky/2020.csv:1: Nam Dong: đăng ký 1 mà được công nhận, biểu dương 2, trong đó Kênh về thôn 3 "
        "không có trong sổ; ghi thêm vào sổ rồi ghi mã Đăng ký vào bài"
    )
    assert expected in problems


@pytest.mark.parametrize("samples", [True, False])
def test_sample_data_is_announced_and_can_be_left_out(year: Project, *, samples: bool) -> None:
    year.write_story("kenh", front={"Mẫu": "có"})
    index = year.edition(samples=samples).index
    report = make_report(load(year.path), index, 2020, samples=samples)
    assert len(report.stories) == (3 if samples else 2)
    assert wording.notice(report) == (
        "BÁO CÁO MINH HỌA: 1 trong 3 điển hình là bài mẫu. Không dùng làm văn bản chính thức." if samples else ""
    )


def test_a_commune_that_registered_nothing_has_no_missing_register(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER.replace("Ea T’ling", "Nam Dong"))
    what, *_ = wording.summary(report_of(year, commune="ea-tling"))
    assert what.startswith("Năm 2020 không có đăng ký nào của thị trấn Ea T’ling; số liệu đếm các điển hình đã đăng")


def test_stories_sent_are_counted_as_of_the_day_and_alike_everywhere(year: Project) -> None:
    heading = ";".join(key.name for key in SENT_COLUMNS)
    rows = (
        "kenh;Tỉnh;1/9/2020;Báo;5/9/2020;",
        "kenh;Báo huyện;2/9/2020;;;",
        "gao;Tỉnh;1/10/2020;Trang tỉnh;1/12/2020;",
        "tin;Tỉnh;1/10/2020;;;",
        "ong;Tỉnh;2/1/2021;;;",
        "nhap;Tỉnh;2/9/2020;;;",
    )
    year.write(SENT_FILE, "\n".join([heading, *rows, ""]))

    def report(day: date, commune: str = "") -> Report:
        content = load(year.path, day)
        index = select_edition(content, drafts=False, samples=True).index
        return make_report(content, index, 2020, content.vocabulary.commune(commune) if commune else None)

    late, early = report(date(2020, 12, 31)), report(date(2020, 9, 3))
    assert read(late.sent_by_commune) == {
        "Nam Dong": (1, 1),
        "Thị trấn Ea T’ling": (1, 1),
        "Cơ quan, đơn vị": (1, 0),
        "Tổng": (3, 2),
    }
    assert "Trong năm 2020 đã gửi cấp trên 3 tin, bài; 2 tin, bài được sử dụng." in wording.summary(late)
    assert "Trong năm 2020 đã gửi cấp trên 1 tin, bài; chưa có tin, bài nào được sử dụng." in wording.summary(
        report(date(2020, 9, 4))
    )
    assert early.sent_by_commune.total == 1
    assert report(date(2020, 12, 31), "ea-tling").sent_by_commune.column_totals == (1, 1)
    # In the table of the paper, the workbook, the page and the CSV alike.
    assert [table.id for table in late.tables][-1] == "gui-bai"
    assert "2020,,Tin, bài gửi cấp trên,Tổng,Đã gửi,3" in build_numbers_csv(late).replace('"', "")
    # Progress has it on the same basis.
    progress = build_progress(load(year.path, date(2020, 12, 31)), 2020)
    assert (progress.total.sent, progress.total.used) == (3, 2)
