"""Acts of registrations: read from their table, and counted as stated."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from plugins.content.registers.act import ActKind
from plugins.content.registers.registration import FILES_OF_ACTS, State
from plugins.vietnamese import format_date, today
from tests.content.registers.test_register_files import XLSX, as_workbook, saved
from tests.loading import load
from tests.registers.conftest import CSV, as_csv, rows

if TYPE_CHECKING:
    from plugins.content.content import Content
    from tests.conftest import Project

ACTS = "content/dang-ky/2020-viec.csv"
HEADINGS = ["Mã", "Việc", "Ngày", "Văn bản", "Hình thức", "Cấp", "Số phiếu", "Nơi niêm yết", "Niêm yết đến"]
HEADINGS += ["Nơi làm theo", "Ghi chú"]
REVIEW = ["DK-2020-001", "bình xét", "12/10/2020", "Biên bản số 3", "", "", "45/48", "nhà văn hóa", "19/10/2020"]
RECOGNITION = ["DK-2020-001", "công nhận", "20/10/2020", "Quyết định 12/QĐ-MTTQ"]
AWARD = ["DK-2020-001", "khen thưởng", "18/11/2020", "", "Giấy khen", "huyện"]


def write(project: Project, *acts: list[str], register: list[list[str]] | None = None) -> None:
    project.write(CSV, as_csv(register or rows({}, {})))
    project.write(ACTS, as_csv([HEADINGS, *([*act, *[""] * (len(HEADINGS) - len(act))] for act in acts)]))


def acts_of(content: Content, code: str = "DK-2020-001") -> list[tuple[ActKind, str]]:
    return [(act.kind, act.title) for act in content.registrations()[code].acts]


def told(content: Content) -> list[str]:
    """Return the problems, except those of recognitions without a story."""
    return [str(problem) for problem in content.problems if "chưa có bài viết" not in problem.message]


def test_each_act_is_read_whole(project: Project) -> None:
    write(project, REVIEW, RECOGNITION, AWARD)
    content = load(project.path)
    assert told(content) == []
    review, recognition, award = content.registrations()["DK-2020-001"].acts
    assert (review.kind, review.day, review.paper) == (ActKind.REVIEW, date(2020, 10, 12), "Biên bản số 3")
    assert review.votes
    assert (review.votes.label, review.posted_at, review.posted_until) == ("45/48", "nhà văn hóa", date(2020, 10, 19))
    assert review.details == "45/48 phiếu đồng ý, Biên bản số 3, niêm yết tại nhà văn hóa, đến 19/10/2020"
    assert (recognition.title, recognition.paper) == ("công nhận, 20/10/2020", "Quyết định 12/QĐ-MTTQ")
    assert (award.title, award.where) == ("Giấy khen cấp huyện, 18/11/2020", (ACTS, 4))
    assert content.registrations()["DK-2020-002"].acts == ()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_by_any_name_and_spelling_of_it(project: Project, form: str) -> None:
    project.write(CSV, as_csv(rows({})))
    text = as_csv([["Việc đã qua", *[""] * 10], HEADINGS, ["ĐK 2020/1", "DA BINH XET", "44116", *[""] * 8]])
    project.write("content/dang-ky/2020-Việc.csv", unicodedata.normalize(form, text).encode("utf-8-sig"))  # type: ignore[arg-type]
    content = load(project.path)
    assert told(content) == []
    assert acts_of(content) == [(ActKind.REVIEW, "bình xét, 12/10/2020")]


def test_acts_may_be_a_sheet_beside_the_register(project: Project) -> None:
    book, _ = as_workbook(rows({}))
    sheet = book.create_sheet("Việc đã qua")
    for row in (HEADINGS, REVIEW, ["DK-2020-009", "công nhận"]):
        sheet.append(row)
    project.write(XLSX, saved(book))
    content = load(project.path)
    assert told(content) == [
        f'{XLSX}:3: Trang tính “Việc đã qua”: Không có DK-2020-009 trong sổ đăng ký năm 2020; ý bạn là "DK-2020-001"?'
    ]
    assert acts_of(content) == [(ActKind.REVIEW, "bình xét, 12/10/2020")]
    write(project, RECOGNITION)
    (project.path / CSV).unlink()
    assert any(f"Việc của năm 2020 đã có ở {ACTS}" in one for one in told(load(project.path)))


def test_a_workbook_of_acts_alone(project: Project) -> None:
    project.write(CSV, as_csv(rows({})))
    book = Workbook()
    assert book.active
    for row in (HEADINGS, REVIEW):
        book.active.append(row)
    project.write("content/dang-ky/2020-viec.xlsx", saved(book))
    assert acts_of(load(project.path)) == [(ActKind.REVIEW, "bình xét, 12/10/2020")]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (["DK-2020-101", "công nhận"], 'Không có DK-2020-101 trong sổ đăng ký năm 2020; ý bạn là "DK-2020-001"?'),
        (
            ["DK-2020-001", "bình xét, công nhận"],
            'Việc "bình xét, công nhận" là nhiều tên; chỉ ghi một tên; trong sổ thì mỗi tên ghi một dòng riêng',
        ),
        (
            ["DK-2020-001, DK-2020-002", "công nhận"],
            (
                'Mã đăng ký "DK-2020-001, DK-2020-002" là nhiều mã; '
                "chỉ ghi một mã; trong sổ thì mỗi mã ghi một dòng riêng"
            ),
        ),
        (["", "công nhận"], 'Thiếu "Mã"; điền vào ô ấy, ví dụ DK-2020-012'),
        (["DK-2020-001", ""], 'Thiếu "Việc"; điền vào ô ấy, ví dụ công nhận'),
        (["DK-2020-001", "biểu dươn"], 'Việc "biểu dươn" không có trong danh mục; ý bạn là "biểu dương"?'),
        (
            ["DK-2020-001", "bình xét", "1/4/2020"],
            "Bình xét ngày 1/4/2020, trước ngày đăng ký 5/4/2020; sửa một trong hai ngày",
        ),
        (
            ["DK-2020-001", "bình xét", "1/10/2020", "", "", "", "48/45"],
            'Số phiếu "48/45" không đúng; viết số phiếu đồng ý/số người dự, ví dụ 45/48',
        ),
        (
            ["DK-2020-001", "bình xét", "9/10/2020", "", "", "", "", "", "8/10/2020"],
            "Niêm yết đến 8/10/2020, trước ngày 9/10/2020 của việc; sửa một trong hai ngày",
        ),
        (
            ["DK-2020-001", "khen thưởng", "9/10/2020", "", "Giấy khen", "quận"],
            'Cấp "quận" không có trong danh mục; chọn một trong: thôn, xã, huyện, tỉnh, trung ương',
        ),
    ],
)
def test_a_contradictory_row_is_reported_and_not_counted(project: Project, act: list[str], sentence: str) -> None:
    write(project, act)
    content = load(project.path)
    assert told(content) == [f"{ACTS}:2: {sentence}"]
    assert content.errors
    assert acts_of(content) == []


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (AWARD[:4], "Khen thưởng mà chưa ghi Hình thức; ghi Giấy khen, Bằng khen…"),
        (["DK-2020-001", "biểu dương", "9/10/2020"], "Biểu dương mà chưa ghi Cấp; ghi thôn, xã, tỉnh…"),
        (
            ["DK-2020-001", "nhân rộng", "9/10/2020", "", "Giấy khen"],
            "Việc “nhân rộng” mà ghi Hình thức; ô ấy chỉ của biểu dương hoặc khen thưởng: sửa Việc, hoặc xóa ô",
        ),
        (
            ["DK-2020-001", "biểu dương", "9/10/2020", "", "Bằng khen", "cấp tỉnh"],
            (
                "Việc “biểu dương” mà Hình thức là Bằng khen, một hình thức khen thưởng; "
                "sửa Việc thành khen thưởng, hoặc sửa Hình thức"
            ),
        ),
        (
            ["DK-2020-001", "công nhận", "1/1/2100"],
            (
                f"Việc có ngày còn ở phía trước (hôm nay là {format_date(today())}): DK-2020-001; "
                "chưa tới ngày ấy thì chưa tính; ghi nhầm thì sửa"
            ),
        ),
        (
            RECOGNITION,
            (
                "Được công nhận mà chưa ghi bình xét công khai: DK-2020-001; "
                "thêm dòng Việc: bình xét, có ngày, số phiếu, nơi niêm yết"
            ),
        ),
    ],
)
def test_incomplete_rows_are_advice_and_counted(project: Project, act: list[str], sentence: str) -> None:
    write(project, act)
    content = load(project.path)
    assert f"{ACTS}:2: {sentence}" in told(content)
    assert not content.errors
    assert len(acts_of(content)) == (act[2:3] != ["1/1/2100"])


def test_future_recognitions_need_no_story(project: Project) -> None:
    write(project, [*RECOGNITION[:2], "1/1/2100"], [*RECOGNITION[:2], ""])
    (waiting,) = (str(one) for one in load(project.path).problems if "chưa có bài viết" in one.message)
    write(project, [*RECOGNITION[:2], "1/1/2100"])
    assert waiting.startswith(f"{CSV}:2: DK-2020-001 đã được công nhận mà")
    assert not [one for one in load(project.path).problems if "chưa có bài viết" in one.message]


def test_implausible_acts_are_reported_with_both_rows(project: Project) -> None:
    end = ["DK-2020-001", "dừng", "1/11/2020"]
    write(project, RECOGNITION, [*RECOGNITION[:2], "25/10/2020"], [*REVIEW[:2], "22/10/2020"], end)
    fix = "chỉ một trong hai đúng thì xóa dòng kia"
    assert [str(one) for one in load(project.path).problems if "mà dòng" in one.message] == [
        f"{ACTS}:3: DK-2020-001 công nhận, 25/10/2020, mà dòng 2 ghi công nhận, 20/10/2020; {fix}",
        (
            f"{ACTS}:4: DK-2020-001 bình xét, 22/10/2020, mà dòng 2 ghi công nhận, 20/10/2020; "
            "bình xét trước, công nhận sau: sửa ngày ghi nhầm"
        ),
    ]
    write(project, end, register=rows({"Trạng thái": "hoàn thành"}))
    assert told(load(project.path)) == [
        (f"{ACTS}:2: Việc “dừng”, còn Trạng thái ở sổ (dòng 2) ghi hoàn thành; tính theo việc; sửa chỗ ghi nhầm")
    ]


def test_a_code_of_another_year_is_not_taken_for_a_near_one(project: Project) -> None:
    write(project, ["DK-2019-001", "công nhận", "20/10/2020"])
    assert told(load(project.path)) == [
        f"{ACTS}:2: Mã DK-2019-001 không thuộc năm 2020 của sổ; chuyển dòng sang việc của năm 2019, hoặc sửa mã"
    ]


def test_acts_share_merged_cells_of_a_code_or_a_decision(project: Project) -> None:
    book, _ = as_workbook(rows({}, {}))
    sheet = book.create_sheet("Việc đã qua")
    for row in (HEADINGS, REVIEW, ["", *RECOGNITION[1:]], ["DK-2020-002", "công nhận"]):
        sheet.append(row)
    for cells in ("A2:A3", "C3:C4", "D3:D4"):
        sheet.merge_cells(cells)
    project.write(XLSX, saved(book))
    content = load(project.path)
    assert not content.errors
    assert [title for _, title in acts_of(content)] == ["bình xét, 12/10/2020", "công nhận, 20/10/2020"]
    (act,) = content.registrations()["DK-2020-002"].acts
    assert (act.day, act.paper) == (date(2020, 10, 20), "Quyết định 12/QĐ-MTTQ")


def test_one_form_is_one_commendation_whichever_word_stands_for_it(project: Project) -> None:
    write(project, ["DK-2020-001", "biểu dương", "18/11/2020", "", "Bằng khen", "tỉnh"])
    project.write_story(front={"Đăng ký": "DK-2020-001", "Biểu dương": "bằng khen | cấp tỉnh | 18/11/2020"})
    assert acts_of(load(project.path)) == [(ActKind.PRAISE, "Bằng khen cấp tỉnh, 18/11/2020")]


def test_a_commendation_stated_twice_is_reported(project: Project) -> None:
    twice = '["Giấy khen | huyện | 18/11/2020", "giấy khen | Huyện | 18/11/2020"]'
    project.write_story(front={"Biểu dương": twice})
    (error,) = load(project.path).errors
    assert 'Biểu dương "giấy khen | Huyện | 18/11/2020" được ghi hai lần' in str(error)


def test_the_same_act_twice_is_counted_once_and_two_commendations_are_two(project: Project) -> None:
    write(project, AWARD, [*AWARD[:4], "Bằng khen", "tỉnh"], AWARD)
    content = load(project.path)
    assert told(content) == [
        (
            f"{ACTS}:4: DK-2020-001 Giấy khen cấp huyện, 18/11/2020: đã ghi ở dòng 2; "
            "xóa một trong hai dòng; nếu là hai việc thì ghi rõ ngày"
        )
    ]
    assert len(acts_of(content)) == 2


def test_acts_without_a_register_are_reported(project: Project) -> None:
    project.write(ACTS, as_csv([HEADINGS, RECOGNITION]))
    assert told(load(project.path)) == [
        (
            f"{ACTS}:1: Chưa có sổ đăng ký năm 2020 để ghi việc; "
            "đặt sổ đăng ký content/dang-ky/2020.csv vào cùng thư mục, hoặc đổi tên tệp này"
        )
    ]


def test_an_old_status_is_one_act_until_a_fuller_one_is_stated(project: Project) -> None:
    write(project, register=rows({"Trạng thái": "đã công nhận"}))
    (one,) = load(project.path).registrations().values()
    assert (one.state, [(act.kind, act.day) for act in one.acts]) == (
        State.UNDER_WAY,
        [(ActKind.RECOGNITION, None)],
    )
    write(project, REVIEW, RECOGNITION, register=rows({"Trạng thái": "đã công nhận"}))
    assert acts_of(load(project.path)) == [
        (ActKind.REVIEW, "bình xét, 12/10/2020"),
        (ActKind.RECOGNITION, "công nhận, 20/10/2020"),
    ]


def test_nothing_is_known_before_its_day(project: Project) -> None:
    write(
        project,
        REVIEW,
        RECOGNITION,
        AWARD,
        ["DK-2020-001", "nhân rộng"],
        register=rows({}, {"Ngày đăng ký": "1/12/2020"}),
    )
    october = load(project.path, date(2020, 10, 20))
    assert [kind for kind, _ in acts_of(october)] == [ActKind.REVIEW, ActKind.RECOGNITION]
    # Acts without a day count from the end of their year.
    assert [act.kind for act in october.registrations()["DK-2020-001"].undated] == [ActKind.REPLICATION]
    assert list(october.registrations()) == ["DK-2020-001"]
    end = load(project.path, date(2020, 12, 31))
    assert [kind for kind, _ in acts_of(end)][2:] == [ActKind.AWARD, ActKind.REPLICATION]
    assert list(end.registrations()) == ["DK-2020-001", "DK-2020-002"]


def test_work_ended_on_its_day(project: Project) -> None:
    write(project, ["DK-2020-001", "dừng", "1/11/2020"], register=rows({"Trạng thái": "dừng"}))
    assert load(project.path, date(2020, 10, 31)).registrations()["DK-2020-001"].state is State.UNDER_WAY
    assert load(project.path, date(2020, 11, 1)).registrations()["DK-2020-001"].state is State.STOPPED


def test_acts_stated_by_both_are_one_and_taken_from_the_register(project: Project) -> None:
    write(project, REVIEW, RECOGNITION, AWARD)
    front = {"Đăng ký": "DK-2020-001", "Biểu dương": '["Giấy khen | huyện | 2020", "Thư khen | xã | 5/12/2020"]'}
    project.write_story(front=front)
    content = load(project.path)
    (story,) = content.stories
    assert [act.title for act in story.honors] == ["Giấy khen cấp huyện, 18/11/2020", "Thư khen cấp xã, 5/12/2020"]
    assert story.acts == content.registrations()["DK-2020-001"].acts
    assert told(content) == [
        (
            f"{story.path}:8: Bài ghi Thư khen cấp xã, 5/12/2020, còn DK-2020-001 ở {CSV}:2 chưa ghi việc ấy; "
            f"thêm một dòng vào {FILES_OF_ACTS.format(2020)}, hoặc sửa bài"
        )
    ]
    project.write_story(front=front | {"Biểu dương": "Giấy khen | huyện | 20/11/2020", "Công nhận": "2020"})
    content = load(project.path)
    assert told(content) == [
        (
            f"{story.path}:8: Bài ghi Giấy khen cấp huyện, 20/11/2020, còn DK-2020-001 ở {ACTS}:4 ghi "
            "Giấy khen cấp huyện, 18/11/2020; sửa bài hoặc sổ cho khớp nhau; nếu là hai lần thì ghi cả hai vào sổ"
        )
    ]
    assert [act.title for act in content.stories[0].honors] == ["Giấy khen cấp huyện, 18/11/2020"]


def test_a_story_belongs_to_the_year_of_its_register(project: Project) -> None:
    write(project)
    project.write_story(year=2021, front={"Đăng ký": "DK-2020-001"})
    (story,) = load(project.path).stories
    assert (story.year.number, story.date.year) == (2020, 2021)
    project.write_story(year=2021, front={"Đăng ký": "DK-2020-001", "Năm": "2021"})
    assert "Bài ghi Năm 2021, còn DK-2020-001 thuộc sổ năm 2020" in told(load(project.path))[0]


def test_acts_stated_by_a_sample_are_samples(project: Project) -> None:
    write(project)
    project.write_story(front={"Đăng ký": "DK-2020-001"})
    project.write_story("theo", front={"Tiêu đề": "Theo", "Nhân rộng từ": "kenh", "Mẫu": "có"})
    content = load(project.path)
    assert acts_of(content) == [(ActKind.REPLICATION, f"nhân rộng, {content.stories[1].date.day}/8/2020")]
    assert content.registrations(samples=False)["DK-2020-001"].acts == ()
    (story,) = project.edition(samples=False).index.stories
    assert story.acts == ()


def test_the_office_registers_too(project: Project) -> None:
    write(project, register=rows({"Xã": "Cơ quan"}, {"Xã": ""}, {"Xã": "cơ quan Mặt trận huyện"}))
    content = load(project.path)
    assert told(content) == [f'{CSV}:3: Thiếu "Xã"; điền vào ô ấy, ví dụ Đắk D’rông']
    assert [one.commune for one in content.registrations().values()] == [None, None]
