"""Digits that are names, not numbers: telephones, accounts, roads, houses with letters, kilometre posts. Pure."""

import re

from plugins.spoken.abbreviations import ABBREVIATIONS
from plugins.spoken.context import AT, END, UPPER, Occurrence, rule, words_after, words_before
from plugins.spoken.numbers import say_digits, say_ordinal
from plugins.spoken.units import PER
from plugins.spoken.words import spell

_AND_OTHERS = r"(?:\s+11[1-5](?:,|\s+và|\s+hoặc))*"
_CALLED = words_before(
    *(f"{one}{_AND_OTHERS}" for one in ("gọi", "số", "cảnh sát", "điện thoại", "cứu hỏa", "cấp cứu"))
)
_CENTRE = words_before("đường dây nóng", "tổng đài", "hotline")
_COUNTED = words_after(PER)
_PHONE = words_before(
    *("điện thoại", "số máy", "gọi", "liên hệ", "hotline", "đường dây nóng", "tổng đài", "ĐT:", "thoại:", "Zalo:?")
)
_SLOGAN = words_before("thông điệp", "nguyên tắc", "quy tắc", "mô hình")
_ACCOUNT = words_before(
    *("mã:?", "mã số:?", "mã thủ tục:?", "tài khoản:?", "số thẻ:?", "STK:?", "căn cước:?", "CCCD:?", "định danh:?")
)
_ROADS = {"QL": "quốc lộ", "TL": "tỉnh lộ", "ĐT": "đường tỉnh", "ĐH": "đường huyện", "ĐX": "đường xã"}
_MOBILE = r"(?:\(\+84\)|\+84)[\s.]?\d{1,3}(?:[\s.]?\d{2,4}){2,3}"
_LANDLINE = r"(?:\(0\d{1,4}\)|0\d{1,4})(?:[\s.-]?\d(?=[\s.-]))?(?:[\s.-]?\d{2,4}){2,3}"


def _say_phone(place: Occurrence) -> str | None:
    digits = re.sub(r"\D", "", place["phone"])
    if len(digits) not in range(8, 13) and not place.follows(_PHONE):
        return None
    if len(groups := [part for part in re.split(r"\D+", place["phone"]) if part]) == 1:
        cuts = (2, 5, 8) if "+" in place["phone"] else (4, 7) if len(digits) >= 10 else (4,)
        groups = [digits[start:end] for start, end in zip((0, *cuts), (*cuts, None), strict=True)]
    said = ", ".join(say_digits(group) for group in groups if group)
    return f"cộng {said}" if "+" in place["phone"] else said


def _say_help_line(place: Occurrence) -> str | None:
    known = place["digits"] in ("111", "112", "113", "114", "115") and place.follows(_CALLED)
    called = known or place.follows(_CENTRE)
    return say_digits(place["digits"]) if called and not place.precedes(_COUNTED) else None


def _say_numbered(place: Occurrence) -> str:
    return f"{place.number(place['number'])} {spell(place['letter'])}".strip()


def _say_kilometre_post(place: Occurrence) -> str:
    return f"ki-lô-mét {place.number(place['km'])} cộng {place.number(place['metres'])}"


def _say_plate(place: Occurrence) -> str:
    """Say the plate of a vehicle: 47A-123.45."""
    return f"{say_digits(place['province'])} {spell(place['series'])}, {say_digits(place['digits'])}"


def _say_code(place: Occurrence) -> str | None:
    if place["code"] in ABBREVIATIONS:
        return None
    return ", ".join(spell(part, place.speech) for part in place["code"].split("-"))


RULES = (
    rule(r"(?<![\w.,/])(?P<digits>\d{4,})(?!\w|[.,]\d)", lambda place: say_digits(place["digits"]), after=_ACCOUNT),
    rule(rf"(?<![\w.,])(?P<phone>{_MOBILE}|{_LANDLINE}|1[89]00(?:[\s.]?\d{{2,4}}){{1,2}})(?!\w|[.,]\d)", _say_phone),
    rule(rf"(?<![\w.,/])(?P<digits>\d{{3,5}}){END}", _say_help_line),
    rule(
        r"(?<=[Tt]hứ\s)(?P<number>\d{1,3})(?![\w/]|[.,]\d)",
        lambda place: say_ordinal(int(place["number"]), place.speech),
    ),
    rule(r"(?<!\w)[Kk]m\s?(?P<km>\d{1,4})\s?\+\s?(?P<metres>\d{1,3})(?!\w)", _say_kilometre_post),
    rule(r"(?<!\w)(?P<province>\d\d)(?P<series>[A-Z]\d?|[A-Z]{2})-(?P<digits>\d{3}\.?\d\d|\d{4})(?!\w)", _say_plate),
    rule(
        rf"{AT}(?P<road>QL|TL|ĐT|ĐH|ĐX)\s?\.?\s?(?P<number>\d{{1,4}})(?P<letter>[A-Da-d](?!\w))?(?!\w)",
        lambda place: f"{_ROADS[place['road']]} {_say_numbered(place)}",
    ),
    rule(r"(?<![\w.,/-])(?P<number>\d{1,4})(?P<letter>[A-JM-UXYĐa-e])(?![\w²³/])", _say_numbered),
    rule(r"(?<![\w.,/-])(?P<number>\d)(?P<letter>[KV])(?![\w²³/])", _say_numbered, after=_SLOGAN),
    rule(rf"{AT}(?P<code>[{UPPER}]{{1,4}}(?:-\d+)+)(?!\w)", _say_code),
)
