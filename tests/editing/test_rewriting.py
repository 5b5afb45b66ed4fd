"""Some keys of a story said otherwise, and everything else as its writer left it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.rewriting import read_fields, read_guesses, rewrite, write_scalar
from plugins.sources.front_matter import FrontMatter, parse_front_matter
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

PROJECT = Path(__file__).parents[2]
KEYS = story_keys(load_vocabulary(PROJECT)[0])
STORIES = sorted((PROJECT / "content/bai-viet").rglob("bai.md"))

TEXT = """\
---
# Ai sửa dòng này nhớ báo chị Hoa
Tiêu đề: "Kênh mới: nước về"   # đã duyệt
Ngày: 19/8/2020

# đoán: dòng có chữ “xã”
Xã: nam dong
Năm: 2020
Lĩnh vực: [Kinh tế]
Kết quả:
  - 3,2 km | kênh mương   # đo lại rồi
  # hai dòng dưới do thôn báo
  - 46 hộ | hiến đất
  - 1.850 m² | đất hiến
Tóm tắt: >-
  Nước về
  tận ruộng.
Tác giả:
Mẫu: có
---

Thân bài.
"""


def matter(text: str) -> FrontMatter:
    parsed = parse_front_matter(text, "bai.md")
    assert isinstance(parsed, FrontMatter)
    return parsed


def changed(old: str, new: str) -> list[str]:
    """Return the lines that went, each after a minus, and those that came, each after a plus."""
    # A comment keeps its column where it can.
    before, after = (re.sub(" {2,}#", "  #", text).splitlines() for text in (old, new))
    return [
        *(f"-{line}" for line in before if line not in after),
        *(f"+{line}" for line in after if line not in before),
    ]


def body(text: str) -> str:
    return matter(text).body.strip("\n")


@pytest.mark.parametrize(
    ("wanted", "lines"),
    [
        ({"title": ["Kênh cũ"]}, ['-Tiêu đề: "Kênh mới: nước về"  # đã duyệt', "+Tiêu đề: Kênh cũ  # đã duyệt"]),
        ({"date": ["1/2/2020"]}, ["-Ngày: 19/8/2020", "+Ngày: 1/2/2020"]),
        ({"year": ["2021"]}, ["-Năm: 2020", "+Năm: 2021"]),
        ({"author": ["Ủy ban MTTQ xã Cư K’nia"]}, ["-Tác giả:", "+Tác giả: Ủy ban MTTQ xã Cư K’nia"]),
        ({"author": ["Hoa: #3"]}, ["-Tác giả:", '+Tác giả: "Hoa: #3"']),
        ({"sample": []}, ["-Mẫu: có", "+Mẫu:"]),
        ({"summary": ["Một dòng."]}, ["-Tóm tắt: >-", "-  Nước về", "-  tận ruộng.", "+Tóm tắt: Một dòng."]),
        ({"exemplar": ["Thôn 3"]}, ["+Điển hình: Thôn 3"]),
        ({"commendations": ["Giấy khen | huyện | 2020"]}, ["+Biểu dương: Giấy khen | huyện | 2020"]),
        (
            {"field": ["Kinh tế", "Quốc phòng – an ninh"]},
            ["-Lĩnh vực: [Kinh tế]", "+Lĩnh vực: [Kinh tế, Quốc phòng – an ninh]"],
        ),
        (
            {"results": ["3,2 km | kênh mương", "46 hộ | hiến đất", "2.000 m² | đất hiến"]},
            ["-  - 1.850 m² | đất hiến", "+  - 2.000 m² | đất hiến"],
        ),
        ({"results": ["3,2 km | kênh mương", "1.850 m² | đất hiến"]}, ["-  - 46 hộ | hiến đất"]),
    ],
)
def test_only_changed_values_are_rewritten(wanted: dict[str, list[str]], lines: list[str]) -> None:
    made = rewrite(TEXT, KEYS, wanted, body(TEXT))
    assert changed(TEXT, made) == lines
    said = read_fields(matter(made), KEYS)
    assert {attribute: list(said.get(attribute, ())) for attribute in wanted} == wanted


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"commune": ["Nam Dong"]},
        {"date": ["19/08/2020"]},
        {"title": ["Kênh mới:  nước về "]},
        {"field": ["Kinh tế"], "sample": ["có"], "author": [], "exemplar": []},
        {"summary": ["Nước về tận ruộng."]},
    ],
)
def test_an_equal_value_stays_as_typed(same: dict[str, list[str]]) -> None:
    assert rewrite(TEXT, KEYS, same, f"\n\n{body(TEXT)}\r\n\r\n") == TEXT


def test_a_new_key_stands_after_the_key_that_comes_before_it_in_the_table() -> None:
    lines = rewrite(TEXT, KEYS, {"exemplar": ["Thôn 3"], "kind": ["Tập thể"]}, body(TEXT)).splitlines()
    at = lines.index("Xã: nam dong")
    assert lines[at + 1 : at + 4] == ["Loại: Tập thể", "Điển hình: Thôn 3", "Năm: 2020"]


def test_the_body_is_replaced_alone_and_in_one_way_of_writing() -> None:
    made = rewrite(TEXT, KEYS, {}, "Đoạn một.\r\n\r\nHo\u0300a thuận.\x0bDòng sau.")
    assert made == TEXT.replace("Thân bài.", "Đoạn một.\n\nHòa thuận.\nDòng sau.")


def test_a_guess_is_marked_until_it_is_confirmed_or_changed() -> None:
    assert read_guesses(TEXT, KEYS) == {"commune": "dòng có chữ “xã”"}
    guess = "# đoán: dòng có chữ “xã”"
    assert changed(TEXT, rewrite(TEXT, KEYS, {}, body(TEXT), {"commune"})) == [f"-{guess}"]
    wanted = {"commune": ["Cư K’nia"]}
    assert changed(TEXT, rewrite(TEXT, KEYS, wanted, body(TEXT))) == [f"-{guess}", "-Xã: nam dong", "+Xã: Cư K’nia"]
    assert guess in rewrite(TEXT, KEYS, {"title": ["Khác"]}, body(TEXT), {"title"})


def test_text_cut_off_by_yaml_is_shown_and_quoted_when_changed() -> None:
    text = "---\nTiêu đề: Tổ #3\nNgày: 1/2/2020\n---\n\nThân.\n"
    assert read_fields(matter(text), KEYS)["title"] == ("Tổ #3",)
    assert rewrite(text, KEYS, {"title": ["Tổ #3"]}, "Thân.") == text
    made = rewrite(text, KEYS, {"title": ["Tổ #4"]}, "Thân.")
    assert made == '---\nTiêu đề: "Tổ #4"\nNgày: 1/2/2020\n---\n\nThân.\n'


@pytest.mark.parametrize(
    "text",
    [
        "Không có phần khai báo\n",
        "---\nTiêu đề: [\n---\n\nThân.\n",
        "---\nTiêu đề: Một\nTiêu đề: Hai\n---\n\nThân.\n",
        "---\nTiêu đề: {a: {b: c}}\n---\n\nThân.\n",
        "---\nTiêu đề: Một\n\tNgày: 2\n---\n\nThân.\n",
    ],
)
def test_front_matter_that_cannot_be_taken_apart_is_left_alone(text: str) -> None:
    with pytest.raises(Invalid):
        rewrite(text, KEYS, {"title": ["Khác"]}, "Thân.")


@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.parent.name)
def test_every_shipped_story_survives_a_change_of_each_key(file: Path) -> None:
    text = nfc(file.read_text(encoding="utf-8"))
    said = read_fields(matter(text), KEYS)
    assert rewrite(text, KEYS, said, body(text)) == text
    for attribute in ("title", "exemplar", "results"):
        made = rewrite(text, KEYS, {attribute: ["Đổi: khác"]}, body(text))
        assert read_fields(matter(made), KEYS) == said | {attribute: ("Đổi: khác",)}
        assert len([line for line in changed(text, made) if line[0] == "+"]) == 1


@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_typed_text_is_read_back_unchanged(lines: list[str], typed: str) -> None:
    printable = [" ".join(c for c in line if c.isprintable()) for line in lines]
    wanted = {"author": printable[:1], "results": printable[1:]}
    made = rewrite(TEXT, KEYS, wanted, "".join(c for c in typed if c.isprintable()))
    said = read_fields(matter(made), KEYS)
    for attribute, given_lines in wanted.items():
        meant = tuple(clean for line in given_lines if (clean := " ".join(nfc(line).split())))
        assert said.get(attribute, ()) == meant
    assert said["title"] == ("Kênh mới: nước về",)
    assert "# Ai sửa dòng này nhớ báo chị Hoa" in made


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Nam Dong", "Nam Dong"),
        ("2020", "2020"),
        ("19/8/2020", "19/8/2020"),
        ("Kênh: mới", '"Kênh: mới"'),
        ("- gạch", '"- gạch"'),
        ('Nói "được"', 'Nói "được"'),
        ("# ba", '"# ba"'),
        ("", '""'),
    ],
)
def test_only_values_that_need_quotes_get_them(value: str, written: str) -> None:
    assert write_scalar(value) == written


def test_one_of_two_guesses_in_the_same_words_is_confirmed() -> None:
    text = TEXT.replace("Tác giả:\n", "# đoán: dòng có chữ “xã”\nTác giả: Thôn 3\n")
    made = rewrite(text, KEYS, {}, body(text), {"author"})
    assert read_guesses(made, KEYS) == {"commune": "dòng có chữ “xã”"}


def test_changes_are_written_while_a_vocabulary_is_broken() -> None:
    keys = story_keys(Vocabulary(unread=frozenset({"linh-vuc.yaml", "xa.yaml", "phong-trao.yaml"})))
    wanted = {"field": ("Văn hóa – xã hội",), "commune": ("Ea Pô",)}
    made = rewrite(TEXT, keys, wanted, body(TEXT))
    assert {name: lines for name, lines in read_fields(matter(made), KEYS).items() if name in wanted} == wanted
