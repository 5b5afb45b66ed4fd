"""Events of the calendar, and its file as another calendar reads it."""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from plugins.agenda.command import write_calendar
from plugins.agenda.events import Event, EventKind, list_events
from plugins.agenda.ics import render_ics
from plugins.content.agenda import AGENDA_FILE
from plugins.preview.addresses import AGENDA_URL
from plugins.preview.staff.pages import render_agenda
from tests.loading import load
from tests.registers.conftest import acts

if TYPE_CHECKING:
    from plugins.content.content import Content
    from tests.conftest import Project

DAY = date(2020, 11, 12)
REGISTER = """\
Mã;Tên mô hình;Loại;Đơn vị;Xã;Lĩnh vực;Ngày đăng ký;Mẫu
DK-2020-001;Kênh Đắk D’rông, bờ nam;Tập thể;Thôn 3;Nam Dong;Kinh tế;2/4/2020;
DK-2020-002;Hũ gạo;Mô hình;Chi hội;Ea T’ling;Văn hóa;2/4/2020;có
"""
HEADS = "Mã;Việc;Ngày;Số phiếu;Nơi niêm yết;Niêm yết đến"
SCHEDULE = """\
- năm: 2020
  hạn báo cáo: trước 10/11/2020
  hạn đăng ký: chậm nhất 30/4/2020
  riêng:
    - Nam Dong | báo cáo | chậm nhất 15/11/2020
  theo: Hướng dẫn 2020
"""
OWN = """\
- ngày: 12/11/2020
  giờ: "8:00-10:30"
  việc: Họp; chuẩn bị, bàn
  nơi: hội trường
  ai: Ban Thường trực
- ngày: 1/12/2020
  đến ngày: 3/12/2020
  thăm: kenh → kenh-hai
"""


@pytest.fixture
def busy(project: Project) -> Project:
    project.write_story("kenh")
    project.write_story("kenh-hai", 2020, {"Tiêu đề": "Kênh thôn 5", "Nhân rộng từ": "kenh"})
    project.write("content/danh-muc/ke-hoach.yaml", SCHEDULE)
    project.write("content/dang-ky/2020.csv", REGISTER)
    reviews = "DK-2020-001;bình xét;15/10/2020;45/48;nhà văn hóa;22/11/2020", "DK-2020-002;bình xét;16/10/2020;;;"
    project.write("content/dang-ky/2020-viec.csv", acts(*reviews, "DK-2020-001;công nhận;1/11/2020;;;", heads=HEADS))
    project.write(AGENDA_FILE, OWN)
    return project


def read(project: Project, day: date = DAY) -> Content:
    content = load(project.path, day)
    assert content.errors == []
    return content


