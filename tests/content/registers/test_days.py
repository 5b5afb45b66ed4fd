"""Days that an English spreadsheet has turned round, known by their column; sound columns say nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content.registers.table_reader import find_swapped_dates
from plugins.vietnamese import format_date
from tests.content.registers.raw import number, register
from tests.content.registers.reading import errors, read
from tests.registers.conftest import as_csv, rows

if TYPE_CHECKING:
    from tests.conftest import Project

DAY = "Ngày đăng ký"
DAYS = st.dates(date(2019, 1, 1), date(2020, 12, 31))


def serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def opened_in_english(written: str) -> object:
    """Return a day as an English Excel stores it: a date if it can parse it, else text."""
    first, second, year = map(int, written.split("/"))
    return number(serial(date(year, first, second)), 1) if first <= 12 and second <= 28 else written


def workbook_of(*written: str) -> bytes:
    return register(*({DAY: opened_in_english(day)} for day in written), formats=["d/m/yyyy"])


@pytest.mark.parametrize("rest", [("15/4/2020", "28/9/2020"), ("13/4/2020",)])
def test_dates_beside_text_that_english_excel_cannot_parse_are_reported(
    project: Project, rest: tuple[str, ...]
) -> None:
    found, problems = read(project, workbook_of("2/4/2020", "8/4/2020", "3/3/2020", *rest, "5/10/2020"))
    last = len(rest) + 5
    swapped = {2: ("4/2/2020", "2/4/2020"), 3: ("4/8/2020", "8/4/2020"), last: ("10/5/2020", "5/10/2020")}
    why = f"bị đảo với tháng khi mở bằng Excel tiếng Anh (cùng cột có chữ {rest[0]})"
    assert {problem.line: problem.message for problem in problems} == {
        line: f"Ngày {shown} có lẽ là {meant}, {why}" for line, (shown, meant) in swapped.items()
    }
    assert problems[0].fix == "đối chiếu giấy tờ; đổi cả cột sang kiểu Văn bản (Text) rồi gõ lại theo ngày/tháng/năm"
    assert errors(problems) == [2, 3, last]
    # Ambiguous days are treated alike; doubted days are not counted.
    assert [one.registered_on for one in found] == [
        date(2020, 3, 3),
        *(date(*map(int, day.split("/")[::-1])) for day in rest),
    ]


def test_true_dates_in_csv_are_as_a_spreadsheet_of_another_country_writes_them(project: Project) -> None:
    found, problems = read(project, as_csv(rows(*({DAY: day} for day in ("2020-02-04", "2020-08-04", "15/4/2020")))))
    assert len(found) == 1
    assert [(one.line, one.message.partition(",")[0]) for one in problems] == [
        (2, "Ngày 2020-02-04 có lẽ là 2/4/2020"),
        (3, "Ngày 2020-08-04 có lẽ là 8/4/2020"),
    ]
    found, problems = read(project, as_csv(rows(*({DAY: day} for day in ("2020-02-04", "2020-04-15", "2020-08-04")))))
    assert (len(found), problems) == (3, [])


def test_the_reported_fix_corrects_the_date(project: Project) -> None:
    cells = ("2/4/2020", "8/4/2020", "15/4/2020")
    found, problems = read(project, register(*({DAY: day} for day in cells)))
    assert ([format_date(one.registered_on) for one in found], problems) == (list(cells), [])


def test_a_csv_with_the_month_first_is_reported_row_by_row(project: Project) -> None:
    found, problems = read(project, as_csv(rows(*({DAY: day} for day in ("4/2/2020", "4/15/2020", "5/5/2020")))))
    turned, impossible = problems
    assert turned.message.startswith("Ngày 4/2/2020 có lẽ là 2/4/2020, bị đảo với tháng ")
    assert turned.fix == "đối chiếu giấy tờ; gõ lại cả cột theo ngày/tháng/năm"
    assert impossible.message == 'Ngày "4/15/2020" không có thật: không có tháng 15'
    assert [one.registered_on for one in found] == [date(2020, 5, 5)]


def test_one_slip_in_a_column_with_the_day_first_is_reported_alone(project: Project) -> None:
    days = ("5/4/2020", "15/4/2020", "16/4/2020", "17/4/2020", "18/4/2020", "4/19/2020")
    found, problems = read(project, as_csv(rows(*({DAY: day} for day in days))))
    assert ([problem.line for problem in problems], len(found)) == ([7], 5)


def test_where_something_speaks_against_it_it_is_advice(project: Project) -> None:
    days = [opened_in_english(f"{day}/4/2020") for day in range(1, 8)]
    found, problems = read(
        project, register(*({DAY: day} for day in (*days, "15/4/2020", "5/4/2020")), formats=["d/m/yyyy"])
    )
    assert (len(found), errors(problems)) == (9, [])
    (advice,) = problems
    assert advice.message.startswith(
        f'Cột "{DAY}" có thể có ngày bị đảo với tháng, vì có cả 15/4/2020: dòng 2: 4/1/2020 hay 1/4/2020; '
    )


@given(st.lists(DAYS, max_size=40), st.booleans())
def test_a_column_of_sound_days_in_one_kind_gives_no_word(days: list[date], are_dates: bool) -> None:
    assert find_swapped_dates((row, format_date(day), are_dates) for row, day in enumerate(days)) == []


@given(st.lists(DAYS, min_size=2, max_size=40))
def test_every_exchanged_day_is_found_with_its_original(days: list[date]) -> None:
    column = []
    for row, day in enumerate(days):
        is_date = day.day <= 12
        column.append((row, f"{day.month}/{day.day}/{day.year}" if is_date else format_date(day), is_date))
    doubts = find_swapped_dates(column)
    if all(is_date for _, _, is_date in column):
        assert doubts == []
        return
    exchanged = {row: format_date(day) for row, day in enumerate(days) if day.day <= 12 and day.day != day.month}
    assert [dict(doubt.meant) for doubt in doubts] == ([exchanged] if exchanged else [])
    assert all(doubt.is_certain for doubt in doubts)


@given(st.lists(DAYS, min_size=20, max_size=60), st.randoms())
def test_sound_days_some_typed_as_text_are_never_taken_for_wrong(days: list[date], random: object) -> None:
    # Half typed into cells of text, half as dates, as two people do it: at least one of either kind is after the 12th.
    sound = [date(2020, 4, 5), date(2020, 4, 15), *days, date(2020, 4, 20), date(2020, 4, 6)]
    column = [(row, format_date(day), row % 2 == 0) for row, day in enumerate([*sound, sound[1] + timedelta(days=1)])]
    assert not any(doubt.is_certain for doubt in find_swapped_dates(column))
