"""Files as Windows, Word and old machines save them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.sources.problem import Problem
from plugins.sources.text import decode_text, read_text

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Đắk D’rông\nHòa và hoà\n"
AS_UTF8 = "mở tệp bằng Notepad, chọn Lưu thành… với mã hóa UTF-8"

UNSEEN = "\u200b\u00ad\u2060\ufeff"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="plain"),
        pytest.param(TEXT.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="old Mac line ends"),
        pytest.param(unicodedata.normalize("NFD", TEXT).encode(), id="decomposed"),
        pytest.param(unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode("utf-8-sig"), id="all at once"),
        pytest.param("".join(f"{sign}{UNSEEN}" for sign in TEXT).encode(), id="signs that nobody sees"),
    ],
)
def test_text_comes_out_in_one_form(data: bytes) -> None:
    assert decode_text(data, "bai.md") == TEXT


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"", "Tệp trống; viết nội dung vào tệp hoặc xóa tệp", id="empty"),
        pytest.param(b"\xef\xbb\xbf \r\n\t\n", "Tệp trống; viết nội dung vào tệp hoặc xóa tệp", id="only blanks"),
        # The code page has marks of its own beside its letters, so that most syllables are two bytes or more.
        pytest.param(
            "Tiêu đê\u0300: Xa\u0303 Nam Dong".encode("cp1258"),
            f"Tệp không ở mã UTF-8 (có thể là Windows-1258 hoặc một bảng mã cũ); {AS_UTF8}",
            id="Windows-1258",
        ),
        pytest.param(TEXT.encode("utf-16"), f"Tệp lưu ở mã UTF-16 nên không đọc được; {AS_UTF8}", id="UTF-16"),
        pytest.param(
            "\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"),
            f"Tệp lưu ở mã UTF-16 nên không đọc được; {AS_UTF8}",
            id="UTF-16, big end first",
        ),
        pytest.param(
            "Tieu de".encode("utf-16-le"),
            f"Tệp có byte rỗng, không phải tệp chữ UTF-8; {AS_UTF8}",
            id="unmarked UTF-16",
        ),
    ],
)
def test_unreadable_files_are_reported(data: bytes, sentence: str) -> None:
    assert str(decode_text(data, "bai.md")) == f"bai.md:1: {sentence}"


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_problem(data: bytes) -> None:
    text = decode_text(data, "bai.md")
    assert isinstance(text, Problem) or (text.strip() and "\r" not in text)


def test_a_control_character_pasted_from_word_is_found_at_its_line() -> None:
    assert str(decode_text("Một\r\nHai\r\nBa\x0bbốn\r\n".encode(), "bai.md")) == (
        "bai.md:3: Có ký tự điều khiển lạ trong tệp; xóa ký tự ấy rồi gõ lại dòng chữ"
    )


def test_a_file_of_20_megabytes_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "bai.md"
    with file.open("wb") as out:
        out.truncate(20_000_000)
    assert str(read_text(file, "bai.md")) == (
        "bai.md:1: Tệp nặng 20,0 MB, quá giới hạn 1 MB cho một tệp chữ; "
        "tách ảnh hoặc tài liệu ra tệp riêng, chỉ giữ chữ trong tệp này"
    )


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert str(read_text(tmp_path, "bai.md")) == (
        "bai.md:1: Đây là thư mục, không phải tệp chữ; đổi tên hoặc xóa thư mục, rồi đặt tệp vào đây"
    )


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    problem = read_text(tmp_path / "bai.md", "bai.md")
    assert str(problem) == "bai.md:1: Không đọc được tệp; kiểm tra quyền đọc tệp rồi thử lại"
