"""content/dang-ky/<year>.csv or .xlsx -> the register of each year, and every problem in it."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from plugins.content.folders import REGISTERS
from plugins.content.registers.columns import count_headings, register_columns
from plugins.content.registers.registration import Register
from plugins.content.registers.rows import LEAST_HEADINGS, Rows
from plugins.content.registers.tables import Table, read_csv, read_workbook
from plugins.markdown.references import CONTENT
from plugins.sources import values
from plugins.sources.folders import list_folder
from plugins.sources.problem import Level, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plugins.content.story import Story
    from plugins.content.vocabulary import Vocabulary
    from plugins.sources.schema import Key

FOLDER = f"{CONTENT}/{REGISTERS}"
_NO_STORIES: Mapping[str, Story] = MappingProxyType({})


def load_registers(
    project: Path, vocabulary: Vocabulary, stories: Mapping[str, Story] = _NO_STORIES
) -> tuple[dict[int, Register], list[Problem]]:
    """Read the registers of a project, by year; `stories` by code give the facts that a row leaves blank.

    A row with an error is left out, and a file that is no register; the problems say which.
    """
    registers: dict[int, Register] = {}
    problems: list[Problem] = []
    columns = register_columns(vocabulary)
    first: dict[int, str] = {}
    for name, file in list_folder(project / FOLDER, FOLDER, problems):
        path = f"{FOLDER}/{name}"
        stem, _, suffix = name.lower().rpartition(".")
        if not (re.fullmatch(r"\d{4}", stem) and int(stem) in values.YEARS and suffix in ("csv", "xlsx")):
            known = suffix in ("csv", "xlsx")
            fix = "đặt tên bằng năm, ví dụ 2020.csv" if known else "lưu thành .xlsx và đặt tên bằng năm"
            problems.append(Problem(path, 1, "Tệp này không phải sổ đăng ký của một năm nên không được đọc", fix))
            continue
        year = int(stem)
        if year in first:
            message = f"Năm {year} đã có sổ {first[year]}"
            problems.append(Problem(path, 1, message, "gộp vào một tệp, xóa tệp kia"))
            continue
        first[year] = path
        table = _read_table(Path(file), path, columns, problems)
        if table is None:
            continue
        rows = Rows(path, year, columns, stories, problems)
        if rows.find_header(table):
            registers[year] = Register(year, tuple(rows.read(table)))
    return registers, problems


def unsound_years(problems: Iterable[Problem]) -> set[int]:
    """Return the years whose registers are not wholly known, for an error in them."""
    paths = (problem.path for problem in problems if problem.level is Level.ERROR)
    return {int(found[1]) for path in paths if (found := re.match(rf"{FOLDER}/(\d{{4}})\.", path))}


def _read_table(file: Path, path: str, columns: Sequence[Key], problems: list[Problem]) -> Table | None:
    count = partial(count_headings, columns)
    if path.lower().endswith(".xlsx"):
        table, found = read_workbook(file, path, count, LEAST_HEADINGS)
        problems += found
        return table
    read = read_csv(file, path, count)
    if isinstance(read, Problem):
        problems.append(read)
        return None
    return read
