"""Updates, corrections and withdrawals, and the traces of a withdrawn story."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.addresses.old import Gone
from plugins.content.stories.history import parse_corrections, parse_updates, parse_withdrawal
from plugins.exemplars.pages.plan import CorrectionsSheet
from plugins.sources.problem import Invalid
from tests.loading import make_renderer

if TYPE_CHECKING:
    from tests.conftest import Project

DAY = date(2026, 3, 5)
GONE = "content/bai-viet/2020/vuon/bai.md"
FRONT = {"Tiêu đề": "Vườn rau của bà Lò Thị Dzưn", "Điển hình": "Bà Lò Thị Dzưn, thôn 9"}


@pytest.mark.parametrize(
    "written",
    [
        "5/3/2026 | Sửa tên thôn",
        "5/3/2026: Sửa tên thôn",
        "2026-03-05, Sửa tên thôn",
        "05.03.2026 – Sửa tên thôn",
        "Ngày 5-3-2026 Sửa tên thôn",
    ],
)
def test_a_revision_is_a_day_and_a_text(written: str) -> None:
    for parse in (parse_updates, parse_corrections):
        ((day, text),) = [(change.day, change.text) for change in parse(written)]
        assert (day, text) == (DAY, "Sửa tên thôn")
    assert [change.text for change in parse_updates([written, "6/3/2026 | Khác"])] == ["Sửa tên thôn", "Khác"]


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05, lý do gia đình xin rút bài",
        "5/3/2026, lý do: gia đình xin rút bài.",
        "5/3/2026 | gia đình xin rút bài",
        "ngày 5/3/2026 – Lí do là gia đình xin rút bài",
        "5.3.2026 ly do gia đình xin rút bài",
    ],
)
def test_a_withdrawal_is_a_day_and_a_reason(written: str) -> None:
    withdrawal = parse_withdrawal(written)
    assert (withdrawal.day, withdrawal.reason) == (DAY, "gia đình xin rút bài")


@pytest.mark.parametrize(
    ("key", "written", "message"),
    [
        ("Gỡ", "1/3/2026", "Gỡ bài mà chưa nói lý do; ghi lý do để bạn đọc biết"),
        ("Gỡ", "1/3/2026, lý do", "Gỡ bài mà chưa nói lý do; ghi lý do để bạn đọc biết"),
        ("Gỡ", "gia đình xin rút", 'Ngày "gia đình xin rút" không đúng dạng; viết ngày/tháng/năm'),
        ("Gỡ", "31/2/2026, lý do gia đình", 'Ngày "31/2/2026" không có thật: tháng 2 năm 2026 chỉ có 28 ngày; '),
        ("Gỡ", "1/3/2020, lý do gia đình", "Gỡ ngày 1/3/2020, trước ngày đăng 19/8/2020; sửa một trong hai ngày"),
        ("Cập nhật", "1/3/2026", 'Cập nhật "1/3/2026" chưa nói điều gì; viết: ngày | điều gì'),
        ("Đính chính", "1/3/2020 | Sửa số", "Đính chính ngày 1/3/2020, trước ngày đăng 19/8/2020; "),
        ("Cập nhật", "5 tháng 3 năm 2026 Sửa", "không đúng dạng; viết ngày/tháng/năm bằng số, ví dụ 5/3/2026"),
    ],
)
def test_invalid_revisions_are_reported_at_their_lines(project: Project, key: str, written: str, message: str) -> None:
    project.write_story(front={key: written})
    (problem,) = project.problems()
    assert problem.startswith("content/bai-viet/2020/kenh/bai.md:7: ")
    assert message in problem
    assert project.edition().index.stories == ()


def test_a_reason_without_words_is_none() -> None:
    with pytest.raises(Invalid):
        parse_withdrawal("1/3/2026, …")


def test_a_story_is_as_new_as_its_last_change(project: Project) -> None:
    path = project.write_story(
        front={"Cập nhật": "\n  - 1/3/2026: Thêm số hộ\n  - 2/9/2020 | Thêm ảnh", "Đính chính": "5/10/2020 | Sửa tên"}
    )
    edition = project.edition()
    story = edition.index.stories[0]
    assert story.path == path
    assert [(c.name, c.day, c.text) for c in story.changes] == [
        ("Cập nhật", date(2026, 3, 1), "Thêm số hộ"),
        ("Đính chính", date(2020, 10, 5), "Sửa tên"),
        ("Cập nhật", date(2020, 9, 2), "Thêm ảnh"),
    ]
    assert (story.date, story.modified, edition.updated) == (date(2020, 8, 19), date(2026, 3, 1), date(2026, 3, 1))
    assert story.year.number == 2020


def test_a_story_taken_down_is_in_nothing_that_is_made_of_a_library(project: Project) -> None:
    project.write_story("vuon", front=FRONT | {"Gỡ": "1/3/2021, lý do gia đình xin rút", "Địa chỉ cũ": "vuon-cu"})
    project.write_story("hoc-theo", front={"Tiêu đề": "Học theo", "Nhân rộng từ": "vuon"})
    library, edition = project.load(), project.edition()
    assert project.problems() == []
    assert [story.slug for story in library.stories] == ["hoc-theo"]
    assert edition.index.copies == {}
    assert edition.index.origin(edition.index.stories[0]) is None
    url, old = "/bai-viet/2020/vuon/", "/bai-viet/2020/vuon-cu/"
    gone = Gone(url, date(2021, 3, 1), "gia đình xin rút", (old,))
    assert library.gone == {GONE: gone}
    assert {address: (one.url, one.day, one.reason) for address, one in edition.gone.items()} == {
        address: (address, gone.day, gone.reason) for address in (url, old)
    }
    assert edition.moved == {}


@pytest.mark.parametrize(
    "front",
    [
        pytest.param({"Gỡ": "1/3/2021, lý do xin rút"}, id="nothing but the withdrawal"),
        pytest.param({"Gỡ": "1/3/2021, lý do xin rút", "Ảnh": "da-xoa.jpg", "Ngày": "31/2/2020"}, id="broken"),
        pytest.param({"Gỡ": "1/3/2021, lý do xin rút", "Trạng thái": "nháp"}, id="a draft again"),
    ],
)
def test_a_withdrawal_holds_whatever_else_is_in_the_file(project: Project, front: dict[str, str]) -> None:
    project.write(
        "content/bai-viet/2020/vuon/bai.md", "\n".join(["---", *(f"{k}: {v}" for k, v in front.items()), "---", ""])
    )
    project.write("content/bai-viet/2020/vuon/anh.jpg", b"x")
    project.write_story("hoc-theo", front={"Nhân rộng từ": "vuon"})
    assert project.problems() == []
    assert list(project.edition().gone) == ["/bai-viet/2020/vuon/"]


def test_mentions_of_a_withdrawn_story_are_reported_and_refused_in_its_reason(project: Project) -> None:
    project.write_story("vuon", front=FRONT | {"Gỡ": "1/3/2021, lý do gia đình xin rút"})
    project.write_story("hoc-theo", front={"Tiêu đề": "Học theo"}, body="Một.\n\nHỏi bà Lò Thị dzưn mới rõ.\n")
    project.write_story("dan", front={"Tiêu đề": "Dẫn"}, body="[bài ấy]({filename}../vuon/bai.md)\n")
    project.write_story("nguon", front={"Tiêu đề": "Nguồn", "Nguồn": "vườn rau của bà Lò Thị Dzưn"}, body="Vườn.\n")
    advice = [(p.path.split("/")[3], p.line, p.message) for p in project.load().problems]
    said = f"Còn nhắc tới bài đã gỡ {GONE}"
    assert advice == [("dan", 8, said), ("hoc-theo", 10, said), ("nguon", 7, said)]
    assert project.load().errors == []
    project.write_story("vuon", front=FRONT | {"Gỡ": "1/3/2021, lý do bà Lò Thị Dzưn xin rút"})
    (error,) = project.load().errors
    assert error.message == 'Lý do gỡ bài còn nêu "bà Lò Thị Dzưn"'
    assert [(one.day, one.reason) for one in project.edition().gone.values()] == [(date(2021, 3, 1), "")]


@pytest.mark.parametrize(
    ("front", "day"),
    [
        pytest.param("Tiêu đề: Vườn\nGỡ: gia đình xin rút bài", None, id="no day"),
        pytest.param("Tiêu đề: Vườn\nGỡ: 1/3/2021", date(2021, 3, 1), id="no reason"),
        pytest.param("Tiêu đề: [Vườn\nGỡ: 1/3/2021", date(2021, 3, 1), id="no YAML"),
        pytest.param("Tiêu đề: Vườn\nNgày: 2/3/2021\nGỡ: 1/3/2021", date(2021, 3, 1), id="before it was posted"),
    ],
)
def test_an_invalid_withdrawal_is_reported_and_holds(project: Project, front: str, day: date | None) -> None:
    path = project.write("content/bai-viet/2021/vuon/bai.md", f"---\n{front}\n---\nBài.\n")
    content = project.load()
    assert {problem.path for problem in content.errors} == {path}
    assert content.stopping(publishing=True) == []
    (gone,) = project.edition().gone.values()
    assert (gone.url, gone.day, gone.reason) == ("/bai-viet/2021/vuon/", day or content.day, "")


def test_no_is_no_withdrawal(project: Project) -> None:
    project.write_story("vuon", front={"Gỡ": "không"})
    content = project.load()
    assert content.gone == {}
    assert [problem.line for problem in content.stopping(publishing=True)] == [7]


def test_corrections_and_withdrawals_are_listed_newest_first(project: Project) -> None:
    project.write_story(
        front={"Đính chính": "\n  - 1/9/2020 | Sửa tên\n  - 1/3/2026 | Sửa số", "Cập nhật": "2/3/2026 | Thêm"}
    )
    for slug, more in (("vuon", {"Địa chỉ cũ": "vuon-cu"}), ("mau", {"Mẫu": "có", "Tiêu đề": "Bài để minh họa"})):
        project.write_story(slug, front=FRONT | {"Gỡ": f"1/3/2021, lý do {slug} xin rút"} | more)
    for samples, gone in ((True, ["mau xin rút", "vuon xin rút"]), (False, ["vuon xin rút"])):
        (sheet,) = [
            page for page in make_renderer(project.edition(samples=samples)) if isinstance(page, CorrectionsSheet)
        ]
        told = [(line.text, line.story.slug if line.story else None) for line in sheet.lines]
        assert told == [("Sửa số", "kenh"), *((text, None) for text in gone), ("Sửa tên", "kenh")]
        assert sheet.updated == date(2026, 3, 1)
