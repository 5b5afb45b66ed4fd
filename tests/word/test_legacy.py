"""The two encodings of before Unicode: letter by letter, whole stories, and what is Unicode in spite of its font."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from plugins.vietnamese import nfc
from plugins.word.legacy import ENCODINGS, encoding_of, find_doubtful, is_syllable, shows_capitals, to_unicode
from tests.word import legacy_typing
from tests.word.legacy_typing import LETTERS, type_tcvn3, type_vni

TCVN3, VNI = ENCODINGS
STORIES = sorted((Path(__file__).parents[2] / "content/bai-viet").rglob("bai.md"))


def from_tcvn3(pieces: list[tuple[str, str]]) -> str:
    converted = to_unicode([text for text, _ in pieces], TCVN3)
    assert converted is not None
    fonts = (font for _, font in pieces)
    return "".join(text.upper() if shows_capitals(font) else text for text, font in zip(converted, fonts, strict=True))


def test_there_are_134_letters() -> None:
    assert len(set(LETTERS)) == 134
    assert len(legacy_typing.TCVN3) == 67 + 7
    assert len(legacy_typing.VNI) == 134


@pytest.mark.parametrize("letter", LETTERS)
def test_each_letter_comes_back(letter: str) -> None:
    assert from_tcvn3(type_tcvn3(letter)) == letter
    assert to_unicode([type_vni(letter)], VNI) == [letter]


def test_nothing_else_is_a_letter_of_tcvn3() -> None:
    typed = {code for code in map(chr, range(0x80, 0x100)) if to_unicode([code], TCVN3) != [code]}
    # ý has the same code in both.
    assert typed | {"ý"} == set(legacy_typing.TCVN3.values())
    assert {letter: code for code, letter in TCVN3.letters.items()} == legacy_typing.TCVN3


def test_nothing_else_is_a_letter_of_vni() -> None:
    either_case = {typed.lower(): letter.lower() for letter, typed in legacy_typing.VNI.items()}
    assert {typed.lower(): letter.lower() for typed, letter in VNI.letters.items()} == either_case


@pytest.mark.parametrize("capital", ["AÙ", "Aù", "ÖÏ", "Öï", "Ñ"])
def test_the_mark_of_a_capital_may_be_a_small_one(capital: str) -> None:
    (letter,) = to_unicode([capital], VNI) or [""]
    assert letter == {"A": "Á", "Ö": "Ự", "Ñ": "Đ"}[capital[0]]


def rights(expected: str, found: str) -> int:
    return sum(one == other for one, other in zip(expected, found, strict=True))


def test_whole_stories_come_back() -> None:
    """At least 99.9 % of the characters are right, over every story of this site, paragraph by paragraph."""
    dice = random.Random(2020)  # noqa: S311 - where a run is cut is no secret
    characters = right = 0
    for story in STORIES:
        for paragraph in filter(None, nfc(story.read_text("utf-8")).split("\n")):
            # Runs are split anywhere, between a letter and its mark too.
            vni = type_vni(paragraph)
            cut = dice.randrange(len(vni) + 1)
            for found in (from_tcvn3(type_tcvn3(paragraph)), "".join(to_unicode([vni[:cut], vni[cut:]], VNI) or [vni])):
                characters += len(paragraph)
                right += rights(paragraph, found) if len(found) == len(paragraph) else 0
    assert characters > 200_000
    assert right / characters >= 0.999


def test_a_letter_goes_to_the_piece_it_begins_in() -> None:
    assert to_unicode(["Ñ", "o", "à", "", "n keát"], VNI) == ["Đ", "ồ", "", "", "n kết"]


def test_u_with_horn_is_a_soft_hyphen() -> None:
    assert to_unicode(["n\u00ad", "íc"], TCVN3) == ["nư", "ớc"]


@pytest.mark.parametrize(
    "text",
    ["Ủy ban nhân dân xã đã có nước về", "xã đã có", "bà con góp đất", "Cộng hòa xã hội", "Việt Nam", "được", "ĐƯỜNG"],
)
@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.name)
def test_unicode_in_an_old_font_stays(text: str, encoding: object) -> None:
    assert to_unicode([text], encoding) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Bà con đã góp đất làm đường về thôn", "Nước đã có ở ruộng, mọi nhà đều vui"])
def test_old_fonts_decoded_by_a_vietnamese_windows(text: str) -> None:
    """A Word whose Windows was set to Vietnamese read the bytes as code page 1258."""
    for typed, encoding in (("".join(part for part, _ in type_tcvn3(text)), TCVN3), (type_vni(text), VNI)):
        misread = typed.encode("latin-1").decode("cp1258")
        assert misread != typed
        assert "".join(to_unicode([misread], encoding) or []) == text


def test_fonts_of_symbols_lie_elsewhere() -> None:
    assert to_unicode(["n\uf0ad\uf0edc"], TCVN3) == ["nước"]


@pytest.mark.parametrize(
    ("font", "name", "capitals"),
    [
        (".VnTime", "TCVN3", False),
        (".VnTimeH", "TCVN3", True),
        (".VnArial NarrowH", "TCVN3", True),
        (".VNTIMEH", "TCVN3", True),
        (".VnArabia", "TCVN3", False),
        ("VnTime", "TCVN3", False),
        ("VNI-Times", "VNI", False),
        ("VNI-HelveH", "VNI", False),
        ("vni-times", "VNI", False),
        ("VNI Helve", "VNI", False),
        ("Times New Roman", "", False),
        ("VNF-Futura", "", False),
        ("Vnderbilt", "", False),
        ("", "", False),
    ],
)
def test_the_font_tells_the_encoding(font: str, name: str, capitals: bool) -> None:
    encoding = encoding_of(font)
    assert (encoding.name if encoding else "", shows_capitals(font)) == (name, capitals)


@pytest.mark.parametrize(
    "word", ["nghiêng", "Quỳnh", "giếng", "gì", "hòa", "hoà", "khuỷu", "ngoằn", "uống", "ĐƯỢC", "a"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["n­íc", "®­îc", "nöôùc", "xà·", "hạch̀", "các̀", "càc", "Đắk", "tãp", "ñ", "xxa"])
def test_not_syllables(word: str) -> None:
    assert not is_syllable(nfc(word))


def test_doubtful_words_are_named_once() -> None:
    assert find_doubtful("Đắk Wil và Đắk D’rông, Niê Kđăm, bừa bãĩ") == ["Đắk", "Niê", "Kđăm", "bãĩ"]
