"""A period as staff type it and as a masthead says it."""

from __future__ import annotations

from datetime import date

import pytest

from plugins.bulletin.period import parse_period
from plugins.sources.problem import Invalid


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ("2020-07-01", "2020-09-30", "Quý III năm 2020"),
        ("1/1/2020", "31/3/2020", "Quý I năm 2020"),
        ("1/10/2020", "31/12/2020", "Quý IV năm 2020"),
        ("1/1/2020", "31/12/2020", "Năm 2020"),
        ("1/2/2020", "29/2/2020", "Tháng 2 năm 2020"),
        ("1/2/2021", "28/2/2021", "Tháng 2 năm 2021"),
        ("1/2/2020", "28/2/2020", "Từ 1/2/2020 đến 28/2/2020"),
        ("1/2/2020", "30/4/2020", "Từ 1/2/2020 đến 30/4/2020"),
        ("1/7/2020", "30/9/2021", "Từ 1/7/2020 đến 30/9/2021"),
        ("3/9/2020", "3/9/2020", "Ngày 3/9/2020"),
    ],
)
def test_a_period_has_its_usual_name(first: str, last: str, title: str) -> None:
    assert parse_period(first, last).title == title


def test_both_days_count() -> None:
    period = parse_period("1/7/2020", "30/9/2020")
    days = (date(2020, 6, 30), date(2020, 7, 1), date(2020, 9, 30), date(2020, 10, 1))
    assert [day in period for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("", "30/9/2020", "Thiếu --from"),
        ("1/7/2020", "  ", "Thiếu --to"),
        ("30/9/2020", "1/7/2020", "đứng sau"),
        ("31/6/2020", "30/9/2020", "không có thật"),
        ("7/2020", "30/9/2020", "không đúng dạng"),
    ],
)
def test_days_that_form_no_period_are_refused(first: str, last: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        parse_period(first, last)
