"""Quantities as Vietnamese write them, in and out; no sum of different things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.exemplars.model.figures import Quantity, Unlike, parse_quantity, sum_quantities


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("3,2 km", "3.2", "km"),
        ("46 hộ", "46", "hộ"),
        ("1.850 m²", "1850", "m²"),
        ("45 triệu đồng", "45", "triệu đồng"),
        ("120 ngày công", "120", "ngày công"),
        ("1.234.567,5 đồng", "1234567.5", "đồng"),
        ("1850 m2", "1850", "m²"),
        ("15m", "15", "m"),
        ("2,50 KM", "2.5", "km"),
        ("3 tỉ đồng", "3", "tỷ đồng"),
        ("7 triệu", "7", "triệu đồng"),
        ("91 %", "91", "%"),
        ("32 phụ nữ và học sinh", "32", "phụ nữ và học sinh"),
        ("0 vụ", "0", "vụ"),
        ("12", "12", ""),
        ("0,125 ha", "0.125", "ha"),
        ("46\u00a0ho\u0302\u0323", "46", "hộ"),
    ],
)
def test_quantities_are_read(written: str, number: str, unit: str) -> None:
    assert parse_quantity(written) == Quantity(Decimal(number), unit)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "hộ",
        "gần 40 hộ",
        "5–7 hộ",
        "70/80 hộ",
        "1,850 m²",
        "2.5 km",
        "0.500 km",
        "0.125 ha",
        "1234567890123456 đồng",
        pytest.param("9" * 40 + " hộ", id="forty digits"),
        "1.5000 m",
        "12.34.567 cây",
        "2 xã 3 thôn",
        "-3 hộ",
    ],
)
def test_inexact_numbers_are_not_read(written: str) -> None:
    assert parse_quantity(written) is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("3,20 km", "3,2 km"),
        ("1850 m2", "1.850 m²"),
        ("100 ngày công", "100 ngày công"),
        ("12", "12"),
        ("0,50 ha", "0,5 ha"),
    ],
)
def test_it_is_shown_as_vietnamese_write_it(written: str, shown: str) -> None:
    assert str(parse_quantity(written)) == shown


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        (["46 hộ", "21 hộ"], "67 hộ"),
        (["46 hộ", "21 Hộ"], "67 hộ"),
        (["1,1 km", "400 m"], "1,5 km"),
        (["400 m", "1,1 km"], "1,5 km"),
        (["500 nghìn đồng", "1,5 triệu đồng"], "2 triệu đồng"),
        (["1.850 m²", "540 m2"], "2.390 m²"),
        (["5.000 m²", "1 ha", "2,5 ha"], "4 ha"),
        (["0,1 km", "0,2 km"], "0,3 km"),
        (["6,9 tấn", "100 kg"], "7 tấn"),
    ],
)
def test_like_is_added_to_like_in_the_larger_unit(parts: list[str], total: str) -> None:
    assert str(sum_quantities(map(parse_quantity, parts))) == total


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("46 hộ", "46 người"),
        ("3 km", "3 ha"),
        ("5 ca", "5 cá"),
        ("3 m", "3 m²"),
        ("91 %", "5 %"),
        ("3", "3 hộ"),
        ("9 tạ/ha", "8 tạ/ha"),
    ],
)
def test_different_things_have_no_sum(one: str, other: str) -> None:
    with pytest.raises(Unlike):
        sum_quantities(map(parse_quantity, (one, other)))


@given(st.integers(0, 10**12), st.integers(0, 6), st.sampled_from(["", "hộ", "km", "triệu đồng", "m²"]))
def test_a_shown_quantity_is_read_again(digits: int, places: int, unit: str) -> None:
    quantity = Quantity(Decimal(digits).scaleb(-places), unit)
    again = parse_quantity(str(quantity))
    # Three decimals may be thousands: those are left to a person.
    if again is not None:
        assert (again.number, again.unit) == (quantity.number, unit)
    else:
        assert len(str(quantity).split()[0].partition(",")[2]) == 3
