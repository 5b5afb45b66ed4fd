"""Format numbers of a workbook as Excel displays them in Vietnamese: 1.850,5 · 46 hộ · 19/8/2020 · 36:00.

Number formats are specified in ECMA-376, part 1, 18.8.31. Formats that are rare in registers are refused, not guessed.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import pairwise, takewhile
from math import isfinite
from operator import eq, ge, gt, le, lt, ne

from plugins.vietnamese import format_date

GENERAL = "General"
# Formats that files name by number only. Days, money and minus signs depend on the locale, here Vietnamese, as in the
# table of built-in formats of LibreOffice's reader of .xlsx.
BUILT_IN = {
    1: "0",
    2: "0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "d/m/yyyy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((18, 20, *range(32, 36)), "h:mm"),
    **dict.fromkeys((19, 21), "h:mm:ss"),
    **dict.fromkeys((5, 6), '#,##0" ₫"'),
    **dict.fromkeys((7, 8), '#,##0.00" ₫"'),
    **dict.fromkeys((3, 37, 38), "#,##0"),
    **dict.fromkeys((4, 39, 40), "#,##0.00"),
    41: "#,##0;-#,##0;-",
    42: '#,##0" ₫";-#,##0" ₫";"- ₫"',
    43: "#,##0.00;-#,##0.00;-",
    44: '#,##0.00" ₫";-#,##0.00" ₫";"- ₫"',
    # All but 14 are dates in Chinese, Japanese and Korean locales.
    **dict.fromkeys((14, *range(27, 32), 36, *range(50, 59)), "d/m/yyyy"),
}
_COMPARE = {"<": lt, ">": gt, "=": eq, "<=": le, ">=": ge, "<>": ne}
# The characters of a number without a format, and the significant digits of any number.
_ROOM, _KEPT = 11, 15
# The longest format in Excel.
LONGEST = 255
_EXACT = Context(prec=40)
_UNREAD, _HIDDEN = "có định dạng số không đọc được", "có giá trị mà định dạng của ô giấu đi"
_FROM_1900, _FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DAYS = 2_957_003  # to the end of the year 9999 in either date system
_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])*')
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | (?P<space>[_*]).
    | \[(?P<elapsed>h+|m+|s+)\] | \[(?P<condition>(?:[<>=]|dbnum|natnum)[^\]]*)\]
    | \[\$(?P<currency>[^\]-]*+)[^\]]*+\] | \[[^\]]*\]
    | (?P<noon>am/pm|a/p) | (?P<general>general) | (?P<exponent>E[+-])
    | (?P<clock>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+) | (?P<digit>[0#?]) | (?P<mark>[.,%@/]) | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


class CellKind(Enum):
    """The kind of a displayed value: text, a whole date, or a date without its day or year."""

    TEXT = auto()
    DATE = auto()
    PART_OF_DATE = auto()


class NotShownError(ValueError):
    """Raised if the displayed text is unknown; its message is the reason in Vietnamese."""


@dataclass(frozen=True)
class Layout:
    """The digits of a section: tokens before and after the point, decimal places, power of ten, and grouping."""

    whole: tuple[tuple[str, str], ...]
    decimals: tuple[tuple[str, str], ...]
    places: int
    shift: int
    is_grouped: bool


@dataclass(frozen=True)
class Section:
    """A section of a format: its tokens (name, text), and the condition on numbers, if any."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None

    def has(self, *names: str) -> bool:
        return not self._names.isdisjoint(names)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.tokens)

    @cached_property
    def shows(self) -> bool:
        """Whether it displays anything but spaces."""
        return any(text.strip() for _, text in self.tokens)

    @cached_property
    def layout(self) -> Layout:
        """The layout of the digits; NotShownError if it is unknown."""
        names = [name for name, _ in self.tokens]
        digits = [at for at, name in enumerate(names) if name == "digit"]
        if not digits or names.count("point") > 1:
            raise NotShownError("có định dạng số không đọc được")
        pairs = pairwise(self.tokens[digits[0] :])
        if any(name == "slash" and (behind == "digit" or text[:1].isdecimal()) for (name, _), (behind, text) in pairs):
            raise NotShownError("có số hiện ở dạng phân số")
        point = names.index("point") if "point" in names else len(names)
        last = max((at for at in digits if at < point), default=digits[-1])
        # A comma between digits groups thousands; right after the last digit of either part, it divides by a thousand.
        scale = sum(len([*takewhile("comma".__eq__, names[at + 1 :])]) for at in {last, digits[-1]})
        between = names[digits[0] : last].count("comma")
        if names.count("comma") > scale + between:
            raise NotShownError("có định dạng số không đọc được")
        places, shift = sum(at > point for at in digits), 2 * names.count("percent") - 3 * scale
        return Layout(self.tokens[:point], self.tokens[point + 1 :], places, shift, is_grouped=between > 0)


