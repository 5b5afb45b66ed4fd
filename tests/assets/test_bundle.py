"""Files served of theme/static: one style sheet with its meaning kept, and addresses that change with content."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from plugins.assets.bundle import STYLE, Assets, BrokenStyle, build_assets, bundle_style, read_static
from plugins.release.verify.budgets import STYLE as STYLE_BAR

PROJECT = Path(__file__).parents[2]
TOKENS = b"@layer tokens, base, print;\n@layer tokens { :root { --ink: #111111; } }\n"
STATIC = {
    "css/tokens.css": TOKENS,
    "css/base.css": b'@layer base { a { background: url("../band.svg"); } }\n',
    "band.svg": b"<svg/>",
    "js/a.js": (
        b'import { b } from "./b.js";\nconst w = new URL("./data/c.json", import.meta.url);\n// "./none.js" stays\n'
    ),
    "js/b.js": b"export const b = 1;\n",
    "js/data/c.json": b"{}",
    "fonts/OFL.txt": b"OFL",
}


def style(assets: Assets) -> str:
    return assets.files[assets.paths[STYLE]].decode()


def layers(css: str) -> list[str]:
    """Return the layers in the order in which they are first named, which is the order in which they win."""
    named = (name for names in re.findall(r"@layer ([\w,]+)", css) for name in names.split(","))
    return list(dict.fromkeys(named))


def test_all_sheets_become_one() -> None:
    assets = build_assets(STATIC)
    assert [path for path in assets.files if path.endswith(".css")] == [assets.paths[STYLE]]
    assert layers(style(assets)) == ["tokens", "base", "print"]


def test_an_address_is_asked_for_by_name_and_carries_the_hash_of_the_content() -> None:
    assets = build_assets(STATIC)
    before = assets.url("band.svg")
    assert before.startswith("/theme/band.")
    assert before.endswith(".svg")
    assert before == build_assets(STATIC).url("band.svg")
    assert before != build_assets(STATIC | {"band.svg": b"<svg />"}).url("band.svg")
    with pytest.raises(LookupError):
        assets.url("khong-co.svg")


def test_files_find_each_other_and_change_with_each_other() -> None:
    assets = build_assets(STATIC)
    script = assets.files[assets.paths["js/a.js"]].decode()
    assert f'from "{assets.url("js/b.js")}"' in script
    assert f'new URL("{assets.url("js/data/c.json")}"' in script
    assert '"./none.js" stays' in script
    assert f'url("{assets.url("band.svg")}")' in style(assets)
    changed = build_assets(STATIC | {"js/b.js": b"export const b = 2;\n", "band.svg": b"<svg />"})
    assert changed.url("js/a.js") != assets.url("js/a.js")
    assert changed.url(STYLE) != assets.url(STYLE)


def test_scripts_that_import_each_other_are_left_as_they_are() -> None:
    circle = {"css/tokens.css": TOKENS, "js/a.js": b'import "./b.js";', "js/b.js": b'import "./a.js";'}
    assert set(build_assets(circle).paths) == {*circle, STYLE} - {"css/tokens.css"}


def test_a_licence_keeps_its_name() -> None:
    assert build_assets(STATIC).url("fonts/OFL.txt") == "/theme/fonts/OFL.txt"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("@layer base { a { color: var(--ink); } }", "@layer base{a{color:var(--ink)}}"),
        ("@media print { a { color: #000; } }", "@media print{a{color:#000}}"),
        ("@media (pointer: coarse) { a { min-height: 44px; } }", "@media (pointer:coarse){a{min-height:44px}}"),
        (
            "@media (forced-colors: active) { a { color: LinkText; } }",
            "@media (forced-colors:active){a{color:LinkText}}",
        ),
        ("@media (prefers-contrast: more) { a { color: red; } }", "@media (prefers-contrast:more){a{color:red}}"),
        (".a:has(.b) { text-wrap: balance; }", ".a:has(.b){text-wrap:balance}"),
        ('ul { list-style-type: ""; }', 'ul{list-style-type:""}'),
        ("a { width: clamp(1rem, 1rem + 2vw, 2rem); }", "a{width:clamp(1rem,1rem + 2vw,2rem)}"),
        (
            '/* ; */\na::before  ,\nb { content: "; /* : */  0.5"; margin: 0.5rem 10.5em; }',
            'a::before,b{content:"; /* : */  0.5";margin:.5rem 10.5em}',
        ),
        (":root { --dark: ; --light: initial; }", ":root{--dark: ;--light:initial}"),
        ("@keyframes a { 8%, 92% { width: 0.1em; } }", "@keyframes a{8%,92%{width:.1em}}"),
        ("a /* b */ c > d { width: calc(50% - 0.9rem); }", "a c>d{width:calc(50% - .9rem)}"),
        (":root { --gap: 1rem; }", ":root{--gap:1rem}"),
    ],
)
def test_minifying_keeps_the_meaning(written: str, kept: str) -> None:
    assert bundle_style({"a.css": written}) == kept


@pytest.mark.parametrize("fault", ["b { color red; }", "b { c { color: red; } }", "@media print { b { : red; } }", "}"])
def test_a_fault_is_reported_by_file_and_line(fault: str) -> None:
    with pytest.raises(BrokenStyle, match=r"^theme/static/css/base\.css:2: "):
        bundle_style({"css/base.css": f"a {{ color: red; }}\n{fault}\n"})


def test_style_is_written_for_the_browsers_of_2022() -> None:
    """They get no translation of light-dark() or of properties that they know by a prefix."""
    static = build_assets(read_static(PROJECT / "theme/static"))
    css = style(static) + (PROJECT / "theme/templates/fields.css").read_text(encoding="utf-8")
    assert "light-dark(" not in css
    assert "oklch(" not in css
    assert "color-mix(" not in css
    for name in ("hyphens", "mask-image", "print-color-adjust", "text-size-adjust"):
        assert len(re.findall(f"[;{{]{name}:", css)) == len(re.findall(f"-webkit-{name}:", css)) > 0


def test_the_style_of_the_site_keeps_its_layers_and_its_weight() -> None:
    assets = build_assets(read_static(PROJECT / "theme/static") | {"css/fields.css": b""})
    assert layers(style(assets)) == ["tokens", "base", "layout", "components", "print"]
    assert "var(--ink)" in style(assets)
    assert len(gzip.compress(style(assets).encode(), 6)) < STYLE_BAR


def test_a_kept_style_sheet_is_that_of_the_same_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "style"
    assert build_assets(STATIC, kept) == build_assets(STATIC)
    other = STATIC | {"css/base.css": b"a { color: red; }"}
    assert build_assets(other, kept) == build_assets(other)
    kept.write_bytes(kept.read_bytes()[:-4])
    assert build_assets(other, kept) == build_assets(other)
    monkeypatch.setattr("plugins.assets.bundle.bundle_style", lambda _: "made again")
    assert b"made again" not in build_assets(other, kept).files.values()
    assert b"made again" in build_assets(STATIC, kept).files.values()
