"""Values of each kind, accepted or refused with a message."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plugins.sources import values
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_A_DATE = "viết ngày/tháng/năm bằng số, ví dụ 19/8/2020"


def refusal(parse: Callable[[Any], Any], written: str | list[str]) -> str:
    with pytest.raises(Invalid) as refused:
        parse(written)
    return f"{refused.value.message}; {refused.value.fix}"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("19/8/2020", date(2020, 8, 19)),
        ("19/08/2020", date(2020, 8, 19)),
        ("19-8-2020", date(2020, 8, 19)),
        ("19.8.2020", date(2020, 8, 19)),
        ("19 / 8 / 2020", date(2020, 8, 19)),
        ("2020-08-19", date(2020, 8, 19)),
        pytest.param("10/11/2020", date(2020, 11, 10), id="the day first, never the month"),
        pytest.param("5/8/2026", date(2026, 8, 5), id="the day first, both below 13"),
        ("29/2/2020", date(2020, 2, 29)),
    ],
)
def test_dates(written: str, day: date) -> None:
    assert values.day(written) == day


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("31/02/2020", 'Ngày "31/02/2020" không có thật: tháng 2 năm 2020 chỉ có 29 ngày; sửa lại ngày'),
        ("29/2/2021", 'Ngày "29/2/2021" không có thật: tháng 2 năm 2021 chỉ có 28 ngày; sửa lại ngày'),
        ("0/8/2020", 'Ngày "0/8/2020" không có thật: tháng 8 năm 2020 chỉ có 31 ngày; sửa lại ngày'),
        ("2020-13-45", 'Ngày "2020-13-45" không có thật: không có tháng 13; viết ngày trước, tháng sau'),
        ("8/19/2020", 'Ngày "8/19/2020" không có thật: không có tháng 19; viết ngày trước, tháng sau'),
        ("ngày 19 tháng 8 năm 2020", f'Ngày "ngày 19 tháng 8 năm 2020" không đúng dạng; {NOT_A_DATE}'),
        ("ngày 2 tháng 9, 2021", f'Ngày "ngày 2 tháng 9, 2021" không đúng dạng; {NOT_A_DATE[:-9]}2/9/2021'),
        ("hôm qua", f'Ngày "hôm qua" không đúng dạng; {NOT_A_DATE}'),
        ("19/8/20", f'Ngày "19/8/20" không đúng dạng; {NOT_A_DATE}'),
        ("19/8", f'Ngày "19/8" không đúng dạng; {NOT_A_DATE}'),
        ("19/8/1820", 'Ngày "19/8/1820" có năm 1820 không hợp lý; kiểm tra lại năm, viết đủ bốn chữ số'),
    ],
)
def test_dates_that_are_none(written: str, sentence: str) -> None:
    assert refusal(values.day, written) == sentence


def test_years() -> None:
    assert values.year("2020") == 2020


@pytest.mark.parametrize("written", ["20", "20200", "năm 2020", "2020.0", "1820", "-2020"])
def test_years_that_are_none(written: str) -> None:
    assert refusal(values.year, written) == f'Năm "{written}" không đúng; viết bốn chữ số, ví dụ 2020'


@pytest.mark.parametrize(("written", "answer"), [("có", True), ("CO", True), ("không", False), ("khong", False)])
def test_yes_or_no(*, written: str, answer: bool) -> None:
    assert values.yes_or_no(written) is answer


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("hông", 'Giá trị "hông" không có trong danh mục; ý bạn là "không"?'),
        ("true", 'Giá trị "true" không có trong danh mục; chọn một trong: có, không'),
    ],
)
def test_neither_yes_nor_no(written: str, sentence: str) -> None:
    assert refusal(values.yes_or_no, written) == sentence


def test_a_choice_ignores_marks_case_and_spaces() -> None:
    parse = values.choice("Loại", {"Tập thể": 1, "Cá nhân": 2})
    assert [parse(written) for written in ("tập thể", "TAP THE", "cá-nhân", "Cá  nhân")] == [1, 1, 2, 2]


def test_text_is_one_line_with_single_spaces() -> None:
    assert values.text("  Hai \n thôn\u00a0chung tay ") == "Hai thôn chung tay"
    assert values.texts("Hàng  Việt") == ("Hàng Việt",)
    assert values.texts(["b ", " a"]) == ("b", "a")


def test_a_list_is_no_text() -> None:
    sentence = "Mục này chỉ nhận một dòng chữ, không nhận danh sách; viết gọn thành một dòng"
    assert refusal(values.text, ["a", "b"]) == sentence
    assert refusal(values.day, ["19/8/2020", "20/8/2020"]) == sentence


@pytest.mark.parametrize("name", ["kenh.jpg", "Kênh mương 3.JPG", "anh (1).jpeg"])
def test_file_names(name: str) -> None:
    assert values.file_name(name) == name


@pytest.mark.parametrize(
    "name", ["../kenh.jpg", "anh/kenh.jpg", "C:\\kenh.jpg", "https://a.vn/kenh.jpg", ".kenh.jpg", "kenh?.jpg", ".."]
)
def test_a_file_elsewhere_is_refused(name: str) -> None:
    sentence = f'"{name}" không phải tên một tệp trong thư mục bài; chỉ ghi tên tệp, ví dụ kenh.jpg'
    assert refusal(values.file_name, name) == sentence
