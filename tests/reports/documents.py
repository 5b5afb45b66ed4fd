"""A report's files as who opens them reads them: tables by their headings, formulas with their values."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.table import Table as WordTable
from openpyxl import load_workbook

Rows = list[list[str]]


def read_letter(data: bytes) -> tuple[list[str], dict[str, Rows]]:
    """Return the paragraphs of a Word file, and its ruled tables by the heading above each, without its number."""
    paragraphs: list[str] = []
    tables: dict[str, Rows] = {}
    heading = ""
    for block in Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, WordTable):
            if block.style is not None and block.style.name == "Table Grid":
                tables[heading] = [[cell.text for cell in row.cells] for row in block.rows]
            else:
                paragraphs += [cell.text for row in block.rows for cell in row.cells]
            continue
        paragraphs.append(block.text)
        if found := re.match(r"Biểu \d+\. (.+)", block.text):
            heading = found[1]
    return paragraphs, tables


def read_workbook(data: bytes) -> dict[str, list[list[Any]]]:
    """Return the rows of each sheet below its title, with the values that the file carries for its formulas."""
    book = load_workbook(BytesIO(data), data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)] for sheet in book}


def formulas(data: bytes) -> list[tuple[str, str, str]]:
    """Return the sheet, the cell and the text of every formula."""
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in load_workbook(BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def without_values(data: bytes) -> bytes:
    """Return the workbook without stored values, so that opening it has to calculate."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as parts, zipfile.ZipFile(out, "w") as stripped:
        for name in parts.namelist():
            part = parts.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", part)
            stripped.writestr(name, part)
    return out.getvalue()
