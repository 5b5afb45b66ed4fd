"""The fast paths give the HTML of plain Markdown for any text."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markdown.reading import BodyReader

pytestmark = pytest.mark.slow

QUICK, PLAIN = BodyReader(), BodyReader(adapt=lambda _: None)
# Beginnings of lines, or whole lines.
_BEGINNINGS = [
    "",
    *"#!(“:>[|+\\",
    "## ",
    "> ",
    "- ",
    "* ",
    "1. ",
    "12 ",
    "7.",
    "    ",
    "  ",
    ": ",
    "   * ",
    "=",
    "---",
    "**",
]
_LINES = [
    *("*[XÃ]: x", "[^1]: Theo biên bản", "[a]: /b 'c'", "|---|--:|", "| a | b |", "[TOC]", "{: #muc-x .card }"),
    *("===", "* * *", "<div>", "</div>", "///Footnotes Go Here///", "<!-- a -->", "```", "&nbsp;"),
]
_WORDS = [
    *"`\\[]()<>&*_!\"'.-^:|#{}~",
    *("nước", "Đắk D’rông", "2020.", "2020", "...", "--", "[^1]", "&lt;", "XÃ", "  ", "**góp**", "`mã`", "<b>", "</b>"),
    *(
        "[a](b)",
        "[a](b 'c\\*d')",
        "![a](b.jpg 'c')",
        "[x][a]",
        "{ #muc-y }",
        "{ id href src }",
        "{: title='\\_' }",
        "\\*",
        "\\#",
        "\x02",
        "7\x03",
    ),
    *("\t", "\r", "\u00a0", "²", "٣", "{filename}a.md", "<a@b.vn>", "'80s", "&#7;", "\x0b", "\u2028"),
]
_LINE = st.one_of(
    st.sampled_from(_LINES),
    st.builds(
        lambda beginning, words: beginning + "".join(words),
        st.sampled_from(_BEGINNINGS),
        st.lists(st.one_of(st.sampled_from(_WORDS), st.just(" ")), max_size=6),
    ),
)
_BODIES = st.lists(
    st.tuples(_LINE, st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\n\n\n", "\n    "])), max_size=12
).map(lambda lines: "".join(chain.from_iterable(lines)))


def render(renderer: BodyReader, body: str) -> str:
    return renderer.read(body).html({}, {"a.md": "/a/"}.get)


@given(_BODIES)
@settings(max_examples=600, deadline=None)
def test_any_mixture_of_lines(body: str) -> None:
    assert render(QUICK, body) == render(PLAIN, body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("[TOC]\n\n# Một\n\n## Hai *và* ba\n\n## Hai và ba", id="a table of contents"),
        pytest.param("## A & b\n\n## A [^1]\n\n## { #muc-a }\n\n## <b>\n\n[^1]: c", id="headings of more than words"),
        pytest.param("Hai\n| a | b\n|---|---\n| c | d", id="a table under words"),
        pytest.param("Một | hai\n---|---\n1 | 2", id="a table that begins with words"),
        pytest.param("Một\n# Hai\nBa\n> Bốn\nNăm\n===", id="blocks without an empty line"),
        pytest.param("Một\n- hai\n\n- ba\n\n    bốn\n\n    năm: 'sáu'...", id="lists"),
        pytest.param("2020. Một\n\n2020 hai\n\n20.5 ba", id="numbers"),
        pytest.param('XÃ [^1] **XÃ**\n\n- [^1]\n- [^2]\n\n*[XÃ]: x\n[^1]: a\n\n[^2]: b "c"', id="footnotes twice"),
        pytest.param("[a\\*b](c 'd\\*e')\n\n[a](b\\_c){: title='\\#' }", id="escapes in attributes"),
        pytest.param("_Một_ và __hai__", id="emphasis by lines"),
        pytest.param("Một\t| hai\n\tba\n\r\n\tbốn\rnăm", id="tabs and ends of lines"),
        pytest.param("## Một\n\nHai\n{: #muc-mot }", id="an anchor that is taken further down"),
        pytest.param("Một\n: hai\n\n: ba\n{: .b }", id="definitions and an attribute list"),
        pytest.param("# Một\\\n\nHai\n\n#\n\n####### bảy", id="headings at their bounds"),
    ],
)
def test_edge_cases(body: str) -> None:
    assert render(QUICK, body) == render(PLAIN, body)
