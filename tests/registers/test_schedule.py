"""The deadlines of a year as people write them: before a day or on it at the latest, of one commune or of all."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.registers.paper import PaperKind
from plugins.content.registers.schedule import Deadline, parse_deadline
from tests.loading import load
from tests.registers.conftest import SCHEDULE

if TYPE_CHECKING:
    from plugins.content.registers.schedule import Schedule
    from tests.conftest import Project

TENTH = date(2020, 11, 10)


@pytest.mark.parametrize(
    ("written", "last", "label"),
    [
        ("trước 10/11/2020", date(2020, 11, 9), "trước ngày 10/11/2020"),
        ("Trước ngày 10/11/2020", date(2020, 11, 9), "trước ngày 10/11/2020"),
        ("truoc ngay 10-11-2020", date(2020, 11, 9), "trước ngày 10/11/2020"),
        ("trước 1/1/2021", date(2020, 12, 31), "trước ngày 1/1/2021"),
        ("chậm nhất 9/11/2020", date(2020, 11, 9), "chậm nhất ngày 9/11/2020"),
        ("chậm nhất là ngày 9/11/2020", date(2020, 11, 9), "chậm nhất ngày 9/11/2020"),
        ("10/11/2020", TENTH, "chậm nhất ngày 10/11/2020"),
        ("2020-11-10", TENTH, "chậm nhất ngày 10/11/2020"),
        ("ngày 10/11/2020", TENTH, "chậm nhất ngày 10/11/2020"),
    ],
)
def test_before_a_day_and_by_a_day_are_distinguished(written: str, last: date, label: str) -> None:
    deadline = parse_deadline(written)
    assert (deadline.last, deadline.label) == (last, label)


def schedule_of(project: Project, *lines: str) -> Schedule:
    project.write(SCHEDULE, "\n".join(["- năm: 2020", "  hạn báo cáo: trước 10/11/2020", *lines, ""]))
    content = load(project.path)
    assert content.problems == ()
    return content.schedules[2020]


def test_a_year_has_several_deadlines_and_a_commune_its_own(project: Project) -> None:
    schedule = schedule_of(
        project,
        "  hạn kế hoạch: chậm nhất 31/3/2020",
        "  hạn đăng ký: 30/4/2020",
        "  riêng:",
        "    - Ea T'ling | báo cáo | chậm nhất 15/11/2020",
        "    - Nam Dong | kế hoạch | trước 15/4/2020",
        "  theo: Hướng dẫn",
    )
    assert schedule.deadlines == {
        PaperKind.PLAN: Deadline(date(2020, 3, 31)),
        PaperKind.REGISTRATION: Deadline(date(2020, 4, 30)),
        PaperKind.REPORT: Deadline(TENTH, before=True),
    }
    communes = {commune.id: commune for commune in load(project.path).vocabulary.communes}
    by_commune = {name: schedule.deadline(PaperKind.REPORT, communes[name]) for name in ("ea-tling", "nam-dong")}
    assert by_commune == {"ea-tling": Deadline(date(2020, 11, 15)), "nam-dong": Deadline(TENTH, before=True)}
    # Of two communes of one name it is the one that there was.
    assert schedule.deadline(PaperKind.PLAN, communes["nam-dong"]) == Deadline(date(2020, 4, 15), before=True)
    assert schedule.deadline(PaperKind.PLAN, communes["xa-nam-dong-2025"]) == Deadline(date(2020, 3, 31))
    assert schedule.basis == "Hướng dẫn"


def test_one_line_apart_needs_no_list_and_any_form_of_letters_will_do(project: Project) -> None:
    line = unicodedata.normalize("NFD", "  riêng: Đắk D’rông | báo cáo | chậm nhất 15/11/2020")
    schedule = schedule_of(project, line)
    assert schedule.apart == {("dak-drong", PaperKind.REPORT): Deadline(date(2020, 11, 15))}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "hạn kế hoạch: sau 1/4/2020",
            'Hạn "sau 1/4/2020" không rõ; viết trước 10/11/2020, hoặc chậm nhất 9/11/2020',
        ),
        ("hạn kế hoạch: trước 31/4/2020", 'Ngày "31/4/2020" không có thật: tháng 4 năm 2020 chỉ có 30 ngày; sửa lại'),
        ("hạn kế hoạch: 1/4/2002", "Hạn chậm nhất ngày 1/4/2002 cách xa năm 2020; kiểm tra lại năm"),
        ("riêng: Nam Dong, 15/11/2020", 'Hạn riêng "Nam Dong, 15/11/2020" không đủ ba phần; viết xã | văn bản | hạn'),
        ("riêng: Nam Dông | báo cáo | 15/11/2020", 'Xã "Nam Dông" không có trong danh mục; ý bạn là "Nam Dong"?'),
        ("riêng: Nam Dong | báo các | 15/11/2020", 'Văn bản "báo các" không có trong danh mục; ý bạn là "báo cáo"?'),
        ("riêng: Cư Jút | báo cáo | 15/11/2020", "Xã Cư Jút chỉ có từ 1/7/2025, sau ngày 15/11/2020 của hạn; ghi đị"),
        (
            "riêng: [Nam Dong | báo cáo | 15/11/2020, Nam Dong | báo cáo | 16/11/2020]",
            "Hạn báo cáo riêng của xã Nam Dong ghi hai lần; xóa một trong hai dòng",
        ),
    ],
)
def test_faults_are_reported_at_their_line(project: Project, line: str, sentence: str) -> None:
    project.write(SCHEDULE, f"- năm: 2020\n  hạn báo cáo: trước 10/11/2020\n  {line}\n")
    told = [str(problem) for problem in load(project.path).problems]
    assert [one[: len(f"{SCHEDULE}:3: {sentence}")] for one in told] == [f"{SCHEDULE}:3: {sentence}"]
