"""The picture of a story where it is shared: its words whole, none outside its room, no mark clipped."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageColor

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
    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
    # Nothing see-through, and nothing said of when or where it was made.
    assert not image.info
    assert len(draw_card(replace(CARD, title=title))[0]) < 60_000


def test_it_is_light() -> None:
    assert len(draw_card(CARD)[0]) < 24_000


def test_the_same_words_give_the_same_bytes_in_any_order_and_process() -> None:
    before = draw_card(CARD)
    for other in ({"mark": "Bài nháp"}, {"publisher": WORST}, {"color": "#0f5e8c"}, {"title": WORST, "place": ""}):
        assert draw_card(replace(CARD, **other)) != before
    assert draw_card(CARD) == before
    code = (
        "from hashlib import sha256; from tests.photos.test_share_card import CARD, draw_card;"
        "print(sha256(draw_card(CARD)[0]).hexdigest())"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == sha256(before[0]).hexdigest()


@pytest.mark.parametrize("title", [TITLE, WORST, WORST.replace("ỄỔ", "ĔŎ"), "Klei blŭ Êđê mâo ĕ ŏ"])
def test_each_word_has_its_ink_and_the_edges_of_letters_shades_of_it_alone(title: str) -> None:
    card = replace(CARD, title=title, field=WORST[:9], place=WORST[:9], publisher=WORST)
    image = drawn(card).convert("RGB")
    paper = ImageColor.getrgb(share_card._PAPER)
    middle, foot = share_card._FILED_AT + 14, share_card._FOOT_AT - 54
    field_ends = share_card._LEFT + 44 + round(share_card._font(FONTS, "bold", 34).getlength(card.field)) + 15
    mark_begins = share_card._RIGHT - 36 - round(share_card._font(FONTS, "bold", 30).getlength(card.mark))
    for box, ink in (
        ((20, share_card._BAND, field_ends, middle), card.color),
        ((field_ends, share_card._BAND, 1200, middle), share_card._GRAY),
        ((20, middle, 1200, foot), share_card._BLACK),
        ((20, foot + 4, mark_begins - 20, 630), share_card._RED),
        ((mark_begins + 16, foot + 24, share_card._RIGHT - 16, foot + 63), share_card._BLACK),
    ):
        colors = {color for _, color in image.crop(box).getcolors() or ()}
        assert {paper, ImageColor.getrgb(ink)} <= colors
        # Half of the letters' edges would be lost with fewer.
        assert 6 < len(colors) <= share_card._SHADES + 1
        for color in colors:
            ways = zip(paper, ImageColor.getrgb(ink), color, strict=True)
            assert len({round((is_ - low) / (high - low) * share_card._SHADES) for low, high, is_ in ways}) == 1


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


@pytest.mark.parametrize("font", ["bold", "highland"])
def test_a_line_is_as_long_as_its_letters(font: str) -> None:
    length = share_card._font(FONTS, font, 76).getlength
    for pair in product(" AVTLXYƯĐaâovyjf.,’–", repeat=2):
        assert length("".join(pair)) == sum(map(length, pair))


def test_the_whole_title_is_drawn() -> None:
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


def test_the_address_changes_only_with_the_drawing() -> None:
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
        ("Klei blŭ ☺", "highland"),
        ("Chữ 中文 ☺", "bold"),
    ],
)
def test_a_title_is_set_as_a_whole_in_a_font_that_has_all_of_it(title: str, font: str) -> None:
    card = replace(CARD, title=title)
    assert card.title_font == font
    assert title_area(card).getbbox()


def test_nothing_is_drawn_with_boxes_for_letters() -> None:
    card = replace(CARD, title="Chữ 中文 ☺ vàng", publisher="Hội 中")
    assert card.lacking == "中文☺"
    drawn = card.without_lacking()
    assert (drawn.title, drawn.publisher, drawn.lacking) == ("Chữ vàng", "Hội", "")
    assert draw_card(drawn) == draw_card(replace(CARD, title="Chữ vàng", publisher="Hội"))
    assert CARD.without_lacking() is CARD
