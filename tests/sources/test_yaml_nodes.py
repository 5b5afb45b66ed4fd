"""YAML as staff write it: plain values with their lines, and one sentence where it cannot be read."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest

from plugins.sources.problem import Problem
from plugins.sources.yaml_nodes import Node, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

TOO_DEEP = "Danh sách lồng nhau quá sâu hoặc tự trỏ vào mình; viết lại thành danh sách một tầng"
NO_CLOSING_QUOTE = 'Dấu nháy mở mà không đóng; thêm dấu " ở cuối giá trị, hoặc bỏ dấu nháy ở đầu'
NO_CLOSING_BRACKET = (
    "Giá trị bắt đầu bằng [ hoặc { mà không có dấu đóng; thêm dấu đóng ở cuối, hoặc đặt cả giá trị trong ngoặc kép"
)
UNCLEAR = (
    "Không hiểu được cách viết ở dòng này; viết theo mẫu Tên mục: giá trị; đặt giá trị có ký tự lạ trong ngoặc kép"
)


def test_values_keep_their_lines_and_their_words() -> None:
    node = parse_yaml("Ngày: 19/8/2020\nMẫu: có\nNăm: 2020\nKết quả:\n  - 3,2 km | kênh\n  - đủ nước\n", "bai.md", 2)
    assert isinstance(node, Node)
    pairs = [
        (name.line, name.text, value.text or [(item.line, item.text) for item in value.items])
        for name, value in node.pairs
    ]
    assert pairs == [
        (2, "Ngày", "19/8/2020"),
        (3, "Mẫu", "có"),
        (4, "Năm", "2020"),
        (5, "Kết quả", [(6, "3,2 km | kênh"), (7, "đủ nước")]),
    ]


def test_the_spaces_of_word_are_spaces() -> None:
    node = parse_yaml("Xã:\u00a0Nam\u00a0Dong\nNăm:\u202f2020\n", "bai.md")
    assert isinstance(node, Node)
    assert [(name.text, value.text) for name, value in node.pairs] == [("Xã", "Nam Dong"), ("Năm", "2020")]


@pytest.mark.parametrize("text", ["", "\n\n", "# chỉ có lời dặn\n"])
def test_nothing_is_none(text: str) -> None:
    assert parse_yaml(text, "bai.md") is None


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        pytest.param(
            "Ngày: 19/8/2020\nTiêu đề: Một tên: hai ý\n",
            2,
            "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép; "
            'đặt cả giá trị trong ngoặc kép, ví dụ Tiêu đề: "Một tên: hai ý"',
            id="unquoted colon",
        ),
        pytest.param(
            "Tiêu đề： Kênh mương\nNgày: 19/8/2020\n",
            1,
            "Dấu “：” sau tên mục không phải dấu hai chấm thường; viết Tiêu đề: Kênh mương",
            id="colon of another script",
        ),
        pytest.param(
            "Ngày: 19/8/2020\nTiêu đề：Kênh mương\nXã: Nam Dong\n",
            2,
            "Dấu “：” sau tên mục không phải dấu hai chấm thường; viết Tiêu đề: Kênh mương",
            id="colon of another script, in the middle",
        ),
        pytest.param(
            "Kết quả:\n\t- 3 km | kênh\n",
            2,
            "Có phím Tab thụt đầu dòng; thay phím Tab bằng hai dấu cách",
            id="tab",
        ),
        pytest.param('Ngày: 1/1/2020\nTiêu đề: "Kênh\nXã: Nam Dong\n', 2, NO_CLOSING_QUOTE, id="unclosed quote"),
        pytest.param(
            'Tiêu đề: "Kênh\nNgày: 1/1/2020\nTóm tắt: "Bà con góp công"\n',
            1,
            NO_CLOSING_QUOTE,
            id="unclosed quote, noticed at the next one",
        ),
        pytest.param(
            "Tiêu đề: 'Kênh\n",
            1,
            "Dấu nháy mở mà không đóng; thêm dấu ' ở cuối giá trị, hoặc bỏ dấu nháy ở đầu",
            id="unclosed single quote",
        ),
        pytest.param(
            'Tóm tắt: "Bà con\n  góp công"\nKết quả:\n\t- kênh\n',
            4,
            "Có phím Tab thụt đầu dòng; thay phím Tab bằng hai dấu cách",
            id="a quote over two lines is no fault",
        ),
        pytest.param(
            'Tiêu đề: "Dân vận khéo" ở thôn 3\n',
            1,
            "Còn chữ sau dấu nháy đóng; thay hai dấu nháy ấy bằng “ ”",
            id="words after the closing quote",
        ),
        pytest.param(
            'Tiêu đề: "D:\\anh"\n',
            1,
            "Giá trị trong ngoặc kép có dấu gạch chéo ngược \\; gõ / thay cho \\, hoặc đặt giá trị trong dấu nháy đơn",
            id="an escape in quotes",
        ),
        pytest.param(
            'Tiêu đề: "D:\\kenh"\n',
            1,
            "Giá trị trong ngoặc kép có dấu gạch chéo ngược \\; gõ / thay cho \\, hoặc đặt giá trị trong dấu nháy đơn",
            id="backslash in quotes",
        ),
        pytest.param("Phong trào: [Hàng Việt\nXã: Nam Dong\n", 1, NO_CLOSING_BRACKET, id="unclosed bracket"),
        pytest.param("Tóm tắt: {kênh\nXã: Nam Dong\n", 1, NO_CLOSING_BRACKET, id="unclosed brace"),
        pytest.param(
            "Ngày: 1/1/2020\nTóm tắt\nXã: Nam Dong\n",
            2,
            "Dòng không có dấu hai chấm sau tên mục; viết theo mẫu Tên mục: giá trị",
            id="no colon",
        ),
        *(
            pytest.param(
                f"Ngày: 1/1/2020\nTóm tắt: {sign}{space}Bà con\n",
                2,
                f"Giá trị bắt đầu bằng dấu {sign}; đặt cả giá trị trong ngoặc kép, hoặc bỏ dấu ấy",
                id=f"begins with {sign}{space}",
            )
            for sign, space in product("*@!&`", ("", " "))
        ),
        *(
            pytest.param(
                f"Ngày: 1/1/2020\nTóm tắt: {sign} Bà con\n",
                2,
                f"Giá trị bắt đầu bằng dấu {sign}; đặt cả giá trị trong ngoặc kép, hoặc bỏ dấu ấy",
                id=f"begins with {sign}",
            )
            for sign in "|>?,%"
        ),
        pytest.param(
            "Ngày: 1/1/2020\nTiêu đề: “Thôn 3: nước về”\n",
            2,
            "Giá trị có dấu hai chấm mà không đặt trong ngoặc kép; "
            'gõ dấu nháy thẳng " ở hai đầu giá trị; “ ” chỉ là chữ',
            id="the quotes of Word",
        ),
        pytest.param(
            "Tiêu đề:Thôn 3 làm kênh\nNgày: 1/1/2020\n",
            1,
            "Thiếu dấu cách sau dấu hai chấm; viết Tiêu đề: Thôn 3 làm kênh",
            id="no space after the colon of the first key",
        ),
        pytest.param(
            "Ngày: 1/1/2020\nXã:Nam Dong\nLoại: Tập thể\n",
            2,
            "Thiếu dấu cách sau dấu hai chấm; viết Xã: Nam Dong",
            id="no space after a colon",
        ),
        pytest.param(
            "Lĩnh vực: Kinh tế\n  Xã: Nam Dong\n",
            2,
            "Dòng này thụt vào nên bị hiểu là phần tiếp của dòng trên; "
            "xóa dấu cách ở đầu dòng; nếu đúng là phần tiếp thì đặt cả giá trị trong ngoặc kép",
            id="an indented key",
        ),
        pytest.param("Ngày: 1/1/2020\n...\nXã: Nam Dong\n", 3, UNCLEAR, id="two documents"),
        pytest.param(
            "Tiêu đề: Kênh\x07\n",
            1,
            "Có ký tự điều khiển lạ trong tệp; xóa ký tự ấy rồi gõ lại dòng chữ",
            id="control character",
        ),
        pytest.param("a: &a [*a]\n", 1, TOO_DEEP, id="a list that holds itself"),
        pytest.param("a: " + "[" * 50_000, 1, TOO_DEEP, id="brackets without end"),
        pytest.param("- " * 40_000, 1, TOO_DEEP, id="dashes without end"),
    ],
)
def test_a_fault_is_one_sentence_at_its_line(text: str, line: int, sentence: str) -> None:
    assert str(parse_yaml(text, "bai.md", 1)) == f"bai.md:{line}: {sentence}"


def test_aliases_do_not_multiply() -> None:
    names = "abcdefghi"
    text = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise(names)
    )
    node = parse_yaml(text, "bai.md")
    assert isinstance(node, Node)
    assert [name.text for name, _ in node.pairs] == list(names)
    made = {id(part) for part in _walk_once(node, set())}
    assert len(made) < 50


def _walk_once(node: Node, seen: set[int]) -> Iterator[Node]:
    if id(node) not in seen:
        seen.add(id(node))
        yield node
        for part in (*node.items, *(part for pair in node.pairs for part in pair)):
            yield from _walk_once(part, seen)


def test_problems_count_lines_from_where_the_text_stands_in_its_file() -> None:
    problem = parse_yaml("Tiêu đề: a: b", "bai.md", 7)
    assert isinstance(problem, Problem)
    assert problem.line == 7
