"""Pasting from Word, Zalo and others: each dialect becomes Markdown, no word is lost unsaid, no tag gets in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.reading import read_body
from plugins.preview.live.site import LiveSite
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer
from plugins.vietnamese import nfc, without_unseen
from tests.word.test_markdown import LINES, words

if TYPE_CHECKING:
    from typing import Any


# The clipboard of each program, as .html, and the Markdown that it becomes; the words are invented.
PASTED = Path(__file__).parent / "pasted"
NAMES = sorted(file.stem for file in PASTED.glob("*.html"))
PICTURE = "1 ảnh (chép riêng từng ảnh rồi dán, hoặc kéo tệp ảnh vào trang này)"
SAID = {
    "excel": ["Đã đổi: 1 bảng có ô gộp, đã tách thành từng ô."],
    "google-docs": [f"Không chuyển được: {PICTURE}."],
    "outlook": ["Đã đổi: 1 bảng chỉ để dàn trang thành đoạn văn."],
    "web-page": ["Không chuyển được: 1 video hoặc khung của trang khác."],
    "word-notes-and-links": ["Không chuyển được: 1 liên kết tới tệp trên máy người viết (giữ chữ)."],
    "word-old-fonts": ["Đã đổi: 5 chữ gõ bằng phông TCVN3 thành Unicode; 4 chữ gõ bằng phông VNI thành Unicode."],
    "word-what-is-no-text": [
        "Đã đổi: 1 công thức thành chữ thường; 1 khung chữ thành đoạn văn; 1 chỗ xóa đã bỏ (theo dõi thay đổi).",
        f"Không chuyển được: {PICTURE}; 1 lời bình bên lề.",
    ],
}


def read(name: str) -> str:
    return (PASTED / name).read_text(encoding="utf-8").removesuffix("\n")


def item(text: str) -> str:
    """Return an item of a list as Word writes it: a paragraph with a picture of its bullet."""
    bullet = "<![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>"
    return f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{bullet}{text}<o:p></o:p></p>"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveSite:
    # Pasting needs no story.
    return LiveSite(tmp_path_factory.mktemp("pasting"))


def paste(live: LiveSite, html: str, first_note: str = "1", token: str = TOKEN) -> tuple[int, dict[str, Any]]:
    request = Request(live, "/_xem-thu/sua/dan", {"ghi-chu": first_note}, html.encode(), token)
    got = answer("POST", request)
    return got.status.value, json.loads(got.body)


def markdown(live: LiveSite, html: str) -> str:
    status, said = paste(live, html)
    assert status == 200
    return str(said["markdown"])


def render(text: str) -> BeautifulSoup:
    return BeautifulSoup(read_body(text).html({}, lambda _: None), "html.parser")


@pytest.mark.parametrize("name", NAMES)
def test_each_dialect_becomes_markdown(live: LiveSite, name: str) -> None:
    status, said = paste(live, read(f"{name}.html"))
    assert status == 200
    assert said["markdown"] == read(f"{name}.md")
    assert said["left_out"] == SAID.get(name, [])
    assert said["pictures"] == sum(PICTURE in line for line in said["left_out"])


def plain_words(html: str) -> list[str]:
    """Return the words of a fragment as another program would paste them: no script, no comment, nothing hidden."""
    fragment = re.sub(r"(?s)^.*<!--StartFragment-->|<!--EndFragment-->.*$|<!--.*?-->|<!\[[^>]*>", "", html)
    soup = BeautifulSoup(fragment, "html.parser")
    for hidden in soup.find_all(["script", "style", "title", "del"]):
        hidden.decompose()
    for hidden in soup.find_all(style=re.compile(r"display: none|mso-list:Ignore|comment-list|VNI")):
        hidden.decompose()
    for reference in soup.find_all(class_=re.compile("Reference|sdfootnote...$")):
        reference.decompose()
    return nfc(without_unseen(soup.get_text(" "))).split()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("word-old-fonts", "word-notes-and-links")])
def test_no_word_of_a_fragment_is_lost(live: LiveSite, name: str) -> None:
    html = read(f"{name}.html")
    # As m² is m2.
    shown = normalize("NFKC", words(render(markdown(live, html)).get_text(" ")))
    assert [word for word in plain_words(html) if words(word) not in shown] == []


@given(LINES, LINES)
def test_markdown_characters_in_pasted_text_are_escaped(live: LiveSite, one: str, two: str) -> None:
    soup = BeautifulSoup("", "html.parser")
    first, second = (str(soup.new_string(f"x {line}").output_ready()) for line in (one, two))
    html = (
        f"<p class=MsoNormal>{first} <b>{second}</b></p>{item(first)}{item(second)}"
        f"<table><tr><td>a</td><td>{first}</td></tr><tr><td>{second}</td><td>b</td></tr></table>"
    )
    expected = nfc("".join([f"x {one} x {two}", f"x {one}", f"x {two}", f"a x {one}", f"x {two} b"]))
    assert words(render(markdown(live, html)).get_text(" ")) == words(expected)


@given(st.text(st.sampled_from('<>/ab="! -[]scriptonclick:&;#x'), max_size=60))
def test_nothing_of_a_page_gets_into_the_story(live: LiveSite, text: str) -> None:
    made = markdown(live, f'<p>a<b>{text}<img onerror="x" src=x></p><a href="javascript:x">{text}</a>')
    allowed = {"p", "strong", "em", "s", "sup", "sub", "a", "ul", "ol", "li", "h2", "h3", "blockquote", "br"}
    assert {tag.name for tag in render(made).find_all()} <= allowed
    assert re.findall(r"<(?!/?(?:s|sup|sub)>)", made) == []


def test_notes_are_numbered_after_those_that_there_are(live: LiveSite) -> None:
    html = read("libreoffice.html")
    made = paste(live, html, first_note="4")[1]["markdown"]
    assert "buổi[^4]" in made
    assert made.endswith("[^4]: Buổi cuối có mưa")


def test_nested_documents_are_read_to_the_end(live: LiveSite) -> None:
    one, two = read("word-table.html"), read("word-numbered-heading.html")
    assert markdown(live, one + two) == f"{read('word-table.md')}\n\n{read('word-numbered-heading.md')}"


def test_inline_text_is_distinguished_from_paragraphs(live: LiveSite) -> None:
    assert paste(live, "<b>bà con</b> thôn 8")[1]["is_inline"] is True
    assert paste(live, "<h1>bà con</h1>")[1]["is_inline"] is False
    assert paste(live, "<ul><li>bà con</ul>")[1]["is_inline"] is False
    assert paste(live, "<p> </p>")[1] == {"markdown": "", "is_inline": False, "left_out": [], "pictures": 0}


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<p>" + "a" * 2_000_001, "Đoạn chép nặng quá 2 MB"),
        ("<p>a</p>" * 6_001, "Đoạn chép dài quá một bài viết"),
        ("<table><tr>" + "<td colspan=99 rowspan=99>a" * 6, "Đoạn chép dài quá một bài viết"),
        ("<div>" * 5_000 + "a", "Đoạn chép lồng quá nhiều tầng"),
    ],
)
def test_too_much_is_refused_in_words(live: LiveSite, html: str, message: str) -> None:
    status, said = paste(live, html)
    assert (status, said["message"], said["fix"]) == (422, message, "chép và dán từng phần")
    assert said["handbook"].endswith("#muc-qua-dai-qua-nang-long-nhau-qua-sau")


@pytest.mark.parametrize(
    "mark", ["<![if !msEquation]>", "<!--[if gte vml 1]>", "<v:textbox>", "<b>", "<!--", "<![", "<td>"]
)
def test_unclosed_tags_take_linear_time(live: LiveSite, mark: str) -> None:
    status, said = paste(live, "<p>a</p>" + mark * 20_000)
    assert status == 200 or said["message"] == "Đoạn chép lồng quá nhiều tầng"


def test_a_request_without_the_token_is_refused(live: LiveSite) -> None:
    assert paste(live, "<p>a", token="")[0] == 403
