"""The period of a bulletin or of statistics. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date

from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, inclusive."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def title(self) -> str:
        """The name of the year, quarter or month, or else both days."""
        first, last = self.first, self.last
        whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        if whole_months and first.year == last.year:
            if (first.month, last.month) == (1, 12):
                return f"Năm {first.year}"
            if first.month == last.month:
                return f"Tháng {first.month} năm {first.year}"
            if first.month % 3 == 1 and last.month == first.month + 2:
                return f"Quý {_ROMAN[first.month // 3]} năm {first.year}"
        if first == last:
            return f"Ngày {format_date(first)}"
        return f"Từ {format_date(first)} đến {format_date(last)}"


def parse_period(first: str, last: str) -> Period:
    """Return the period between two written days, 1/7/2020 or 2020-07-01; Invalid when they form none."""
    days = []
    for flag, written in (("--from", first), ("--to", last)):
        if not written.strip():
            raise Invalid(f"Thiếu {flag}", "ghi cả hai ngày, ví dụ --from 1/7/2020 --to 30/9/2020")
        days.append(values.day(written))
    if days[0] > days[1]:
        what = f"Ngày đầu {format_date(days[0])} đứng sau ngày cuối {format_date(days[1])}"
        raise Invalid(what, "đổi chỗ hai ngày cho nhau")
    return Period(*days)
