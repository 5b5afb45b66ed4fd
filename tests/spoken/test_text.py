"""Properties of any text read aloud: no digit is left, words stay, no line is lost, reading again changes nothing."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

import pytest

from plugins.spoken.abbreviations import ABBREVIATIONS
from plugins.spoken.text import count_seconds, read_aloud

STORIES = sorted((Path(__file__).parents[2] / "content/bai-viet").rglob("bai.md"))
WORDS = """Bà con buôn Nui, xã Đắk D’rông, cùng họp dưới mái nhà dài.
Chị H’Bia nói: “Ai góp được gì thì góp”. Ông Y Bham, già làng, gật đầu; cả buôn vỗ tay…

Cư K’nia, Ea T'ling, Ƀuôn Ŏ Ĕ: mỗi nơi một cách – không nơi nào chờ nơi nào!"""
PIECES = (
    *("1", "15", "2024", "3,2", "1.850", "0905.123.456", "7h30", "30/4", "1/5", "-5", "+3", "12+500", "24:99", "99/99"),
    *("%", "km", "m²", "/", "-", "–", ".", ",", " ", " ", " ", "đ", "tr", "kg/sào", "A", "XIII", "QL", "v.v.", "’"),
    *(
        "UBND",
        "BC",
        "ngày ",
        "tháng ",
        "số ",
        "quý IV",
        "hộ",
        "xã ",
        "\n",
        "(",
        ")",
        "½",
        "°C",
        "x",
        "KH-UBND",
        "/NĐ-CP",
    ),
)


def read_body(file: Path) -> str:
    """Return a story's text without its header, and without the addresses that its links lead to."""
    body = file.read_text(encoding="utf-8").split("---\n", 2)[2]
    return re.sub(r"\]\([^)]*\)", "]", body)


def test_words_alone_stay_as_they_are() -> None:
    assert read_aloud(WORDS).text == WORDS
    assert read_aloud(WORDS).spelt == ()
    assert read_aloud("").text == ""


def test_marks_set_apart_are_read_as_those_set_together() -> None:
    text = "Đắk D’rông có 21 hộ ĐBKK, hòa thuận hoà thuận."
    assert read_aloud(unicodedata.normalize("NFD", text)).text == read_aloud(text).text
    assert read_aloud(text).text == "Đắk D’rông có hai mươi mốt hộ đặc biệt khó khăn, hòa thuận hoà thuận."


def test_every_shipped_story_is_read_whole() -> None:
    assert len(STORIES) > 40
    for file in STORIES:
        body = read_body(file)
        said = read_aloud(body)
        assert not re.search(r"[\d%²³]", said.text), file
        assert said.text.count("\n") == body.count("\n"), file
        assert read_aloud(said.text).text == said.text, file
        assert said.spelt == (), file
        # The words of the story are all there, in their order.
        words = iter(re.findall(r"\w+", said.text.lower()))
        told = re.findall(r"(?<![\w&/–-])[^\W\dA-ZĐ_][^\W\d_]{4,}(?![\w&/–-])", body)
        kept = [word.lower() for word in told if word not in ABBREVIATIONS]
        assert kept, file
        assert [word for word in kept if word not in words] == [], file


def test_no_digit_is_left_of_any_text() -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(1500):
        text = "".join(chance.choices(PIECES, k=chance.randint(1, 9)))
        said = read_aloud(text).text
        assert not re.search(r"\d", said), text
        assert said.count("\n") == text.count("\n"), text
        assert "  " not in said.strip().replace("\n", "") or "  " in text, text


def test_a_long_line_of_one_kind_is_read_at_once() -> None:
    for text in ("1" * 9_000, "1/" * 2_000, "A." * 2_000, "7h-" * 1_000, "1.000" * 2_000, "km/" * 1_000):
        assert not re.search(r"\d", read_aloud(text).text)


def test_sentences_begin_with_a_capital() -> None:
    assert read_aloud("Trời mưa. 15 hộ sang.\n- 3 con bò\nSố hộ: 12.").text == (
        "Trời mưa. Mười lăm hộ sang.\n- Ba con bò\nSố hộ: mười hai."
    )
    assert read_aloud("Em H. 9 tuổi.").text == "Em H. chín tuổi."


def test_unknown_abbreviations_are_spelt_and_named() -> None:
    said = read_aloud("Đội XKLĐQ và BVKQ; Đội XKLĐQ của UBND.")
    assert said.spelt == ("XKLĐQ", "BVKQ")
    assert said.text.startswith("Đội ích-xì ca e-lờ đê quy và")
    # Words in capitals are words.
    assert read_aloud("BÁO CÁO KẾT QUẢ, KHÔNG CHỜ, ĐẮK D’RÔNG").spelt == ()


@pytest.mark.parametrize(("text", "syllables", "seconds"), [("ba ki-lô-mét", 4, 1), ("một " * 400, 400, 120)])
def test_how_long_it_takes(text: str, syllables: int, seconds: int) -> None:
    said = read_aloud(text)
    assert (said.syllables, count_seconds(said.syllables)) == (syllables, seconds)