@lru_cache(maxsize=512)
def parse_format(code: str) -> tuple[Section, ...]:
    """Return the sections of a format."""
    return tuple(_parse_section(section) for section in _split(code))


def _split(code: str) -> list[str]:
    parts, at = [], 0
    while True:
        found = _SECTIONS.match(code, at)
        end = found.end() if found else at
        parts.append(code[at:end])
        if end >= len(code) or len(parts) == 4:
            return parts
        at = end + 1


def _parse_section(code: str) -> Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    for found in _TOKEN.finditer(code):
        name, text = found.lastgroup or "", found[found.lastgroup] if found.lastgroup else ""
        if name == "condition":
            if not (compared := _CONDITION.fullmatch(text.replace(" ", ""))):
                raise NotShownError("có định dạng số không đọc được")
            condition = compared[1], float(compared[2])
        elif name == "space":
            tokens.append(("word", " " if text == "_" else ""))
        elif name in ("quoted", "escaped", "currency", "plain"):
            tokens.append(("word", text))
        elif name == "mark":
            tokens.append(({"@": "at", ".": "point", ",": "comma", "%": "percent", "/": "slash"}[text], text))
        elif name in ("elapsed", "noon", "general", "clock", "exponent", "digit"):
            tokens.append((name, text.lower()))
    return Section(tuple(tokens), condition)


def show_number(value: float, code: str, *, from_1904: bool = False) -> tuple[str, CellKind]:
    """Return the text that Excel displays for a number under a format; NotShownError if unknown."""
    if not isfinite(value):
        raise NotShownError("có số không đọc được")
    if len(code) > LONGEST:
        raise NotShownError(_UNREAD)
    sections = parse_format(code)
    # A format for texts only, or a mere colour, does not apply to numbers.
    if code == GENERAL or (len(sections) == 1 and (sections[0].has("at") or not sections[0].tokens)):
        return _show_general(value), CellKind.TEXT
    section, number = _choose(sections, value)
    if section.has("clock", "elapsed", "noon"):
        if section.has("digit"):  # unquoted words: 0 hộ
            raise NotShownError(_UNREAD)
        return show_time(section, value, from_1904=from_1904)
    if value and not section.shows:
        raise NotShownError(_HIDDEN)
    if section.has("exponent"):
        raise NotShownError("có số hiện ở dạng 1,2E+11")
    if section.has("general") or (section.has("at") and not section.has("digit")):
        shown = _show_general(abs(number))
        parts = (shown if name in ("general", "at") else text for name, text in section.tokens)
        return ("-" if number < 0 else "") + "".join(parts), CellKind.TEXT
    digits, is_zero = _show_digits(section, abs(number))
    return ("-" if number < 0 and not is_zero else "") + digits, CellKind.TEXT


