"""A loudspeaker script says the story's own sentences, whole and in order, within its time, with nothing made up."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document

from plugins.content.vocabulary.terms import Office
from plugins.spoken.numbers import SOUTH
from plugins.spoken.text import read_aloud
from plugins.spreading.script import LONGEST, MOST, SAMPLE, format_length, write_script, write_short_text
from plugins.spreading.script_paper import render_docx, render_text
from plugins.spreading.telling import read_passages, split_sentences
from tests.loading import load

if TYPE_CHECKING:
    from plugins.content.stories.story import Story
    from tests.conftest import Project

SITE = "https://cujut.example.vn"
OFFICE = Office(name="Ủy ban MTTQ Việt Nam xã Đắk D’rông", short="Mặt trận xã Đắk D’rông")
BODY = """Đội XKLĐQ của bon có 21 hộ. Em H. 9 tuổi ở TP. Gia Nghĩa cũng góp 1,5 kg gạo.

## Đầu mục không đọc

Các nhà góp:

- 3 con gà;
- 2 tạ ngô.

> Nhà nào cũng góp.

Bà H’Bia nói thế.[^1]

| Khoản | Số |
|---|---|
| Thu | 99 |

[^1]: Lời chú không đọc 77.
"""


@pytest.fixture(scope="module")
def shipped() -> list[Story]:
    return load(Path(__file__).parents[2]).stories


def write(project: Project, body: str = BODY) -> Story:
    project.write_story("gop-gao", front={"Tiêu đề": "Góp 120 kg gạo", "Tóm tắt": "Cả bon góp gạo."}, body=body)
    (story,) = project.load().stories
    return story


def test_passages_leave_out_headings_tables_and_pictures(project: Project) -> None:
    assert read_passages(write(project).body) == (
        ("Đội XKLĐQ của bon có 21 hộ.", "Em H. 9 tuổi ở TP. Gia Nghĩa cũng góp 1,5 kg gạo."),
        ("Các nhà góp: 3 con gà; 2 tạ ngô.",),
        ("Nhà nào cũng góp.", "Bà H’Bia nói thế."),
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Ban làm:\n\n- Đo đất từng hộ;\n- Thu tiền;", "Ban làm: Đo đất từng hộ. Thu tiền."),
        ("Ban làm:\n\n- đo đất. Ai cũng xem\n- thu tiền", "Ban làm: Đo đất. Ai cũng xem. Thu tiền."),
        ("Có:\n\n- 3 con gà, gồm:\n    - 1 trống\n    - 2 mái\n- ngô", "Có: 3 con gà, gồm: 1 trống; 2 mái; ngô."),
        ("Còn lại đều thành:\n\n| Năm | Việc |\n|---|---|\n| 2019 | 3 |\n\nHết.", "Còn lại đều thành.|Hết."),
        ("Xem hình:\n\n## Đề mục\n\nHết.", "Xem hình.|Hết."),
        ("Số liệu như sau:", "Số liệu như sau."),
        ("Ông nói:\n\n> Được.", "Ông nói: Được."),
    ],
)
def test_blocks_left_out_are_not_announced_and_items_come_once(project: Project, body: str, told: str) -> None:
    assert "|".join(" ".join(passage) for passage in read_passages(write(project, body).body)) == told


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Một. Hai! Ba?", ["Một.", "Hai!", "Ba?"]),
        ("Ông nói: “Được.” Rồi về.", ["Ông nói: “Được.”", "Rồi về."]),
        ("Giá 3.200 đồng. 15 hộ mua", ["Giá 3.200 đồng.", "15 hộ mua."]),
        ("Em Y. và em H. Ở bon", ["Em Y. và em H. Ở bon."]),
        ("Một. Đến hai. Ở ba. Ấm bốn.", ["Một.", "Đến hai.", "Ở ba.", "Ấm bốn."]),
        ("“Được!” ông nói. (Sau đó) về.", ["“Được!” ông nói.", "(Sau đó) về."]),
        ("Gọi là “Hũ gạo” Buôn Nui. Xong", ["Gọi là “Hũ gạo” Buôn Nui.", "Xong."]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_every_shipped_story_fits_the_time_in_its_own_words(shipped: list[Story]) -> None:
    assert len(shipped) > 40
    for story in shipped:
        script = write_script(story, OFFICE)
        assert script.seconds <= LONGEST
        assert not re.search(r"[\d%]", "\n".join(line.text for line in script.lines))
        body = "\n".join(line.text for line in script.lines[2 + bool(story.summary) : -1])
        passages = read_passages(story.body)
        told = [[one for one in passage if read_aloud(one).text in body] for passage in passages]
        # Of each passage its beginning, whole sentences and nothing else, in their order.
        assert all(list(passage[: len(kept)]) == kept for passage, kept in zip(passages, told, strict=True))
        own = "\n".join(" ".join(read_aloud(one).text for one in kept) for kept in told if kept)
        assert body == own
        assert script.left_out == sum(map(len, passages)) - sum(map(len, told))
        assert [line.starts for line in script.lines] == sorted(line.starts for line in script.lines)


def test_a_long_story_keeps_its_beginning_and_its_end(project: Project) -> None:
    passages = [f"Đoạn thứ {number} bắt đầu ở đây. {'Rồi kể thêm nhiều chuyện. ' * 20}" for number in range(1, 31)]
    script = write_script(write(project, "\n\n".join(passages)), OFFICE)
    assert LONGEST - 15 < script.seconds <= LONGEST
    text = "\n".join(line.text for line in script.lines)
    assert "Đoạn thứ nhất" in text
    assert "Đoạn thứ ba mươi bắt đầu ở đây." in text
    assert script.left_out > 500
    assert "Bài ngắn" in write_script(write(project), OFFICE).notes[0]
    assert f"{script.left_out} câu của bài không có ở đây" in script.notes[0]


def test_the_script_has_a_greeting_and_a_closing(project: Project) -> None:
    script = write_script(write(project), OFFICE)
    lines = [line.text for line in script.lines]
    assert lines[0].startswith(
        "Kính thưa bà con! Đây là chuyên mục “Dân vận khéo” của Ủy ban Mặt trận Tổ quốc Việt Nam"
    )
    assert lines[1:3] == ["Góp một trăm hai mươi ki-lô-gam gạo.", "Cả bon góp gạo."]
    assert "trang thông tin “Dân vận khéo” của Mặt trận xã Đắk D’rông" in lines[-1]
    assert script.spelt == ("XKLĐQ",)
    assert any("XKLĐQ" in note for note in script.notes)
    nameless = write_script(write(project), None)
    assert "chuyên mục “Dân vận khéo”. Mời" in nameless.lines[0].text
    assert any("co-quan.yaml" in note for note in nameless.notes)
    southern = write_script(write(project, "Có 105 hộ."), OFFICE, SOUTH)
    assert any("một trăm lẻ năm hộ" in line.text for line in southern.lines)


def test_the_documents_say_the_same_and_mark_a_sample(project: Project) -> None:
    story = write(project)
    for sample in (False, True):
        script = write_script(replace(story, sample=sample), OFFICE)
        text, data = render_text(script), render_docx(script, OFFICE.name)
        document = Document(BytesIO(data))
        words = "\n".join(paragraph.text for paragraph in document.paragraphs)
        for line in script.lines:
            assert line.text in text
            assert line.text in words
        assert script.length in text
        assert script.length in words
        assert (text.count(SAMPLE), document.sections[0].header.paragraphs[0].text == SAMPLE) == (2 * sample, sample)
        assert render_docx(script, OFFICE.name) == data


def test_a_short_text_fits_and_has_its_link(shipped: list[Story], project: Project) -> None:
    for story in shipped:
        text = write_short_text(story, SITE)
        assert len(text) <= MOST
        assert story.title in text
        assert text.endswith(f"Đọc cả bài: {SITE}{story.url}")
        assert text.startswith("BÀI MẪU, KHÔNG GỬI") == story.sample
        assert text.count("•") <= 3
    story = write(project)
    assert write_short_text(story, "") == "Góp 120 kg gạo\n\nCả bon góp gạo."
    long = replace(story, title="Tên " * 60, summary="Câu dài " * 60 + ". Câu hai.", results=shipped[0].results)
    assert len(write_short_text(long, SITE)) <= MOST
    assert "Câu" not in write_short_text(long, SITE)


def test_lengths_in_words() -> None:
    assert [format_length(one) for one in (0, 59, 60, 150)] == ["0 giây", "59 giây", "1 phút", "2 phút 30 giây"]