def unfold(data: bytes) -> list[str]:
    """Return the lines of a file as RFC 5545 has them joined; none is over 75 octets, and each is whole UTF-8."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def parse(data: bytes) -> list[dict[str, str]]:
    """Return the events by their properties, values as they are meant."""
    signs = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
    lines, found, inside = unfold(data), [], False
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert {"VERSION:2.0"} <= set(lines)
    assert any(line.startswith("PRODID:") for line in lines)
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
            inside = True
        elif line == "END:VEVENT":
            inside = False
        elif inside:
            name, _, value = line.partition(":")
            assert re.fullmatch("[A-Z-]+(;[A-Z]+=[^;:]+)*", name)
            assert name not in found[-1]
            found[-1][name] = re.sub(r"\\[nN,;\\]", lambda sign: signs[sign[0]], value)
    return found


def test_every_source_is_in_the_calendar_in_the_order_of_days(busy: Project) -> None:
    told = [(one.kind, one.day, one.until, one.title, one.overdue) for one in list_events(read(busy))]
    assert told == [
        (
            EventKind.DEADLINE,
            date(2020, 4, 30),
            None,
            "Hạn gửi đăng ký năm 2020 của các xã, thị trấn",
            "chưa gửi: Đắk D’rông",
        ),
        (EventKind.REVIEW, date(2020, 10, 15), None, "Bình xét: Kênh Đắk D’rông, bờ nam (DK-2020-001, Nam Dong)", ""),
        (EventKind.REVIEW, date(2020, 10, 16), None, "Bình xét: Hũ gạo (DK-2020-002, Thị trấn Ea T’ling)", ""),
        (
            EventKind.DEADLINE,
            date(2020, 11, 9),
            None,
            "Hạn gửi báo cáo năm 2020 của các xã, thị trấn",
            "chưa gửi: Đắk D’rông, Thị trấn Ea T’ling",
        ),
        (EventKind.OTHER, date(2020, 11, 12), None, "Họp; chuẩn bị, bàn", ""),
        (EventKind.DEADLINE, date(2020, 11, 15), None, "Hạn gửi báo cáo năm 2020 của xã Nam Dong", ""),
        (
            EventKind.POSTING,
            date(2020, 11, 22),
            None,
            "Ngày cuối niêm yết: Kênh Đắk D’rông, bờ nam (DK-2020-001, Nam Dong)",
            "",
        ),
        (
            EventKind.VISIT,
            date(2020, 12, 1),
            date(2020, 12, 3),
            "Kênh thôn 5 thăm, học cách làm của Kênh về thôn 3",
            "",
        ),
    ]


def test_another_calendar_reads_days_hours_and_words_as_they_are(busy: Project) -> None:
    data = render_ics(list_events(read(busy)), "Lịch; của, ta")
    events = parse(data)
    by_title = {one["SUMMARY"]: one for one in events}
    report = by_title["Hạn gửi báo cáo năm 2020 của các xã, thị trấn"]
    # The day after the last is the end.
    assert (report["DTSTART;VALUE=DATE"], report["DTEND;VALUE=DATE"]) == ("20201109", "20201110")
    assert report["DESCRIPTION"] == "theo Hướng dẫn 2020"
    visit = next(one for one in events if one["CATEGORIES"] == "thăm")
    assert (visit["DTSTART;VALUE=DATE"], visit["DTEND;VALUE=DATE"]) == ("20201201", "20201204")
    meeting = by_title["Họp; chuẩn bị, bàn"]
    assert meeting["DTSTART;TZID=Asia/Ho_Chi_Minh"] == "20201112T080000"
    assert meeting["DTEND;TZID=Asia/Ho_Chi_Minh"] == "20201112T103000"
    assert (meeting["LOCATION"], meeting["DESCRIPTION"]) == ("hội trường", "Ban Thường trực")
    assert next(one for one in events if "Hũ gạo" in one["SUMMARY"])["DESCRIPTION"] == "số liệu mẫu"
    lines = unfold(data)
    assert "X-WR-CALNAME:Lịch\\; của\\, ta" in lines
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    assert {"TZID:Asia/Ho_Chi_Minh", "TZOFFSETTO:+0700"} <= set(zone)
    assert len({one["UID"] for one in events}) == len(events)
    assert all(re.fullmatch(r"\d{8}T000000Z", one["DTSTAMP"]) for one in events)


@pytest.mark.parametrize("length", range(50, 90, 3))
def test_no_line_is_too_long_and_no_letter_is_cut(length: int) -> None:
    title = ("Ƀ Ŏ Ĕ Đắk D’rông, Cư K’nia; \\n " * 9)[:length] + "ữ" * 40 + "\n\x07cuối"
    event = Event(EventKind.OTHER, date(2026, 2, 28), title, "k", hours=(time(23, 30), None))
    (read_back,) = parse(render_ics([event], "x"))
    assert read_back["SUMMARY"] == title.replace("\x07", " ")
    assert read_back["DTEND;TZID=Asia/Ho_Chi_Minh"] == "20260301T003000"


def test_an_entry_stays_known_while_its_words_and_days_change(busy: Project) -> None:
    before = {one.title: one.uid for one in list_events(read(busy))}
    busy.write("content/danh-muc/ke-hoach.yaml", SCHEDULE.replace("trước 10/11/2020", "trước 20/11/2020"))
    busy.write("content/dang-ky/2020.csv", REGISTER.replace("Hũ gạo", "Hũ gạo tình thương"))
    after = {one.title: one.uid for one in list_events(read(busy))}
    report = "Hạn gửi báo cáo năm 2020 của các xã, thị trấn"
    assert before[report] == after[report]
    (old,), (new,) = ([uid for title, uid in found.items() if "Hũ gạo" in title] for found in (before, after))
    assert old == new


def test_the_command_writes_the_same_bytes_again_and_over_nothing(
    busy: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write_calendar(busy.path, "12/11/2020") == 0
    out = capsys.readouterr().out
    assert "Quá hạn từ 9/11/2020: Hạn gửi báo cáo năm 2020 của các xã, thị trấn; chưa gửi: Đắk D’rông" in out
    assert "8 việc, 4 việc chưa qua" in out
    made = (busy.path / "lich/lich.ics").read_bytes()
    assert write_calendar(busy.path, "12/11/2020") == 0
    assert [file.name for file in (busy.path / "lich").iterdir()] == ["lich.ics"]
    busy.write(AGENDA_FILE, "# Không còn gì.\n")
    assert write_calendar(busy.path, "12/11/2020") == 0
    assert (busy.path / "lich/lich.ics").read_bytes() == made
    assert len(parse((busy.path / "lich/lich-lan-2.ics").read_bytes())) == 6
    assert write_calendar(busy.path, "12/13/2020") == 1
    assert "không có tháng 13" in capsys.readouterr().err


def test_without_anything_there_is_an_empty_calendar(project: Project) -> None:
    assert list_events(read(project)) == ()
    assert parse(render_ics((), "x")) == []


def test_the_page_has_a_month_each_today_marked_and_who_is_late(busy: Project) -> None:
    content = read(busy)
    page = (render_agenda(AGENDA_URL, content) or b"").decode()
    assert re.findall(r'<h2 id="thang-\d+">([^<]+)', page) == ["Tháng 4", "Tháng 10", "Tháng 11", "Tháng 12"]
    (today,) = re.findall(r'<tr id="hom-nay" class="agenda__today" aria-current="date">.*?</tr>', page, re.DOTALL)
    assert "12/11/2020" in today
    assert "08:00–10:30" in today
    assert "Họp; chuẩn bị, bàn" in today
    late = page[page.index('id="qua-han"') : page.index("</section>", page.index('id="qua-han"'))]
    assert "chưa gửi: Đắk D’rông, Thị trấn Ea T’ling" in late
    assert f'href="{AGENDA_URL.rstrip("/")}.ics"' in page
    assert (render_agenda(f"{AGENDA_URL}2020/", content) or b"").decode() == page
    assert render_agenda(f"{AGENDA_URL}1999/", content) is None
    # A day without events is listed too.
    other = (render_agenda(AGENDA_URL, read(busy, date(2020, 11, 13))) or b"").decode()
    assert re.search(r'aria-current="date"><th scope="row">13/11/2020', other)
