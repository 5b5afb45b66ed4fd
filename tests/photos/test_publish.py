"""Photos and cards on the site: every copy at its address, made once, and never from a wrong cache."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from plugins.photos import publish, share_card
from plugins.photos.cache import Cache
from plugins.photos.photo import Photo, load_photo
from plugins.photos.publish import write_pictures
from plugins.photos.share_card import ShareCard
from tests.conftest import make_image

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.slow

FONTS = Path(__file__).parents[2] / "theme/static/fonts"
CARD = ShareCard("/bai-viet/2020/kenh/", "Kênh về", "Kinh tế", "#8a5a00", "Xã Nam Dong", "MTTQ", "", FONTS)


@pytest.fixture
def photo(tmp_path: Path) -> Photo:
    file = tmp_path / "kenh.jpg"
    file.write_bytes(make_image(size=(1800, 900), comment=b"nha rieng"))
    return load_photo(file, "/bai-viet/2020/kenh/")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The functions that made a picture, one name per call."""
    called: list[str] = []

    def record(module: ModuleType, name: str) -> None:
        make = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: (called.append(name), make(*given))[1])

    record(publish, "develop_file")
    record(share_card, "draw_card")
    return called


def tree(folder: Path) -> dict[str, str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files}


def test_each_copy_is_at_its_address_and_the_original_stays(photo: Photo, tmp_path: Path) -> None:
    original = photo.file.read_bytes()
    write_pictures([photo], [CARD], tmp_path / "output", Cache(tmp_path / "cache"))
    written = tree(tmp_path / "output")
    assert set(written) == {copy.url.lstrip("/") for copy in (*photo.copies, photo.fallback)} | {CARD.url.lstrip("/")}
    for copy in (*photo.copies, photo.fallback, CARD):
        with Image.open(tmp_path / "output" / copy.url.lstrip("/")) as image:
            assert image.size == (copy.width, copy.height)
    assert photo.file.read_bytes() == original
    assert sha256(original).hexdigest() not in written.values()


def test_cached_pictures_are_not_made_again(photo: Photo, tmp_path: Path, made: list[str]) -> None:
    cache = Cache(tmp_path / "cache")
    for name in ("1", "2"):
        write_pictures([photo], [CARD], tmp_path / name, cache)
    assert sorted(made) == ["develop_file", "draw_card"]
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


def test_one_picture_in_two_stories_is_made_once(photo: Photo, tmp_path: Path, made: list[str]) -> None:
    other = load_photo(photo.file, "/bai-viet/2021/cau/")
    write_pictures([photo, other, photo], [], tmp_path / "output", Cache(tmp_path / "cache"))
    assert made == ["develop_file"]
    assert len(tree(tmp_path / "output")) == 2 * (len(photo.copies) + 1)


@pytest.mark.parametrize("part", ["cut", "changed", "gone", "exchanged"])
def test_a_wrong_cache_costs_time_and_nothing_else(photo: Photo, tmp_path: Path, made: list[str], part: str) -> None:
    cache = Cache(tmp_path / "cache")
    write_pictures([photo], [CARD], tmp_path / "1", cache)
    entries = sorted(file for file in (tmp_path / "cache").rglob("*") if file.is_file())
    contents = [file.read_bytes() for file in entries]
    for number, (file, data) in enumerate(zip(entries, contents, strict=True)):
        match part:
            case "cut":
                file.write_bytes(data[: len(data) // 2])
            case "changed":
                file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
            case "gone":
                file.unlink()
            case "exchanged":
                file.write_bytes(contents[number - 1])
    write_pictures([photo], [CARD], tmp_path / "2", cache)
    assert sorted(made) == ["develop_file", "develop_file", "draw_card", "draw_card"]
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


def test_without_any_cache_the_site_is_the_same(photo: Photo, tmp_path: Path) -> None:
    (tmp_path / "khoa").write_text("không phải thư mục", encoding="utf-8")
    write_pictures([photo], [CARD], tmp_path / "1", Cache(tmp_path / "khoa"))
    write_pictures([photo], [CARD], tmp_path / "2", Cache(tmp_path / "cache"))
    assert tree(tmp_path / "1") == tree(tmp_path / "2")
