"""The text of a story as HTML: markup of writers comes out well, harmful HTML is removed."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.body import SIZES
from plugins.markdown.reading import read_body
from plugins.photos.photo import Photo

PHOTOS = {
    "kenh.jpg": Photo(Path("kenh.jpg"), "1a", (1000, 500), "/bai-viet/2020/kenh/kenh-1a2b3c4d"),
    "kênh mương.jpg": Photo(Path("kênh mương.jpg"), "5e", (400, 300), "/bai-viet/2020/kenh/kenh-muong-5e6f"),
}
STEM = "/bai-viet/2020/kenh/kenh-1a2b3c4d"
SHOWN = (
    f'<picture><source sizes="{SIZES}" srcset="{STEM}-240.webp 240w, {STEM}-480.webp 480w, '
    f'{STEM}-800.webp 800w, {STEM}-1000.webp 1000w" '
    'type="image/webp">'
    f'<img alt="Kênh" decoding="async" height="400" loading="lazy" src="{STEM}-800.jpg" width="800"></picture>'
)


class Elements(HTMLParser):
    """The elements of a piece of HTML with their attributes, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def render(body: str) -> str:
    return read_body(body).html(PHOTOS, {"../cau/bai.md": "/bai-viet/2020/cau/"}.get)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        pytest.param("Bà con **góp công**.", "<p>Bà con <strong>góp công</strong>.</p>", id="paragraph"),
        pytest.param(
            "\"Dân vận\" và 'khéo'... Đắk D'rông -- 2020",
            "<p>“Dân vận” và ‘khéo’… Đắk D’rông – 2020</p>",
            id="quotes, apostrophe and dash",
        ),
        pytest.param("Từ\n: nghĩa", "<dl>\n<dt>Từ</dt>\n<dd>nghĩa</dd>\n</dl>", id="definition"),
        pytest.param("3. ba\n4. bốn", '<ol start="3">\n<li>ba</li>\n<li>bốn</li>\n</ol>', id="list from three"),
        pytest.param("*[MTTQ]: Mặt trận\n\nMTTQ", '<p><abbr title="Mặt trận">MTTQ</abbr></p>', id="abbreviation"),
        pytest.param("[thư](mailto:a@b.vn)", '<p><a href="mailto:a@b.vn">thư</a></p>', id="mail"),
        pytest.param("![Kênh](kenh.jpg)", f'<figure class="figure">{SHOWN}</figure>', id="photo by itself"),
        pytest.param(
            '![Kênh](kenh.jpg "Kênh mới; ảnh: Hà")',
            f'<figure class="figure">{SHOWN}<figcaption>Kênh mới; ảnh: Hà</figcaption></figure>',
            id="photo with caption",
        ),
        pytest.param("Xem ![Kênh](kenh.jpg) đây", f"<p>Xem {SHOWN} đây</p>", id="photo in a line"),
        pytest.param("[cầu]({filename}../cau/bai.md)", '<p><a href="/bai-viet/2020/cau/">cầu</a></p>', id="link"),
        pytest.param(
            "[cầu]({filename}../cau/bai.md#muc-a)", '<p><a href="/bai-viet/2020/cau/#muc-a">cầu</a></p>', id="anchor"
        ),
        pytest.param("[nháp]({filename}../nhap/bai.md)", "<p><span>nháp</span></p>", id="link to what is left out"),
    ],
)
def test_markup_that_writers_use(body: str, html: str) -> None:
    assert render(body) == html


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        ("# Một\n\n## Hai\n\n# Ba", [("2", "Một"), ("3", "Hai"), ("2", "Ba")]),
        ("### Một\n\n##### Hai", [("2", "Một"), ("3", "Hai")]),
        ("Một\n===\n\nHai\n---", [("2", "Một"), ("3", "Hai")]),
        (
            "# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6",
            [("2", "1"), ("3", "2"), ("4", "3"), ("5", "4"), ("6", "5"), ("6", "6")],
        ),
    ],
    ids=["from one", "from three, with a gap", "underlined", "all six"],
)
def test_headings_start_at_two_without_gaps(body: str, headings: list[tuple[str, str]]) -> None:
    assert re.findall(r"<h(\d)[^>]*>([^<]*)</h\1>", render(body)) == headings


@pytest.mark.parametrize("body", ["## A { id }", "[a](/b){ href }", "# A { data-toc-label }", "*a*{ x }"])
def test_braces_that_name_no_attribute_are_words(body: str) -> None:
    for shown in (body, f"[TOC]\n\n{body}"):
        assert re.search(r">[Aa]<.*{ [a-z-]+ }|>A { [a-z-]+ }<", render(shown))


