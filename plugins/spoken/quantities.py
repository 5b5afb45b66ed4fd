"""Numbers with what belongs to them: units, ranges, fractions, telephone numbers. Pure."""

from __future__ import annotations

import re

from plugins.spoken.context import Place, rule, words_before
from plugins.spoken.numbers import Speech, say_decimal, say_digits, say_number, say_ordinal, say_whole
from plugins.spoken.tables import UNIT_SPELLINGS, UNITS

# Fractions that people say as such; others are so many of so many.
_PARTS = frozenset("1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 1/8 1/10 3/10 7/10 9/10".split())
_CALLED = words_before("gọi", "số", "đường dây nóng", "tổng đài", "cảnh sát", "điện thoại")
_PHONE = words_before(
    "điện thoại", "số máy", "gọi", "liên hệ", "hotline", "đường dây nóng", "tổng đài", "ĐT:", "thoại:"
)
_SCORE = words_before("tỷ số", "tỉ số", "thắng", "thua")
_ORDER = words_before("thứ")
_VERSION = words_before("công nghiệp", "cách mạng công nghiệp lần thứ tư", "phiên bản", "nông nghiệp", "công nghệ")
_SPELLED = {**{unit: unit for unit in UNITS}, **UNIT_SPELLINGS}
_UNIT = "|".join(sorted(map(re.escape, _SPELLED), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+,\d+|\d+\.\d{1,2}(?![\d.])|\d+"
_THINGS = (
    "hộ|người|khẩu|năm|tháng|tuần|ngày|lần|xã|thôn|buôn|bon|tổ|sào|con|cây|buổi|đêm|vụ|suất|công|giờ|em|cháu|học sinh"
)
_THINGS += "|nhà|căn|kỳ|quý|đợt|lượt|đoạn|khóm|lứa|gia đình|hội viên|đảng viên|thành viên|mô hình|khu dân cư|ca|phút|lớp|trường"


def say_written(number: str, speech: Speech) -> str:
    """Return a number as it is written, with points at thousands and a comma at decimals, in words."""
    bare = re.sub(r"[.\u00a0\u202f](?=\d{3}(?:\D|$))", "", number)
    whole, comma, part = re.sub(r"\.", ",", bare).partition(",")
    return say_decimal(whole, part, speech) if comma else say_whole(whole, speech)


def _say_quantity(place: Place) -> str | None:
    said = say_written(place["number"], place.speech)
    if place["sign"] in ("-", "−"):
        said = f"âm {said}"
    elif place["sign"]:
        said = f"cộng {said}"
    if place["thousands"]:
        said += f" {place.speech.thousand}"
    return f"{said}{_say_unit(place)}"


def _say_unit(place: Place) -> str:
    groups = place.match.groupdict()
    said = f" {UNITS[_SPELLED[unit]]}" if (unit := groups.get("unit")) else ""
    if per := groups.get("per"):
        said += f" trên {UNITS[_SPELLED[per]]}" if per in _SPELLED else " trên giờ" if per == "h" else f" mỗi {per}"
    return said


def _say_range(place: Place) -> str | None:
    first, last = (say_written(place[name], place.speech) for name in ("first", "last"))
    between = " " if place.follows(_SCORE) else " đến "
    return f"{first}{between}{last}{_say_unit(place)}"


def _say_fraction(place: Place) -> str | None:
    of, whole = int(place["of"]), int(place["whole"])
    if f"{of}/{whole}" in _PARTS:
        return f"{say_number(of, place.speech)} phần {'tư' if whole == 4 else say_number(whole, place.speech)}"
    return f"{say_whole(place['of'], place.speech)} trên {say_whole(place['whole'], place.speech)}"


def _say_phone(place: Place) -> str | None:
    digits = re.sub(r"\D", "", place["phone"])
    if len(digits) not in range(8, 13) and not place.follows(_PHONE):
        return None
    groups = [part for part in re.split(r"\D+", place["phone"]) if part]
    if len(groups) == 1:
        groups = [digits[:4], digits[4:7], digits[7:]] if len(digits) >= 10 else [digits[:4], digits[4:]]
    said = ", ".join(say_digits(group) for group in groups if group)
    return f"cộng {said}" if place["phone"].startswith("+") else said


def _say_emergency(place: Place) -> str | None:
    return say_digits(place["digits"]) if place.follows(_CALLED) else None


def _say_ordinal(place: Place) -> str | None:
    return say_ordinal(int(place["number"]), place.speech)


def _say_version(place: Place) -> str | None:
    if not (place.follows(_VERSION) or place["zero"] == "0"):
        return None
    return f"{say_number(int(place['major']))} chấm {say_digits(place['zero'])}"


def _say_size(place: Place) -> str | None:
    sides = re.split(r"\s?[x×X]\s?", place["sides"])
    return " nhân ".join(say_written(side, place.speech) for side in sides) + _say_unit(place)


def _say_per(place: Place) -> str | None:
    return _say_unit(place)


_AT = r"(?<![\w.,])"
_TAIL = rf"(?:\s?(?P<unit>{_UNIT})(?![\w²³]))?(?:\s?/\s?(?P<per>{_UNIT}|h|{_THINGS})(?![\w²³]))?"
RULES = (
    rule(
        r"(?<![\w.,])(?P<phone>\+84[\s.]?\d{1,3}(?:[\s.]?\d{2,4}){2,3}|\(?0\d{1,4}\)?(?:[\s.-]?\d{2,4}){2,3}|1[89]00(?:[\s.]?\d{2,4}){1,2})(?!\w|[.,]\d)",
        _say_phone,
    ),
    rule(r"(?<![\w.,/])(?P<digits>11[1-5])(?![\w/]|[.,]\d)", _say_emergency),
    rule(r"(?<=[Tt]hứ\s)(?P<number>\d{1,3})(?![\w/]|[.,]\d)", _say_ordinal),
    rule(rf"{_AT}(?P<sides>(?:{_NUMBER})(?:\s?[x×X]\s?(?:{_NUMBER}))+){_TAIL}(?!\w)", _say_size),
    rule(rf"{_AT}(?P<of>\d{{1,5}})/(?P<whole>[1-9]\d{{0,4}})(?![\w/]|[.,]\d)", _say_fraction),
    rule(rf"{_AT}(?P<first>{_NUMBER})\s?[–-]\s?(?P<last>{_NUMBER}){_TAIL}(?![\w–-])", _say_range),
    rule(r"(?<![\w.,])(?P<major>\d)\.(?P<zero>0)(?![\d\w])", _say_version),
    rule(
        rf"(?:(?<![\w.,])|(?<=[(“\"\s]))(?P<sign>[-−+](?=\d))?(?<![\d])(?P<number>{_NUMBER})(?P<thousands>[kK](?![\w]))?{_TAIL}(?![\w])",
        _say_quantity,
    ),
    rule(rf"(?<=\w)\s?/\s?(?P<per>{_THINGS}|{_UNIT})(?!\w)", _say_per),
)
