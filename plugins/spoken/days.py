"""Days, months, quarters and times of day, as they are said. Pure."""

from __future__ import annotations

from plugins.spoken.context import Place, rule, words_after, words_before
from plugins.spoken.numbers import parse_roman, say_day, say_month, say_number

_DAY_TOLD = words_before("ngày", "hôm", "mùng", "mồng", "rằm")
_MUNG_TOLD = words_before("mùng", "mồng")
_MONTH_TOLD = words_before("tháng")
# What a day without its year comes after: else it may be a fraction.
_DAY_EXPECTED = words_before(
    *("ngày", "sáng", "chiều", "tối", "trưa", "đêm", "hôm", "mùng", "mồng", "dịp", "lễ", "hạn", "kỷ niệm"),
    *("quốc khánh", "phụ nữ", "liệt sĩ", "liệt sỹ", "nhà giáo", "lao động", "thiếu nhi", "giải phóng", "thành công"),
    *("trước", "sau", "cách mạng", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"),
    *(r"ngày\ \d{1,2}/\d{1,2}\ (?:đến|tới|và|-|–)", r"từ\ ngày", r"đến\ ngày"),
)
# Days that everyone calls by their numbers.
_KNOWN = frozenset(
    "1/1 3/2 27/2 8/3 10/3 23/3 26/3 30/4 7/5 19/5 1/6 21/6 28/6 1/7 27/7 19/8 2/9 10/10 13/10 14/10 15/10 20/10 9/11"
    " 18/11 20/11 3/12 22/12 25/12".split()
)
_COUNTED = words_after(
    *("phiếu", "hộ", "người", "đại biểu", "thôn", "buôn", "bon", "xã", "tổ", "đảng viên", "hội viên", "đoàn viên"),
    *("em", "học sinh", "nhà", "điểm", "tiêu chí", "chỉ tiêu", "mô hình", "đơn vị", "khu dân cư", "cơ sở", "giờ"),
    *("ý kiến", "thành viên", "số", "diện tích", "dân", "tổng", "chiều", "quãng", "thời gian", "lượng", "đàn", "ha"),
)
_CLOCK_ENDS = words_after("sáng", "trưa", "chiều", "tối", "đêm", "ngày", "phút")
_PER = words_before(r"\S+/")


def _say_date(place: Place) -> str | None:
    day, month, year = int(place["day"]), int(place["month"]), place["year"]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    said = say_number(day) if place.follows(_MUNG_TOLD) else say_day(day)
    said += f" tháng {say_month(month)}"
    if year:
        said += f" năm {say_number(int(year))}"
    return said if place.follows(_DAY_TOLD) else f"ngày {said}"


def _say_day_of_month(place: Place) -> str | None:
    key = f"{int(place['day'])}/{int(place['month'])}"
    if place.follows(_DAY_EXPECTED) or (key in _KNOWN and not place.precedes(_COUNTED)):
        return _say_date(place)
    return None


def _say_bare_day(place: Place) -> str | None:
    if not 1 <= int(place["day"]) <= 31:
        return None
    return say_day(int(place["day"]))


def _say_month_of_year(place: Place) -> str | None:
    month = int(place["month"])
    if not 1 <= month <= 12:
        return None
    said = f"{say_month(month)} năm {say_number(int(place['year']))}"
    return said if place.follows(_MONTH_TOLD) else f"tháng {said}"


def _say_bare_month(place: Place) -> str | None:
    month = int(place["month"])
    return say_month(month) if 1 <= month <= 12 else None


def _say_quarter(place: Place) -> str | None:
    number = parse_roman(place["quarter"]) or (int(place["quarter"]) if place["quarter"].isdigit() else None)
    if number is None or number > 4:
        return None
    said = say_number(number)
    return f"{said} năm {say_number(int(place['year']))}" if place["year"] else said


def _say_time(place: Place) -> str | None:
    hour, minute = int(place["hour"]), int(place["minute"] or 0)
    if hour > 24 or minute > 59:
        return None
    said = f"{say_number(hour)} giờ"
    return f"{said} {say_number(minute)} phút" if minute else said


_AT = r"(?<![\w/.,–-])"  # nothing that it would be the rest of
_END = r"(?![\w/]|[.,]\d)"
RULES = (
    rule(
        rf"{_AT}(?P<day>\d{{1,2}})\s?(?P<sign>[/.-])\s?(?P<month>\d{{1,2}})\s?(?P=sign)\s?(?P<year>\d{{4}}){_END}",
        _say_date,
    ),
    rule(rf"(?<=[–-])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}}){_END}", _say_date),
    rule(rf"{_AT}(?P<month>\d{{1,2}})\s?[/-]\s?(?P<year>(?:19|20)\d\d){_END}", _say_month_of_year),
    rule(
        rf"(?:(?<=[Qq]uý\s)|(?<=QUÝ\s))(?P<quarter>[IV]{{1,3}}|[1-4])(?:\s?[/-]\s?(?P<year>(?:19|20)\d\d))?{_END}",
        _say_quarter,
    ),
    rule(rf"{_AT}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?P<year>){_END}", _say_day_of_month),
    rule(
        r"(?:(?<=[Nn]gày\s)|(?<=[Hh]ôm\s))(?P<day>[1-9]|0[1-9]|10)(?![\w/%]|[.,–-]\d)(?=\s+(?:tháng|và|đến|tới|âm)|,)",
        _say_bare_day,
    ),
    rule(r"(?<=[Tt]háng\s)(?P<month>0?[1-9]|1[0-2])(?![\w/%]|[.,]\d)", _say_bare_month),
    rule(
        rf"{_AT}(?P<hour>\d{{1,2}})\s?(?:[hHg:]|giờ\s?)\s?(?P<minute>[0-5]\d)(?:\s?(?:phút|[’'pm](?!\w)))?{_END}",
        _say_time,
    ),
    rule(rf"{_AT}(?P<hour>\d{{1,2}})[hHg](?P<minute>){_END}", _say_time),
)
