"""Read content/dang-ky/: <year>.csv and <year>-viec.csv, or two sheets of <year>.xlsx; and content/theo-doi/.

There <year>.csv or .xlsx is the register of papers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from plugins import hint
from plugins.content.folders import PAPERS, REGISTERS
from plugins.content.registers import columns as known_columns
from plugins.content.registers.columns import act_columns, count_headings, register_columns
from plugins.content.registers.paper import Paper
from plugins.content.registers.registration import Register
from plugins.content.registers.registration_rows import add_acts, read_registrations
from plugins.content.registers.sheets.stranger import explain_suffix
from plugins.content.registers.sheets.tables import CellTable, Wanted, read_tables
from plugins.content.registers.table_reader import TableReader
from plugins.content.stories.story import Story
from plugins.content.vocabulary.vocabulary import Vocabulary, commune_on
from plugins.markdown.references import CONTENT
from plugins.sources import values
from plugins.sources.folders import list_folder
from plugins.sources.problem import Level, Problem
from plugins.sources.schema import Key, Record
from plugins.vietnamese import fold, format_date

FOLDER, PAPERS_FOLDER = f"{CONTENT}/{REGISTERS}", f"{CONTENT}/{PAPERS}"
# The tables of a kind by year, each with the path of its file.
_Tables = dict[int, tuple[str, CellTable]]
# 2020.csv is a register, 2020-viec.csv the table of its acts.
_NAME = re.compile(r"(?P<year>\d{4})(?P<acts>[ _-]*viec)?\.(?:csv|xlsx)")
# The number of known headings that make a row the header of each table.
_LEAST_OF_REGISTER, _LEAST_OF_ACTS, _LEAST_OF_PAPERS = 6, 3, 3
_ACTS = act_columns()


def wanted_tables(columns: tuple[Key, ...]) -> tuple[Wanted, Wanted]:
    """Return how to find the table of registrations, with these columns, and the table of acts in a file."""
    return (partial(count_headings, columns), _LEAST_OF_REGISTER), (partial(count_headings, _ACTS), _LEAST_OF_ACTS)


def register_rows(path: str, columns: tuple[Key, ...], problems: list[Problem], again: str) -> TableReader:
    """Return the reader of a table of registrations."""
    missed = {key.attribute for key in columns} - {"sample"}
    return TableReader(path, columns, _LEAST_OF_REGISTER, problems, again, missed)


def act_rows(path: str, problems: list[Problem], again: str, sheet: str = "") -> TableReader:
    """Return the reader of a table of acts."""
    missed, within = {"code", "kind", "day"}, f"Trang tính “{sheet}”: " if sheet else ""
    return TableReader(path, _ACTS, _LEAST_OF_ACTS, problems, again, missed, within, known_columns.SHARED_OF_ACTS)


def load_registers(
    folder: Path, vocabulary: Vocabulary, stories: Mapping[str, Story]
) -> tuple[dict[int, Register], list[Problem]]:
    """Read the registers of a folder with their acts, by year; problems name the files as in content/dang-ky/.

    `stories` by code fill blank cells. Rows with errors and files that are no register are left out.
    """
    problems: list[Problem] = []
    registered, happened = _read_tables(folder, vocabulary, problems)
    registers: dict[int, Register] = {}
    for year, (path, table) in sorted(registered.items()):
        again = f"làm lại từ mẫu: {hint.command(f'register-template --year {year}')}"
        rows = register_rows(path, register_columns(vocabulary, year), problems, again)
        if rows.find_header(table):
            registers[year] = Register(year, tuple(read_registrations(rows, table, year, stories)))
    unsound = unsound_years(problems)
    for year, (path, table) in sorted(happened.items()):
        again = f"làm lại từ mẫu: {hint.command(f'register-template --year {year}')}"
        rows = act_rows(path, problems, again, table.name)
        if year in registers and rows.find_header(table):
            is_whole = year not in unsound and not vocabulary.unread
            registers[year] = add_acts(rows, table, registers[year], is_whole=is_whole)
        elif year not in registers and year not in unsound:
            fix = f"đặt sổ đăng ký {FOLDER}/{year}.csv vào cùng thư mục, hoặc đổi tên tệp này"
            problems.append(Problem(path, 1, f"Chưa có sổ đăng ký năm {year} để ghi việc", fix))
    return registers, problems


def _read_tables(folder: Path, vocabulary: Vocabulary, problems: list[Problem]) -> tuple[_Tables, _Tables]:
    """Return the tables of registrations and of acts, empty if not found in their file."""
    registered: _Tables = {}
    happened: _Tables = {}
    first: dict[tuple[int, bool], str] = {}
    for name, file in list_folder(folder, FOLDER, problems):
        path = f"{FOLDER}/{name}"
        found = _NAME.fullmatch(fold(name))
        if not found or int(found["year"]) not in values.YEARS:
            known = name.lower().endswith((".csv", ".xlsx"))
            fix = "đặt tên bằng năm, ví dụ 2020.csv, 2020-viec.csv" if known else "lưu thành .xlsx và đặt tên bằng năm"
            unread = "Tệp này không phải sổ đăng ký của một năm nên không được đọc", fix
            problems.append(Problem(path, 1, *(explain_suffix(name) or unread)))
            continue
        year, is_of_acts = int(found["year"]), bool(found["acts"])
        if (year, is_of_acts) in first:
            message = f"Năm {year} đã có sổ {first[year, is_of_acts]}"
            problems.append(Problem(path, 1, message, "gộp vào một tệp, xóa tệp kia"))
            continue
        first[year, is_of_acts] = path
        wanted = wanted_tables(register_columns(vocabulary, year))
        (table, *beside), more = read_tables(Path(file), path, wanted[is_of_acts:])
        problems += more
        # A file that could not be read has its problem already.
        if table or not more:
            (happened if is_of_acts else registered)[year] = path, table or CellTable([])
        for acts in filter(None, beside):
            if year in happened:
                message = f"Việc của năm {year} đã có ở {happened[year][0]}"
                problems.append(Problem(path, 1, message, "gộp vào một nơi, xóa trang tính kia"))
            else:
                first[year, True] = path
                happened[year] = path, acts
    return registered, happened


def unsound_years(problems: Iterable[Problem]) -> set[int]:
    """Return the years whose register or acts have an error."""
    paths = [problem.path for problem in problems if problem.level is Level.ERROR]
    if FOLDER in paths:
        # The folder could not be listed.
        return {*values.YEARS}
    names = (path.removeprefix(f"{FOLDER}/") for path in paths if path.startswith(FOLDER))
    return {int(found["year"]) for name in names if (found := _NAME.fullmatch(fold(name)))}


def load_papers(project: Path, vocabulary: Vocabulary, day: date) -> tuple[dict[int, tuple[Paper, ...]], list[Problem]]:
    """Read the papers received by a day, by year of their register. Rows with errors are left out."""
    problems: list[Problem] = []
    papers: dict[int, tuple[Paper, ...]] = {}
    first: dict[int, str] = {}
    for name, file in list_folder(project / PAPERS_FOLDER, PAPERS_FOLDER, problems):
        path = f"{PAPERS_FOLDER}/{name}"
        found = _NAME.fullmatch(fold(name))
        year = int(found["year"]) if found and not found["acts"] else 0
        if year not in values.YEARS:
            fix = "đặt tên bằng năm, ví dụ 2020.csv hoặc 2020.xlsx"
            unread = "Tệp này không phải sổ theo dõi của một năm nên không được đọc", fix
            problems.append(Problem(path, 1, *(explain_suffix(name) or unread)))
        elif year in first:
            fix = "gộp vào một tệp, xóa tệp kia"
            problems.append(Problem(path, 1, f"Năm {year} đã có sổ {first[year]}", fix))
        else:
            first[year] = path
            columns = known_columns.paper_columns(vocabulary, year)
            (table,), faults = read_tables(Path(file), path, ((partial(count_headings, columns), _LEAST_OF_PAPERS),))
            problems += faults
            again = f"làm lại từ mẫu: {hint.command(f'register-template --papers --year {year}')}"
            missed = {"commune", "kind", "number", "received_on"}
            rows = TableReader(path, columns, _LEAST_OF_PAPERS, problems, again, missed)
            # A file that could not be read has its problem already.
            cells = table or CellTable([])
            if (table or not faults) and rows.find_header(cells):
                papers[year] = tuple(_read_papers(rows, cells, year, day))
    return papers, problems


def _read_papers(rows: TableReader, table: CellTable, year: int, day: date) -> Iterator[Paper]:
    seen: dict[tuple[object, ...], int] = {}
    for record in rows.read(table):
        received: date | None = record.get("received_on")
        if received and abs(received.year - year) > 1:
            message = f"Ngày nhận {format_date(received)} cách xa năm {year} của sổ"
            record.report(None, message, "kiểm tra lại ngày, hoặc chuyển dòng sang sổ năm khác", Level.ADVICE)
        if received and received > day:
            message = f"Ngày nhận {format_date(received)} còn ở phía trước (hôm nay là {format_date(day)})"
            record.report(None, message, "chưa tới ngày ấy thì chưa tính", Level.ADVICE)
        if paper := _read_paper(record, year):
            # Papers of a kind differ by number or, without numbers, by day.
            key = paper.commune.id, paper.kind, fold(paper.number) or paper.received_on
            if key in seen:
                message = f"{paper.kind.label.capitalize()} của {paper.commune.full_name} đã ghi ở dòng {seen[key]}"
                record.report(None, message, "xóa một trong hai dòng; nếu là hai văn bản thì ghi đúng số, ký hiệu")
            seen.setdefault(key, record.line)
        if rows.finish(record) and paper and paper.received_on <= day:
            yield paper


def _read_paper(record: Record, year: int) -> Paper | None:
    given = dict(record.values)
    named, received = given.pop("commune", None), given.get("received_on")
    # The day decides between communes of the same name.
    commune = commune_on(record, named, received, "văn bản") if named else None
    if commune is None or received is None or "kind" not in given:
        return None
    return Paper(**{"number": "", "note": ""} | given, commune=commune, year=year, where=(record.path, record.line))
