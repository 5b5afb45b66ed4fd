"""A photo from its file to its addresses, and its cache."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.photos import photo as module
from plugins.photos import pixels, recipe
from plugins.photos.cache import Cache
from plugins.photos.photo import Photo, PhotoCopy, develop_file, load_photo
from plugins.sources.problem import Invalid
from tests.conftest import make_image

if TYPE_CHECKING:
    from collections.abc import Callable

PHOTO = Photo(Path("kenh.jpg"), "0" * 64, (1000, 500), "/a/kenh-1a2b3c4d")


def test_the_addresses_are_ascii_and_change_with_the_picture(tmp_path: Path) -> None:
    file = tmp_path / "Kênh mương.JPG"
    file.write_bytes(make_image(size=(40, 20)))
    first = load_photo(file, "/bai-viet/2020/kenh/")
    file.write_bytes(make_image(size=(40, 30)))
    second = load_photo(file, "/bai-viet/2020/kenh/")
    assert first.size == (40, 20)
    assert first.url.startswith("/bai-viet/2020/kenh/kenh-muong-")
    assert first.url.isascii()
    assert first.url.endswith("-40.jpg")
    assert first.stem != second.stem


def test_the_addresses_change_with_the_recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "kenh.jpg"
    file.write_bytes(make_image())
    before = load_photo(file, "/a/").stem
    assert load_photo(file, "/a/").stem == before
    monkeypatch.setattr(recipe, "RECIPE", "2")
    assert load_photo(file, "/a/").stem != before


def test_a_name_without_letters_still_has_an_address(tmp_path: Path) -> None:
    file = tmp_path / "中文.png"
    file.write_bytes(make_image("PNG"))
    assert load_photo(file, "/a/").url.startswith("/a/anh-")


def test_attributes_on_a_page() -> None:
    assert (PHOTO.url, PHOTO.width, PHOTO.height) == ("/a/kenh-1a2b3c4d-800.jpg", 800, 400)
    assert PHOTO.largest == PhotoCopy("/a/kenh-1a2b3c4d-1000.webp", 1000, 500)
    smallest = "/a/kenh-1a2b3c4d-240.webp 240w"
    small = f"{smallest}, /a/kenh-1a2b3c4d-480.webp 480w"
    assert PHOTO.srcset() == f"{small}, /a/kenh-1a2b3c4d-800.webp 800w, /a/kenh-1a2b3c4d-1000.webp 1000w"
    assert PHOTO.srcset(800) == f"{small}, /a/kenh-1a2b3c4d-800.webp 800w"
    assert PHOTO.srcset(100) == smallest


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(lambda file: file.unlink(missing_ok=True), "Không đọc được tệp ảnh", id="gone"),
        pytest.param(lambda file: file.mkdir(), "Không đọc được tệp ảnh", id="a folder"),
        pytest.param(lambda file: file.write_bytes(b""), "Ảnh là tệp trống", id="empty"),
    ],
)
def test_photos_that_cannot_be_loaded(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
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


def test_a_photo_that_changes_while_the_site_is_built_is_not_passed_off_as_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "kenh.jpg"
    file.write_bytes(make_image(size=(40, 20)))
    photo = load_photo(file, "/a/")
    file.write_bytes(make_image(size=(40, 30)))
    with pytest.raises(OSError, match="ảnh vừa thay đổi"):
        develop_file(photo.file, photo.digest, ((40, 20),), (40, 20))


class Counted:
    """Counts how many photos are opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        inspect = pixels.inspect

        def counting(data: bytes) -> tuple[int, int]:
            self.count += 1
            return inspect(data)

        monkeypatch.setattr(pixels, "inspect", counting)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def load(file: Path, cache: Cache) -> Photo:
    """Load a photo as one run does."""
    module._look.cache_clear()
    return load_photo(file, "/a/", cache)


def wait() -> None:
    """Let the clock of the file system tick: what is written within one tick is not remembered."""
    time.sleep(0.15)


def test_a_photo_that_did_not_change_is_opened_once(tmp_path: Path, opened: Counted) -> None:
    file, cache = tmp_path / "kenh.jpg", Cache(tmp_path / "cache")
    file.write_bytes(make_image())
    wait()
    first = load(file, cache)
    assert load(file, cache) == load(file, cache) == first
    assert opened.count == 1


def test_a_photo_of_the_same_length_and_time_is_another_all_the_same(tmp_path: Path, opened: Counted) -> None:
    file, cache = tmp_path / "kenh.bmp.png", Cache(tmp_path / "cache")
    one, other = (make_image("JPEG", comment=text) for text in (b"mot", b"hai"))
    assert len(one) == len(other)
    file.write_bytes(one)
    wait()
    first, stat = load(file, cache), file.stat()
    file.write_bytes(other)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert load(file, cache).digest != first.digest
    assert opened.count == 2


def test_one_process_reads_a_photo_again_only_when_it_may_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, cache = tmp_path / "kenh.jpg", Cache(tmp_path / "cache")
    file.write_bytes(make_image())
    read: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (read.append(path), read_bytes(path))[1])
    for _ in range(2):
        load_photo(file, "/a/", cache)
    assert read.count(file) == 2  # in the moment in which it was written
    wait()
    for _ in range(3):
        load_photo(file, "/a/", Cache(tmp_path / "cache"))
    assert read.count(file) == 3


def test_a_broken_photo_is_broken_each_time(tmp_path: Path) -> None:
    file, cache = tmp_path / "kenh.jpg", Cache(tmp_path / "cache")
    file.write_bytes(b"khong phai anh")
    wait()
    for _ in range(2):
        with pytest.raises(Invalid, match="Tệp không phải ảnh"):
            load(file, cache)


def test_a_spoilt_memory_is_no_memory(tmp_path: Path, opened: Counted) -> None:
    file, cache = tmp_path / "kenh.jpg", Cache(tmp_path / "cache")
    file.write_bytes(make_image())
    wait()
    load(file, cache)
    for entry in (tmp_path / "cache").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes().replace(b"40", b"99"))
    assert load(file, cache).size == (40, 20)
    assert opened.count == 2
