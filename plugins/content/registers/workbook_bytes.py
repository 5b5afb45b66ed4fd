"""A workbook as bytes that do not depend on when or where it was made."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

# A file's times are those of no day.
_NO_DAY = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def save_workbook(book: Workbook) -> bytes:
    """Return the workbook as an .xlsx in which nothing is a formula; the same cells give the same bytes."""
    book.properties.created = _NO_DAY
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            # To openpyxl whatever begins with = is a formula; here it is the name of something.
            cell.data_type = "s"
    written = BytesIO()
    book.save(written)
    made = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            # openpyxl writes the moment into both the properties and the directory of the package.
            data = _MODIFIED.sub(rb"\g<1>2020-01-01T00:00:00Z", source.read(entry))
            plain = zipfile.ZipInfo(entry.filename, date_time=_NO_DAY.timetuple()[:6])
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.create_system = 0
            target.writestr(plain, data)
    return made.getvalue()
