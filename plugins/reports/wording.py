"""What a report calls things: the office that makes it, its place, its subject, an exemplar in a line. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.content.registers.act import PRAISES

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.story import Story
    from plugins.content.terms import Office
    from plugins.reports.report import Report

_FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam"


def office(report: Report, publisher: Office) -> str:
    """Return who makes the report: the publisher, or the commune's own committee."""
    return f"{_FRONT} {report.commune.full_name}" if report.commune else publisher.name


def parent_office(report: Report, publisher: Office) -> str:
    """Return the committee above: of the district for an old commune, of the province for one of today."""
    if report.commune is None:
        return publisher.governing_body
    return f"{_FRONT} {report.commune.parent.partition(',')[0]}"


def place(report: Report, publisher: Office) -> str:
    """Return the place of the place-date line: the bare name of the district or the commune."""
    if report.commune:
        return report.commune.name
    found = re.search(r"(?:huyện|thị xã|thành phố|tỉnh|xã|phường) (?P<name>.+)$", publisher.name)
    return found["name"] if found else publisher.area


def subject(report: Report) -> str:
    """Return what the report is about, as its title says it."""
    return f"Kết quả thực hiện phong trào thi đua “Dân vận khéo” năm {report.year}"


def format_day(day: date) -> str:
    """Return the date of an official document, where a small number has a nought before it: ngày 03 tháng 11 năm 2020.

    A day under 10 and a month under 3 have one (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def describe(story: Story) -> str:
    """Return an exemplar's commune and kind, and that it is made up where it is."""
    parts = [story.commune.full_name if story.commune else "", story.kind.name.lower() if story.kind else ""]
    return ", ".join(part for part in (*parts, "bài mẫu" if story.sample else "") if part)


def list_lines(story: Story) -> str:
    """Return the results of an exemplar as written, one after another."""
    return "; ".join(f"{result.quantity} {result.label}".strip() for result in story.results)


def list_results(story: Story) -> str:
    """Return the results and the commendations of an exemplar as sentences; "" when it has neither."""
    results = list_lines(story)
    praise = "; ".join(act.title for act in story.acts if act.kind in PRAISES)
    sentences = [results, f"Biểu dương, khen thưởng: {praise}" if praise else ""]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
