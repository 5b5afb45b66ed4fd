"""The numbers of a span of days: those of the report where it is a year, and of stated days in any other."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import pytest
from docx import Document

from plugins.content.content import as_of_its_day
from plugins.content.sent import SENT_COLUMNS, SENT_FILE
from plugins.exemplars.model.edition import select_edition
from plugins.reports.report import make_report
from plugins.reports.tables import format_count
from plugins.reports.workbook import CountBook
from plugins.statistics.command import write_statistics
from plugins.statistics.statistics import Span, make_statistics
from tests.loading import PROJECT, load
from tests.registers.conftest import acts
from tests.reports.conftest import REGISTER
from tests.reports.documents import formulas, read_letter, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.reports.report import Report
    from plugins.reports.tables import CountTable
    from plugins.statistics.statistics import Statistics
    from tests.conftest import Project

pytestmark = pytest.mark.slow

ACTS = acts(
    "DK-2020-001;bình xét;15/5/2020",
    "DK-2020-001;công nhận;1/7/2020",
    "DK-2020-002;bình xét;30/6/2020",
    "DK-2020-002;công nhận;",
    "DK-2020-004;biểu dương;2/9/2020",
    "DK-2020-004;nhân rộng;3/2/2021",
)


def count(path: Path, first: date, last: date, commune: str = "", *, samples: bool = True) -> tuple[Statistics, Report]:
    """Return a span's statistics, and the report of its year as of its last day."""
    content = as_of_its_day(load(path, last))
    place = content.vocabulary.commune(commune) if commune else None
    whole = select_edition(content, drafts=False, samples=samples).index
    statistics = make_statistics(content, whole, Span(first, last), place, samples=samples)
    return statistics, make_report(content, whole, last.year, place, samples=samples)


def read(tables: tuple[CountTable, ...]) -> dict[str, dict[str, tuple[int | None, ...]]]:
    return {table.id: {row.name: row.counts for row in table.rows if any(row.counts)} for table in tables}


@pytest.fixture
def registered(year: Project) -> Project:
    year.write("content/dang-ky/2020.csv", REGISTER.replace("đã nhân rộng", "hoàn thành").replace("đã công nhận", ""))
    year.write("content/dang-ky/2020-viec.csv", ACTS)
    year.write_story(
        "cho", front={"Tiêu đề": "Chợ sạch", "Đăng ký": "DK-2020-004", "Xã": "Đắk D’rông", "Loại": "Mô hình"}
    )
    heading = ";".join(key.name for key in SENT_COLUMNS)
    rows = "cho;Tỉnh;1/9/2020;Báo;5/9/2020;", "kenh;Tỉnh;1/10/2020;;;", "kenh;Báo;2/10/2020;;;"
    year.write(SENT_FILE, "\n".join([heading, *rows, ""]))
    return year


@pytest.mark.parametrize("commune", ["", "nam-dong", "dak-drong"])
@pytest.mark.parametrize("number", [2020, 2021])
def test_a_year_has_the_numbers_of_its_report(registered: Project, number: int, commune: str) -> None:
    statistics, report = count(registered.path, date(number, 1, 1), date(number, 12, 31), commune)
    found, expected = read(statistics.every_table), read(report.every_table)
    same = found.keys() & expected.keys()
    assert {"linh-vuc", "loai", "bieu-duong", "gui-bai"} <= same
    assert {name: found[name] for name in same} == {name: expected[name] for name in same}
    if report.registrations:
        assert "dang-ky-linh-vuc" in same


@pytest.mark.parametrize("samples", [True, False])
@pytest.mark.parametrize("number", [2018, 2020, 2023, 2026])
def test_so_has_every_year_of_the_shipped_content(number: int, samples: bool) -> None:
    statistics, report = count(PROJECT, date(number, 1, 1), date(number, 12, 31), samples=samples)
    found, expected = read(statistics.every_table), read(report.every_table)
    same = found.keys() & expected.keys()
    assert len(same) >= 4
    assert {name: found[name] for name in same} == {name: expected[name] for name in same}


def test_two_halves_add_up_to_the_year_but_for_undated_acts(registered: Project) -> None:
    first, _ = count(registered.path, date(2020, 1, 1), date(2020, 6, 30))
    second, _ = count(registered.path, date(2020, 7, 1), date(2020, 12, 31))
    whole, _ = count(registered.path, date(2020, 1, 1), date(2020, 12, 31))
    counts = [one.count(one.registrations) for one in (first, second, whole)]
    assert counts == [
        # registered, reviewed, recognised, praised, replicated, with a story
        (4, 2, 0, 0, 0, 0),
        (0, 0, 1, 1, 0, 1),
        (4, 2, 2, 1, 0, 1),
    ]
    assert [
        [(one.of, one.what) for one in half.undated if one.of.startswith("DK")] for half in (first, second, whole)
    ] == [
        [("DK-2020-002", "công nhận, không rõ ngày")],
        [("DK-2020-002", "công nhận, không rõ ngày")],
        [],
    ]
    assert [one.report.sent_by_commune.column_totals for one in (first, second, whole)] == [(0, 0), (2, 1), (2, 1)]


def test_days_at_the_ends_count_and_none_beside_them(registered: Project) -> None:
    def reviewed(first: date, last: date) -> int:
        statistics, _ = count(registered.path, first, last)
        return statistics.count(statistics.registrations)[1]

    assert reviewed(date(2020, 5, 15), date(2020, 6, 30)) == 2
    assert reviewed(date(2020, 5, 16), date(2020, 6, 29)) == 0
    assert reviewed(date(2020, 6, 30), date(2020, 6, 30)) == 1