def show_text(text: str, code: str) -> str:
    """Return the text that Excel displays for a text under a format: with words around it, or instead of it."""
    if code in (GENERAL, "@"):
        return text
    sections = parse_format(code)
    last = sections[-1]
    if last.has("at"):
        return "".join(text if name == "at" else word for name, word in last.tokens)
    if len(sections) < 4 or last.has("general", "digit", "clock"):
        return text
    if not last.shows:
        raise NotShownError(_HIDDEN)
    return "".join(word for _, word in last.tokens)


def _choose(sections: tuple[Section, ...], value: float) -> tuple[Section, float]:
    """Return the section for a number, and the number to display: without its sign in a section for negatives."""
    numeric = [section for at, section in enumerate(sections) if at < 3 and not (at and section.has("at"))]
    if any(section.condition for section in numeric):
        return _choose_by_condition(numeric, value)
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value


def _choose_by_condition(numeric: list[Section], value: float) -> tuple[Section, float]:
    """Return the first section whose condition is met; sections that only negatives can meet display no sign.

    ECMA-376 does not specify the sign. For -2, Excel displays -2 under [>=1]0;0, but 2 under [>=-1]0;0 and under [<0]0:
    SheetJS/ssf issues 57, 70, 78.
    """
    first = numeric[0].condition or (">", 0)
    if len(numeric) > 2 and numeric[1].condition is None:  # programs disagree on the -0 in [>9]0;-0;0
        raise NotShownError(_UNREAD)
    for at, section in enumerate(numeric):
        condition = first if at == 0 else section.condition
        if condition is None:
            sign, limit = first
            has_sign = len(numeric) > 2 or sign == "=" or (limit >= 0 and sign in (">", ">="))
        elif _COMPARE[condition[0]](value, condition[1]):
            sign, limit = condition
            has_sign = not (sign == "<" and limit <= 0) and not (limit < 0 and sign in ("<=", "="))
        else:
            continue
        return section, value if has_sign else abs(value)
    raise NotShownError(_UNREAD)


def _show_general(value: float) -> str:
    """Return a number as in a cell without a format: at most eleven characters, with a decimal comma."""
    size = abs(value)
    if size >= 10**_ROOM or 0 < size < 0.0001:
        raise NotShownError("có số dài quá nên Excel hiện ở dạng 1,2E+11")
    whole = len(str(int(size)))
    text = f"{value:.{max(0, _ROOM - 1 - whole)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace(".", ",")


def _show_digits(section: Section, size: float) -> tuple[str, bool]:
    """Return an unsigned number in the digits and words of a section, and whether it was rounded to zero."""
    if not section.has("digit", "point", "comma", "percent"):
        return "".join(text for _, text in section.tokens), False
    layout = section.layout
    number = Decimal(f"{size:.{_KEPT}g}").scaleb(layout.shift)
    if number >= 10**_KEPT:
        raise NotShownError(f"có số dài quá {_KEPT} chữ số nên Excel đã làm tròn")
    # Further decimals are zero.
    number = number.quantize(Decimal(1).scaleb(-min(_KEPT, layout.places)), ROUND_HALF_UP, _EXACT)
    whole, _, decimals = f"{number:f}".partition(".")
    left = _fill_whole(layout.whole, whole.lstrip("0"), grouped=layout.is_grouped)
    return left + _fill_decimals(layout.decimals, decimals), not number


def _fill_whole(tokens: tuple[tuple[str, str], ...], digits: str, *, grouped: bool) -> str:
    """Return the integer part: digits filled into their places from the right."""
    shown: list[str] = []
    count = 0
    left = sum(name == "digit" for name, _ in tokens)
    if not left:  # .00 has no place for them, but they are displayed
        return "".join(text for name, text in tokens if name != "comma") + digits
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
        elif name != "comma":
            shown.append(text[::-1])
    return "".join(shown)[::-1]


def _fill_decimals(tokens: tuple[tuple[str, str], ...], digits: str) -> str:
    """Return the decimals after their comma; "" if none are displayed."""
    places = [text for name, text in tokens if name == "digit"]
    needed = max((at for at, text in enumerate(places, 1) if text == "0"), default=0)
    kept = digits[: max(needed, len(digits.rstrip("0")))]
    shown, at = "," if kept else "", 0
    for name, text in tokens:
        if name == "digit":
            shown, at = shown + kept[at : at + 1], at + 1
        elif name != "comma":
            shown += text
    return shown


