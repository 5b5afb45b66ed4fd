"""Readers of values: each returns the parsed value of a written one, or raises Invalid."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from plugins.sources.problem import Invalid, suggest
from plugins.sources.schema import Value
from plugins.vietnamese import agrees, without_unseen

Option = TypeVar("Option")

YEARS = range(1930, 2101)

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_IN_WORDS = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:năm|,)\s*(\d{4})", re.IGNORECASE)


class Labelled(Enum):
    """An enum whose values are the words that staff write."""

    @property
    def label(self) -> str:
        return str(self.value)


def text(value: Value) -> str:
    """Return one line of text; Invalid for a list."""
    if isinstance(value, list):
        raise Invalid("Mục này chỉ nhận một dòng chữ, không nhận danh sách", "viết gọn thành một dòng")
    return " ".join(value.split())


def title(value: Value) -> str:
    """Return a title; Invalid when it has neither letter nor digit."""
    written = text(value)
    if not any(map(str.isalnum, written)):
        raise Invalid(f'Tiêu đề "{written}" không có chữ cái hay chữ số nào', "viết tên bài bằng chữ")
    return written


def texts(value: Value) -> tuple[str, ...]:
    """Return one or more lines of text, in the order written."""
    return tuple(" ".join(item.split()) for item in ([value] if isinstance(value, str) else value))


def day(value: Value) -> date:
    """Return a date, day first (19/8/2020) or ISO (2020-08-19)."""
    return _read_day(without_unseen(text(value)))


@lru_cache(maxsize=4096)
def _read_day(written: str) -> date:
    if found := _DAY_FIRST.fullmatch(written):
        day_number, month, year = map(int, found.groups())
    elif found := _YEAR_FIRST.fullmatch(written):
        year, month, day_number = map(int, found.groups())
    else:
        words = _IN_WORDS.search(written)
        meant = "/".join(words.groups()) if words else "19/8/2020"
        raise Invalid(f'Ngày "{written}" không đúng dạng', f"viết ngày/tháng/năm bằng số, ví dụ {meant}")
    if year not in YEARS:
        raise Invalid(f'Ngày "{written}" có năm {year} không hợp lý', "kiểm tra lại năm, viết đủ bốn chữ số")
    if not 1 <= month <= 12:
        raise Invalid(f'Ngày "{written}" không có thật: không có tháng {month}', "viết ngày trước, tháng sau")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day_number <= last:
        raise Invalid(f'Ngày "{written}" không có thật: tháng {month} năm {year} chỉ có {last} ngày', "sửa lại ngày")
    return date(year, month, day_number)


def year(value: Value) -> int:
    """Return a year of four digits; Invalid if it is no such number."""
    written = text(value)
    if not (written.isdecimal() and len(written) == 4 and int(written) in YEARS):
        raise Invalid(f'Năm "{written}" không đúng', "viết bốn chữ số, ví dụ 2020")
    return int(written)


def named(find: Callable[[str], Option]) -> Callable[[Value], Option]:
    """Return a reader of one name that caches `find`."""
    find_once = lru_cache(maxsize=1024)(find)
    return lambda value: find_once(text(value))


def choice(
    what: str, options: Mapping[str, Option], also: Mapping[str, Option] = MappingProxyType({})
) -> Callable[[Value], Option]:
    """Return a reader of one of some named options, compared by fold; names in `also` are accepted, not suggested."""

    def find(written: str) -> Option:
        for name, option in (*options.items(), *also.items()):
            if agrees(written, name):
                return option
        parts = [part.strip() for part in re.split("[,;]", written)]
        if len(parts) > 1 and all(any(agrees(part, name) for name in options) for part in parts):
            fix = "chỉ ghi một tên; trong sổ thì mỗi tên ghi một dòng riêng"
            raise Invalid(f'{what} "{written}" là nhiều tên', fix)
        fix = suggest(written, options, f"chọn một trong: {', '.join(options)}")
        raise Invalid(f'{what} "{written}" không có trong danh mục', fix)

    return named(find)


yes_or_no = choice("Giá trị", {"có": True, "không": False})


def file_name(value: Value) -> str:
    """Return the name of a file in the same folder; Invalid for a path."""
    written = text(value)
    if re.search(r'[/\\:*?"<>|\x00-\x1f]', written) or written.startswith("."):
        raise Invalid(f'"{written}" không phải tên một tệp trong thư mục bài', "chỉ ghi tên tệp, ví dụ kenh.jpg")
    return written
