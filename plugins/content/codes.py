"""The code under which an exemplar was registered: DK-2020-012, that is the twelfth of the register of 2020. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import fold

if TYPE_CHECKING:
    from plugins.sources.schema import Value

_PARTS = re.compile(r"dk[\s./–-]*(\d{4})[\s./–-]*(\d{1,5})")


def parse_code(value: Value) -> str:
    """Return a code as it is kept, DK-2020-012, however it was typed (ĐK 2020/12); Invalid when it is none."""
    written = values.text(value)
    found = _PARTS.fullmatch(fold(written))
    if not found or int(found[1]) not in values.YEARS:
        raise Invalid(f'Mã đăng ký "{written}" không đúng dạng', "viết DK, năm và số thứ tự, ví dụ DK-2020-012")
    return f"DK-{found[1]}-{int(found[2]):03}"


def code_year(code: str) -> int:
    """Return the year whose register a code, as it is kept, belongs to."""
    return int(code.split("-")[1])
