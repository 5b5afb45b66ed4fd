"""Numbers under the formats that stand in registers, as Excel shows them on a Vietnamese machine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content.registers.sheets.number_formats import BUILT_IN, CellKind, NotShownError, show_number, show_text
from plugins.vietnamese import format_date


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (46, "General", "46"),
        (-0.0, "General", "0"),
        (0.1 + 0.2, "General", "0,3"),
        (1 / 3, "General", "0,333333333"),
        (1234567.891, "General", "1234567,891"),
        (99_999_999_999, "General", "99999999999"),
        (46, '0" hộ"', "46 hộ"),
        (46, 'General" hộ"', "46 hộ"),
        (46, "0\\ \\h\\ộ", "46 hộ"),
        (1850, "#,##0", "1.850"),
        (1234567, "#,##0", "1.234.567"),
        (12, "#,##0", "12"),
        (2400, '#,##0" m²"', "2.400 m²"),
        (2, "0.0", "2,0"),
        (2.25, "0.0", "2,3"),
        (1.005, "0.00", "1,01"),
        (1234.5, "#,##0.##", "1.234,5"),
        (7, "000", "007"),
        (7, '"DK-2020-"000', "DK-2020-007"),
        (912345678, '0000" "000" "000', "0912 345 678"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12,5%"),
        (-3, "0;[Red](0)", "(3)"),
        (-3, "[Red]0", "-3"),
        (0, "#,##0;-#,##0;;@", ""),
        (0, "#", ""),
        (5_000_000, "#,##0 [$₫-42A]", "5.000.000 ₫"),
        (1_234_567, "#,##0,", "1.235"),
        (2500, '[>=1000]#,##0" đồng";0" hộ"', "2.500 đồng"),
        (3, '[>=1000]#,##0" đồng";0" hộ"', "3 hộ"),
        (1234567, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', " 1.234.567 "),
        (5, '"không"', "không"),
        (0.3125, "h:mm", "7:30"),
        (28799.997 / 86400, "h:mm:ss", "8:00:00"),
        (0.9999999, "h:mm", "0:00"),
        (0.3130, "h:mm", "7:30"),
        (1.9997, "[h]:mm", "47:59"),
        (1.5, "[h]:mm", "36:00"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (0.03125, "[mm]:ss", "45:00"),
        (43926, "d/m/yyyy", "5/4/2020"),
        (43926.99999, "dd/mm/yyyy", "5/4/2020"),
        (43926, "m/d/yyyy", "5/4/2020"),
        (43926, '[$-42A]d "tháng" m "năm" yyyy', "5/4/2020"),
        (43926.3125, "dd/mm/yyyy hh:mm", "5/4/2020 7:30"),
        (43926, BUILT_IN[14], "5/4/2020"),
    ],
)
def test_a_number_is_shown_as_excel_shows_it(value: float, code: str, shown: str) -> None:
    assert show_number(value, code)[0] == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1_234_567, "0.0,", "1234,6"),  # ECMA-376 18.8.31: a comma behind a place for a digit takes three off
        (1_250_000, '#,##0.0,," triệu"', "1,3 triệu"),
        (1_234_567, '[>=1000000]0.0,,"tr";[>=1000]0.0,"k";0', "1,2tr"),
        (5, ".00", "5,00"),
        (0.5, ".00", ",50"),
        (12, '"x".0', "x12,0"),
        (0.5, "0.%0", "50,%0"),
        (5, '"xã "@', "5"),
        (5, "", "5"),
        (5, "[Red]", "5"),
        (-46, "_(@_)", "-46"),
        (1.5, '0"/"0', "0/2"),
        (1.5, "0\\/0", "0/2"),
        (5, '0" đ"/"tháng"', "5 đ/tháng"),
        # As observed in Excel: borgar/numfmt issue 1.
        (-0.01, "0.0", "0,0"),
        (-0.01, "0.0;-0.0", "-0,0"),
        (-0.06, "0.0", "-0,1"),
        (-1, "-0.0", "--1,0"),
        (-1, '"x"', "-x"),
        # SheetJS/ssf issues 57, 70, 78; apache/poi pull request 229.
        (-2, "[>=-1]0;0", "2"),
        (-2, "[>=1]0;0", "-2"),
        (-12.3, "[=0]?;#,##0.00", "-12,30"),
        (-12.3, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "--12"),
        (-20, '[<-10]0" Wow"', "20 Wow"),
        (-5, '[>-10]0" Wow"', "-5 Wow"),
        (-25, "[Red][<=-25]General;[Blue][>=25]General;[Green]General", "25"),
        (-3, '[<0]"giảm "0;"tăng "0', "giảm 3"),
        (-3, '"tăng "0;[<0]"giảm "0', "giảm 3"),
    ],
)
def test_scales_and_signs_are_those_of_excel(value: float, code: str, shown: str) -> None:
    assert show_number(value, code)[0] == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.3125, "hh:mm", "07:30"),
        (0.3125, 'h"h"mm', "7h30"),
        (0.3125, 'h" giờ "mm" phút"', "7 giờ 30 phút"),
        (0.3125, "hh.mm", "07.30"),
        (0.3125, "h", "7"),
        (0.3125, "ss", "00"),
        (1.5, '[h]" giờ"', "36 giờ"),
        (1.5, "[m]", "2160"),
        (35 / 86_400, "[mm]:ss", "00:35"),
        (35.55 / 86_400, "mm:ss.0", "00:35,6"),
        (35.55 / 86_400, "mm:ss", "00:36"),
        (59.97 / 86_400, "mm:ss.0", "01:00,0"),
        (0.75, "h:mm AM/PM", "18:00"),
        (0.75, "h AM/PM", "18:00"),
    ],
)
def test_a_time_is_shown_in_the_signs_and_words_of_its_format(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == (shown, CellKind.TEXT)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (123456789012, "General"),
        (0.00001, "General"),
        (1234, "0.00E+00"),
        (0.5, "# ?/?"),
        (0.5, "# ?/8"),
        (0.5, "0/0"),
        (5, "0.0.0"),
        (5, "%"),
        (5, '#,##0" đ",'),
        (5, "[>1e3]0;0"),
        (5, "[DBNum1][$-804]General"),
        (5, "[>9]0"),
        (-1, "[>9]0;-0;0"),
        (43926.5, "d [h]:mm"),
        (5, ";;;"),
        (5, '""'),
        (-5, '0;""'),
        (5, "*x"),
        (46, "0 hộ"),
        (0, "d/m/yyyy"),
        (60, "dd/mm/yyyy"),
        (0.3125, "d/m/yyyy h:mm"),
        (7, "0" * 9_000),
        (1234567890123456, "0"),
        (-1, "d/m/yyyy"),
        (1e9, "d/m/yyyy"),
        (float("nan"), "0"),
    ],
)
def test_unsupported_formats_are_not_guessed(value: float, code: str) -> None:
    with pytest.raises(NotShownError):
        show_number(value, code)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("d/m/yyyy", CellKind.DATE),
        ("yyyy-mm-dd hh:mm", CellKind.DATE),
        ("d-mmm", CellKind.PART_OF_DATE),
        ("mmm-yy", CellKind.PART_OF_DATE),
        ("dddd", CellKind.PART_OF_DATE),
        ("mm:ss", CellKind.TEXT),
        ('0" đêm"', CellKind.TEXT),
        ("General", CellKind.TEXT),
    ],
)
def test_the_kind_of_a_date_follows_its_displayed_parts(code: str, kind: CellKind) -> None:
    assert show_number(43926, code)[1] is kind


def test_words_around_a_text_are_read_with_it() -> None:
    assert show_text("Nam Dong", '"xã "@') == "xã Nam Dong"
    assert show_text("Nam Dong", "0;-0;0;@") == show_text("Nam Dong", "@") == "Nam Dong"


def test_the_fourth_part_of_a_format_may_stand_for_a_text_or_hide_it() -> None:
    assert show_text("Nam Dong", '0;-0;0;"chữ"') == "chữ"
    assert show_text("Nam Dong", "General;General;General;General") == "Nam Dong"
    assert show_text("Nam Dong", "0;-0;0") == show_text("Nam Dong", "dd/mm/yyyy") == "Nam Dong"
    for hidden in (";;;", "0;-0;0;", '0;-0;0;""', "0;-0;0;_)", "#,##0;-#,##0;;"):
        with pytest.raises(NotShownError):
            show_text("Nam Dong", hidden)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (5, "-1.235 ₫"),
        (7, "-1.234,57 ₫"),
        (38, "-1.235"),
        (40, "-1.234,57"),
        (41, "-1.235"),
        (42, "-1.235 ₫"),
        (43, "-1.234,57"),
        (44, "-1.234,57 ₫"),
    ],
)
def test_money_of_a_format_without_a_code_is_that_of_the_machine(number: int, shown: str) -> None:
    assert show_number(-1234.567, BUILT_IN[number])[0] == shown


@given(st.dates(date(1930, 1, 1), date(2100, 12, 31)), st.booleans())
def test_every_day_comes_back(day: date, from_1904: bool) -> None:
    serial = (day - (date(1904, 1, 1) if from_1904 else date(1899, 12, 30))) / timedelta(days=1)
    assert show_number(serial, "dd/mm/yyyy", from_1904=from_1904) == (format_date(day), CellKind.DATE)


@given(st.floats(), st.text("0#?,.%;\"'\\[]@hmsdy/E+-_* <>=1", max_size=12))
def test_any_format_gives_a_text_or_not_shown_error(value: float, code: str) -> None:
    try:
        shown = show_text(show_number(value, code)[0], code)
    except NotShownError as unshown:
        shown = str(unshown)
    assert isinstance(shown, str)


@given(st.integers(-(10**10), 10**10))
def test_a_whole_number_keeps_its_digits_under_every_plain_format(number: int) -> None:
    for code in ("General", "0", "#,##0", '0" hộ"'):
        assert show_number(number, code)[0].replace(".", "").removesuffix(" hộ") == str(number)
