"""The log of sent stories, and problems of its rows."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.sent import SENT_COLUMNS, SENT_FILE, SentCount, count_sent
from tests.loading import load

if TYPE_CHECKING:
    from plugins.content.content import Content
    from tests.conftest import Project

HEADING = ";".join(key.name for key in SENT_COLUMNS)
DAY = date(2020, 12, 1)


def read(project: Project, *rows: str, day: date = DAY) -> Content:
    project.write(SENT_FILE, "\r\n".join([HEADING, *rows, ""]))
    return load(project.path, day)


def told(content: Content) -> list[str]:
    return [f"{one.line}: {one.message}" for one in content.problems if one.path == SENT_FILE]


def test_rows_sent_and_used_are_read(project: Project) -> None:
    project.write_story("kenh")
    project.write_story("gao")
    content = read(
        project,
        "kenh;Ủy ban MTTQ tỉnh;1/9/2020;Thông tin công tác Mặt trận, số 9;20/9/2020;",
        "kenh;Ủy ban MTTQ tỉnh;1/9/2020;Trang của tỉnh;;đăng lại",
        "gao;Báo Đắk D’rông;2/10/2020;;;",
    )
    assert told(content) == []
    assert [(one.slug, one.to, one.sent_on, one.used_at, one.used_on) for one in content.sendings] == [
        ("kenh", "Ủy ban MTTQ tỉnh", date(2020, 9, 1), "Thông tin công tác Mặt trận, số 9", date(2020, 9, 20)),
        ("kenh", "Ủy ban MTTQ tỉnh", date(2020, 9, 1), "Trang của tỉnh", None),
        ("gao", "Báo Đắk D’rông", date(2020, 10, 2), "", None),
    ]
    # A story counts once, however often it was sent or used.
    assert count_sent(content.sendings, content.stories) == SentCount(2, 1)


def test_later_rows_and_uses_are_not_counted(project: Project) -> None:
    project.write_story("kenh")
    project.write_story("gao")
    rows = "kenh;Tỉnh;1/9/2020;Báo;20/9/2020;", "gao;Tỉnh;30/9/2020;;;"
    content = read(project, *rows, day=date(2020, 9, 10))
    assert count_sent(content.sendings, content.stories) == SentCount(1, 0)
    assert [message.split(" còn")[0] for message in told(content)] == [
        "2: Ngày dùng 20/9/2020",
        "3: Ngày gửi 30/9/2020",
    ]
    assert content.errors == []


def test_every_invalid_row_is_reported_and_left_out(project: Project) -> None:
    project.write_story("kenh-dak-drong")
    project.write_story("hong", front={"Lĩnh vực": "Không có"})
    content = read(
        project,
        "kenh-dak-dong;Tỉnh;1/9/2020;;;",
        "kenh-dak-drong;Tỉnh;31/9/2020;;;",
        "kenh-dak-drong;Tỉnh;2/9/2020;Báo;1/9/2020;",
        "kenh-dak-drong;;3/9/2020;;;",
        "kenh-dak-drong;Tỉnh;4/9/2020;;5/9/2020;",
        "kenh-dak-drong;Tỉnh;6/9/2020;;;",
        "kenh-dak-drong;TỈNH;6/9/2020;;;",
        # The error of the story is not reported twice.
        "hong;Tỉnh;6/9/2020;;;",
    )
    assert told(content) == [
        "2: Không có bài “kenh-dak-dong”",
        '3: Ngày "31/9/2020" không có thật: tháng 9 năm 2020 chỉ có 30 ngày',
        "4: Ngày dùng 1/9/2020 đứng trước ngày gửi 2/9/2020",
        '5: Thiếu "Đã gửi tới"',
        "6: Có ngày dùng 5/9/2020 mà không ghi dùng ở đâu",
        "8: Dòng này ghi lại dòng 7",
    ]
    assert [(one.slug, one.where[1]) for one in content.sendings] == [("kenh-dak-drong", 7), ("hong", 9)]
    assert content.problems[0].fix.startswith("ý bạn là") or any("ý bạn là" in one.fix for one in content.problems)


def test_letters_in_parts_and_other_delimiters_are_read(project: Project) -> None:
    project.write_story("kenh")
    text = f"{HEADING.replace(';', ',')}\nkenh,Ủy ban MTTQ tỉnh Đắk Nông,1/9/2020,,,\n"
    project.write(SENT_FILE, unicodedata.normalize("NFD", text).encode("utf-16"))
    (only,) = load(project.path, DAY).sendings
    assert (only.slug, only.to) == ("kenh", "Ủy ban MTTQ tỉnh Đắk Nông")


def test_the_log_keeps_no_site_from_being_published(project: Project) -> None:
    project.write_story("kenh")
    project.write(SENT_FILE, "không;phải;sổ\n")
    content = load(project.path, DAY)
    assert [one.path for one in content.errors] == [SENT_FILE]
    assert [one for one in content.stopping(publishing=True) if one.path == SENT_FILE] == []


def test_a_log_with_only_a_header_is_empty(project: Project) -> None:
    project.write_story("kenh")
    content = read(project)
    assert (told(content), content.sendings) == ([], ())


@pytest.mark.parametrize(
    "written", ['"kenh;Ủy ban MTTQ tỉnh;1/9/2020;;;', b"\xd0\xcf\x11\xe0" + bytes(600), b"PK\x03\x04"]
)
def test_no_advice_turns_the_log_into_a_workbook(project: Project, written: str | bytes) -> None:
    """Only gui-bai.csv is read: a file saved as .xlsx would be reported next."""
    project.write(SENT_FILE, f"{HEADING}\r\n{written}\r\n" if isinstance(written, str) else written)
    (fix,) = [one.fix for one in load(project.path, DAY).problems if one.path == SENT_FILE]
    assert fix == "mở bằng Excel rồi lưu lại thành CSV UTF-8, giữ nguyên tên tệp"
