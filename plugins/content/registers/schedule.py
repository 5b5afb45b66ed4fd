"""content/danh-muc/ke-hoach.yaml -> the day by which the communes report, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.folders import SCHEDULE
from plugins.content.vocabulary_files import FOLDER, load_terms
from plugins.sources import values
from plugins.sources.problem import Problem
from plugins.sources.schema import Key

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

SCHEDULE_KEYS = (
    Key("year", "năm", values.year, "Năm thi đua", required=True, example="2020"),
    Key("due", "hạn báo cáo", values.day, "Ngày cuối cùng xã gửi báo cáo", required=True, example="10/11/2020"),
    Key("basis", "theo", values.text, "Văn bản đặt ra hạn ấy"),
)


@dataclass(frozen=True)
class Deadline:
    """The last day on which a year's reports are in time, and the document that says so, "" where none is named."""

    year: int
    due: date
    basis: str = ""


def load_deadlines(project: Path) -> tuple[dict[int, Deadline], list[Problem]]:
    """Read the deadlines, by year. A project without the file has none."""
    problems: list[Problem] = []
    deadlines: dict[int, Deadline] = {}
    if not (project / FOLDER / SCHEDULE).exists():
        return deadlines, problems
    for deadline, record in load_terms(project, SCHEDULE, SCHEDULE_KEYS, Deadline, problems, set()):
        if deadline.year in deadlines:
            line = record.lines["year"]
            message = f"Năm {deadline.year} đã có hạn báo cáo"
            problems.append(Problem(f"{FOLDER}/{SCHEDULE}", line, message, "xóa một trong hai mục"))
        deadlines.setdefault(deadline.year, deadline)
    return deadlines, problems
