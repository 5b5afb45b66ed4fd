"""A .txt whose lines an editor broke, and one whose lines are paragraphs."""

from __future__ import annotations

import random
import textwrap

import pytest

from plugins.word.nodes import Paragraph
from plugins.word.report import ImportReport
from plugins.word.text_file import read_text_file

WORDS = """bà con thôn Hai góp đất góp công làm kênh mương nội đồng nước về ruộng sớm mười ngày ai cũng mừng
Mặt trận""".split()  # noqa: SIM905 - words read better so


def read(text: str) -> list[str]:
    parsed = read_text_file(text.encode(), ImportReport())
    return [node.words for node in parsed.nodes if isinstance(node, Paragraph)]


def paragraph(dice: random.Random, words: int) -> str:
    return " ".join([*dice.choices(WORDS, k=words), "xong."]).capitalize()


@pytest.mark.parametrize("width", [60, 65, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("seed", range(4))
def test_lines_that_an_editor_broke_become_paragraphs(width: int, between: str, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - chance that is the same every time
    paragraphs = [paragraph(dice, dice.randint(40, 90)) for _ in range(6)]
    paragraphs[2:2] = ["- Một việc", "1. Việc hai"]
    wrapped = ["\n".join(textwrap.wrap(one, width)) for one in paragraphs]
    found = read(between.join(wrapped))
    # Where nothing stands between two, one whose last line happens to be full goes on in the next.
    assert len(found) >= len(paragraphs) - (2 if between == "\n" else 0)
    assert " ".join(found).split() == " ".join(paragraphs).split()
    if between == "\n\n":
        assert found == paragraphs


@pytest.mark.parametrize(
    "lines",
    [
        # A list of names, a poem, short notes, long paragraphs: each line is one.
        [f"{at}. Bà Nguyễn Thị Mẫu {at}, thôn Hai, xã Nam Dong" for at in range(20)],
        ["Ai về thôn Hai quê tôi", "Nghe dòng nước mát bên đồi chảy qua"] * 10,
        [paragraph(random.Random(at), 12 + at % 5) for at in range(20)],  # noqa: S311
        [paragraph(random.Random(at), 40 + 9 * (at % 5)) for at in range(20)],  # noqa: S311
        ["Kính gửi: Ban Thường trực Ủy ban Mặt trận Tổ quốc xã Nam Dong"] * 2,
        [f"ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ NAM DONG KHÓA {at}" for at in range(9)],
    ],
)
def test_lines_that_are_paragraphs_stay_so(lines: list[str]) -> None:
    assert read("\n".join(lines)) == lines


def test_joined_lines_are_reported() -> None:
    report = ImportReport()
    read_text_file("\n".join(textwrap.wrap(paragraph(random.Random(1), 90), 72)).encode(), report)  # noqa: S311
    assert "nối lại đoạn văn" in "\n".join(report.lines())
