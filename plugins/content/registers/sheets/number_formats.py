"""A number of a workbook as Excel shows it, by the format of its cell, in Vietnamese: 1.850,5 · 46 hộ · 19/8/2020.

What these formats mean is in ECMA-376, part 1, 18.8.31. What is seldom used in registers is told, not guessed.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite
from typing import TYPE_CHECKING

from plugins.content.registers.sheets.number_tokens import Kind, NotShownError, parse_format
from plugins.content.registers.sheets.times import show_time

if TYPE_CHECKING:
    from plugins.content.registers.sheets.number_tokens import Section

GENERAL = "General"
# What a format is when its number alone stands in the file. That of 14 follows the machine, which here is Vietnamese.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "d/m/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    20: "h:mm",
    21: "h:mm:ss",
    22: "d/m/yyyy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((18, *range(32, 36)), "h:mm"),
    19: "h:mm:ss",
    **dict.fromkeys((37, 38), "#,##0;(#,##0)"),
    **dict.fromkeys((39, 40), "#,##0.00;(#,##0.00)"),
    **dict.fromkeys((41, 42), "#,##0;(#,##0);-"),
    **dict.fromkeys((43, 44), "#,##0.00;(#,##0.00);-"),
    # Of Chinese, Japanese and Korean.
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "d/m/yyyy"),
}
_COMPARE = {
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
    "=": lambda one, other: one == other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
    "<>": lambda one, other: one != other,
}
# As many signs as a number without a format has room for, and as many digits as any number keeps.
_ROOM, _KEPT = 11, 15
# Excel takes no longer format.
LONGEST = 255
_EXACT = Context(prec=40)


def show_number(value: float, code: str, *, from_1904: bool = False) -> tuple[str, Kind]:
    """Return what Excel shows of a number under a format; dates day first, as Vietnamese write them."""
    if not isfinite(value):
        raise NotShownError("có số không đọc được")
    if len(code) > LONGEST:
        raise NotShownError("có định dạng số không đọc được")
    if code == GENERAL:
        return _show_general(value), Kind.TEXT
    sections = parse_format(code)
    section, number = _choose(sections, value)
    if section.has("clock", "elapsed", "noon"):
        if section.has("digit"):  # words that nobody has quoted: 0 hộ
            raise NotShownError("có định dạng số không đọc được")
        return show_time(section, value, from_1904=from_1904)
    if not section.tokens and value and len(sections) > 1:
        raise NotShownError("có giá trị mà định dạng của ô giấu đi")
    if section.has("exponent"):
        raise NotShownError("có số hiện ở dạng 1,2E+11")
    if section.has("general") or (section.has("at") and not section.has("digit")):
        shown = _show_general(abs(number))
        parts = (shown if name in ("general", "at") else text for name, text in section.tokens)
        return ("-" if number < 0 else "") + "".join(parts), Kind.TEXT
    return ("-" if number < 0 else "") + _show_digits(section, abs(number)), Kind.TEXT


def show_text(text: str, code: str) -> str:
    """Return what Excel shows of a text under a format, which may put words around it."""
    if code in (GENERAL, "@") or "@" not in code:
        return text
    last = parse_format(code)[-1]
    return "".join(text if name == "at" else word for name, word in last.tokens) if last.has("at") else text


def _choose(sections: tuple[Section, ...], value: float) -> tuple[Section, float]:
    """Return the section of a number, and the number that it shows: without its sign where the section is for that."""
    numeric = [section for at, section in enumerate(sections) if at < 3 and not (at and section.has("at"))]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _COMPARE[section.condition[0]](value, section.condition[1]):
                return section, value
        raise NotShownError("có định dạng số không đọc được")
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value


def _show_general(value: float) -> str:
    """Return a number as a cell without a format has it: at most eleven signs, a comma before decimals."""
    size = abs(value)
    if size >= 10**_ROOM or 0 < size < 0.0001:
        raise NotShownError("có số dài quá nên Excel hiện ở dạng 1,2E+11")
    whole = len(str(int(size)))
    text = f"{value:.{max(0, _ROOM - 1 - whole)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace(".", ",")


def _show_digits(section: Section, size: float) -> str:
    """Return a number without a sign in the digits and words of a section."""
    names = [name for name, _ in section.tokens]
    if "digit" not in names:
        return "".join(text for name, text in section.tokens if name in ("word", "percent"))
    point = names.index("point") if "point" in names else len(names)
    digits = [at for at, name in enumerate(names) if name == "digit"]
    last = max((at for at in digits if at < point), default=point)
    scale = sum(name == "comma" for name in names[last + 1 : point])
    grouped = any(names[at] == "comma" for at in range(min(digits), last))
    if any(token == ("word", "/") for token in section.tokens[min(digits) : max(digits)]) and "?" in "".join(
        text for name, text in section.tokens if name == "digit"
    ):
        raise NotShownError("có số hiện ở dạng phân số")
    number = Decimal(f"{size:.{_KEPT}g}").scaleb(2 * names.count("percent") - 3 * scale)
    if number >= 10**_KEPT:
        raise NotShownError(f"có số dài quá {_KEPT} chữ số nên Excel đã làm tròn")
    # More decimals than that are noughts.
    places = min(_KEPT, sum(at > point for at in digits))
    number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    whole, _, decimals = f"{number:f}".partition(".")
    return _fill_whole(section.tokens[:point], whole.lstrip("0"), grouped=grouped) + _fill_decimals(
        section.tokens[point + 1 :], decimals
    )


def _fill_whole(tokens: tuple[tuple[str, str], ...], digits: str, *, grouped: bool) -> str:
    """Return the part before the comma: its digits, from the right, in the places for them."""
    shown: list[str] = []
    count = 0
    left = sum(name == "digit" for name, _ in tokens)
    for name, text in reversed(tokens):
        if name == "digit":
            left -= 1
            # The leftmost place takes all the digits that remain.
            taken = (digits if left == 0 else digits[-1:]) or {"0": "0", "?": " "}.get(text, "")
            digits = "" if left == 0 else digits[:-1]
            for digit in reversed(taken):
                shown.append("." if grouped and count and count % 3 == 0 and digit != " " else "")
                shown.append(digit)
                count += 1
        elif name in ("word", "percent"):
            shown.append(text[::-1])
    return "".join(shown)[::-1]


def _fill_decimals(tokens: tuple[tuple[str, str], ...], digits: str) -> str:
    shown, at = "", 0
    needed = 0
    for name, text in tokens:
        if name == "digit":
            needed, at = at + 1 if text == "0" else needed, at + 1
    kept = digits[: max(needed, len(digits.rstrip("0")))]
    at, comma = 0, "," if kept else ""
    for name, text in tokens:
        if name == "digit":
            shown += comma + kept[at : at + 1]
            comma, at = "", at + 1
        elif name in ("word", "percent"):
            shown += text
    return shown
