"""Numbers agree with a slow reader of another making, that spells each digit by the place where it stands."""

from __future__ import annotations

import random

import pytest

from plugins.spoken.numbers import NORTH, SOUTH, Speech, parse_roman, say_decimal, say_number

DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()  # noqa: SIM905


def spell_out(number: int, speech: Speech) -> str:
    """Say a number from its digits, right to left, as a pupil writes them under their places; then mend the words."""
    if number == 0:
        return DIGITS[0]
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    # Numbers above a thousand millions count these, which are said even if none is left over.
    names = ["", speech.thousand, "triệu", "tỷ", speech.thousand, "triệu"]
    said = ""
    for at, group in enumerate(groups):
        name = names[len(groups) - 1 - at]
        if group == "000":
            said += " tỷ" if name == "tỷ" else ""
            continue
        said += f" {DIGITS[int(group[0])]} trăm {DIGITS[int(group[1])]} mươi {DIGITS[int(group[2])]} {name}".rstrip()
    for wrong, right in (
        ("không mươi không", ""),
        ("không mươi", speech.gap),
        ("một mươi", "MƯỜI"),
        ("mươi không", "mươi"),
        ("MƯỜI không", "MƯỜI"),
        ("mươi một", "mươi mốt"),
        ("mươi bốn", "mươi tư"),
        ("mươi năm", "mươi lăm"),
        ("MƯỜI năm", "MƯỜI lăm"),
        ("MƯỜI", "mười"),
    ):
        said = said.replace(wrong, right)
    said = " ".join(said.split())
    for lead in (f"không trăm {speech.gap} ", "không trăm "):
        said = said.removeprefix(lead)
    return said


@pytest.mark.parametrize("speech", [NORTH, SOUTH], ids=["north", "south"])
def test_every_number_below_ten_thousand_and_many_beyond(speech: Speech) -> None:
    chance = random.Random(23)  # noqa: S311
    beyond = [chance.randrange(10 ** chance.randint(4, 15)) for _ in range(5000)]
    # Many noughts are rare among those, and hard.
    sparse = [
        sum(chance.randint(0, 9) * 10**place for place in chance.sample(range(15), chance.randint(1, 3)))
        for _ in range(5000)
    ]
    for number in (*range(10_000), *beyond, *sparse):
        assert say_number(number, speech) == spell_out(number, speech), number


@pytest.mark.parametrize(
    ("whole", "part", "said"),
    [
        ("3", "2", "ba phẩy hai"),
        ("1", "25", "một phẩy hai mươi lăm"),
        ("0", "05", "không phẩy không năm"),
        ("98", "125", "chín mươi tám phẩy một hai năm"),
    ],
)
def test_decimals(whole: str, part: str, said: str) -> None:
    assert say_decimal(whole, part) == said


def test_a_negative_number_is_told() -> None:
    assert say_number(-21) == "âm hai mươi mốt"


@pytest.mark.parametrize(("numeral", "number"), [
    ("I", 1), ("IV", 4), ("XIII", 13), ("XXIV", 24), ("XL", 40), ("MCMXC", 1990), ("MMXXVI", 2026),
    ("IIII", None), ("IC", None), ("VX", None), ("", None), ("ABC", None),
])  # fmt: skip
def test_roman_numerals_in_their_usual_form_alone(numeral: str, number: int | None) -> None:
    assert parse_roman(numeral) == number
