"""One register as many programs write it: `python -m tests.content.registers.dialects` prints the results.

Each has the 36 registrations of the register of 2020 that the project ships, days as true dates where the program has
any. A program that is not there is named as such; those of npm are installed where `clean` removes them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.registers.register_files import load_registers
from plugins.content.vocabulary.files import load_vocabulary
from tests import npm
from tests.registers.conftest import as_csv, saved

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.content.registers.registration import Registration

PROJECT = Path(__file__).parents[3]
SHIPPED = PROJECT / "content/dang-ky/2020.csv"
_DAY = 9  # the column of days
_JS = {
    "exceljs": """
const ExcelJS = require("exceljs");
const book = new ExcelJS.Workbook();
book.addWorksheet("Sổ đăng ký").addRows(rows);
book.xlsx.writeFile(process.argv[2]);
""",
    "xlsx": """
const XLSX = require("xlsx");
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), "Sổ đăng ký");
XLSX.writeFile(book, process.argv[2]);
""",
}
_ROWS = """
const rows = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).map((row) =>
  row.map((cell) => (cell && cell.day ? new Date(cell.day + SUFFIX) : cell || null)));
"""
VERSIONS = {"exceljs": "4.4.0", "xlsx": "0.18.5"}


class NotHereError(Exception):
    """Raised where a program is not on this machine."""


def shipped() -> list[list[object]]:
    """Return the rows of the shipped register, its days as dates."""
    rows: list[list[object]] = [*csv.reader(io.StringIO(SHIPPED.read_text(encoding="utf-8-sig")), delimiter=";")]
    return [[_typed(cell) if place == _DAY else cell for place, cell in enumerate(row)] for row in rows]


def _typed(cell: object) -> object:
    try:
        return datetime.strptime(str(cell), "%d/%m/%Y")  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return cell


def _written(form: str) -> list[list[object]]:
    return [[format(cell, form) if isinstance(cell, datetime) else cell for cell in row] for row in shipped()]


def write_openpyxl(_: Path) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in shipped():
        book.worksheets[0].append(row)
    return saved(book)


def write_xlsxwriter(folder: Path, **options: object) -> bytes:
    import xlsxwriter

    file = folder / "ra.xlsx"
    with xlsxwriter.Workbook(str(file), {"default_date_format": "dd/mm/yyyy", **options}) as book:
        sheet = book.add_worksheet("Sổ đăng ký")
        for at, row in enumerate(shipped()):
            sheet.write_row(at, 0, row)
    return file.read_bytes()


def write_pandas(folder: Path) -> bytes:
    if not find_spec("pandas"):
        raise NotHereError("pandas")
    import pandas as pd

    _, heads, *rows = shipped()
    file = folder / "ra.xlsx"
    pd.DataFrame(rows, columns=heads).to_excel(file, index_label="STT")
    return file.read_bytes()


def write_npm(folder: Path, package: str) -> bytes:
    """Write by a package of npm that is installed."""
    node, modules = shutil.which("node"), PROJECT / npm.FOLDER / "node_modules"
    if node is None or not (modules / package).is_dir():
        raise NotHereError(f"{package} ({VERSIONS[package]}, npm)")
    source, made = folder / "so.json", folder / "ra.xlsx"
    cells = [[{"day": f"{c:%Y-%m-%d}"} if isinstance(c, datetime) else c for c in row] for row in shipped()]
    source.write_text(json.dumps(cells), encoding="utf-8")
    # The one takes a date as it is in Greenwich, the other as it is here.
    script = _ROWS.replace("SUFFIX", '"T00:00:00Z"' if package == "exceljs" else '"T00:00:00"') + _JS[package]
    command = [node, "-e", script, str(source), str(made)]
    subprocess.run(command, check=True, env={**os.environ, "NODE_PATH": str(modules)}, capture_output=True)
    return made.read_bytes()


def write_libreoffice(folder: Path) -> bytes:
    """Write by LibreOffice, from a text in semicolons: it takes the days for dates by itself."""
    office = shutil.which("soffice")
    if office is None:
        raise NotHereError("libreoffice-calc-nogui")
    source, made = folder / "goc.csv", folder / "ra/goc.xlsx"
    source.write_text(as_csv(_written("%Y-%m-%d")), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'ho-so').as_uri()}"
    text = "--infilter=Text - txt - csv (StarCalc):59,34,76,1"
    command = [office, profile, "--headless", text, "--convert-to", "xlsx", "--outdir", str(made.parent), str(source)]
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        if made.exists():
            break
    return made.read_bytes()


def write_text(form: str, delimiter: str, encoding: str) -> bytes:
    return as_csv(_written(form), delimiter).encode(encoding)


DIALECTS: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "openpyxl": ("xlsx", write_openpyxl),
    "XlsxWriter": ("xlsx", write_xlsxwriter),
    "XlsxWriter, 1904": ("xlsx", lambda folder: write_xlsxwriter(folder, date_1904=True)),
    "XlsxWriter, streamed": ("xlsx", lambda folder: write_xlsxwriter(folder, constant_memory=True)),
    "pandas": ("xlsx", write_pandas),
    "exceljs": ("xlsx", lambda folder: write_npm(folder, "exceljs")),
    "SheetJS": ("xlsx", lambda folder: write_npm(folder, "xlsx")),
    "LibreOffice": ("xlsx", write_libreoffice),
    "CSV of Vietnam": ("csv", lambda _: write_text("%d/%m/%Y", ";", "utf-8-sig")),
    "CSV of England": ("csv", lambda _: write_text("%d/%m/%Y", ",", "utf-8")),
    "CSV of Germany": ("csv", lambda _: write_text("%d.%m.%Y", ";", "utf-8")),
    "Unicode text": ("csv", lambda _: write_text("%d/%m/%Y", "\t", "utf-16")),
}


def expected() -> list[Registration]:
    """Return the registrations of the shipped register."""
    return _load(PROJECT / "content/dang-ky")[0]


def read_dialect(name: str, folder: Path) -> tuple[list[Registration], list[str]]:
    """Return the registrations and problems of a register as a program writes it."""
    suffix, write = DIALECTS[name]
    written = write(folder)
    (folder / "so").mkdir()
    (folder / f"so/2020.{suffix}").write_bytes(written)
    return _load(folder / "so")


def _load(folder: Path) -> tuple[list[Registration], list[str]]:
    registers, problems = load_registers(folder, load_vocabulary(PROJECT)[0], {})
    found = registers[2020].registrations if 2020 in registers else ()
    return [replace(one, where=("", 0), acts=()) for one in found], [str(one) for one in problems]


if __name__ == "__main__":
    npm.install(PROJECT, "xlsx/xlsx.js", *(f"{package}@{version}" for package, version in VERSIONS.items()))
    for each in sys.argv[1:] or DIALECTS:
        with tempfile.TemporaryDirectory() as made:
            try:
                found, said = read_dialect(each, Path(made))
            except NotHereError as missing:
                print(f"{each:22} not here: {missing}")
                continue
        alike = sum(one == other for one, other in zip(found, expected(), strict=False))
        print(f"{each:22} {len(found)} read, {alike} the same, {len(said)} told{': ' + said[0] if said else ''}")
