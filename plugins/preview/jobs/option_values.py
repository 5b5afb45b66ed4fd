"""Readers of typed values: each returns the value as the command takes it, or raises Invalid."""

import re
from collections.abc import Callable

from plugins.sources import values
from plugins.sources.problem import Invalid

# Characters that Windows forbids in names, and names that would be hidden or taken for an option.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^[.-]|\.$')
# Characters of a file name: four bytes each fit in the 255 of most file systems, with some room.
_LONGEST = 80


def read_day(typed: str) -> str:
    """Return a day, typed day first, in ISO format."""
    return values.day(typed).isoformat()


def read_year(typed: str) -> str:
    """Return a year."""
    return str(values.year(typed))


def file_reader(suffix: str) -> Callable[[str], str]:
    """Return a reader of file names, which adds the suffix if it is left out and refuses folders."""

    def read(typed: str) -> str:
        name = typed if typed.lower().endswith(suffix) else f"{typed}{suffix}"
        if _FORBIDDEN.search(name):
            raise Invalid(f"“{typed}” không dùng làm tên tệp được", 'bỏ các dấu \\ / : * ? " < > | và dấu chấm đầu tên')
        if len(name) > _LONGEST:
            raise Invalid("Tên tệp dài quá", f"đặt tên không quá {_LONGEST - len(suffix)} chữ")
        return name

    return read