def test_acts_of_exemplars_of_other_years_are_listed_apart(registered: Project) -> None:
    statistics, _ = count(registered.path, date(2021, 1, 1), date(2021, 12, 31))
    others = [(one.of, one.what) for one in statistics.others]
    assert ("DK-2020-004", "nhân rộng, 3/2/2021") in others
    both, _ = count(registered.path, date(2020, 1, 1), date(2021, 12, 31))
    assert both.others == ()
    assert both.count(both.registrations)[4] == 1
    assert "DK-2020-004 (nhân rộng, 3/2/2021)" in statistics.summary[-1]


def test_no_zero_is_printed(registered: Project) -> None:
    empty, _ = count(registered.path, date(2019, 1, 1), date(2019, 12, 31))
    assert "Trong kỳ chưa có đăng ký nào." in empty.summary
    for last in (date(2019, 12, 31), date(2020, 6, 30), date(2020, 12, 31)):
        statistics, _ = count(registered.path, date(2019, 1, 1), last)
        assert not any(re.search(r"(?<![\d/])0 ", said) for said in statistics.summary)


def test_the_three_files_have_the_same_numbers(registered: Project, capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> int:
        return write_statistics(registered.path, "1/1/2020", "31/12/2020")

    assert run() == 0
    assert "Trong kỳ đăng ký 4 nội dung, mô hình; 2 được bình xét công khai" in capsys.readouterr().out
    home = registered.path / "so-lieu"
    assert sorted(file.suffix for file in home.iterdir()) == [".csv", ".docx", ".xlsx"]
    made = {file.suffix: file.read_bytes() for file in home.iterdir()}
    statistics, _ = count(registered.path, date(2020, 1, 1), date(2020, 12, 31))
    expected = {table.title: table for table in statistics.tables}
    paragraphs, word = read_letter(made[".docx"])
    assert [rows[0][0] for rows in word.values()] == [table.first for table in expected.values()]
    book = read_workbook(made[".xlsx"])
    rows = list(csv.reader(StringIO(made[".csv"].decode("utf-8-sig"))))
    for title, table in expected.items():
        printed = [[name, *map(format_count, counts)] for name, counts in table.lines]
        assert word[title][1:] == printed
        assert book[title][1 : len(printed) + 1] == [[name, *counts] for name, counts in table.lines]
        assert [row[4:7] for row in rows if row[3] == title] == [
            [name, heading, str(number)]
            for name, counts in table.lines
            for heading, number in zip(table.headings, counts, strict=True)
        ]
    assert formulas(made[".xlsx"])
    assert paragraphs[0] == "PHỤ LỤC"
    assert paragraphs[1] == "Số liệu phong trào thi đua “Dân vận khéo” năm 2020"
    # Again it is the same, and another's is left alone.
    assert run() == 0
    assert {file.suffix: file.read_bytes() for file in home.iterdir()} == made
    (home / "so-lieu-2020-01-01-2020-12-31.csv").write_bytes(b"x")
    assert run() == 0
    assert (home / "so-lieu-2020-01-01-2020-12-31-lan-2.csv").read_bytes() == made[".csv"]
    section = Document(BytesIO(made[".docx"])).sections[0]
    assert [side.cm for side in (section.left_margin, section.right_margin) if side] == pytest.approx([3, 2], abs=0.01)


@pytest.mark.parametrize(
    ("first", "last", "commune", "told"),
    [
        ("", "31/12/2020", "", "Thiếu --from"),
        ("1/1/2020", "31/11/2020", "", "không có thật"),
        ("2/1/2020", "1/1/2020", "", "đứng sau ngày cuối"),
        ("1/1/2099", "2/1/2099", "", "còn ở phía trước"),
        ("1/1/2020", "31/12/2020", "Nam Đông Không Có", "Nam Đông Không Có"),
    ],
)
def test_bad_input_is_explained_in_one_line(
    year: Project, capsys: pytest.CaptureFixture[str], first: str, last: str, commune: str, told: str
) -> None:
    assert write_statistics(year.path, first, last, commune) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert not (year.path / "so-lieu").exists()


def test_sample_data_is_announced_on_the_paper(year: Project) -> None:
    year.write_story("mau", front={"Mẫu": "có", "Tiêu đề": "Mẫu"})
    assert write_statistics(year.path, "1/1/2020", "31/12/2020") == 0
    paragraphs, _ = read_letter((year.path / "so-lieu/so-lieu-2020-01-01-2020-12-31.docx").read_bytes())
    assert any(text.startswith("SỐ LIỆU MINH HỌA") for text in paragraphs)


def test_sheets_of_long_and_equal_names_are_distinguished() -> None:
    book = CountBook("a", "b", "năm 2020", "", date(2020, 1, 1), is_marked=False)
    names = ["Đăng ký theo xã, phường, thị trấn, đặc khu"] * 3 + ["Ngắn"]
    for name in names:
        book.add_sheet(name, "t", (10,))
    assert [sheet.get_name() for sheet in book.book.worksheets()] == [
        "Đăng ký theo xã, phường, thị t…",
        "Đăng ký theo xã, phường, thị… 2",
        "Đăng ký theo xã, phường, thị… 3",
        "Ngắn",
    ]
