"""The fonts: every letter shown is in its font, and the fallbacks are as wide."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from plugins.content.stories.languages import LETTERS

PROJECT = Path(__file__).parents[2]
FONTS = PROJECT / "theme/static/fonts"
TOKENS = (PROJECT / "theme/static/css/tokens.css").read_text(encoding="utf-8")
STORIES = sorted((PROJECT / "content").rglob("*.md"))

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz"
# Ê Đê and M’Nông beside that: with marks of their own, which stand over ê ô ơ ư too.
HIGHLAND = "ĕŏĭŭƀčñ" + "êôơư"
BREVE = "\u0306"


@cache
def load(name: str) -> TTFont:
    return TTFont(FONTS / f"{name}.woff2")


def letters(name: str) -> set[str]:
    return {chr(code) for code in load(name).getBestCmap()}


@pytest.mark.parametrize("name", ["be-vietnam-pro-400", "be-vietnam-pro-700", "noto-sans-highland"])
def test_a_font_has_all_of_vietnamese(name: str) -> None:
    assert set(VIETNAMESE) | set(VIETNAMESE.upper()) <= letters(name)


def test_the_font_of_the_highlands_has_their_letters() -> None:
    assert {*HIGHLAND, *HIGHLAND.upper(), BREVE} <= letters("noto-sans-highland")


def test_marks_are_placed_over_their_letters() -> None:
    """ê̆ ô̆ ơ̆ ư̆ have no code point of their own: the font must say where the breve goes."""
    font = load("noto-sans-highland")
    marks = [
        table
        for lookup in font["GPOS"].table.LookupList.Lookup
        for table in (getattr(sub, "ExtSubTable", sub) for sub in lookup.SubTable)
        if table.LookupType == 4
    ]
    placed = [
        base
        for table in marks
        if font.getBestCmap()[ord(BREVE)] in table.MarkCoverage.glyphs
        for base in table.BaseCoverage.glyphs
    ]
    assert {font.getBestCmap()[ord(letter)] for letter in "êôơưÊÔƠƯ"} <= set(placed)


def test_the_reader_of_stories_knows_what_the_font_has() -> None:
    assert letters("noto-sans-highland") == LETTERS


def test_every_letter_of_what_is_shipped_is_in_the_font_that_it_is_set_in() -> None:
    have = letters("be-vietnam-pro-400") & letters("be-vietnam-pro-700")
    written = Counter("".join(file.read_text(encoding="utf-8") for file in STORIES))
    assert {letter for letter in written if letter not in have and letter not in "\n\t\ufeff"} == set()


@pytest.mark.parametrize("name", ["be-vietnam-pro-400", "be-vietnam-pro-700", "noto-sans-highland"])
def test_a_font_is_small(name: str) -> None:
    assert (FONTS / f"{name}.woff2").stat().st_size < 12_000


class System(NamedTuple):
    """A font that readers have: its files where Debian puts them, and its average width, regular and bold."""

    files: tuple[str, ...]
    average: tuple[float, float] | None


# Files are measured where they are installed. The averages are those of @capsizecss/metrics 4.3.0 from npm (xWidthAvg
# over unitsPerEm, by how often letters come in English), which has no DejaVu.
# Helvetica and Liberation Sans have Arial's widths: one rule serves all three.
SYSTEM = {
    "Like Roboto": System(("roboto/unhinted/RobotoTTF/Roboto-{}.ttf",), (911 / 2048, 926 / 2048)),
    "Like Arial": System(
        ("liberation2/LiberationSans-{}.ttf", "liberation/LiberationSans-{}.ttf"), (913 / 2048, 983 / 2048)
    ),
    "Like Segoe UI": System((), (908 / 2048, 973 / 2048)),
    "Like Noto Sans": System(("noto/NotoSans-{}.ttf",), (474 / 1000, 503 / 1000)),
    "Like DejaVu Sans": System(("dejavu/DejaVuSans{}.ttf",), None),
}
TRUETYPE = Path("/usr/share/fonts/truetype")
OURS = (492 / 1000, 511 / 1000)
# Measured over Vietnamese, Roboto and Noto Sans need 1.5 to 2.6 % less than their averages over English say.
ENGLISH_TO_VIETNAMESE = 0.985
WEIGHTS = [("400", 0), ("700", 1)]


def _faces() -> dict[tuple[str, str], dict[str, float]]:
    faces = {}
    for block in re.findall(r"@font-face \{([^}]+)\}", TOKENS):
        family, weight = re.search(r'font-family: "([^"]+)"', block), re.search(r"font-weight: (\d+)", block)
        adjusts = {name: float(value) for name, value in re.findall(r"([\w-]+(?:adjust|override)): ([\d.]+)%", block)}
        if family and weight and adjusts:
            faces[family[1], weight[1]] = adjusts
    return faces


def _advance(font: TTFont, letter: str) -> float:
    widths, map_, em = font["hmtx"], font.getBestCmap(), font["head"].unitsPerEm
    # Old fonts lack ễ or ơ: a letter is as wide as its base, with a horn a little wider.
    decomposed = unicodedata.normalize("NFD", letter)
    glyph = map_.get(ord(letter)) or map_[ord(decomposed[0])]
    horn = 1.12 if ord(letter) not in map_ and "\u031b" in decomposed else 1.0
    return widths[glyph][0] / em * horn


def _find(family: str, style: int) -> Path | None:
    names = ("", "-Bold") if "DejaVu" in family else ("Regular", "Bold")
    files = (TRUETYPE / file.format(names[style]) for file in SYSTEM[family].files)
    return next((file for file in files if file.is_file()), None)


def test_every_stand_in_has_its_figures_and_its_place_before_the_fonts_of_the_system() -> None:
    chain = re.search(r"--font:([^;]+);", TOKENS)
    assert chain
    assert re.findall(r"Like [\w ]+", chain[1]) == list(SYSTEM)
    assert chain[1].index(list(SYSTEM)[-1]) < chain[1].index("system-ui")
    assert set(_faces()) == {(family, weight) for family in SYSTEM for weight, _ in WEIGHTS}


@pytest.mark.parametrize("family", SYSTEM)
@pytest.mark.parametrize(("weight", "style"), WEIGHTS)
def test_what_stands_in_is_as_high(family: str, weight: str, style: int) -> None:
    face, ours = _faces()[family, weight], load(f"be-vietnam-pro-{weight}")
    em, scale = ours["head"].unitsPerEm, face["size-adjust"] / 100
    assert face["ascent-override"] * scale == pytest.approx(100 * ours["hhea"].ascent / em, abs=0.3)
    assert face["descent-override"] * scale == pytest.approx(-100 * ours["hhea"].descent / em, abs=0.3)
    assert face["line-gap-override"] == ours["hhea"].lineGap == 0
    if average := SYSTEM[family].average:
        assert scale == pytest.approx(OURS[style] / average[style] * ENGLISH_TO_VIETNAMESE, rel=0.015)


@pytest.mark.parametrize("family", [family for family in SYSTEM if SYSTEM[family].files])
@pytest.mark.parametrize(("weight", "style"), WEIGHTS)
def test_what_stands_in_is_as_wide(family: str, weight: str, style: int) -> None:
    """Measured over the letters of the stories as often as they come."""
    file = _find(family, style)
    if file is None:
        packages = "fonts-roboto-unhinted, fonts-liberation, fonts-noto-core, fonts-dejavu-core"
        pytest.skip(f"không có phông của {family} để đo bề rộng: cài các gói {packages}")
    ours, theirs = load(f"be-vietnam-pro-{weight}"), TTFont(file)
    text = Counter(
        letter for file in STORIES for letter in file.read_text(encoding="utf-8") if letter.isalpha() or letter == " "
    )
    widths = [sum(count * _advance(font, letter) for letter, count in text.items()) for font in (ours, theirs)]
    scale = _faces()[family, weight]["size-adjust"] / 100
    assert scale == pytest.approx(widths[0] / widths[1], rel=0.015)


def test_headings_leave_room_for_marks_that_meet() -> None:
    """A dot below over a capital with two marks: the lowest of one line and the highest of the next do not touch."""
    font = load("be-vietnam-pro-700")
    glyphs, characters = font.getGlyphSet(), font.getBestCmap()
    bounds = []
    for letter in set(VIETNAMESE) | set(VIETNAMESE.upper()):
        pen = BoundsPen(glyphs)
        glyphs[characters[ord(letter)]].draw(pen)
        bounds.append(pen.bounds)
    reach = (max(box[3] for box in bounds) - min(box[1] for box in bounds)) / font["head"].unitsPerEm
    assert reach < float(re.findall(r"--heading-line: ([\d.]+);", TOKENS)[0]) < reach + 0.03
    for sheet in sorted((PROJECT / "theme/static/css").glob("*.css")):
        rules = re.findall(r"(\.\w+__title) \{[^{}]*line-height: ([\d.]+)", sheet.read_text(encoding="utf-8"))
        assert [rule for rule in rules if float(rule[1]) < reach] == [], sheet.name
