"""The titles of documents: heads made from a seed, and as people write them; when unsure, none rather than wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.newsroom.guesses import guess_author
from plugins.newsroom.titles import find_title
from plugins.word.document import load_document
from plugins.word.report import ImportReport
from tests.newsroom.head_files import as_docx, as_odt
from tests.newsroom.heads import HELD_OUT, LAYOUTS, TUNED, Words, make_heads
from tests.word.notation import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.word.blocks import Block

pytestmark = pytest.mark.slow

TEXT = "Bà con góp đất, góp công. Nước về ruộng."
INSTEAD = {
    "[text]": f"<p>{TEXT}</p>",
    "[photo]": '<p><img src="anh-1.jpg"></p>',
    "[table]": "<table><tr><td>Hộ</td><td>Số công</td></tr><tr><td>A</td><td>12</td></tr></table>",
}
MARKS = {"*": "<p><strong>{}</strong></p>", "_": "<p><em>{}</em></p>", "#": '<h1 class="title">{}</h1>'}
MARKS |= {"1#": "<h1>{}</h1>", "2#": "<h2>{}</h2>"}


def html(line: str) -> str:
    if line in INSTEAD:
        return INSTEAD[line]
    if line.startswith("|"):
        cells = ("".join(map(html, cell.split("/"))) for cell in line[1:].split("|"))
        return f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"
    mark = next((mark for mark in MARKS if line.startswith(mark) and any(map(str.isalnum, line))), "")
    return MARKS.get(mark, "<p>{}</p>").format(line.removeprefix(mark).replace("~", "<br>"))


def odd_heads() -> Iterator[tuple[Sequence[Block], list[str]]]:
    written = (Path(__file__).parent / "odd_heads.txt").read_text(encoding="utf-8")
    for head in written.split("\n\n")[1:]:
        lines, _, titles = head.strip().rpartition("\n=")
        yield (
            blocks_of("".join(map(html, lines.split("\n"))), ImportReport()),
            [title.strip() for title in titles.split("|")],
        )


def rates(results: Sequence[tuple[str, Sequence[str]]]) -> tuple[float, float]:
    """Return the parts of guesses that are right, and that are wrong and look right: what is empty is neither."""
    found = Counter("right" if got in wanted else "none" if not got else "wrong" for got, wanted in results)
    return found["right"] / len(results), found["wrong"] / len(results)


@pytest.mark.parametrize(("words", "seed"), [(TUNED, 7), (HELD_OUT, 20)], ids=["tuned", "held-out"])
def test_titles_and_authors_of_heads_of_every_layout(words: Words, seed: int, tmp_path: Path) -> None:
    titles, authors = [], []
    heads = make_heads(words, seed, each=6)
    assert len(heads) == 6 * len(LAYOUTS) >= 60
    for number, head in enumerate(heads):
        is_odt = number % 5 == 0 and not head.layout.startswith("story")
        file = tmp_path / f"{number}.{'odt' if is_odt else 'docx'}"
        file.write_bytes(as_odt(head) if is_odt else as_docx(head))
        blocks = load_document(file, lambda _: "anh-1.jpg").blocks
        title = find_title(blocks)
        titles.append((title.text if title else "", [head.title]))
        author = guess_author(title.rest if title else blocks)
        authors.append((author.value if author else "", [head.author]))
    for results in (titles, authors):
        right, wrong = rates(results)
        assert right >= 0.95, [result for result in results if result[0] not in result[1]]
        assert wrong <= 0.02, [result for result in results if result[0] not in result[1]]


def test_titles_of_heads_as_people_write_them() -> None:
    results = [(title.text if (title := find_title(blocks)) else "", wanted) for blocks, wanted in odd_heads()]
    assert len(results) > 100
    wrong = [result for result in results if result[0] not in result[1]]
    assert not wrong, wrong


def test_the_rest_keeps_all_but_the_title() -> None:
    head = ["*UBND XÃ NAM DONG", "*BÁO CÁO", "-----", "*Kết quả làm kênh", "-----", "[text]"]
    title = find_title(blocks_of("".join(map(html, head)), ImportReport()))
    assert title
    assert [block.text for block in title.rest] == ["UBND XÃ NAM DONG", TEXT]


def test_a_picture_in_the_paragraph_of_the_title_is_kept() -> None:
    made = blocks_of(f'<h1 class="title"><img src="anh-1.jpg">Thôn Hai làm kênh</h1><p>{TEXT}</p>', ImportReport())
    title = find_title(made)
    assert title
    assert title.text == "Thôn Hai làm kênh"
    assert "".join(block.markdown for block in title.rest).count("](anh-1.jpg") == 1


def test_an_office_in_the_paragraph_of_the_title_is_kept() -> None:
    title = find_title(
        blocks_of(html("*SỞ NỘI VỤ TỈNH ĐẮK NÔNG~GƯƠNG SÁNG THẦY GIÁO LÀNG") + INSTEAD["[text]"], ImportReport())
    )
    assert title
    assert title.text == "GƯƠNG SÁNG THẦY GIÁO LÀNG"
    assert "SỞ NỘI VỤ" in title.rest[0].text


@pytest.mark.parametrize("break_", ["<br>", "<br/>", "</strong><br><strong>"])
def test_a_break_in_a_title_is_a_space(break_: str) -> None:
    made = blocks_of(f"<p><strong>GƯƠNG ĐIỂN HÌNH{break_}ÔNG LÊ VĂN MẪU</strong></p><p>{TEXT}</p>", ImportReport())
    title = find_title(made)
    assert title
    assert title.text == "GƯƠNG ĐIỂN HÌNH ÔNG LÊ VĂN MẪU"
