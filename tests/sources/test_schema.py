"""A mapping read against a table of keys: folded names, and every problem at once."""

from __future__ import annotations

import pytest

from plugins.sources import values
from plugins.sources.schema import Key, Need, Record, parse_record
from plugins.sources.yaml_nodes import Node, parse_yaml

KEYS = (
    Key("title", "Tiêu đề", values.text, "", required=True),
    Key("date", "Ngày", values.day, "", required=True, example="19/8/2020"),
    Key("photo_alt", "Mô tả ảnh", values.text, ""),
    Key("movements", "Phong trào", values.texts, ""),
)
AS_LIST = "đặt giá trị trong ngoặc kép nếu nó có dấu hai chấm, hoặc viết mỗi ý một dòng bắt đầu bằng “- ”"


def read(text: str) -> Record:
    node = parse_yaml(text, "bai.md", 2)
    assert isinstance(node, Node)
    return parse_record(KEYS, node, "bai.md")


def problems(text: str) -> list[str]:
    return [str(problem).removeprefix("bai.md:") for problem in read(text).problems]


_ALT = Need("khi có ảnh", "photo", bool, 'Ảnh "{}" chưa có mô tả', "thêm dòng Mô tả ảnh: …")
_OF_EXEMPLARS = Need("với điển hình", "kind", lambda kind: kind is not None)
SOME = (
    Key("kind", "Loại", values.text, ""),
    Key("field", "Lĩnh vực", values.texts, "", required_of=_OF_EXEMPLARS, example="Kinh tế"),
    Key("photo", "Ảnh", values.text, ""),
    Key("photo_alt", "Mô tả ảnh", values.text, "", required_of=_ALT),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ảnh:\n", [], id="no cause"),
        pytest.param("Ảnh: a{}.jpg\n", ['2: Ảnh "a{}.jpg" chưa có mô tả; thêm dòng Mô tả ảnh: …'], id="at its cause"),
        pytest.param(
            "Mô tả ảnh:\nẢnh: a.jpg\n", ['2: Ảnh "a.jpg" chưa có mô tả; thêm dòng Mô tả ảnh: …'], id="at its own line"
        ),
        pytest.param(
            "Ảnh: a.jpg\nMô tả ảnh: '  '\n", ['3: Ảnh "a.jpg" chưa có mô tả; thêm dòng Mô tả ảnh: …'], id="blank"
        ),
        pytest.param("Ảnh: a.jpg\nMô tả ảnh: Kênh\n", [], id="given"),
        pytest.param(
            "Ảnh: a.jpg\nMô tả ảnh: [a, b]\n",
            ["3: Mục này chỉ nhận một dòng chữ, không nhận danh sách; viết gọn thành một dòng"],
            id="refused is not missing as well",
        ),
        pytest.param("Loại: Mô hình\n", ['1: Thiếu mục "Lĩnh vực"; thêm dòng Lĩnh vực: Kinh tế'], id="in usual words"),
        pytest.param("Loại: Mô hình\nLĩnh vuc: Kinh tế\n", [], id="given by another spelling"),
    ],
)
def test_a_key_that_is_required_of_some(text: str, expected: list[str]) -> None:
    node = parse_yaml(text, "bai.md", 2)
    assert isinstance(node, Node)
    found = parse_record(SOME, node, "bai.md").problems
    assert [str(problem).removeprefix("bai.md:") for problem in found] == expected


def test_the_condition_of_a_required_key_has_words() -> None:
    assert [key.requirement for key in (*KEYS[:1], *SOME)] == [
        "bắt buộc",
        "",
        "bắt buộc với điển hình",
        "",
        "bắt buộc khi có ảnh",
    ]


@pytest.mark.parametrize(
    "name", ["Mô tả ảnh", "mô tả ảnh", "MO TA ANH", "mo_ta_anh", "mo-ta-anh", "motaanh", "photo_alt", "Photo alt"]
)
def test_a_key_has_many_spellings(name: str) -> None:
    record = read(f"Tiêu đề: Kênh\nNgày: 19/8/2020\n{name}: Kênh bê tông\n")
    assert record.problems == []
    assert record.values["photo_alt"] == "Kênh bê tông"
    assert record.lines["photo_alt"] == 4


def test_an_empty_value_is_no_value() -> None:
    record = read("Tiêu đề: Kênh\nNgày: 19/8/2020\nMô tả ảnh:\nPhong trào: [Hàng Việt, '']\n")
    assert record.problems == []
    assert "photo_alt" not in record.values
    assert record.values["movements"] == ("Hàng Việt",)


