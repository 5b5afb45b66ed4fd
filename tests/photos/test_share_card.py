"""The picture of a story where it is shared: its words whole, none outside its room, no mark clipped."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from plugins.photos import share_card
from plugins.photos.share_card import LINE_HEIGHT, TITLE_SIZES, ShareCard, draw_card, fit_title

FONTS = Path(__file__).parents[2] / "theme/static/fonts"
TITLE = "Hai thôn chung tay bê tông hóa 3,2 km kênh mương nội đồng"
CARD = ShareCard(
    "/bai-viet/2020/kenh/", TITLE, "Kinh tế", "#8a5a00", "Xã Nam Dong", "Mặt trận huyện Cư Jút", "Bài mẫu", FONTS
)
WORST = "ỄỔẪẰ ỘẶỆỰ ỄỔẪẰ ỘẶỆỰ ỄỔẪẰ ỘẶỆỰ ỄỔẪẰ ỘẶỆỰ"


def drawn(card: ShareCard) -> Image.Image:
    return Image.open(BytesIO(draw_card(card)[0]))


def title_area(card: ShareCard) -> Image.Image:
    """Return where the title may stand, as ink on nothing."""
    image = drawn(card).convert("L")
    box = (share_card._STRIPE, share_card._FILED_AT + 14, image.width, share_card._FOOT_AT - 54)
    return image.crop(box).point(lambda value: 255 if value < 200 else 0)


@pytest.mark.parametrize("title", [TITLE, WORST, "Nước", "Một " * 60, "x" * 150, "Ê", "  hai   khoảng  trắng "])
def test_it_is_of_the_size_that_is_asked_for(title: str) -> None:
    image = drawn(replace(CARD, title=title))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert image.info.keys() <= {"transparency"}
    assert len(draw_card(replace(CARD, title=title))[0]) < 60_000


@pytest.mark.parametrize("title", [WORST, WORST * 2, TITLE, "Một " * 60, "x" * 150])
def test_no_letter_leaves_its_room(title: str) -> None:
    ink = title_area(replace(CARD, title=title)).getbbox()
    assert ink
    left, top, right, bottom = ink
    width, height = title_area(CARD).size
    assert left >= share_card._LEFT - share_card._STRIPE - 2
    assert right <= share_card._RIGHT - share_card._STRIPE + 2
    assert 0 < top < bottom < height
    assert right < width


@pytest.mark.parametrize("size", TITLE_SIZES)
def test_marks_above_and_below_never_touch_another_line(size: int) -> None:
    font = share_card._font(FONTS, "bold", size)
    _, top, _, bottom = font.getbbox("ỄỔẪẰ ỘẶỆỰ gjpqy", anchor="ls")
    step = round(size * LINE_HEIGHT)
    assert bottom - top <= step


def test_what_is_drawn_is_the_whole_title() -> None:
    size, lines = fit_title(CARD)
    assert " ".join(lines) == TITLE
    assert size == max(TITLE_SIZES)
    # Balanced: no line is left with a word or two.
    assert min(map(len, lines)) > max(map(len, lines)) / 2


def test_a_longer_title_is_set_smaller_before_it_is_cut() -> None:
    sizes = [fit_title(replace(CARD, title=" ".join([TITLE] * count)))[0] for count in (1, 2, 3, 4)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[1] > min(TITLE_SIZES)
    assert " ".join(fit_title(replace(CARD, title=f"{TITLE} {TITLE}"))[1]) == f"{TITLE} {TITLE}"
    size, lines = fit_title(replace(CARD, title=" ".join([TITLE] * 6)))
    assert size == min(TITLE_SIZES)
    assert lines[-1].endswith("…")


@given(st.text(alphabet="aăÊđ ỆỗMWi,.-’ ", min_size=1, max_size=300).filter(str.strip))
def test_any_title_fits(title: str) -> None:
    card = replace(CARD, title=title)
    size, lines = fit_title(card)
    font = share_card._font(FONTS, "bold", size)
    assert all(font.getlength(line) <= share_card._RIGHT - share_card._LEFT for line in lines)
    assert len(lines) * round(size * LINE_HEIGHT) <= share_card._TITLE_BOTTOM - share_card._TITLE_TOP


def test_the_field_has_its_color() -> None:
    red = replace(CARD, color="#a8141c")
    assert drawn(red).convert("RGB").getpixel((8, 400)) == (0xA8, 0x14, 0x1C)


def test_a_sample_says_so() -> None:
    assert draw_card(CARD) != draw_card(replace(CARD, mark=""))


def test_the_address_changes_with_what_is_drawn_and_with_nothing_else() -> None:
    assert CARD.url.startswith("/bai-viet/2020/kenh/chia-se-")
    assert replace(CARD).url == CARD.url
    changed = [replace(CARD, **{name: "Khác"}) for name in ("title", "field", "color", "place", "publisher", "mark")]
    assert len({card.url for card in (CARD, *changed)}) == 7
    assert draw_card(CARD) == draw_card(replace(CARD))


def test_its_words_for_those_who_do_not_see_it() -> None:
    assert CARD.alt == f"{TITLE}. Kinh tế, Xã Nam Dong"
    assert replace(CARD, place="").alt == f"{TITLE}. Kinh tế"


@pytest.mark.parametrize(
    ("title", "font"),
    [
        ("Đắk D’rông – “khéo” 3,2 km²", "bold"),
        ("Klei blŭ Êđê mâo ĕ ŏ ĭ ŭ ƀ ở buôn Trum", "highland"),
        ("Chữ 中文", ""),
    ],
)
def test_a_title_is_set_as_a_whole_in_a_font_that_has_all_of_it(title: str, font: str) -> None:
    card = replace(CARD, title=title)
    assert (card.title_font, card.is_drawable) == (font, font != "")
    if font:
        assert title_area(card).getbbox()


def test_a_title_is_never_drawn_with_boxes_for_letters() -> None:
    assert not replace(CARD, publisher="中文").is_drawable
