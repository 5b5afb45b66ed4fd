"""Pages and style sheets as they are read from a disk."""

from __future__ import annotations

import pytest

from plugins.release.offline import read_title, relocate, relocate_page, relocate_style

FILES = {
    "index.html",
    "tim-kiem/index.html",
    "bai-viet/2020/kenh/index.html",
    "bai-viet/2020/kenh/kenh-0a1b2c3d-800.webp",
    "bai-viet/trang/2/index.html",
    "theme/css/site.0a1b2c3d.css",
    "theme/fonts/chu.woff2",
    "du-lieu/Số liệu.csv",
}
PAGE = "bai-viet/2020/kenh/index.html"


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("/", PAGE, "../../../index.html"),
        ("/", "index.html", "index.html"),
        ("/bai-viet/2020/kenh/", "index.html", "bai-viet/2020/kenh/index.html"),
        ("/bai-viet/2020/kenh/#cach-lam", "index.html", "bai-viet/2020/kenh/index.html#cach-lam"),
        ("/tim-kiem/?q=h%C5%A9%20g%E1%BA%A1o", PAGE, "../../../tim-kiem/index.html?q=h%C5%A9%20g%E1%BA%A1o"),
        ("/bai-viet/trang/2", PAGE, "../../trang/2/index.html"),
        ("trang/2/", "bai-viet/index.html", "trang/2/index.html"),
        ("kenh-0a1b2c3d-800.webp", PAGE, "kenh-0a1b2c3d-800.webp"),
        ("/du-lieu/S%E1%BB%91%20li%E1%BB%87u.csv", PAGE, "../../../du-lieu/S%E1%BB%91%20li%E1%BB%87u.csv"),
        ("#noi-dung", PAGE, "#noi-dung"),
        ("", PAGE, ""),
        ("https://example.vn/bai-viet/", PAGE, "https://example.vn/bai-viet/"),
        ("//example.vn/", PAGE, "//example.vn/"),
        ("mailto:mattran@example.vn", PAGE, "mailto:mattran@example.vn"),
        ("tel:+84261000000", PAGE, "tel:+84261000000"),
    ],
)
def test_an_address_leads_to_the_file_beside(address: str, path: str, expected: str) -> None:
    assert relocate(address, path, FILES) == expected


def test_only_addresses_and_scripts_of_a_page_change() -> None:
    page = """<!DOCTYPE html>
<html lang="vi"><head><title>Kênh &amp; nước – Cư K’nia</title>
<link rel="canonical" href="https://example.vn/bai-viet/2020/kenh/">
<link rel="preload" href="/theme/fonts/chu.woff2" as="font" crossorigin>
<LINK rel=stylesheet href=/theme/css/site.0a1b2c3d.css>
<link rel="manifest" href="/manifest.webmanifest">
<script type="application/ld+json">{"url": "<a href='/'>"}</script>
<script type="module" src="/theme/js/reading.js" async></script>
</head><body>
<!-- <a href="/"> -->
<a class='x' href="/?a=1&amp;b=2" hidden>Trang   chủ &nbsp;</a   >
<img src="/bai-viet/2020/kenh/kenh-0a1b2c3d-800.webp" srcset="/bai-viet/2020/kenh/kenh-0a1b2c3d-800.webp 800w,
 kenh-0a1b2c3d-800.webp 2x" alt="a &quot;b&quot;">
<svg viewBox="0 0 1 1"><a href="/"/><path d="M0 0"/></svg>
</body></html>
"""
    expected = """<!DOCTYPE html>
<html lang="vi"><head><title>Kênh &amp; nước – Cư K’nia</title>
<link rel="canonical" href="https://example.vn/bai-viet/2020/kenh/">

<link rel="stylesheet" href="../../../theme/css/site.0a1b2c3d.css">

<script type="application/ld+json">{"url": "<a href='/'>"}</script>

</head><body>
<!-- <a href="/"> -->
<a class="x" href="../../../index.html?a=1&amp;b=2" hidden>Trang   chủ &nbsp;</a   >
<img src="kenh-0a1b2c3d-800.webp" srcset="kenh-0a1b2c3d-800.webp 800w, kenh-0a1b2c3d-800.webp 2x" alt="a &quot;b&quot;">
<svg viewBox="0 0 1 1"><a href="../../../index.html"/><path d="M0 0"/></svg>
</body></html>
"""
    assert relocate_page(page, PAGE, FILES) == expected
    assert read_title(page) == "Kênh & nước – Cư K’nia"


def test_a_page_that_leads_on_by_itself_leads_to_a_file() -> None:
    page = '<meta http-equiv="refresh" content="0; url=/bai-viet/2020/kenh/">'
    assert relocate_page(page, "index.html", FILES) == (
        '<meta http-equiv="refresh" content="0; url=bai-viet/2020/kenh/index.html">'
    )


def test_a_style_sheet_finds_its_files_and_knows_that_no_script_runs() -> None:
    css = (
        '@layer a{@font-face{src:url(/theme/fonts/chu.woff2)format("woff2")}'
        "@media (min-width:60rem) and (scripting:enabled){.x{display:none}}"
        "@media (scripting: enabled){.y{display:none}}@media (min-width:60rem){.z{color:red}}}"
        ".a{background:url('/theme/css/../fonts/chu.woff2'),url(data:image/svg+xml;base64,AA)}"
    )
    assert relocate_style(css, "theme/css/site.0a1b2c3d.css", FILES) == (
        '@layer a{@font-face{src:url("../fonts/chu.woff2")format("woff2")}'
        "@media (min-width:60rem){.z{color:red}}}"
        '.a{background:url("../fonts/chu.woff2"),url("data:image/svg+xml;base64,AA")}'
    )
