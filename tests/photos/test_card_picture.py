"""The picture on a share card: the part of a photo where most is to be seen, else the plate, which says what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from plugins.photos import share_card
from plugins.photos.card_picture import show_photo
from plugins.photos.photo import load_photo
from plugins.photos.share_card import draw_card
from plugins.plates.plate import choose_plate
from tests.photos.test_share_card import CARD

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.photos.photo import Photo

BOX = (share_card.WIDTH - share_card._PICTURE_AT, share_card.HEIGHT - share_card._BAND)


@dataclass(frozen=True)
class Field:
    id: str = "kinh-te"
    color: str = "#8a5a00"
    dark_color: str = "#e5b567"


PLATE = choose_plate("/hinh-trang-tri/", "kenh", Field(), "xa-nam-dong")


def take(folder: Path, size: tuple[int, int], busy: tuple[int, int, int, int], name: str = "anh.png") -> Photo:
    """A photo of nothing but a red and white pattern in one place."""
    image = Image.new("RGB", size, "#808080")
    draw = ImageDraw.Draw(image)
    for x in range(busy[0], busy[2], 20):
        draw.rectangle((x, busy[1], x + 9, busy[3]), fill="#ff0000")
    file = folder / name
    image.save(file)
    return load_photo(file, "/bai-viet/2020/kenh/")


def redness(image: Image.Image) -> int:
    red, green, _ = image.convert("RGB").split()
    return sum(1 for a, b in zip(red.tobytes(), green.tobytes(), strict=True) if a > 180 and b < 90)


@pytest.mark.parametrize(
    ("size", "busy"),
    [
        pytest.param((1500, 600), (1100, 100, 1500, 500), id="right"),
        pytest.param((1500, 600), (0, 100, 400, 500), id="left"),
        pytest.param((600, 1500), (100, 1100, 500, 1500), id="below"),
        pytest.param((600, 1500), (100, 0, 500, 400), id="above"),
    ],
)
def test_the_busiest_part_is_shown(tmp_path: Path, size: tuple[int, int], busy: tuple[int, ...]) -> None:
    photo = take(tmp_path, size, (busy[0], busy[1], busy[2], busy[3]))
    shown = show_photo(photo, BOX)
    assert shown.size == BOX
    scale = max(BOX[0] / size[0], BOX[1] / size[1])
    whole = (busy[2] - busy[0]) * (busy[3] - busy[1]) * scale * scale / 2
    assert redness(shown) > 0.85 * whole


@pytest.mark.parametrize("size", [(30, 20), (600, 588), (4000, 300), (300, 3000)])
def test_a_photo_of_any_shape_fills_its_box(tmp_path: Path, size: tuple[int, int]) -> None:
    assert show_photo(take(tmp_path, size, (0, 0, *size)), BOX).size == BOX


def test_a_photo_that_changed_since_it_was_looked_at_is_not_shown(tmp_path: Path) -> None:
    photo = take(tmp_path, (600, 400), (0, 0, 600, 400))
    take(tmp_path, (600, 400), (0, 0, 300, 400))
    with pytest.raises(OSError, match="vừa thay đổi"):
        show_photo(photo, BOX)


def test_a_story_with_a_photo_has_it_on_its_card(tmp_path: Path) -> None:
    card = replace(CARD, picture=take(tmp_path, (900, 600), (0, 0, 900, 600)))
    assert card.url.endswith(".jpg")
    data = draw_card(card)[0]
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert "exif" not in image.info
    assert redness(image.crop((share_card._PICTURE_AT, share_card._BAND + 80, 1200, 630))) > 80_000
    assert redness(image.crop((30, share_card._BAND, share_card._PICTURE_AT - 10, share_card._FOOT_AT - 60))) == 0
    other = replace(CARD, picture=take(tmp_path, (900, 600), (0, 0, 500, 600), "khac.png"))
    assert other.url != card.url


def test_a_story_without_one_has_its_plate_which_says_so() -> None:
    card = replace(CARD, picture=PLATE, mark="")
    assert card.url.endswith(".png")
    data = draw_card(card)[0]
    assert len(data) < 60_000
    assert data == draw_card(card)[0]
    image = Image.open(BytesIO(data)).convert("RGB")
    assert image.size == (1200, 630)
    # The words stand on night, in the lower right corner above the hem.
    assert image.getpixel((1200 - 32, 630 - 100)) == pytest.approx((0x1C, 0x12, 0x10), abs=8)
    # A sample says so as well.
    marked = Image.open(BytesIO(draw_card(replace(card, mark="Bài mẫu"))[0])).convert("RGB")
    corner = (1200 - 32, share_card._BAND + 46)
    assert marked.getpixel(corner) == pytest.approx((0x1C, 0x12, 0x10), abs=8)
    assert marked.getpixel(corner) != image.getpixel(corner)


@pytest.mark.parametrize("title", ["Nước", "Một " * 60, "x" * 150, CARD.title, "ỄỔẪẰ ỘẶỆỰ " * 6])
def test_no_word_runs_into_the_picture(title: str) -> None:
    card = replace(CARD, title=title, publisher="Ủy ban Mặt trận Tổ quốc Việt Nam xã Nam Dong, tỉnh Lâm Đồng " * 2)
    image = Image.open(BytesIO(draw_card(replace(card, picture=PLATE))[0])).convert("L")
    margin = image.crop((share_card._BESIDE + 2, share_card._BAND + 2, share_card._PICTURE_AT, 630))
    assert margin.getextrema()[0] > 240
