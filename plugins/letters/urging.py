"""`don-doc`: what the fields of the letter say that urges a commune, one letter for each that lacks something. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.registers.paper import PaperKind
from plugins.content.territory import front
from plugins.letters.common import COMMON, DEADLINES, NUMBER, Letter, number, say_common, say_deadlines
from plugins.letters.fields import Field, Fields, Rows, Values
from plugins.registers.dues import format_time_left
from plugins.registers.progress import build_progress, known_years
from plugins.registers.reminder import PAPER_NAMES, name_step, opening, request
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize, format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.content.vocabulary.terms import Commune
    from plugins.letters.common import Occasion
    from plugins.registers.progress import CommuneProgress, Progress

PLACE = (
    Field("tên xã", "nơi nhận công văn, kèm loại: xã …, thị trấn …", ("tên địa bàn", "tên phường", "tên thôn")),
    Field("nơi nhận công văn", "Ban Thường trực Ủy ban MTTQ Việt Nam của nơi ấy", ("kính gửi",)),
)
LACKING = Rows(
    "nội dung còn thiếu",
    (
        NUMBER,
        Field("nội dung còn thiếu", "văn bản chưa gửi, hay điển hình còn thiếu gì", ("nội dung",)),
        Field("hạn gửi", "hạn của nội dung ấy", ("hạn",)),
        Field("tình trạng", "còn mấy ngày, hay quá hạn mấy ngày; điển hình thì thiếu gì"),
    ),
)
FIELDS = Fields(
    (
        *COMMON,
        *PLACE,
        Field("mở đầu", "lời mở đầu theo sổ: cảm ơn đã đăng ký bao nhiêu điển hình, hay chưa nhận được đăng ký"),
        Field("yêu cầu", "đề nghị gửi gì, hạn nào; nội dung quá hạn đứng trước"),
        Field("số nội dung còn thiếu", "bao nhiêu dòng trong danh sách"),
        Field("số đăng ký", "nơi ấy đã đăng ký bao nhiêu điển hình"),
        *DEADLINES,
    ),
    (LACKING,),
)


def compose(occasion: Occasion) -> list[Letter]:
    """Return a letter for each place that lacks something, or for the one that is asked for."""
    content, year = occasion.content, occasion.year
    if year not in known_years(content):
        what = f"Chưa có sổ đăng ký, sổ theo dõi hay hạn nào của năm {year}"
        raise Invalid(what, "sửa năm, hoặc làm sổ của năm ấy trước")
    progress = build_progress(content, year)
    wanted = [one for one in progress.communes if occasion.commune in (None, one.commune, one.now)]
    return [_write(occasion, progress, one) for one in wanted if not one.is_complete]


def _write(occasion: Occasion, progress: Progress, commune: CommuneProgress) -> Letter:
    rows = number(_list_lacking(progress, commune))
    single = {
        **say_common(occasion),
        **say_place(commune.now),
        "mở đầu": opening(progress, commune).rstrip("."),
        "yêu cầu": request(progress, commune),
        "số nội dung còn thiếu": format_number(len(rows)),
        "số đăng ký": format_number(commune.tally.registered),
        **say_deadlines(progress.schedule, commune.commune),
    }
    papers = occasion.content.papers.get(progress.year, ())
    is_sample = any(step.registration.sample for step in commune.steps) or any(
        one.sample for one in papers if one.commune in (commune.commune, commune.now)
    )
    return Letter(f"don-doc-{commune.commune.id}", Values(single, {LACKING.name: rows}), is_sample)


def _list_lacking(progress: Progress, commune: CommuneProgress) -> Iterator[dict[str, str]]:
    schedule = progress.schedule
    # It is the report that tells how registrations ended.
    report = schedule.deadline(PaperKind.REPORT, commune.commune) if schedule else None
    for due in commune.missing:
        left = capitalize(format_time_left(due.days_late(progress.day))) if due.deadline else "Chưa nhận được"
        yield _row(PAPER_NAMES[due.kind], format_date(due.deadline.last) if due.deadline else "", left)
    for step in commune.lacking:
        lacks = capitalize(", ".join(lack.value for lack in step.lacks))
        yield _row(name_step(step), format_date(report.last) if report else "", lacks)


def _row(what: str, until: str, state: str) -> dict[str, str]:
    return {"nội dung còn thiếu": what, "hạn gửi": until or "càng sớm càng tốt", "tình trạng": state}


def say_place(commune: Commune) -> dict[str, str]:
    """Return what the fields of a letter's place say."""
    return dict(zip((field.name for field in PLACE), (commune.full_name, front.addressee(commune)), strict=True))
