"""Read content/theo-doi/<year>.csv or .xlsx, the registers of papers."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from plugins import hint
from plugins.content.folders import PAPERS
from plugins.content.registers.columns import count_headings, paper_columns
from plugins.content.registers.paper import Paper
from plugins.content.registers.sheets.reading import read_tables
from plugins.content.registers.sheets.stranger import explain_suffix
from plugins.content.registers.sheets.tables import CellTable
from plugins.content.registers.table_reader import TableReader
from plugins.content.vocabulary.vocabulary import Vocabulary, commune_on
from plugins.markdown.references import CONTENT
from plugins.sources import values
from plugins.sources.folders import list_folder
from plugins.sources.problem import Level, Problem
from plugins.sources.schema import Record
from plugins.vietnamese import fold, format_date

PAPERS_FOLDER = f"{CONTENT}/{PAPERS}"
_NAME = re.compile(r"(\d{4})\.(?:csv|xlsx)")
# A row with this many known headings is the header.
_LEAST = 3


def load_papers(project: Path, vocabulary: Vocabulary, day: date) -> tuple[dict[int, tuple[Paper, ...]], list[Problem]]:
    """Read the papers received by a day, by year of their register. Rows with errors are left out."""
    problems: list[Problem] = []
    papers: dict[int, tuple[Paper, ...]] = {}
    first: dict[int, str] = {}
    for name, file in list_folder(project / PAPERS_FOLDER, PAPERS_FOLDER, problems):
        path = f"{PAPERS_FOLDER}/{name}"
        found = _NAME.fullmatch(fold(name))
        year = int(found[1]) if found else 0
        if year not in values.YEARS:
            fix = "đặt tên bằng năm, ví dụ 2020.csv hoặc 2020.xlsx"
            unread = "Tệp này không phải sổ theo dõi của một năm nên không được đọc", fix
            problems.append(Problem(path, 1, *(explain_suffix(name) or unread)))
        elif year in first:
            fix = "gộp vào một tệp, xóa tệp kia"
            problems.append(Problem(path, 1, f"Năm {year} đã có sổ {first[year]}", fix))
        else:
            first[year] = path
            columns = paper_columns(vocabulary, year)
            (table,), faults = read_tables(Path(file), path, ((partial(count_headings, columns), _LEAST),))
            problems += faults
            again = f"làm lại từ mẫu: {hint.command(f'register-template --papers --year {year}')}"
            missed = {"commune", "kind", "number", "received_on"}
            rows = TableReader(path, columns, _LEAST, problems, again, missed)
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
        if paper := _read(record, year):
            # Papers of a kind differ by number or, without numbers, by day.
            key = paper.commune.id, paper.kind, fold(paper.number) or paper.received_on
            if key in seen:
                message = f"{paper.kind.label.capitalize()} của {paper.commune.full_name} đã ghi ở dòng {seen[key]}"
                record.report(None, message, "xóa một trong hai dòng; nếu là hai văn bản thì ghi đúng số, ký hiệu")
            seen.setdefault(key, record.line)
        if rows.finish(record) and paper and paper.received_on <= day:
            yield paper


def _read(record: Record, year: int) -> Paper | None:
    given = dict(record.values)
    named, received = given.pop("commune", None), given.get("received_on")
    # The day decides between communes of the same name.
    commune = commune_on(record, named, received, "văn bản") if named else None
    if commune is None or received is None or "kind" not in given:
        return None
    return Paper(**{"number": "", "note": ""} | given, commune=commune, year=year, where=(record.path, record.line))
