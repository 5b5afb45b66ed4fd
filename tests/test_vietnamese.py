"""A reader's typing finds a writer's text, and lists are in the order of a Vietnamese dictionary."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import vietnamese

# Vietnamese syllables in both normal forms, mixed with whatever else Unicode holds.
TEXTS = st.text() | st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĐƯ’' \u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b019-")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đắk D’rông", "dak drong"),
        ("Đắk D'rông", "dak drong"),
        ("ĐĂK DʼRÔNG", "dak drong"),
        ("dak drong", "dak drong"),
        (unicodedata.normalize("NFD", "Đắk D’rông"), "dak drong"),
        ("Cư K’nia", "cu knia"),
        ("hòa", "hoa"),
        ("hoà", "hoa"),
        ("Thôn  Tân\u00a0Hòa\n", "thon tan hoa"),
        ("ƯỚC MƠ", "uoc mo"),
        ("Buôn Ƀuôr Ŏ ñ", "buon buor o n"),
    ],
)
def test_fold_gives_the_text_as_typed_without_marks(written: str, folded: str) -> None:
    assert vietnamese.fold(written) == folded


@given(TEXTS)
def test_fold_again_changes_nothing(text: str) -> None:
    folded = vietnamese.fold(text)
    assert vietnamese.fold(folded) == folded


@given(TEXTS)
def test_both_normal_forms_fold_and_sort_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert vietnamese.fold(composed) == vietnamese.fold(decomposed)
    assert vietnamese.sort_key(composed) == vietnamese.sort_key(decomposed)


@pytest.mark.parametrize("written", ["Đắk Wil", "dak-wil", "ĐăkWil", "đắk_wil", " ĐẮK  WIL "])
def test_squash_makes_one_name_of_its_spellings(written: str) -> None:
    assert vietnamese.squash(written) == "dakwil"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hai thôn chung tay bê tông hóa 3,2 km kênh", "hai-thon-chung-tay-be-tong-hoa-3-2-km-kenh"),
        ("Đắk D’rông", "dak-drong"),
        ("  “Dân vận khéo” – 2020!  ", "dan-van-kheo-2020"),
        ("中文 ☺ …", ""),
        ("a" * 80, "a" * 60),
        ("bốn mươi " * 20, "bon-muoi-bon-muoi-bon-muoi-bon-muoi-bon-muoi-bon-muoi-bon"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert vietnamese.slugify(title) == slug


@given(TEXTS, st.integers(1, 80))
def test_a_slug_is_short_ascii_and_stays_itself(text: str, limit: int) -> None:
    slug = vietnamese.slugify(text, limit)
    assert len(slug) <= limit
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert vietnamese.slugify(slug, limit) == slug


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Linh vcu", "Lĩnh vực"),
        ("nam đông", "Nam Dong"),
        ("Đăk Drong", "Đắk D’rông"),
        ("Quảng Trị", None),
        ("", None),
    ],
)
def test_nearest(written: str, meant: str | None) -> None:
    assert vietnamese.nearest(written, ["Lĩnh vực", "Nam Dong", "Đắk D’rông"]) == meant


@pytest.mark.parametrize(
    "ordered",
    [
        pytest.param(["an", "ăn", "ân", "dan", "đan", "em", "êm", "on", "ôn", "ơn", "un", "ưn"], id="alphabet"),
        pytest.param(["ma", "mà", "mả", "mã", "má", "mạ"], id="tones"),
        pytest.param(["má", "mai", "mạn"], id="letters before tones"),
        pytest.param(["Ba Đình", "Bà An", "Bá Thước"], id="the first syllable decides"),
        pytest.param(["hoa", "hòa", "hoá"], id="new and old place of the tone"),
        pytest.param(["Cư Jút", "Cư K’nia", "Đắk D’rông", "Đắk Wil", "Ea Pô", "Nam Dong"], id="communes"),
        pytest.param(["3 hộ", "Thôn 2", "Thôn 10", "Thôn Hai"], id="numbers by value and before letters"),
        pytest.param(["Buôn Bu", "Buôn Ƀuôr", "Buôn Ca"], id="letters of Ê Đê beside their plain ones"),
        pytest.param(["", "1" * 5000, "a"], id="a number longer than Python reads"),
    ],
)
def test_sort_as_a_vietnamese_dictionary(ordered: list[str]) -> None:
    assert sorted(set(ordered), key=vietnamese.sort_key) == ordered


def test_both_places_of_a_tone_stand_together() -> None:
    names = ["Hoàng", "Hoà", "Hòa", "Hoa", "Hoá", "Hóa"]
    first, *ordered, last = sorted(names, key=vietnamese.sort_key)
    assert (first, set(ordered[:2]), set(ordered[2:]), last) == ("Hoa", {"Hòa", "Hoà"}, {"Hóa", "Hoá"}, "Hoàng")


@given(st.lists(TEXTS, max_size=8))
def test_every_two_texts_have_one_order(texts: list[str]) -> None:
    keys = [vietnamese.sort_key(text) for text in texts]
    for text, key in zip(texts, keys, strict=True):
        for other_text, other in zip(texts, keys, strict=True):
            assert (key < other) + (key == other) + (key > other) == 1
            assert (key == other) == (vietnamese.nfc(text) == vietnamese.nfc(other_text))


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        *(("Ấm lòng", "Â"), ("Ƀuôr Krông", "B"), ("Ŏ Krông", "O"), ("Ĕa Pô", "E"), ("½ sào", "0–9"), ("Ⅳ", "I")),
        *(("Ðắk Wil", "D"), ("Łódź", "L"), ("ﬁ", "F"), ("“Đèn”", "Đ"), ("", "0–9"), ("☺", "0–9"), ("中文", "Khác")),
        *(("٣", "0–9"), ("ʼA", "A"), ("Ж", "Khác"), ("①", "0–9")),
    ],
)
def test_every_title_has_its_letter(title: str, letter: str) -> None:
    assert vietnamese.initial(title) == letter


@given(st.lists(TEXTS | st.text("ƀɃŎĕ½ⅣbaoOeEiIđ1Ж中ʼ ", max_size=3), max_size=12))
def test_sorting_keeps_titles_of_one_letter_together(titles: list[str]) -> None:
    letters = [vietnamese.initial(title) for title in sorted(titles, key=vietnamese.sort_key)]
    runs = [letter for letter, _ in groupby(letters)]
    assert len(runs) == len(set(runs))


@pytest.mark.parametrize(
    ("day", "short", "byline", "long"),
    [
        (date(2020, 8, 19), "19/8/2020", "Thứ Tư, 19/8/2020", "ngày 19 tháng 8 năm 2020"),
        (date(2025, 7, 1), "1/7/2025", "Thứ Ba, 1/7/2025", "ngày 1 tháng 7 năm 2025"),
        (date(2020, 11, 8), "8/11/2020", "Chủ Nhật, 8/11/2020", "ngày 8 tháng 11 năm 2020"),
    ],
)
def test_dates(day: date, short: str, byline: str, long: str) -> None:
    assert vietnamese.format_date(day) == short
    assert vietnamese.format_weekday_date(day) == byline
    assert vietnamese.format_long_date(day) == long


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0"), (850, "850"), (1850, "1.850"), (1234567, "1.234.567"), (Decimal("3.2"), "3,2"), (-1850, "-1.850")],
)
def test_numbers(number: int | Decimal, written: str) -> None:
    assert vietnamese.format_number(number) == written


@pytest.mark.parametrize(
    ("text", "capitalized"), [("xã Nam Dong", "Xã Nam Dong"), ("đèn đường", "Đèn đường"), ("", "")]
)
def test_capitalize_touches_the_first_letter_alone(text: str, capitalized: str) -> None:
    assert vietnamese.capitalize(text) == capitalized


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("dak wil", "Đắk Wil"),
        ("Đăk Wil", "Đắk Wil"),
        ("đak-wil", "Đắk Wil"),
        ("ĐẮK D'RÔNG", "Đắk D’rông"),
        ("dakdrong", "Đắk D’rông"),
        ("Ea Tling", "Ea T’ling"),
        *((f"Đắk D{apostrophe}rông", "Đắk D’rông") for apostrophe in "'’‘ʼʹ′`´"),
        ("Đắk D’rông", "Đắk Dʼrông"),
        ("hoà thuận", "Hòa thuận"),
        ("tập thê", "Tập thể"),
        ("Tân Hoa", "Tân Hòa"),
        (unicodedata.normalize("NFD", "Đắk D’rông"), "Đắk D’rông"),
    ],
)
def test_marks_may_be_left_out(written: str, name: str) -> None:
    assert vietnamese.agrees(written, name)


@pytest.mark.parametrize(
    ("written", "name"),
    [("Nam Đông", "Nam Dong"), ("Tân Hòa", "Tân Hoa"), ("kinh tề", "Kinh tế"), ("Dak Wil 2", "Đắk Wil"), ("", "x")],
)
def test_a_mark_that_contradicts_is_another_name(written: str, name: str) -> None:
    assert not vietnamese.agrees(written, name)