def test_headings_of_one_name_have_anchors_of_their_own() -> None:
    assert re.findall(r'id="([^"]*)"', render("## Kết quả\n\n## Kết quả\n\n## !!!")) == [
        "muc-ket-qua",
        "muc-ket-qua_1",
        "muc-phan",
    ]


def test_a_table_scrolls_and_marks_its_heads() -> None:
    html = render("| Thôn | Hộ |\n|---|--:|\n| 3 | 46 |")
    assert re.match(r'<div [^>]*class="table-scroll"[^>]*><table>', html)
    assert '<th class="align-right" scope="col">Hộ</th>' in html
    assert '<td class="align-right">46</td>' in html
    assert 'tabindex="0"' in html


def test_a_footnote_leads_there_and_back() -> None:
    html = render("Đất[^1]\n\n[^1]: Theo biên bản.")
    assert '<a aria-label="Chú thích 1" class="footnote-ref" href="#fn:1">1</a>' in html
    assert '<a aria-label="Về lại chỗ có chú thích 1" class="footnote-backref" href="#fnref:1">' in html
    # A second body counts from one again.
    assert render("Đất[^1]\n\n[^1]: Theo biên bản.") == html


@pytest.mark.parametrize("name", ["kênh mương.jpg", "<kênh mương.jpg>", unicodedata.normalize("NFD", "kênh mương.jpg")])
def test_a_photo_is_found_by_any_form_of_its_name(name: str) -> None:
    assert 'src="/bai-viet/2020/kenh/kenh-muong-5e6f-400.jpg"' in render(f"![Kênh]({name})")


@pytest.mark.parametrize(
    ("body", "html"),
    [
        pytest.param("<script>alert(1)</script>Chữ", "<p>Chữ</p>", id="script"),
        pytest.param("a <b onclick=x>b</b>", "<p>a b</p>", id="handler"),
        pytest.param("[x](javascript:alert(1))", "<p><a>x</a></p>", id="javascript address"),
        pytest.param("<a href='data:text/html,x'>a</a>", "<p><a>a</a></p>", id="data address"),
        pytest.param("<p style='position:fixed' class=card>a</p>", "<p>a</p>", id="style and class"),
        pytest.param("<p id=main>a</p>", "<p>a</p>", id="an id of the page"),
        pytest.param("a\n{: #main onclick=x }", "<p>a</p>", id="attribute list"),
        pytest.param("<img src=//a.vn/x.png onerror=x>", "<p><img></p>", id="foreign picture"),
        pytest.param(
            "![x](//a.vn/x.png)", '<figure class="figure"><img alt="x"></figure>', id="foreign picture in Markdown"
        ),
        pytest.param(
            "<picture><source srcset='/a.webp 1x, //a.vn/x.webp 2x'></picture>",
            "<p><picture><source></picture></p>",
            id="foreign picture among ours",
        ),
        pytest.param(
            "<picture><source srcset='https://a.vn/x.webp,/y.webp'></picture>",
            "<p><picture><source></picture></p>",
            id="foreign picture first",
        ),
        pytest.param("<style>p{}</style>", "", id="style sheet"),
    ],
)
def test_harmful_html_is_removed(body: str, html: str) -> None:
    assert render(body).strip() == html


@given(
    st.lists(
        st.sampled_from(
            [
                "<script>",
                "<img src=x onerror=y>",
                "</p>",
                "<a href='javascript:x'>",
                "{: onclick=x style=y }",
                "[x](data:a)",
                "# ",
                "\n\n",
                "`",
                "![",
                "](kenh.jpg)",
                "<source srcset='//a.vn/x 1x'>",
                "<svg/onload=x>",
                "<!--",
                "&lt;script&gt;",
            ]
        ),
        max_size=8,
    )
)
def test_no_mixture_does_harm(parts: list[str]) -> None:
    for tag, attributes in Elements(render("".join(parts))).found:
        assert tag not in {"script", "svg", "style", "iframe", "h1"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert not attributes.get("href", "").startswith(("javascript:", "data:"))
        assert attributes.get("src", "/").startswith("/")
        assert attributes.get("srcset", "/").startswith("/bai-viet/") or "srcset" not in attributes


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("### # ##", "h2 h2 h3"), ("# ### ##", "h2 h3 h3"), ("## #### ## ###", "h2 h3 h2 h3")],
)
def test_headings_begin_at_h2_in_any_typed_order(typed: str, shown: str) -> None:
    body = "\n\n".join(f"{level} Mục" for level in typed.split())
    html = read_body(body).html({}, lambda _: None)
    assert re.findall(r"<(h\d)", html) == shown.split()
