"""Days, months, quarters and times of day, as they are said. Pure."""

import re

from plugins.spoken.context import END, Occurrence, rule, words_after, words_before
from plugins.spoken.numbers import parse_roman, say_day, say_month

# After these “ngày” is not said again.
_DAY_TOLD = words_before(
    "ngày", "hôm", "mùng", "mồng", "rằm", "lễ", "dịp", "đường", "phố", "trường", r"ngày\s\d{1,2}(?:/\d{1,2})?\s?[-–]\s?"
)
_DAY_SURE = words_before("ngày", "sáng", "trưa", "chiều", "tối", "đêm")
_MUNG_TOLD = words_before("mùng", "mồng")
_MONTH_TOLD = words_before("tháng")
# Words before a day without year: else it may be a fraction.
_DAY_EXPECTED = words_before(
    *("ngày", "sáng", "chiều", "tối", "trưa", "đêm", "hôm", "mùng", "mồng", "dịp", "lễ", "hạn", "kỷ niệm"),
    *("quốc khánh", "phụ nữ", "liệt sĩ", "liệt sỹ", "nhà giáo", "lao động", "thiếu nhi", "giải phóng", "thành công"),
    *("trước", "sau", "cách mạng", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"),
    # The second of two days, if the first is certain.
    r"ngày\s\d{1,2}(?:,\s\d{1,2})*\s?(?:và|đến|tới|,)",
    *(r"(?:ngày|lễ|dịp|từ|sáng|chiều|tối)\s\d{1,2}/\d{1,2}\s?(?:đến|tới|và|,|-|–)", r"30/4\s(?:và|,|-|–)"),
)
_FROM = words_before("từ")
_UNTIL_DAY = re.compile(r"\s?(?:đến|tới|[-–])\s?(?:hết\s)?(?:ngày\s)?\d{1,2}/\d{1,2}(?![\d%])")
# Days known by their numbers.
_KNOWN_DAYS = """
1/1 3/2 27/2 8/3 10/3 23/3 26/3 30/4 7/5 19/5 1/6 21/6 28/6 1/7 27/7 19/8 2/9 10/10 13/10 14/10 15/10 20/10 9/11 18/11
20/11 3/12 22/12 25/12
"""
_KNOWN = frozenset(_KNOWN_DAYS.split())
_ADDRESS = words_before("số", "địa chỉ:?", "nhà", "ngõ", "hẻm", "kiệt", "đường", "thửa", "lô", "tỷ lệ", "tỉ lệ", "đạt")
_COUNTED = words_after(
    *("phiếu", "hộ", "người", "đại biểu", "thôn", "buôn", "bon", "xã", "tổ", "đảng viên", "hội viên", "đoàn viên"),
    *("em", "học sinh", "nhà", "điểm", "tiêu chí", "chỉ tiêu", "mô hình", "đơn vị", "khu dân cư", "cơ sở", "giờ"),
    *("ý kiến", "thành viên", "số", "diện tích", "dân", "tổng", "chiều", "quãng", "thời gian", "lượng", "đàn", "ha"),
)
_QUOTED = re.compile(r"‘[^’]*$")
_DAY_AFTER = r"(?=\s+(?:tháng|và|đến|tới|âm|hằng|hàng|này|tới|ấy|đó)(?!\w)|\s*[,.;:)]|\s*$)"


def _is_day(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _say_date(place: Occurrence) -> str | None:
    day, month = int(place["day"]), int(place["month"])
    if not _is_day(day, month):
        return None
    said = place.number(day) if place.follows(_MUNG_TOLD) else say_day(day)
    said += f" tháng {say_month(month)}"
    if place["year"]:
        said += f" năm {place.number(int(place['year']))}"
    return said if place.follows(_DAY_TOLD) else f"ngày {said}"


def _say_day_of_month(place: Occurrence) -> str | None:
    key = f"{int(place['day'])}/{int(place['month'])}"
    known = key in _KNOWN and not place.precedes(_COUNTED)
    begins = place.follows(_FROM) and place.precedes(_UNTIL_DAY)
    # A fraction is never more than the whole; 24/7 is no day.
    more = int(place["day"]) > int(place["month"]) and key != "24/7"
    more = more and not place.precedes(_COUNTED) and not place.follows(_ADDRESS)
    return _say_date(place) if known or begins or more or place.follows(_DAY_EXPECTED) else None


def _say_dotted_day(place: Occurrence) -> str | None:
    """Say 20.11 or 20-11, a day unless it is a span of days."""
    return None if place["sign"] == "-" and int(place["day"]) <= int(place["month"]) else _say_date(place)


def _say_span(place: Occurrence) -> str | None:
    """Say 10-15/3, 5/3-8/3, 28/2-3/3/2024 or 18 đến 20/11."""
    first, last = int(place["first"]), int(place["day"])
    month, last_month = int(place["first_month"] or place["month"]), int(place["month"])
    begins = place.follows(_FROM) and not place.precedes(_COUNTED)
    sure = place["year"] or place["first_month"] or begins or place.follows(_DAY_EXPECTED)
    if not (sure and _is_day(first, month) and _is_day(last, last_month) and (month, first) < (last_month, last)):
        return None
    said = f"{say_day(first)} tháng {say_month(month)} đến ngày" if place["first_month"] else f"{say_day(first)} đến"
    said += f" {say_day(last)} tháng {say_month(last_month)}"
    if place["year"]:
        said += f" năm {place.number(int(place['year']))}"
    return said if place.follows(_DAY_TOLD) else f"ngày {said}"


def _say_month_of_year(place: Occurrence) -> str | None:
    if not 1 <= (month := int(place["month"])) <= 12:
        return None
    said = f"{say_month(month)} năm {place.number(int(place['year']))}"
    return said if place.follows(_MONTH_TOLD) else f"tháng {said}"


def _say_quarter(place: Occurrence) -> str | None:
    written = place["quarter"]
    number = int(written) if written.isdigit() else parse_roman(written)
    if number is None or number > 4:
        return None
    said = place.number(number)
    return f"{said} năm {place.number(int(place['year']))}" if place["year"] else said


def _say_hours(place: Occurrence) -> str | None:
    first, last = _say_time(place, "first_"), _say_time(place, "last_")
    return f"{first} đến {last}" if first and last else None


def _say_time(place: Occurrence, which: str = "") -> str | None:
    hour, minute = int(place[f"{which}hour"]), int(place[f"{which}minute"] or 0)
    if hour > 24 or minute > 59:
        return None
    said = f"{place.number(hour)} giờ"
    return f"{said} {place.number(minute)} phút" if minute else said


def _say_minutes(place: Occurrence) -> str | None:
    return None if place.follows(_QUOTED) else f"{place.number(place['minutes'])} phút"


def _time(which: str) -> str:
    full = rf"(?::|\s?(?:[hHg]|giờ)\s?)(?P<{which}minute>[0-5]\d)(?:\s?(?:phút|[’'′pm](?!\w)))?"
    return rf"(?P<{which}hour>\d{{1,2}})(?:{full}|[hHg])"


_AT, _AT_TIME = r"(?<![\w/.,–-])", r"(?<![\w/.,:–-])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
RULES = (
    rule(
        r"(?:(?<=[Qq]uý\s)|(?<=QUÝ\s))(?P<quarter>[IV]{1,3}|[1-4])"
        rf"(?:\s?[/-]\s?{_YEAR}|\s(?=năm)|(?!\s?[/-]\s?\d)){END}",
        _say_quarter,
    ),
    rule(
        rf"{_AT}(?P<first>\d{{1,2}})(?:/(?P<first_month>\d{{1,2}}))?(?:\s?[-–]\s?|\s(?:đến|tới)\s)"
        rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:/(?P<year>\d{{4}}))?{END}",
        _say_span,
    ),
    rule(
        rf"{_AT}(?P<day>\d{{1,2}})\s?(?P<sign>[/.-])\s?(?P<month>\d{{1,2}})\s?(?P=sign)\s?(?P<year>\d{{4}}){END}",
        _say_date,
    ),
    rule(rf"(?<=[–-])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}}){END}", _say_date),
    rule(rf"{_AT}(?P<month>\d{{1,2}})\s?[/-]\s?{_YEAR}{END}", _say_month_of_year),
    rule(rf"{_AT}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}}){END}", _say_day_of_month),
    rule(r"(?<![\w.,/-])(?P<day>\d{1,2})(?P<sign>[.-])(?P<month>\d{1,2})(?!\w|[.,/-]\d)", _say_dotted_day, _DAY_SURE),
    rule(
        rf"(?:(?<=[Nn]gày\s)|(?<=[Hh]ôm\s))(?P<day>0?[1-9]|10){_DAY_AFTER}(?![.,:]\d)",
        lambda place: say_day(int(place["day"])),
    ),
    rule(r"(?<=[Tt]háng\s)(?P<month>0?[1-9]|1[0-2])(?![\w/%]|[.,]\d)", lambda place: say_month(int(place["month"]))),
    rule(rf"{_AT_TIME}{_time('first_')}\s?[-–]\s?{_time('last_')}(?!:\d){END}", _say_hours),
    rule(
        rf"{_AT_TIME}(?P<hour>\d{{1,2}})(?::|\s?(?:[hHg]|giờ)\s?)(?P<minute>[0-5]\d)"
        rf"(?:\s?(?:phút|[’'′pm](?!\w)))?(?!:\d){END}",
        _say_time,
    ),
    rule(rf"{_AT_TIME}(?P<hour>\d{{1,2}})[hH]{END}", _say_time),
    rule(r"(?<![\w/.,:–-])(?P<minutes>\d{1,3})[’'′](?!\w)", _say_minutes),
)