def test_a_line_of_a_list_may_hold_a_colon() -> None:
    record = read("Tiêu đề: Kênh\nNgày: 19/8/2020\nPhong trào:\n  - Ngày đầu. Ảnh: thôn 3\n  - Ảnh:\n")
    assert record.problems == []
    assert record.values["movements"] == ("Ngày đầu. Ảnh: thôn 3", "Ảnh:")


def test_a_comment_has_a_space_after_its_sign() -> None:
    record = read("Tiêu đề: Kênh  # đoán: từ dòng đầu\nNgày: 19/8/2020 # ngày họp\nMô tả ảnh: 'Tổ #3' #hết\n")
    assert record.problems == []
    assert record.values["title"] == "Kênh"
    assert record.values["photo_alt"] == "Tổ #3"


CUT = "trở đi bị hiểu là ghi chú và bị bỏ; đặt cả giá trị trong ngoặc kép, hoặc thêm dấu cách sau dấu # nếu là ghi chú"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Tiêu đề: Tổ #3 họp đêm\nNgày: 19/8/2020\nMô tả ảnh: #1\nPhong trào:\n  - Kênh #2\n",
            [
                f'2: Mục "Tiêu đề": từ "#3 họp đêm" {CUT}',
                f'4: Mục "Mô tả ảnh": từ "#1" {CUT}',
                f'5: Mục "Phong trào": từ "#2" {CUT}',
            ],
            id="what YAML takes for a comment",
        ),
        pytest.param(
            "Tiêu đề: Kênh\nNgày: 19/8/2020\nPhong trào:\n  • Hàng Việt\n  • Vì người nghèo\n",
            [
                (
                    '4: Mục "Phong trào": danh sách không bắt đầu bằng dấu gạch nối; '
                    "thay • ở đầu mỗi dòng bằng dấu gạch nối và một dấu cách: - …"
                )
            ],
            id="the bullets of Word",
        ),
        pytest.param(
            "Tiêu đề: Kênh\nNgày: 19/8/2020\nPhong trào:\n  - a: b\n    c: d\n",
            [f'4: Giá trị của mục "Phong trào" không phải một dòng chữ hay một danh sách; {AS_LIST}'],
            id="a list of mappings",
        ),
        pytest.param(
            "Mô tả ảnh: a\n",
            ['1: Thiếu mục "Tiêu đề"; thêm dòng Tiêu đề: …', '1: Thiếu mục "Ngày"; thêm dòng Ngày: 19/8/2020'],
            id="missing",
        ),
        pytest.param(
            "Ngày: 19/8/2020\nTiêu đề: '  '\n", ['3: Thiếu mục "Tiêu đề"; thêm dòng Tiêu đề: …'], id="missing, blank"
        ),
        pytest.param(
            "Ngày: 19/8/2020\nTiêu đề:\n", ['3: Thiếu mục "Tiêu đề"; thêm dòng Tiêu đề: …'], id="missing, empty"
        ),
        pytest.param(
            "Tiêu đề: Kênh\nNgày: 19/8/2020\nPhogn trào: Hàng Việt\n",
            ['4: Không có mục nào tên "Phogn trào"; ý bạn là "Phong trào"?'],
            id="misspelt",
        ),
        pytest.param(
            "Tiêu đề: Kênh\nNgày: 19/8/2020\nXyz: a\n",
            ['4: Không có mục nào tên "Xyz"; xóa mục này hoặc xem bảng các mục trong sổ tay'],
            id="unknown",
        ),
        pytest.param(
            "Tiêu đề: Kênh\nNgày: 19/8/2020\n[Phong trào]: Hàng Việt\n",
            ["4: Đầu dòng không phải tên một mục; viết theo mẫu Tên mục: giá trị, tên mục để trần, không có dấu gì"],
            id="a name in brackets",
        ),
        pytest.param(
            "Tiêu đề: Kênh\nNgày: 19/8/2020\ntieu_de: Khác\n",
            ['4: Mục "Tiêu đề" được khai hai lần (lần đầu ở dòng 2); xóa một trong hai'],
            id="twice",
        ),
        pytest.param(
            "Tiêu đề: Kênh\nNgày: 19/8/2020\nMô tả ảnh:\n  kênh: xanh\n",
            [f'4: Giá trị của mục "Mô tả ảnh" không phải một dòng chữ hay một danh sách; {AS_LIST}'],
            id="neither words nor list",
        ),
        pytest.param(
            "Tieu dde: Kênh\nNgày: 31/4/2020\n",
            [
                '2: Không có mục nào tên "Tieu dde"; ý bạn là "Tiêu đề"?',
                '3: Ngày "31/4/2020" không có thật: tháng 4 năm 2020 chỉ có 30 ngày; sửa lại ngày',
            ],
            id="all at once; what was likely meant is not missing as well",
        ),
    ],
)
def test_faults(text: str, expected: list[str]) -> None:
    assert problems(text) == expected
