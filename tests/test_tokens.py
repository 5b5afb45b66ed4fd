"""A colour and a font are declared once, in theme/static/css/tokens.css; all else reads them there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.tokens import SHEET, STATIC, Tokens, own_tokens, parse_tokens, style_for_print

PROJECT = Path(__file__).parents[1]
TEXTS = {".py", ".css", ".html", ".svg", ".js", ".xml", ".webmanifest", ".cmd"}
FILES = [
    file
    for room in ("plugins", "theme")
    for file in sorted((PROJECT / room).rglob("*"))
    if file.suffix in TEXTS and file != STATIC / SHEET
]
# Colours of no brand, which a code on paper or a page without style has too.
PLAIN = {"#ffffff", "#000000"}


def test_no_colour_and_no_font_of_the_site_is_written_anywhere_else() -> None:
    tokens = own_tokens()
    colors = {*tokens.light.values(), *tokens.dark.values()} - PLAIN
    words = [
        *(color.lstrip("#") for color in colors),
        *tokens.families.values(),
        *(file.partition(".")[0] for file in tokens.fonts.values()),
    ]
    literal = re.compile(rf"(?<!\w)#?(?:FF)?(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
    found = {}
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        if file.name == "languages.py":
            # The letters of a font file, by its name.
            text = text.replace("# The characters of fonts/noto-sans-highland.woff2", "")
        if hits := literal.findall(text):
            found[file.relative_to(PROJECT).as_posix()] = hits
    assert found == {}


@pytest.mark.parametrize("sheet", ["bulletin/pages/ban-in.css", "spreading/pages/ap-phich.css"])
def test_a_printed_page_has_the_values_and_the_fonts(sheet: str) -> None:
    style = style_for_print(PROJECT / "plugins" / sheet)
    # The poster's own steps of size.
    assert set(re.findall(r"var\(--([\w-]+)\)", style)) <= {"s", "t"}
    assert own_tokens().light["accent"] in style
    for address in re.findall(r'src: url\("([^"]+)"\)', style):
        assert address.startswith("file:///")
        assert (STATIC / "fonts" / address.rpartition("/")[2]).is_file()
    assert style.count("@font-face") == len(own_tokens().faces)


def test_the_sheet_is_read_as_a_browser_reads_it() -> None:
    sheet = """
    @font-face { font-family: "Chữ Mới"; font-weight: 400; src: url("../fonts/moi-400.woff2") format("woff2"); }
    @font-face { font-family: "Chữ Mới"; font-weight: 700; src: url("../fonts/moi-700.woff2") format("woff2"); }
    @font-face { font-family: "Như Arial"; font-weight: 400; src: local("Arial"); }
    @font-face { font-family: "Cao nguyên"; src: url("../fonts/cao.woff2"); }
    :root { --accent: var(--light, #123456) var(--dark, #abcdef); --gold: #e9ac1e; --field: var(--accent);
      --font:
        "Chữ Mới", "Như Arial", sans-serif; --font-highland: "Cao nguyên"; }
    @media (prefers-contrast: more) { :root { --gold: #000000; } }
    """
    tokens = parse_tokens(sheet)
    assert tokens.light == {"accent": "#123456", "gold": "#e9ac1e"}
    assert tokens.dark == {"accent": "#abcdef", "gold": "#e9ac1e"}
    assert tokens.fonts == {"regular": "moi-400.woff2", "bold": "moi-700.woff2", "highland": "cao.woff2"}
    filled = tokens.fill("a { color: var(--accent); font: 1em var(--font); width: var(--own) }")
    assert filled == 'a { color: #123456; font: 1em "Chữ Mới", sans-serif; width: var(--own) }'


def test_an_empty_sheet_has_no_tokens() -> None:
    assert parse_tokens("") == Tokens({}, {}, {}, {})
