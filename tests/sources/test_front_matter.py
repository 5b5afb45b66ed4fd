"""The lines between --- and ---, and where the text of a story begins."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.sources.front_matter import FrontMatter, parse_front_matter
from plugins.sources.problem import Problem
from plugins.sources.text import decode_text

EXAMPLE = "mở đầu tệp bằng một dòng ---, các mục như Tiêu đề: …, rồi một dòng ---"
RETYPE = "gõ lại dòng ấy thành --- ở sát đầu dòng"
NOT_HYPHENS = f"Dòng “{{}}” không phải đúng ba dấu gạch nối; {RETYPE}"
NOT_KEYS = "Phần khai báo không phải các mục Tên: giá trị; viết mỗi dòng theo mẫu Tên mục: giá trị"


@pytest.mark.parametrize(
    ("text", "body", "body_line"),
    [
        pytest.param("---\nTiêu đề: Kênh\n---\nBài.\n", "Bài.\n", 4, id="plain"),
        pytest.param("\n\n---\nTiêu đề: Kênh\n---\n\nBài.\n", "\nBài.\n", 6, id="blank lines before"),
        pytest.param("--- \nTiêu đề: Kênh\n---\t\nBài.\n", "Bài.\n", 4, id="blanks after the dashes"),
        pytest.param("---\u00a0\nTiêu đề: Kênh\n--- \u202f\nBài.\n", "Bài.\n", 4, id="Word's spaces after the dashes"),
        pytest.param("---\nTiêu đề: Kênh\n---\nMột\n\n---\n\nHai\n", "Một\n\n---\n\nHai\n", 4, id="a rule in the body"),
        pytest.param("---\nTiêu đề: Kênh\n---", "", 4, id="no body"),
    ],
)
def test_the_body_starts_after_the_second_line_of_dashes(text: str, body: str, body_line: int) -> None:
    matter = parse_front_matter(text, "bai.md")
    assert isinstance(matter, FrontMatter)
    assert (matter.body, matter.body_line) == (body, body_line)
    ((name, value),) = matter.mapping.pairs
    assert (name.text, value.text, name.line) == ("Tiêu đề", "Kênh", body_line - 2)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        pytest.param("Bà con làm kênh.\n", 1, f"Tệp không có phần khai báo ở đầu; {EXAMPLE}", id="none"),
        pytest.param("Bài\n---\nTiêu đề: a\n---\n", 1, f"Tệp không có phần khai báo ở đầu; {EXAMPLE}", id="not first"),
        pytest.param(
            "---\nTiêu đề: Kênh\n\nBà con làm kênh.\n",
            1,
            "Phần khai báo ở đầu tệp không có dòng --- đóng lại; thêm một dòng --- sau mục cuối",
            id="unterminated",
        ),
        pytest.param("—\nTiêu đề: Kênh\n—\n", 1, NOT_HYPHENS.format("—"), id="a dash of Word"),
        pytest.param("\n----\nTiêu đề: Kênh\n----\n", 2, NOT_HYPHENS.format("----"), id="four hyphens"),
        pytest.param("---\nTiêu đề: Kênh\n–––\nBài.\n", 3, NOT_HYPHENS.format("–––"), id="dashes at the end"),
        pytest.param(" ---\nTiêu đề: Kênh\n---\n", 1, f"Dòng --- thụt vào; {RETYPE}", id="indented hyphens"),
        pytest.param("---\n---\nBài.\n", 1, f"Phần khai báo ở đầu tệp trống; {EXAMPLE}", id="empty"),
        pytest.param("---\n- Tiêu đề\n- Ngày\n---\nBài.\n", 2, NOT_KEYS, id="a list"),
        pytest.param("---\n\nchỉ là chữ\n---\nBài.\n", 3, NOT_KEYS, id="plain words"),
    ],
)
def test_faults(text: str, line: int, sentence: str) -> None:
    assert str(parse_front_matter(text, "bai.md")) == f"bai.md:{line}: {sentence}"


YAML_LIKE = st.text("---\n\n: []{}\"'&*!|>%@`#?,\t\\aếđ0 \u2028\x85", max_size=60)


@given(st.text() | YAML_LIKE | YAML_LIKE.map(lambda text: f"---\n{text}\n---\n"))
@example("---\n\ud800\n---\n")
def test_no_text_raises(text: str) -> None:
    found = parse_front_matter(text, "bai.md")
    if isinstance(found, Problem):
        assert 1 <= found.line <= text.count("\n") + 2 + text.count("\x85") + text.count("\u2028")
    else:
        assert found.mapping.kind == "mapping"
        assert text.endswith(found.body)


@given(st.binary(max_size=60).map(lambda data: b"---\n" + data + b"\n---\n"))
def test_no_bytes_raise(data: bytes) -> None:
    text = decode_text(data, "bai.md")
    found = text if isinstance(text, Problem) else parse_front_matter(text, "bai.md")
    assert isinstance(found, Problem | FrontMatter)
