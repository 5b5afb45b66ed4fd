"""The design tokens: colours and fonts as theme/static/css/tokens.css declares them, for all that is not a web page.

Pages of the site use the custom properties themselves. Drawings, share cards, printed papers, workbooks and the
preview's bar read the values here, so that a colour or a font is changed in that one file.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[1] / "theme/static"
SHEET = "css/tokens.css"

_COLOR = re.compile(
    r"--(?P<name>[\w-]+): (?:(?P<both>#\w+)|var\(--light, (?P<light>#\w+)\) var\(--dark, (?P<dark>#\w+)\));"
)
_FONT = re.compile(r'--(?P<name>font[\w-]*):\s*"(?P<family>[^"]+)"')
_FACE = re.compile(
    r'font-family: "(?P<family>[^"]+)";(?:\s*font-weight: (?P<weight>\d+);)?[^}]*?/fonts/(?P<file>[^"]+)"'
)
_USE = re.compile(r"var\(--([\w-]+)\)")


@dataclass(frozen=True)
class Tokens:
    """Colours by name without the dashes, as #rrggbb, in the light and the dark scheme; and fonts."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    families: Mapping[str, str]  # "font" and "font-highland" -> the first family of each
    faces: Mapping[tuple[str, str], str]  # family and weight ("" for any) -> file under theme/static/fonts

    @property
    def fonts(self) -> dict[str, str]:
        """The files of the fonts that the site brings, by use: regular, bold, highland."""
        family, highland = self.families["font"], self.families["font-highland"]
        regular, bold = (self.faces[family, weight] for weight in ("400", "700"))
        return {"regular": regular, "bold": bold, "highland": self.faces[highland, ""]}

    @property
    def root(self) -> str:
        """A rule with every colour in both schemes, for a page that does without tokens.css."""
        colors = "".join(f" --{name}: light-dark({self.light[name]}, {self.dark[name]});" for name in self.light)
        fonts = '--font: system-ui, "Segoe UI", Roboto, sans-serif;'
        return f":root {{ color-scheme: light dark;{colors} {fonts} --radius: 4px; }}"

    def fill(self, text: str) -> str:
        """Return CSS or SVG with the light value in place of each var(--token); other properties stay."""
        values = dict(self.light) | {name: f'"{family}", sans-serif' for name, family in self.families.items()}
        return _USE.sub(lambda found: values.get(found[1], found[0]), text)


def parse_tokens(sheet: str) -> Tokens:
    """Return the tokens of the text of tokens.css, without changes inside media queries."""
    colors: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
    for found in _COLOR.finditer(sheet):
        for scheme, values in colors.items():
            values.setdefault(found["name"], found["both"] or found[scheme])
    families = {found["name"]: found["family"] for found in _FONT.finditer(sheet)}
    faces = {(found["family"], found["weight"] or ""): found["file"] for found in _FACE.finditer(sheet)}
    return Tokens(colors["light"], colors["dark"], families, faces)


def read_tokens(static: Path) -> Tokens:
    """Return the tokens of a theme by its folder of static files; OSError when it has no tokens.css."""
    return parse_tokens((static / SHEET).read_text(encoding="utf-8"))


@cache
def own_tokens() -> Tokens:
    """Return the tokens of this engine's theme, read once."""
    return read_tokens(STATIC)


def style_for_print(sheet: Path) -> str:
    """Return a style sheet for a printed page: the faces of the site's fonts, and every token filled in."""
    tokens = own_tokens()
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; {f"font-weight: {weight}; " if weight else ""}'
        f'src: url("{(STATIC / "fonts" / file).as_uri()}"); }}\n'
        for (family, weight), file in tokens.faces.items()
    )
    return faces + tokens.fill(sheet.read_text(encoding="utf-8"))


def band_for_print() -> str:
    """Return the woven band as a data: URI, in its colours."""
    drawing = own_tokens().fill((STATIC / "band.svg").read_text(encoding="utf-8"))
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