def show_time(section: Section, value: float, *, from_1904: bool) -> tuple[str, CellKind]:
    """Return a date, a time or a duration; the displayed parts only if a format omits some of a date."""
    if not 0 <= value < _DAYS:
        raise NotShownError("có ngày mà Excel chỉ hiện là ####")
    # Excel has a 29 February 1900, and a day 0, which formulas display for empty cells.
    is_day_none = value < 61 and not from_1904
    tokens = _tell_minutes(section.tokens)
    seen = {name for name, _ in tokens}
    # Round to the last displayed place: slightly less than eight would become 7:59:59.
    places = min(3, max((len(text.partition(".")[2]) for name, text in tokens if name == "S"), default=0))
    parts = int(value * 86_400 * 10**places + 0.5 + 1e-6)
    days, rest = divmod(parts, 86_400 * 10**places)
    minutes, seconds = rest // 10**places // 60, rest // 10**places % 60
    clock = f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if "S" in seen else "")
    if not seen & {"d", "m", "y", "w"}:
        # AM and PM depend on the locale; use 24 hours instead.
        is_by_day = "noon" in seen and "H" in seen
        return clock if is_by_day else _write(tokens, parts, places), CellKind.TEXT
    if any(name.startswith("[") for name in seen):
        raise NotShownError("có định dạng số không đọc được")
    if is_day_none:
        raise NotShownError("có ngày của năm 1900, thường do công thức trỏ vào ô trống, hay chỉ có giờ")
    has_clock = bool(seen & {"H", "M", "S"})
    day = (_FROM_1904 if from_1904 else _FROM_1900) + timedelta(days=days if has_clock else int(value))
    if {"d", "m", "y"} <= seen:
        return f"{format_date(day)} {clock}" if has_clock else format_date(day), CellKind.DATE
    shown = {"d": str(day.day), "m": str(day.month), "y": str(day.year)}
    return "/".join(text for name, text in shown.items() if name in seen) or format_date(day), CellKind.PART_OF_DATE


@lru_cache(maxsize=512)
def _tell_minutes(tokens: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the tokens with those of dates (d, m, y, w), times (H, M, S) and durations ([H], [M], [S]) renamed."""
    clock = [at for at, (name, _) in enumerate(tokens) if name in ("clock", "elapsed")]
    letters = ["", *(tokens[at][1][0] for at in clock), ""]
    told = list(tokens)
    for at, before, letter, after in zip(clock, letters, letters[1:], letters[2:], strict=False):
        name, text = tokens[at]
        if name == "elapsed":
            told[at] = f"[{letter.upper()}]", text
        elif letter == "m" and len(text) <= 2 and (before == "h" or after == "s"):
            told[at] = "M", text
        elif letter == "d" and len(text) > 2:
            told[at] = "w", text
        else:
            told[at] = {"h": "H", "s": "S", "e": "y", "b": "y"}.get(letter, letter), text
    return tuple(told)


def _write(tokens: tuple[tuple[str, str], ...], parts: int, places: int) -> str:
    """Return a time or a duration, given in units of 10**-places seconds, in the tokens of its format."""
    seconds, decimals = divmod(parts, 10**places)
    numbers = {"H": seconds // 3600 % 24, "M": seconds // 60 % 60, "S": seconds % 60}
    numbers |= {"[H]": seconds // 3600, "[M]": seconds // 60, "[S]": seconds}
    shown = ""
    for name, text in tokens:
        if name in numbers:
            whole, point, after = text.partition(".")
            shown += f"{numbers[name]:0{min(len(whole), 2)}}"
            shown += "," + f"{decimals:0{places}}"[: len(after)] if point else ""
        elif name != "noon":
            shown += text
    return shown
