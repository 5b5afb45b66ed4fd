"""A photo from its file to its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from plugins.photos.photo import load_photo, write_photo
from plugins.sources.problem import Invalid
from tests.conftest import make_image

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_address_is_ascii_and_changes_with_the_picture(tmp_path: Path) -> None:
    file = tmp_path / "Kênh mương.JPG"
    file.write_bytes(make_image(size=(40, 20)))
    first = load_photo(file, "/bai-viet/2020/kenh/")
    file.write_bytes(make_image(size=(40, 30)))
    second = load_photo(file, "/bai-viet/2020/kenh/")
    assert (first.width, first.height) == (40, 20)
    assert first.url.startswith("/bai-viet/2020/kenh/kenh-muong-")
    assert first.url.isascii()
    assert first.url.endswith(".jpg")
    assert first.url != second.url


def test_a_name_without_letters_still_has_an_address(tmp_path: Path) -> None:
    file = tmp_path / "中文.png"
    file.write_bytes(make_image("PNG"))
    assert load_photo(file, "/a/").url.startswith("/a/anh-")


def test_a_photo_is_written_at_its_address_and_the_original_stays(tmp_path: Path) -> None:
    file = tmp_path / "kenh.jpg"
    original = make_image(size=(3200, 1600), comment=b"nha rieng")
    file.write_bytes(original)
    photo = load_photo(file, "/bai-viet/2020/kenh/")
    write_photo(photo, tmp_path / "output")
    written = tmp_path / "output" / photo.url.lstrip("/")
    assert Image.open(written).size == (photo.width, photo.height) == (1600, 800)
    assert b"nha rieng" not in written.read_bytes()
    assert file.read_bytes() == original


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda file: file.unlink(missing_ok=True), "Không đọc được tệp ảnh", id="gone"),
        pytest.param(lambda file: file.mkdir(), "Không đọc được tệp ảnh", id="a folder"),
        pytest.param(lambda file: file.write_bytes(b""), "Ảnh là tệp trống", id="empty"),
    ],
)
def test_what_cannot_be_loaded(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    file = tmp_path / "kenh.jpg"
    make(file)
    with pytest.raises(Invalid, match=message):
        load_photo(file, "/a/")


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "kenh.jpg"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    with pytest.raises(Invalid, match="Ảnh nặng quá 40 MB"):
        load_photo(file, "/a/")
