"""Disagreements between stories and registers: both places, and errors that keep a story out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plugins.content.registers.act import ActKind
from plugins.content.registers.registration import FILES_OF_ACTS
from tests.loading import load
from tests.registers.conftest import CSV, ROW, as_csv, rows

if TYPE_CHECKING:
    from plugins.content.content import Content
    from tests.conftest import Project

STORY = "content/bai-viet/2020/kenh/bai.md"
CODE = "DK-2020-001"
OLD = (
    f"{CSV}:2: 1 dòng ghi việc đã qua vào Trạng thái, nên không rõ ngày: chỉ tính từ 31/12/2020; ghi mỗi việc một "
    f"dòng, có ngày và văn bản, vào {FILES_OF_ACTS.format(2020)}; ở Trạng thái chỉ ghi đăng ký, đang thực hiện, "
    "hoàn thành, dừng"
)


def load_row(project: Project, *changes: dict[str, Any], front: dict[str, str | None] | None = None) -> Content:
    """Write a register and a story that links to its first row; in its file, Đăng ký stands on line 7."""
    project.write(CSV, as_csv(rows(*changes)))
    project.write_story(front={"Đăng ký": CODE} | (front or {}))
    return load(project.path)


def told(district: Content) -> list[str]:
    return [str(problem) for problem in district.problems]


def test_a_story_and_its_registration_that_agree(project: Project) -> None:
    district = load_row(project, {})
    assert told(district) == []
    assert (district.files, list(district.registers), list(district.registrations())) == (6, [2020], [CODE])
    assert district.stories_by_code[CODE].path == STORY


@pytest.mark.parametrize(
    ("change", "front", "line", "sentence"),
    [
        ({"Xã": "Dak Drong"}, {}, 5, f"Bài ghi xã Nam Dong, còn {CODE} ở {CSV}:2 ghi xã Đắk D’rông"),
        ({"Loại": "Mô hình"}, {}, 6, f"Bài ghi loại Tập thể, còn {CODE} ở {CSV}:2 ghi Mô hình"),
        (
            {"Lĩnh vực": "Văn hóa"},
            {"Lĩnh vực": "[Kinh tế, Văn hóa]"},
            4,
            f"Bài ghi lĩnh vực chính là Kinh tế, còn {CODE} ở {CSV}:2 ghi Văn hóa – xã hội",
        ),
    ],
)
def test_facts_that_cannot_both_be_true_keep_the_story_out(
    project: Project, change: dict[str, str], front: dict[str, str | None], line: int, sentence: str
) -> None:
    district = load_row(project, change, front=front)
    assert told(district) == [f"{STORY}:{line}: {sentence}; sửa bài hoặc sổ cho khớp nhau"]
    assert district.sources == {}
    assert len(district.errors) == 1


def test_acts_of_a_story_missing_from_its_register_are_advice(project: Project) -> None:
    district = load_row(project, {"Trạng thái": "đăng ký"}, front={"Biểu dương": "Giấy khen | huyện | 2020"})
    fix = f"thêm một dòng vào {FILES_OF_ACTS.format(2020)}, hoặc sửa bài"
    assert told(district) == [
        f"{STORY}:8: Bài ghi Giấy khen cấp huyện, 2020, còn {CODE} ở {CSV}:2 chưa ghi việc ấy; {fix}"
    ]
    assert district.errors == []
    assert list(district.sources) == [STORY]


def test_an_old_status_matches_the_praise_of_its_story(project: Project) -> None:
    district = load_row(project, {"Trạng thái": "đã biểu dương"}, front={"Biểu dương": "Giấy khen | huyện | 2020"})
    assert told(district) == [OLD]
    (one,) = district.registrations().values()
    assert [act.title for act in one.acts] == ["Giấy khen cấp huyện, 2020"]


def test_a_replicated_exemplar_has_only_replication_acts(project: Project) -> None:
    project.write_story("theo", front={"Tiêu đề": "Làm theo", "Nhân rộng từ": "kenh"})
    district = load_row(project, {})
    assert told(district) == []
    (one,) = district.registrations().values()
    assert [(act.kind, act.receiver, act.where) for act in one.acts] == [
        (ActKind.REPLICATION, "Làm theo (xã Nam Dong)", ("content/bai-viet/2020/theo/bai.md", 7))
    ]


def test_recognised_registrations_without_story_are_reported_except_samples(project: Project) -> None:
    missing = "mà chưa có bài viết; viết bài, ghi Đăng ký: DK-2020-002; có bài rồi thì thêm mục ấy vào bài"
    assert told(load_row(project, {}, {"Trạng thái": "đã công nhận"}, {}, {"Trạng thái": "dừng"})) == [
        OLD.replace(":2:", ":3:"),
        f"{CSV}:3: DK-2020-002 đã được công nhận {missing}",
    ]
    cells = rows({}, {"Trạng thái": "đã công nhận", "Mẫu": "có"}, headings=[*rows()[0], "Mẫu"])
    project.write(CSV, as_csv(cells))
    district = load(project.path)
    assert told(district) == [OLD.replace(":2:", ":3:")]
    assert list(district.registrations(samples=False)) == [CODE]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("DK-2020-010", 'Không có DK-2020-010 trong sổ đăng ký năm 2020; ý bạn là "DK-2020-001"?'),
        (
            "DK-2019-001",
            "Chưa có sổ đăng ký content/dang-ky/2019.csv để tìm DK-2019-001; đặt sổ vào đó, hoặc xóa mục này",
        ),
        ("số 5", 'Mã đăng ký "số 5" không đúng dạng; viết DK, năm và số thứ tự, ví dụ DK-2020-012'),
    ],
)
def test_a_code_that_leads_nowhere(project: Project, written: str, sentence: str) -> None:
    assert told(load_row(project, {}, front={"Đăng ký": written})) == [f"{STORY}:7: {sentence}"]


def test_broken_rows_and_files_cause_no_missing_reports(project: Project) -> None:
    assert told(load_row(project, {"Xã": "Nam Đông"})) == [
        f'{CSV}:2: Xã "Nam Đông" không có trong danh mục; ý bạn là "Nam Dong"?'
    ]
    project.write(CSV, b"\xff\xfe")
    assert [problem.path for problem in load(project.path).problems] == [CSV]
    acts = CSV.replace(".csv", "-viec.csv")
    project.write(acts, b"\xff\xfe")
    district = load_row(project, {}, front={"Biểu dương": "Giấy khen | huyện | 2020"})
    assert [problem.path for problem in district.problems] == [acts]


def test_plain_news_is_no_exemplar_and_one_story_is_enough(project: Project) -> None:
    project.write_story("tin", front={"Tiêu đề": "Tin", "Loại": None, "Đăng ký": CODE})
    project.write_story("nua", front={"Tiêu đề": "Kể lần nữa", "Đăng ký": CODE})
    folder, fix = "content/bai-viet/2020", "giữ Loại và Đăng ký ở một bài; ở bài kia xóa cả hai mục để thành tin thường"
    assert told(load_row(project, {})) == [
        f"{folder}/nua/bai.md:7: Đăng ký {CODE} đã được kể ở {STORY}:7, nên điển hình ấy bị đếm hai lần; {fix}",
        f"{folder}/tin/bai.md:6: Tin thường mà khai Đăng ký; thêm dòng Loại: …, hoặc xóa mục này",
    ]


def test_a_registration_and_a_story_on_either_side_of_the_merger_agree(project: Project) -> None:
    project.write(CSV, as_csv(rows({})))
    path = project.write_story(year=2026, front={"Xã": "Nam Dong", "Đăng ký": CODE})
    district = load(project.path)
    assert told(district) == []
    assert district.stories_by_code[CODE].path == path
    project.write_story(year=2026, front={"Xã": "Cư Jút", "Đăng ký": CODE})
    assert "Bài ghi xã Cư Jút, còn" in told(load(project.path))[0]


def test_a_story_fills_blank_cells_of_its_row(project: Project) -> None:
    blank = dict.fromkeys(("Tên mô hình", "Loại", "Xã", "Lĩnh vực", "Phong trào", "Kết quả"), "")
    front: dict[str, str | None] = {
        "Điển hình": "Ban Công tác Mặt trận thôn 3",
        "Phong trào": "Hàng Việt Nam",
        "Kết quả": "\n  - 3,2 km | kênh\n  - 46 hộ | hiến đất",
    }
    district = load_row(project, blank, front=front)
    assert told(district) == []
    one = district.registrations()[CODE]
    assert (one.name, one.kind.id, one.commune.id, one.field.id) == (
        "Ban Công tác Mặt trận thôn 3",
        "tap-the",
        "nam-dong",
        "kinh-te",
    )
    assert one.movement
    assert (one.movement.id, one.result) == ("hang-viet", "3,2 km kênh; 46 hộ hiến đất")


@pytest.mark.parametrize("name", ["xa.yaml", "linh-vuc.yaml", "phong-trao.yaml"])
def test_a_broken_vocabulary_is_one_problem_and_not_one_a_row(project: Project, name: str) -> None:
    project.write(f"content/danh-muc/{name}", "- mã: x\n  tên: [\n")
    project.write("content/dang-ky/2020-viec.csv", "Mã;Việc;Ngày\nDK-2020-001;bình xét;1/10/2020\n")
    project.write("content/theo-doi/2020.csv", "Xã;Văn bản;Số, ký hiệu;Ngày nhận\nNam Dong;kế hoạch;;1/3/2020\n")
    assert {problem.path for problem in load_row(project, {}, {}).problems} == {f"content/danh-muc/{name}"}


SCHEDULE = "content/danh-muc/ke-hoach.yaml"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("- năm: 2020\n", 1, 'Thiếu mục "hạn báo cáo"; thêm dòng hạn báo cáo: trước 10/11/2020'),
        ("- năm: 2020\n  hạn báo cáo: 31/11/2020\n", 2, 'Ngày "31/11/2020" không có thật: tháng 11 năm 2020 chỉ có 30'),
        ("- năm: 2020\n  hạn báo cáo: 1/11/2020\n" * 2, 3, "Năm 2020 đã có hạn báo cáo; xóa một trong hai mục"),
        ("năm: 2020\n", 1, "Danh mục phải là một danh sách; bắt đầu mỗi mục bằng “- năm: …”"),
    ],
)
def test_a_broken_schedule_is_reported_and_the_site_is_built(
    project: Project, text: str, line: int, sentence: str
) -> None:
    project.write(SCHEDULE, text)
    district = load_row(project, {})
    assert [str(problem)[: len(f"{SCHEDULE}:{line}: {sentence}")] for problem in district.errors] == [
        f"{SCHEDULE}:{line}: {sentence}"
    ]
    assert district.is_sound


@pytest.mark.parametrize(
    ("change", "front", "sentence"),
    [
        ({}, {"Mẫu": "có"}, f"Bài là bài mẫu, còn {CODE} ở {CSV}:2 không phải dòng mẫu"),
        ({"Mẫu": "có"}, {}, f"Bài không phải bài mẫu, còn {CODE} ở {CSV}:2 là dòng mẫu"),
    ],
)
def test_samples_do_not_affect_real_exemplars(
    project: Project, change: dict[str, str], front: dict[str, str | None], sentence: str
) -> None:
    project.write(CSV, as_csv(rows(change, headings=[*ROW, "Mẫu"])))
    project.write_story(front={"Đăng ký": CODE} | front)
    district = load(project.path)
    assert told(district) == [f"{STORY}:7: {sentence}; ghi Mẫu: có ở cả bài và sổ, hoặc bỏ ở cả hai"]
    assert district.sources == {}
