"""Numbers that count or measure: with units, ranges, fractions and sizes. Pure."""

import re

from plugins.spoken.context import AT, HEADING, LINE_START, Occurrence, rule, words_after, words_before
from plugins.spoken.numbers import Speech, say_decimal, say_whole
from plugins.spoken.units import ALONE, PER, UNIT, UNITS, say_per

# Fractions said as such; others are so many out of so many.
_PARTS = frozenset(
    ["1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "1/8", "1/10", "3/10", "7/10", "9/10"]
)
_SCORED = words_after("điểm", "phiếu", "tiêu chí", "chỉ tiêu", "xã", "thôn", "buôn", "bon", "nội dung", "chi bộ")
_SCORE = words_before("tỷ số", "tỉ số", "thắng", "thua", "hòa", "hoà")
_SCHOOL_YEAR = words_before("năm học", "niên khóa", "niên khoá", "vụ", "niên vụ")
# Words before a numbered part: mục 1.5.
_NUMBERED = words_before("mục", "điều", "khoản", "điểm", "phần", "chương", "tiêu chí", "chỉ tiêu", "phụ lục", "bảng")
_COUNTED = re.compile(
    rf"(?:(?<!\w)(?:đồng|triệu|nghìn|ngàn|tỷ|lần|buổi|suất|lượt|công|tấn|tạ|lít|{ALONE})|\d\s?[^\W\d_]+(?:\s[^\W\d_]+)?"
    rf"|/(?:{PER}))$"
)
# A đồng has no decimals: 25,500 đồng.
_COMMA_OF_THOUSANDS, _DONG = re.compile(r"\d{1,3},\d{3}"), words_after("đồng")
_MONEY = words_before("triệu", "nghìn", "ngàn", "tỷ", "tỉ")
_LAST_WORD = re.compile(r"[^\s/]+$")
_THOUSANDS = "[.\u00a0\u202f]"
_NUMBER = (
    rf"\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+(?:,\d+)?(?![\d.]*\d)"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d+,\d+(?![,\d])|\d+\.\d{1,2}(?![\d.])|\d+"
)


def say_written(number: str, speech: Speech) -> str:
    """Return a number written with points for thousands and a comma for decimals, in words.

    Two commas, or one before three zeros, separate thousands; a point before one or two digits is a decimal point.
    """
    if number.count(",") > 1 or number.endswith(",000"):
        number = number.replace(",", "")
    bare = re.sub(rf"{_THOUSANDS}(?=\d{{3}}(?:\D|$))", "", number)
    whole, comma, part = bare.replace(".", ",").partition(",")
    return say_decimal(whole, part, speech) if comma else say_whole(whole, speech)


def _say_quantity(place: Occurrence) -> str:
    number = place["number"]
    if _COMMA_OF_THOUSANDS.fullmatch(number) and (place["unit"] in ("đ", "₫", "VNĐ", "VND") or place.precedes(_DONG)):
        number = number.replace(",", ".")
    sign = "" if not place["sign"] else "cộng " if place["sign"] == "+" else "âm "
    thousands = f" {place.speech.thousand}" if place["thousands"] else ""
    return _with_unit(place, f"{sign}{say_written(number, place.speech)}{thousands}")


def _with_unit(place: Occurrence, said: str) -> str:
    if unit := place["unit"]:
        said += f" {UNITS[unit]}"
    for per in filter(None, re.split(r"\s?/\s?", place["per"])):
        said = say_per(said, per)
    return said


def _say_range(place: Occurrence) -> str:
    first, last = (say_written(place[name], place.speech) for name in ("first", "last"))
    first += f" {UNITS[place['first_unit']]}" if place["first_unit"] else ""
    is_years = all(len(place[name]) == 4 for name in ("first", "last"))
    between = " " if place.follows(_SCORE) else ", " if is_years and place.follows(_SCHOOL_YEAR) else " đến "
    return _with_unit(place, f"{first}{between}{last}")


def _say_fraction(place: Occurrence) -> str:
    of, whole = place["of"], place["whole"]
    if f"{of}/{whole}" in _PARTS and not place.precedes(_SCORED):
        return f"{place.number(of)} phần {'tư' if whole == '4' else place.number(whole)}"
    return f"{say_written(of, place.speech)} trên {say_written(whole, place.speech)}"


def _say_numbered_part(place: Occurrence) -> str | None:
    heads = place.follows(LINE_START) and place.precedes(HEADING)
    return " chấm ".join(map(place.number, place["parts"].split("."))) if heads or place.follows(_NUMBERED) else None


def _say_size(place: Occurrence) -> str:
    sides = re.findall(rf"({_NUMBER})(?:\s?({UNIT})(?!\w))?", place["sides"])
    said = (f"{say_written(side, place.speech)} {UNITS.get(unit, '')}".strip() for side, unit in sides)
    return _with_unit(place, " nhân ".join(said))


def _say_half_million(place: Occurrence) -> str:
    """Say 2tr5, which is 2,500,000."""
    rest = place.number(int(f"{place['rest']:0<3}"))
    return f"{place.number(place['millions'])} triệu {rest} {place.speech.thousand}"


def _say_chain(place: Occurrence) -> str:
    """Say the parts of a mixture: 16-16-8."""
    return ", ".join(map(place.number, place["chain"].split("-")))


def _say_broken(place: Occurrence) -> str | None:
    """Say 1m70; 5m2 and 3m3 are areas and volumes."""
    if place["unit"] == "m" and place["part"] in ("2", "3"):
        return None
    return f"{place.number(place['whole'])} {UNITS[place['unit']]} {place.number(place['part'])}"


def _say_each(place: Occurrence) -> str:
    # The word before is said already, but decides the word after it.
    before = _LAST_WORD.search(place.before)
    word = before[0] if before else ""
    return say_per(UNITS.get(word, word).split(" ")[-1], place["per"]).split(" ", 1)[-1]


def _say_unit(place: Occurrence) -> str:
    return _with_unit(place, "").strip()


_PER_TAIL = rf"(?P<per>(?:\s?/\s?(?:{PER})(?![\w²³])){{0,4}})"
_TAIL = rf"(?:\s?(?P<unit>{UNIT})(?![\w²³]))?{_PER_TAIL}"
_SIDE = rf"(?:{_NUMBER})(?:\s?(?:{UNIT})(?!\w))?"
RULES = (
    rule(rf"{AT}(?P<millions>\d{{1,3}})tr(?P<rest>\d{{1,3}})(?!\w|[.,]\d)", _say_half_million),
    rule(rf"{AT}(?P<sides>{_SIDE}(?:\s?[x×X]\s?{_SIDE})+){_PER_TAIL}(?![\w²³])", _say_size),
    rule(rf"{AT}(?P<chain>\d{{1,3}}(?:-\d{{1,3}}){{2,9}})(?![\w/-]|[.,]\d)", _say_chain),
    rule(rf"{AT}(?P<whole>\d{{1,3}})(?P<unit>m|kg)(?P<part>\d{{1,2}})(?!\w|[.,/]\d)", _say_broken),
    rule(rf"{AT}(?P<of>\d{{1,5}}(?:,\d{{1,2}})?)[/:](?P<whole>[1-9]\d{{0,4}})(?![\w/:]|[.,]\d)", _say_fraction),
    rule(
        rf"{AT}(?P<first>{_NUMBER})(?:\s?(?P<first_unit>{UNIT}))?\s?[–-]\s?(?P<last>{_NUMBER}){_TAIL}(?![\w–-])",
        _say_range,
    ),
    rule(r"(?<![\w.,])(?P<parts>\d{1,3}(?:\.\d{1,2})+)(?![\w]|[.,]\d)", _say_numbered_part),
    rule(r"(?<![\w.,])(?P<major>\d)\.0(?![\d\w])", lambda place: f"{place.number(place['major'])} chấm không"),
    rule(
        rf"(?<![\w.,%°])(?P<sign>[-−+](?=\d))?(?P<number>{_NUMBER})(?P<thousands>[kK](?!\w))?{_TAIL}(?!\w)",
        _say_quantity,
    ),
    rule(rf"(?<=\w)\s?/\s?(?P<per>{PER})(?!\w)", _say_each, after=_COUNTED),
    rule(rf"(?<![\w’'])(?P<unit>{ALONE})(?![\w²³]){_PER_TAIL}", _say_unit),
    rule(rf"(?<=\()(?P<unit>{UNIT})(?=\))", _say_unit),
    rule(r"(?<!\w)(?P<unit>đ|VNĐ|VND)(?!\w)", _say_unit, after=_MONEY),
)
