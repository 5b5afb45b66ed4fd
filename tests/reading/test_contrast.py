"""Every pair of text and background in tokens.css, computed by WCAG's formula, in both schemes and in high contrast."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.content.vocabulary.files import load_vocabulary

PROJECT = Path(__file__).parents[2]
TOKENS = (PROJECT / "theme/static/css/tokens.css").read_text(encoding="utf-8")
SCHEMES = ("light", "dark")
AA, AAA, GRAPHIC = 4.5, 7.0, 3.0

SURFACES = ("paper", "wash", "raised", "notice")
PAIRS = [
    *(("ink", surface, AAA) for surface in SURFACES),
    ("ink", "mark", AAA),
    ("ink-soft", "paper", AAA),
    *(("ink-soft", surface, 6.5) for surface in ("wash", "raised", "notice")),
    *(("accent", surface, AA) for surface in SURFACES),
    ("accent-deep", "wash", AAA),
    ("on-accent", "accent", AAA),
    ("on-night", "night", AAA),
    ("on-night-soft", "night", AAA),
    ("gold", "night", AAA),
    ("on-night", "cloth", AAA),
    ("on-night-soft", "cloth", AAA),
    ("gold", "cloth", AAA),
    # Seen, not read: outlines of the focus, borders of controls.
    *(("focus", surface, GRAPHIC) for surface in SURFACES),
    *(("line-strong", surface, GRAPHIC) for surface in ("paper", "wash", "raised")),
]


def read_colors(css: str, scheme: str) -> dict[str, str]:
    """Return the tokens that are colours, in one scheme; a token that is another's alias has its colour."""
    found: dict[str, str] = {}
    for name, value in re.findall(r"--([\w-]+): ([^;]+);", css):
        both = re.fullmatch(r"var\(--light, (#[0-9a-f]{6})\) var\(--dark, (#[0-9a-f]{6})\)", value)
        alias = re.fullmatch(r"var\(--([\w-]+)\)", value)
        if both:
            found[name] = both[1 + SCHEMES.index(scheme)]
        elif re.fullmatch(r"#[0-9a-f]{6}", value):
            found[name] = value
        elif alias and alias[1] in found:
            found[name] = found[alias[1]]
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours: WCAG 2.2, “contrast ratio” and “relative luminance”."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


MORE = TOKENS.split("@media (prefers-contrast: more)")[1]
COLORS = {scheme: read_colors(TOKENS.split("@media (prefers-contrast: more)")[0], scheme) for scheme in SCHEMES}


def test_the_formula_is_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "behind", "least"), PAIRS)
def test_a_pair_can_be_read(scheme: str, text: str, behind: str, least: float) -> None:
    colors = COLORS[scheme]
    assert contrast(colors[text], colors[behind]) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("surface", ["paper", "wash", "notice"])
def test_the_colour_of_a_field_can_be_read(scheme: str, surface: str) -> None:
    vocabulary, _ = load_vocabulary(PROJECT)
    for field in vocabulary.fields:
        color = field.color if scheme == "light" else field.dark_color
        assert contrast(color.lower(), COLORS[scheme][surface]) >= AA, field.name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_who_asks_for_more_contrast_gets_it(scheme: str) -> None:
    more = COLORS[scheme] | read_colors(MORE, scheme)
    for text, behind, least in PAIRS:
        assert contrast(more[text], more[behind]) >= least, (text, behind)
    assert contrast(more["ink"], more["paper"]) == pytest.approx(21)
    assert contrast(more["ink-soft"], more["wash"]) == pytest.approx(21)


def test_every_colour_is_in_a_pair() -> None:
    """A token that is added is computed too."""
    paired = {name for text, behind, _ in PAIRS for name in (text, behind)}
    # Hairlines that only divide, threads of drawings, and what follows the field.
    assert COLORS["light"].keys() - paired == {"line", "night-line", "thread", "cream", "field"}


def test_no_colour_stands_outside_the_tokens() -> None:
    """But for black on paper, and white that a code needs."""
    for sheet in ("base", "layout", "components", "reading", "weave"):
        text = (PROJECT / f"theme/static/css/{sheet}.css").read_text(encoding="utf-8")
        text = text.split("@media print")[0]
        assert set(re.findall(r"#[0-9a-f]{3,8}\b", text)) == set(), sheet
