"""`check --privacy` as the office reads it: who is named where, and under which form of consent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from plugins.newsroom.people import find_people, list_people
from tests.held import holding

if TYPE_CHECKING:
    from tests.conftest import Project

PERSON = {"Loại": "Cá nhân", "Điển hình": "Ông Lục Văn Thinh, thôn 6", "Đồng ý": "PĐY-2020-31"}
BODY = "Ông Thinh hỏi bà Nông Thị Mến.\n\nBà Mến gật. Y Khuin Êban cười; Y Khuin về.\n"


def told(project: Project) -> list[str]:
    people, unread = find_people(project.path)
    assert unread == []
    return [str(person).removeprefix("content/bai-viet/2020/") for person in people]


def test_everyone_once_by_the_longest_name_with_every_line(project: Project) -> None:
    project.write_story(front=PERSON | {"Tiêu đề": "Ông Thinh mở cổng", "Tác giả": "Thanh Hà"}, body=BODY)
    assert told(project) == [
        "kenh/bai.md:2: ông Lục Văn Thinh (điển hình), còn ở dòng 7, 11; phiếu đồng ý PĐY-2020-31",
        "kenh/bai.md:9: Thanh Hà (tác giả); chưa có phiếu đồng ý",
        "kenh/bai.md:11: bà Nông Thị Mến, còn ở dòng 13; chưa có phiếu đồng ý",
        "kenh/bai.md:13: Y Khuin Êban; chưa có phiếu đồng ý",
    ]


@pytest.mark.parametrize(
    ("front", "consents"),
    [
        (PERSON, ["PĐY-2020-31", "", ""]),
        (PERSON | {"Đồng ý": "\n  - PĐY-1\n  - PĐY-2 | Bà Nông Thị Mến"}, ["PĐY-1", "PĐY-2", ""]),
        (PERSON | {"Đồng ý": "\n  - PĐY-2 | nong thi men\n  - PĐY-1"}, ["PĐY-1", "PĐY-2", ""]),
        # In a story about many, a form without a name is for all.
        ({"Đồng ý": "PĐY-9"}, ["PĐY-9"] * 3),
        ({"Đồng ý": "\n  - PĐY-9 | Y Khuin Êban"}, ["", "", "PĐY-9"]),
        ({}, ["", "", ""]),
    ],
)
def test_each_has_the_form_that_is_theirs(project: Project, front: dict[str, str | None], consents: list[str]) -> None:
    project.write_story(front=front, body=BODY)
    assert [person.consent for person in find_people(project.path)[0]] == consents


def test_units_are_nobody(project: Project) -> None:
    front = {"Điển hình": "Ban Công tác Mặt trận thôn 3", "Tác giả": "Ủy ban MTTQ xã Nam Dong"}
    project.write_story(front=front, body="Bà con thôn 3, chị em Ê Đê, Trường Tiểu học Lê Lợi.\n")
    assert told(project) == []


def test_drafts_samples_and_stories_with_errors_are_listed_too(project: Project) -> None:
    project.write_story("mot", front={"Trạng thái": "nháp", "Mẫu": "có"}, body="Chị Lan kể.\n")
    project.write_story("hai", front={"Xã": "Đâu đó"}, body="Anh Tú kể.\n")
    assert told(project) == [
        "hai/bai.md:8: anh Tú; chưa có phiếu đồng ý",
        "mot/bai.md:10: chị Lan (bài mẫu); chưa có phiếu đồng ý",
    ]


def test_the_list_as_printed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert list_people(project.path) == 0
    assert capsys.readouterr().out == "Không thấy bài nào nêu tên người.\n"
    project.write_story(front=PERSON, body=BODY)
    assert list_people(project.path) == 0
    summary = capsys.readouterr().out.splitlines()[-1]
    assert summary.startswith("3 người được nêu tên trong 1 bài; 2 người chưa có phiếu đồng ý. ")
    assert list_people(project.path, as_json=True) == 0
    first, *_ = json.loads(capsys.readouterr().out)
    assert first == {
        "path": "content/bai-viet/2020/kenh/bai.md",
        "line": 7,
        "lines": [7, 10],
        "name": "ông Lục Văn Thinh",
        "role": "điển hình",
        "consent": "PĐY-2020-31",
        "sample": False,
    }


def test_a_file_that_cannot_be_read_is_said_to_be_missing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = project.write("content/bai-viet/2020/hong/bai.md", b"\xff\xfeA")
    assert list_people(project.path, as_json=True) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out) == []
    assert printed.err.startswith(f"Chưa đọc được, chưa kể vào đây: {path}:1: ")


@pytest.mark.parametrize("path", ["content/bai-viet", "content/bai-viet/2020", "content/bai-viet/2020/kenh"])
def test_nor_is_a_folder_passed_over_in_silence(
    project: Project, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_story("kenh")
    with holding(project.path / path):
        assert list_people(project.path) == 1
    assert capsys.readouterr().err.startswith(f"Chưa đọc được, chưa kể vào đây: {path}:1: Chưa đọc được thư mục")
