"""Tables -> CSV for spreadsheets, without formulas. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

# A spreadsheet runs a cell that begins like a formula (OWASP, CSV injection); an apostrophe makes it text. Where
# decimals have a comma, as in Vietnam, Excel also splits cells at semicolons, after which a formula may begin.
_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
_FORMULA_WITHIN = re.compile(f"[;\t\r\n][{re.escape(''.join(_SIGNS))}]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# Characters of a part.
_PART = 1 << 18


def write_csv(heading: list[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return a table as CSV (RFC 4180) that Excel opens; a list is joined by “; ”."""
    return "".join(write_csv_parts(heading, rows))


def write_csv_parts(heading: list[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield the same table in parts: a country's whole table would take a tenth of the memory."""
    out = io.StringIO()
    # Excel needs the byte order mark for UTF-8; RFC 4180 asks for CRLF.
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if out.tell() > _PART:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _cell(value: Any) -> Any:
    text = "; ".join(value) if isinstance(value, list) else value
    if not isinstance(text, str) or _NUMBER.fullmatch(text):
        return text
    if text.startswith(_SIGNS):
        return f"'{text[0]}{_FORMULA_WITHIN.sub(_part, text[1:])}"
    return _FORMULA_WITHIN.sub(_part, text)


def _part(formula: re.Match[str]) -> str:
    return "'".join(formula[0])
