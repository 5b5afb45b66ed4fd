"""Rows of Vietnamese tables that are not records: recognised and counted, without losing a record."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.content.registers.columns import act_columns, paper_columns, register_columns
from plugins.content.registers.sheets.tables import CellTable
from plugins.content.registers.sorting import is_known, tell_other
from plugins.content.registers.table_reader import TableReader
from plugins.content.vocabulary.vocabulary import Vocabulary
from tests.content.registers.raw import number, workbook
from tests.content.registers.reading import OTHERS, errors, read, told
from tests.registers.conftest import ROW, as_csv, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.sources.schema import Key
    from tests.conftest import Project

HEADS = list(ROW)


def row(**cells: Any) -> list[Any]:
    """Return a row with these cells alone: ma, ten, xa, kq for their columns."""
    names = {"ma": "Mã", "ten": "Tên mô hình", "xa": "Xã", "kq": "Kết quả", "ngay": "Ngày đăng ký"}
    given = {names[name]: cell for name, cell in cells.items()}
    return [given.get(head, "") for head in HEADS]


def others(count: int, *kinds: str) -> str:
    return f"{count} dòng được hiểu là không phải dòng của sổ: {', '.join(kinds)}; {OTHERS}"


@pytest.mark.parametrize(
    "labels",
    [
        [f"({at})" for at in range(1, 14)],
        [str(at) for at in range(1, 14)],
        [number(at) for at in range(1, 14)],
        ["A", "B", *(str(at) for at in range(1, 12))],
        [f"-{at}-" for at in range(1, 14)],
        [f"C{at}" for at in range(1, 14)],
        [f"{at}." for at in range(1, 14)],
        ["(1)", "(2)", "(3)=(1)+(2)", "(4)", "5 = 3 + 4", *[""] * 8],
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"],
        ["A", "B", "C", "D", "Đ", "E", "G", "H", "I", "K", "L", "M", "N"],
        [f"Cột {at}" for at in range(1, 14)],
        [chr(0x245F + at) for at in range(1, 14)],
    ],
)
def test_numbers_of_columns_under_the_head(project: Project, labels: list[Any]) -> None:
    found, problems = read(project, workbook([HEADS, labels, *rows({}, {})[1:]]))
    assert len(found) == 2
    assert [str(one).partition(":")[2] for one in problems] == [f"2: {others(1, 'số cột (dòng 2)')}"]


def test_a_head_repeated_on_every_page(project: Project) -> None:
    first, second = rows({}, {})[1:]
    data = as_csv([HEADS, first, HEADS, [f"({at})" for at in range(1, 14)], second])
    assert len(read(project, data)[0]) == 2
    assert told(project, data) == [f"3: {others(2, 'tên cột lặp lại (dòng 3)', 'số cột (dòng 4)')}"]


def test_a_header_in_another_order_stops_reading_and_is_reported(project: Project) -> None:
    first, second = rows({}, {})[1:]
    found, problems = read(project, as_csv([HEADS, first, HEADS[::-1], second[::-1]]))
    assert [one.code for one in found] == ["DK-2020-001"]
    (problem,) = problems
    assert (problem.line, problem.message) == (3, "Tên cột ở đây không cùng thứ tự với dòng 1")
    assert problem.fix == "xếp các cột của phần dưới cho giống phần trên; các dòng dưới dòng này chưa được đọc"


def test_headings_on_two_rows(project: Project) -> None:
    upper = ["STT", *HEADS[:4], "Nơi thực hiện", "", *HEADS[6:]]
    lower = ["", *[""] * 4, "Xã", "Thôn, buôn", *[""] * 7]
    (one,), problems = read(project, as_csv([upper, lower, ["1", *rows({})[1]]]))
    assert (one.place_name, one.place) == ("Nam Dong", "thôn 3")
    assert [problem.message for problem in problems] == []


def test_hints_in_brackets_under_the_head(project: Project) -> None:
    data = as_csv([HEADS, row(ngay="(ngày/tháng/năm)", kq="(hộ, km)"), *rows({})[1:]])
    assert told(project, data) == [f"2: {others(1, 'chú dẫn cột (dòng 2)')}"]


@pytest.mark.parametrize(
    "heading",
    [
        "LĨNH VỰC KINH TẾ",
        "2. Lĩnh vực văn hóa",
        "Khối xã, thị trấn",
        "Các cơ quan, đơn vị",
        "III. Khác",
        "TẬP THỂ",
        "Kinh tế",
        "Nam Dong",
        "(I) Xã Nam Dong",
        "Ⅱ. Xã Nam Dong",
        "- Xã Nam Dong",
        "Thôn 3, xã Nam Dong",
        "Quý II/2020",
        "Cụm thi đua số 2",
        "Phần thứ nhất",
        "Mô hình đăng ký từ năm 2019 chuyển sang",
    ],
)
def test_other_groups(project: Project, heading: str) -> None:
    data = as_csv([HEADS, row(ten=heading), *rows({})[1:]])
    assert told(project, data) == [f"2: {others(1, 'tên nhóm (dòng 2)')}"]


GROUPS = [
    "1. Xã Nam Dong",
    "I. Xã Nam Dong",
    "XÃ NAM DONG",
    "A- Xã Nam Dong (2 mô hình)",
    "II) Nam Dong",
    "Xã Nam Dong:",
]


@pytest.mark.parametrize("heading", GROUPS)
@pytest.mark.parametrize("column", ["ten", "ma", "xa"])
def test_the_heading_of_a_group_gives_its_commune_where_that_is_left_blank(
    project: Project, heading: str, column: str
) -> None:
    sound = rows({}, {"Xã": ""}, {"Xã": "Ea T'ling"})[1:]
    data = as_csv([HEADS, row(**{column: heading}), *sound])
    found, problems = read(project, data)
    assert [one.place_name for one in found] == ["Nam Dong", "Nam Dong", "Thị trấn Ea T’ling"]
    assert [str(one).partition(":")[2] for one in problems] == [
        f"2: {others(1, 'tên nhóm (dòng 2)').replace('; đúng', '; 1 dòng để trống ô Xã được tính theo tên nhóm; đúng')}"
    ]


def test_a_group_ends_where_another_begins_or_its_sum_stands(project: Project) -> None:
    first, second, third = rows(*[{"Xã": ""}] * 3)[1:]
    table = [HEADS, row(ten="I. Xã Nam Dong"), row(ten="a) Thôn 3"), first, row(ten="Cộng", kq="1"), second]
    found, problems = read(project, as_csv([*table, row(ma="B", ten="KHỐI CƠ QUAN"), third]))
    assert [one.place_name for one in found] == ["Nam Dong"]
    assert errors(problems) == [6, 8]


def test_a_heading_may_be_merged_over_the_table(project: Project) -> None:
    merged = '<mergeCells><mergeCell ref="A2:M2"/></mergeCells>'
    data = workbook([HEADS, ["Các mô hình đăng ký đợt đầu"], *rows({})[1:]], after=merged)
    assert told(project, data) == [f"2: {others(1, 'tên nhóm (dòng 2)')}"]


SUMS: list[dict[str, Any]] = [
    {"ten": "Tổng cộng: 36"},
    {"ten": "Tổng cộng", "kq": "36"},
    {"ma": "Cộng"},
    {"ma": "CỘNG:", "ten": "36 mô hình"},
    {"ten": "Tổng số 36 mô hình"},
    {"ten": "Cộng xã Nam Dong", "kq": "12"},
    {"ma": "Tổng"},
    {"ten": "Total"},
    {"ten": "Toàn xã", "kq": "36"},
    {"ten": "Trong đó: tập thể 30"},
    {"ten": "- Cá nhân: 6"},
]
CLOSINGS: list[dict[str, Any]] = [
    {"ma": "(Danh sách này có 36 người)"},
    {"ma": "Danh sách có 36 mô hình./."},
    {"kq": "Nam Dong, ngày 3 tháng 11 năm 2020"},
    {"ngay": "ngày … tháng … năm 2020"},
    {"ten": "NGƯỜI LẬP BIỂU", "kq": "TM. BAN THƯỜNG TRỰC"},
    {"ten": "Người lập", "kq": "CHỦ TỊCH"},
    {"kq": "KT. CHỦ TỊCH"},
    {"kq": "Phó Chủ tịch UBMTTQ xã"},
    {"ma": "Nơi nhận:"},
    {"ten": "XÁC NHẬN CỦA UBND XÃ", "xa": "XÃ NAM DONG"},
    {"kq": "(Ký, ghi rõ họ tên)"},
    {"kq": "(Đã ký)"},
    {"ten": "NGƯỜI LẬP BIỂU / Prepared by", "kq": "CHỦ TỊCH / Chairman"},
]
# Rows recognised only if no record follows.
LAST: list[dict[str, Any]] = [
    {"ngay": "Date: 3 November 2020"},
    {"ngay": "Nam Dong, ngày 3/11/2020"},
    {"ngay": "CHỦ TỊCH\n(đã ký)\nTrần Văn Mẫu"},
    {"ten": "Pô čih (Người lập)", "ngay": "Khua (Chủ tịch)"},
    {"ma": "Điện thoại liên hệ: 0261 000 000"},
    {"ma": "./."},
]


@pytest.mark.parametrize("cells", SUMS)
def test_sums(project: Project, cells: dict[str, Any]) -> None:
    data = as_csv([*rows({}), row(**cells)])
    assert told(project, data) == [f"3: {others(1, 'dòng cộng (dòng 3)')}"]


@pytest.mark.parametrize("cells", [*CLOSINGS, *LAST])
def test_rows_below_a_table(project: Project, cells: dict[str, Any]) -> None:
    after = [row(), row(ten="Nguyễn Văn Mẫu", kq="Trần Thị Mẫu"), row(ma="- Như trên;"), row(ma="- Lưu: VT.")]
    data = as_csv([*rows({}), row(**cells), *after])
    assert told(project, data) == [f"3: {others(4, 'cuối bảng (dòng 3, 5–7)')}"]


def test_four_people_may_sign(project: Project) -> None:
    signs = ["NGƯỜI LẬP BIỂU", "TRƯỞNG BAN", "KẾ TOÁN", "CHỦ TỊCH"]
    names = ["Nguyễn Văn Mẫu", "Lê Thị Mẫu", "Trần Văn Mẫu", "Phạm Thị Mẫu"]
    below = [[cell for each in line for cell in (each, "", "")] for line in (signs, names)]
    data = as_csv([*rows({}), *below])
    assert told(project, data) == [f"3: {others(2, 'cuối bảng (dòng 3–4)')}"]


@pytest.mark.parametrize(
    "cells",
    [
        {"ten": "Mô hình nuôi bò"},
        {"ten": "Xã sạch, đường đẹp"},
        {"ten": "1. Nuôi bò"},
        {"ten": "Cộng đồng xanh"},
        {"ten": "Tổ tự quản"},
        {"ten": "Chủ tịch hội nghe dân nói"},
        {"ten": "Ngày không tiền mặt", "xa": "Nam Dong"},
        {"ten": "Tổng vệ sinh", "ngay": "5/4/2020"},
        {"ten": "Nuôi bò", "xa": "Nam Đông", "ngay": "tháng 4"},
        {"ma": "ĐK 2020-x2", "ten": "Cộng"},
    ],
)
def test_a_record_of_which_much_is_missing_is_still_one(project: Project, cells: dict[str, Any]) -> None:
    problems = told(project, as_csv([*rows({}), row(**cells)]))
    assert problems
    assert all(problem.startswith("3: ") and "được hiểu là" not in problem for problem in problems)


def test_prefilled_rows_are_advice_not_errors(project: Project) -> None:
    data = as_csv([*rows({}), row(ma="DK-2020-002"), row(ma="DK-2020-003", xa="Nam Dong")])
    assert told(project, data) == [f"3: {others(2, 'mới chỉ có mã (dòng 3–4)')}"]


@pytest.mark.parametrize(
    "cells",
    [{"kq": "0"}, {"kq": "hộ"}, {"kq": "#N/A"}, {"ngay": "19/8/2020"}, {"xa": "Nam Dong", "kq": "0"}, {"kq": "FALSE"}],
)
@pytest.mark.parametrize("coded", [False, True])
def test_cells_filled_down_below_a_table_are_one_problem(project: Project, cells: dict[str, Any], coded: bool) -> None:
    below = [row(**cells, **({"ma": f"DK-2020-{at:03}"} if coded else {})) for at in range(10, 50)]
    found, problems = read(project, as_csv([*rows({}), *below]))
    assert (len(found), errors(problems)) == (1, [])
    assert [str(one).partition(":")[2] for one in problems] == [f"3: {others(40, 'chỉ có ô kéo sẵn (dòng 3–42)')}"]


def test_rows_that_lack_their_names_alone_are_not_taken_for_drawn_down(project: Project) -> None:
    nameless = rows(*({"Mã": f"DK-2020-{at:03}", "Tên mô hình": ""} for at in range(10, 14)))[1:]
    short = [
        [
            cell if head in ("Mã", "Xã", "Loại", "Lĩnh vực", "Ngày đăng ký") else ""
            for head, cell in zip(HEADS, one, strict=True)
        ]
        for one in nameless
    ]
    for table in (nameless, short):
        assert errors(read(project, as_csv([*rows({}), *table]))[1]) == [3, 4, 5, 6]


def test_a_row_that_lacks_nearly_all_cells_is_one_problem(project: Project) -> None:
    lacking = '3: Thiếu "Mã", "Loại", "Xã", "Lĩnh vực", "Ngày đăng ký"'
    assert told(project, as_csv([*rows({}), row(ten="Nuôi bò")])) == [
        f"{lacking}; điền các ô ấy; không phải dòng của sổ thì xóa dòng"
    ]


def test_a_cell_of_a_thousand_brackets_takes_no_time(project: Project) -> None:
    data = as_csv([*rows({}), *(row(ten="a) " + "( " * 9_000) for _ in range(100))])
    start = process_time()
    read(project, data)
    assert process_time() - start < 2


def test_records_that_come_after_a_signature_are_read(project: Project) -> None:
    first, second = rows({}, {})[1:]
    data = as_csv([HEADS, first, row(kq="CHỦ TỊCH"), row(kq="Nguyễn Văn Mẫu"), second, row(ten="Nuôi bò")])
    found, problems = read(project, data)
    assert len(found) == 2
    assert errors(problems) == [6]


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "Nd", "P")), min_size=1, max_size=30)
TABLES: list[tuple[Key, ...]] = [register_columns(Vocabulary()), act_columns(), paper_columns(Vocabulary())]
FURNITURE = st.sampled_from(
    [str(next(iter(cells.values()))) for cells in SUMS + CLOSINGS] + GROUPS + ["Cộng", "CHỦ TỊCH", "I", "(1)"]
)


@settings(max_examples=50)
@given(st.data(), st.sampled_from(TABLES[:2]), st.booleans(), st.booleans())
def test_a_row_with_a_code_is_never_taken_for_anything_else(
    data: st.DataObject, columns: tuple[Key, ...], is_wide: bool, is_after_closing: bool
) -> None:
    keys: Mapping[int, Key] = dict(enumerate(columns))
    cells = data.draw(st.dictionaries(st.integers(1, len(columns) - 1), st.one_of(WORDS, FURNITURE), max_size=6))
    cells[0] = data.draw(st.sampled_from(["DK-2020-001", "đk 2020/7", "ĐK-2O2O-1", "dk2020"]))
    assert tell_other(cells, keys, is_wide=is_wide, is_after_closing=is_after_closing) is None


@settings(max_examples=50)
@given(st.data(), st.booleans(), st.sampled_from(["Tập thể", "5/4/2020", "dừng"]))
def test_a_row_with_words_in_four_cells_is_never_taken_for_anything_else(
    data: st.DataObject, is_after_closing: bool, known: str
) -> None:
    keys: Mapping[int, Key] = dict(enumerate(TABLES[0]))
    words = st.from_regex(r"[a-zđ]{2,9} [a-z]{2,9}", fullmatch=True)
    cells = data.draw(st.dictionaries(st.integers(0, len(keys) - 1), words, min_size=4))
    # One of which its column knows, where people may sign.
    place = next(place for place, key in keys.items() if is_known(key, known))
    cells |= {place: known} if is_after_closing else {}
    assert tell_other(cells, keys, is_wide=False, is_after_closing=is_after_closing) is None


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_all_records_are_read_whatever_rows_are_between(random: Any) -> None:
    columns = TABLES[1]
    heads = [key.name for key in columns]
    sound = [[f"DK-2020-{at:03}", "công nhận", *[""] * 9] for at in range(1, 20)]
    between = list(sound)
    for at in range(0, 40, 3):
        cells = random.choice([*SUMS, *CLOSINGS])
        between.insert(at, [str(cell) for cell in (list(cells.values()) + [""] * 11)[:11]])
    reader = TableReader("x", columns, 3, [], again="", missed=())
    table = CellTable([heads, *between])
    assert reader.find_header(table)
    assert [record.get("code") for record in reader.read(table)] == [cells[0] for cells in sound]


@pytest.mark.parametrize("cell", ["nt", "-nt-", "NT", "n/t", "như trên", "Như trên.", "''", "“", "〃", "- ” -", "//"])
@pytest.mark.parametrize("heading", ["Tên mô hình", "Kết quả", "Ngày đăng ký"])
def test_ditto_marks_are_reported(project: Project, heading: str, cell: str) -> None:
    (said,) = told(project, as_csv(rows({}, {heading: cell})))
    assert f"ghi “như trên” ({cell}); ghi lại đầy đủ: mỗi dòng được đọc riêng" in said


@pytest.mark.parametrize("cell", ["Nối tiếp", "N.T. Mẫu", "Nhà như trên phố", "“Ánh sáng an ninh”", "NTM"])
def test_words_that_only_look_like_that_are_read(project: Project, cell: str) -> None:
    assert told(project, as_csv(rows({}, {"Tên mô hình": cell}))) == []
