"""Vietnamese numbers in words. Pure."""

from dataclasses import dataclass

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# After tens, the last digit has another form: mốt, tư, lăm.
_LAST = {1: "mốt", 4: "tư", 5: "lăm"}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NUMERALS = "M CM D CD C XC L XL X IX V IV I"
# Longer numbers are said digit by digit: they are accounts, not amounts.
_MOST_DIGITS = 18


@dataclass(frozen=True)
class Speech:
    """Regional words within numbers."""

    gap: str = "linh"  # the word for a missing ten: một trăm linh năm
    thousand: str = "nghìn"


NORTH = Speech()
SOUTH = Speech("lẻ", "ngàn")


def say_number(number: int, speech: Speech = NORTH) -> str:
    """Return a whole number in words: 1005 is “một nghìn không trăm linh năm”."""
    if number < 0:
        return f"âm {say_number(-number, speech)}"
    if number < 1000:
        return _say_hundreds(number, speech, whole=False)
    if number >= 10**9:
        billions, rest = divmod(number, 10**9)
        said = f"{say_number(billions, speech)} tỷ"
        return f"{said} {_say_rest(rest, speech)}".rstrip()
    return _say_groups(number, speech)


def say_digits(digits: str) -> str:
    """Return digits one by one, as in a telephone number, without other characters."""
    return " ".join(_DIGITS[int(digit)] for digit in digits if digit.isdecimal())


def say_decimal(whole: str, part: str, speech: Speech = NORTH) -> str:
    """Return a number given as its digits, 3 and 25: “ba phẩy hai mươi lăm”; decimals but two are said one by one."""
    tail = say_number(int(part), speech) if len(part) == 2 and part[0] != "0" else say_digits(part)
    return f"{say_whole(whole, speech)} phẩy {tail}"


def say_whole(digits: str, speech: Speech = NORTH) -> str:
    """Return digits as one number, or one by one if there are too many or the first is 0."""
    if len(digits) > _MOST_DIGITS or (len(digits) > 1 and digits[0] == "0"):
        return say_digits(digits)
    return say_number(int(digits), speech)


def say_ordinal(number: int, speech: Speech = NORTH) -> str:
    """Return the ordinal after “thứ”: nhất, tư, else the number."""
    return {1: "nhất", 4: "tư"}.get(number) or say_number(number, speech)


def say_month(number: int) -> str:
    """Return the name of a month without “tháng”: the fourth is “tư”."""
    return "tư" if number == 4 else say_number(number)


def say_day(number: int) -> str:
    """Return a day of the month: the first ten are “mùng”."""
    return f"mùng {say_number(number)}" if number <= 10 else say_number(number)


def parse_roman(numeral: str) -> int | None:
    """Return the value of a Roman numeral in its usual form, or None."""
    if not numeral or set(numeral) - _ROMAN.keys():
        return None
    values = [_ROMAN[letter] for letter in numeral]
    total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return total if write_roman(total) == numeral else None


def write_roman(number: int) -> str:
    """Return a positive number as a Roman numeral."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    written = ""
    for value, letters in zip(values, _NUMERALS.split(), strict=True):
        written += letters * (number // value)
        number %= value
    return written


def _say_groups(number: int, speech: Speech) -> str:
    """Say a number below a billion by groups of three digits, without empty groups."""
    said: list[str] = []
    for value, name in ((10**6, "triệu"), (1000, speech.thousand), (1, "")):
        group, number = divmod(number, value)
        if group:
            said += [_say_hundreds(group, speech, whole=bool(said)), name]
    return " ".join(filter(None, said))


def _say_rest(number: int, speech: Speech) -> str:
    """Say the rest after billions; its first group always has hundreds."""
    if not number:
        return ""
    said = _say_groups(number, speech)
    first = next(group for group in (number // 10**6, number // 1000 % 1000, number % 1000) if group)
    return _say_hundreds(first, speech, whole=True) + said[len(_say_hundreds(first, speech, whole=False)) :]


def _say_hundreds(number: int, speech: Speech, *, whole: bool) -> str:
    """Say a number below 1000; `whole` includes missing hundreds and tens, as after a thousand."""
    hundreds, below = divmod(number, 100)
    tens, ones = divmod(below, 10)
    said = [_DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if tens == 0:
        if ones:
            said += [speech.gap, _DIGITS[ones]] if said else [_DIGITS[ones]]
        elif not said:
            said = [_DIGITS[0]]
    elif tens == 1:
        said += ["mười", *([] if not ones else ["lăm" if ones == 5 else _DIGITS[ones]])]
    else:
        said += [_DIGITS[tens], "mươi", *([] if not ones else [_LAST.get(ones, _DIGITS[ones])])]
    return " ".join(said)
