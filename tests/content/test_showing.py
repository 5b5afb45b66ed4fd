"""Errors that stop a publish, and errors that do not: of drafts, samples, future stories, rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.exemplars.model.edition import select_edition
from plugins.sources.problem import Level
from tests.loading import load
from tests.site.small_site import COLUMNS

if TYPE_CHECKING:
    from tests.conftest import Project

DAY = date(2020, 9, 1)


def stopping(project: Project) -> list[str]:
    return [problem.path for problem in load(project.path, DAY, publishing=True).stopping(publishing=True)]


@pytest.mark.parametrize(
    "front",
    [
        pytest.param({"Trạng thái": "nháp", "Xã": "Không Có"}, id="draft"),
        pytest.param({"Trạng thái": "nháp", "Tóm tắt": "[hỏng"}, id="a draft that is no YAML"),
        pytest.param({"Mẫu": "có", "Xã": "Không Có"}, id="sample"),
        pytest.param({"Ngày": "2/9/2020", "Xã": "Không Có"}, id="tomorrow"),
    ],
)
def test_an_error_in_unpublished_content_is_reported_and_stops_nothing(project: Project, front: dict[str, str]) -> None:
    path = project.write_story(front=front)
    content = load(project.path, DAY)
    assert [problem.path for problem in content.errors] == [path]
    assert content.stopping(publishing=True) == []


@pytest.mark.parametrize(
    "front",
    [
        pytest.param({"Xã": "Không Có"}, id="shown"),
        pytest.param({"Trạng thái": "nhápp", "Xã": "Không Có"}, id="who knows"),
        pytest.param({"Ngày": "1/9/2020", "Tóm tắt": "[hỏng"}, id="today"),
    ],
)
def test_an_error_in_published_content_stops_a_publish(project: Project, front: dict[str, str]) -> None:
    path = project.write_story(front=front)
    assert set(stopping(project)) == {path}


def test_a_draft_gives_way_to_a_published_story(project: Project) -> None:
    draft = project.write_story("kenh", 2019, front={"Ngày": "1/2/2019", "Trạng thái": "nháp"})
    project.write_story("kenh", front={"Tiêu đề": "Kênh nay", "Địa chỉ cũ": "bai-viet/2019/kenh"})
    content = load(project.path, DAY)
    assert {problem.path for problem in content.errors} == {draft}
    assert [problem.message.partition(" trùng")[0] for problem in content.errors] == [
        'Tên bài "kenh"',
        "Địa chỉ /bai-viet/2019/kenh/ đã được khai là Địa chỉ cũ ở content/bai-viet/2020/kenh/bai.md",
    ]
    assert content.stopping(publishing=True) == []
    assert [story.path for story in content.stories] == ["content/bai-viet/2020/kenh/bai.md"]


def test_a_folder_without_a_story_stops_nothing_but_a_story_under_another_name_does(project: Project) -> None:
    project.write("content/bai-viet/2020/vuon/anh.jpg", b"x")
    project.write("content/bai-viet/2020/bang.xlsx", b"x")
    assert stopping(project) == []
    project.write("content/bai-viet/2020/dien/bai.md.txt", "---\nTiêu đề: Điện\n---\nBài.\n")
    assert stopping(project) == ["content/bai-viet/2020/dien"]
    (told,) = [line for line in project.problems() if line.startswith("content/bai-viet/2020/dien:")]
    assert 'không có tệp bai.md; đổi tên "bai.md.txt" thành bai.md, bỏ .txt; Notepad' in told
    assert "xóa thư mục" not in told


def test_a_wrong_row_is_left_out_unless_a_shown_story_contradicts_it(project: Project) -> None:
    row = "DK-2020-00{};Kênh;Tập thể;Thôn;{};;Kinh tế;;;2/4/2020;đăng ký;;"
    register = "content/dang-ky/2020.csv"
    project.write(register, "\n".join([COLUMNS, row.format(1, "Nam Dong"), row.format(2, "Không Có"), ""]))
    content = load(project.path, DAY)
    assert [(problem.path, problem.line) for problem in content.errors] == [(register, 3)]
    assert [one.code for one in content.registers[2020].registrations] == ["DK-2020-001"]
    assert content.stopping(publishing=True) == []
    story = project.write_story(front={"Đăng ký": "DK-2020-001", "Loại": "Mô hình"})
    assert stopping(project) == [story]
    project.write_story(front={"Đăng ký": "DK-2020-001", "Loại": "Mô hình", "Trạng thái": "nháp"})
    assert stopping(project) == []
    project.write(register, "Mã;Tên\nDK-2020-001;Kênh\n")
    assert stopping(project) == [register]
    project.write("content/theo-doi/2020.csv", "Chẳng;có;gì\n")
    assert stopping(project) == [register]
    assert "content/theo-doi/2020.csv" in {problem.path for problem in load(project.path, DAY).errors}


def test_nothing_public_is_dated_after_the_day(project: Project) -> None:
    changes = {"Cập nhật": "\n  - 1/9/2020 | Thêm\n  - 2/9/2020 | Mai", "Đính chính": "3/9/2020 | Sửa"}
    shown = project.write_story(front=changes)
    project.write_story("mai", front={"Tiêu đề": "Ngày mai", "Ngày": "2/9/2020"})
    gone = project.write_story("vuon", front={"Tiêu đề": "Vườn", "Gỡ": "5/9/2020, gia đình xin rút"})
    content = load(project.path, DAY)
    assert content.errors == []
    told = {
        (problem.path.split("/")[3], problem.line, problem.message.partition(" còn")[0]) for problem in content.problems
    }
    assert told == {
        ("kenh", 7, "Cập nhật ngày 2/9/2020"),
        ("kenh", 10, "Đính chính ngày 3/9/2020"),
        ("mai", 3, "Ngày 2/9/2020"),
        ("vuon", 7, "Gỡ ngày 5/9/2020"),
    }
    edition = select_edition(content, drafts=False, samples=False, later=False)
    (story,) = edition.index.stories
    assert (story.path, [change.text for change in story.changes], edition.updated) == (shown, ["Thêm"], DAY)
    assert [story.slug for story in edition.later_left_out] == ["mai"]
    assert [one.day for one in edition.gone.values()] == [DAY]
    assert gone in content.gone
    drafted = select_edition(content, drafts=True, samples=True)
    assert [story.slug for story in drafted.index.stories] == ["mai", "kenh"]


def test_a_broken_vocabulary_is_reported_first_and_alone(project: Project) -> None:
    project.write("content/danh-muc/xa.yaml", "- mã: [hỏng\n")
    project.write_story(front={"Ngày": "31/2/2020", "Lĩnh vực": "Không Có"})
    content = load(project.path, DAY)
    assert {problem.path for problem in content.problems} == {"content/danh-muc/xa.yaml"}
    assert not content.is_sound


@pytest.mark.parametrize("body", ["", "\n \n"])
def test_a_story_without_text_is_reported(project: Project, body: str) -> None:
    path = project.write_story(body=body)
    (told,) = project.load().problems
    assert (told.path, told.line, told.message, told.level) == (path, 7, "Bài chưa có chữ nào", Level.ADVICE)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(b"", id="empty"),
        pytest.param("Tiêu đề: Kênh".encode("utf-16"), id="not UTF-8"),
        pytest.param("Chưa có gì\n".encode(), id="no front matter"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_stops_a_publish_only_where_its_story_is_online(
    project: Project, written: bytes
) -> None:
    path = project.write("content/bai-viet/2020/Kênh Mới/bai.md", written)
    content = load(project.path, DAY, publishing=True)
    online = "bai-viet/2020/kenh-moi/index.html"
    assert [problem.path for problem in content.stopping(publishing=True, online=["index.html"])] == []
    assert {problem.path for problem in content.stopping(publishing=True, online=[online])} == {str(path)}
    # While the published files are unknown, nothing is removed.
    assert {problem.path for problem in content.stopping(publishing=True)} == {str(path)}
    # A story that says on which day it appears is meant to appear.
    shown = project.write_story("khac", front={"Ngày": "1/9/2020", "Tóm tắt": "[hỏng"})
    content = load(project.path, DAY, publishing=True)
    assert {problem.path for problem in content.stopping(publishing=True, online=[])} == {shown}
