"""The office's own calendar as staff write it."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from plugins.content.agenda import AGENDA_FILE, Meeting, Visit, parse_hours
from plugins.sources.problem import Invalid
from tests.loading import load

if TYPE_CHECKING:
    from tests.conftest import Project


def test_meetings_and_visits_are_read(project: Project) -> None:
    project.write_story("kenh")
    project.write_story("kenh-hai", 2021)
    text = """\
# Lịch của cơ quan.
- ngày: 15/4/2026
  giờ: "8:00-10:30"
  việc: Họp bình xét
  nơi: hội trường
  ai: Ban Thường trực
- ngày: 2/5/2026
  đến ngày: 4/5/2026
  thăm: kenh → content/bai-viet/2021/kenh-hai/bai.md
"""
    project.write(AGENDA_FILE, text)
    content = load(project.path, date(2026, 1, 1))
    assert content.errors == []
    hours = time(8), time(10, 30)
    assert content.meetings == (
        Meeting(date(2026, 4, 15), "Họp bình xét", None, hours, "hội trường", "Ban Thường trực"),
        Meeting(date(2026, 5, 2), "", date(2026, 5, 4), visit=Visit("kenh", "kenh-hai")),
    )


def test_every_invalid_entry_is_reported_at_its_line(project: Project) -> None:
    project.write_story("kenh")
    text = """\
- ngày: 15/4/2026
- ngày: 31/4/2026
  việc: Họp
- ngày: 4/5/2026
  đến ngày: 2/5/2026
  việc: Họp
- ngày: 4/5/2026
  thăm: kenh → kenhh
- ngày: 4/5/2026
  đến ngày: 5/5/2026
  giờ: 8h
  việc: Họp
"""
    project.write(AGENDA_FILE, text)
    content = load(project.path, date(2026, 1, 1))
    found = [(one.line, one.message) for one in content.problems if one.path == AGENDA_FILE]
    assert found == [
        (1, "Mục này không ghi việc gì"),
        (2, 'Ngày "31/4/2026" không có thật: tháng 4 năm 2026 chỉ có 30 ngày'),
        (5, "Đến ngày 2/5/2026 đứng trước ngày 4/5/2026"),
        (8, "Không có bài “kenhh”"),
        (11, "Việc nhiều ngày không ghi giờ"),
    ]
    assert content.meetings == ()
    assert not any(one.path == AGENDA_FILE for one in content.stopping(publishing=True))


def test_one_meeting_has_all_its_faults_reported(project: Project) -> None:
    project.write(AGENDA_FILE, "- ngày: 31/11/2026\n  giờ: 25h\n  việc:\n- ngày: 4/5/2026\n  thăm: kenh\n")
    found = [(one.line, one.message) for one in load(project.path, date(2026, 1, 1)).problems]
    assert [one for one in found if "cơ quan" not in one[1]] == [
        (1, 'Ngày "31/11/2026" không có thật: tháng 11 năm 2026 chỉ có 30 ngày'),
        (2, 'Giờ "25h" không đúng'),
        (3, "Mục này không ghi việc gì"),
        # A visit is meant: only its value is wrong.
        (5, 'Thăm "kenh" không đủ hai bài'),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8:00", (time(8), None)),
        ("8 giờ 30", (time(8, 30), None)),
        ("7h30 - 9h", (time(7, 30), time(9))),
        ("13:15 đến 14:00", (time(13, 15), time(14))),
    ],
)
def test_hours(written: str, meant: tuple[time, time | None]) -> None:
    assert parse_hours(written) == meant


@pytest.mark.parametrize("written", ["sáng", "25:00", "8:70", "10:00-9:00", "8"])
def test_invalid_hours(written: str) -> None:
    with pytest.raises(Invalid):
        parse_hours(written)


def test_a_calendar_without_entries_is_no_fault(project: Project) -> None:
    project.write(AGENDA_FILE, "# Chưa ghi gì.\n")
    content = load(project.path, date(2026, 1, 1))
    assert (content.errors, content.meetings) == ([], ())
