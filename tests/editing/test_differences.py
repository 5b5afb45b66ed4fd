"""Comparison of two texts: every word of both is shown, and one line summarizes the changes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.differences import compare, summarize_changes

KEYS = story_keys(Vocabulary())
TEXT = "---\nTiêu đề: Kênh\nNgày: 1/2/2020\nXã: Nam Dong\n---\n\nĐoạn một.\n\nĐoạn hai nói về nước.\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", "không khác chữ nào"),
        ("Tiêu đề: Kênh", "Tiêu đề: Kênh mới", "Tiêu đề"),
        ("Đoạn một.\n", "Đoạn một.\n\nĐoạn thêm.\nNữa.\n", "Bài viết: +2 dòng"),
        ("Đoạn một.\n\n", "", "Bài viết: −1 dòng"),
        ("nói về nước", "kể về nước", "Bài viết: sửa 1 dòng"),
        ("Xã: Nam Dong\n---\n\nĐoạn một.", "---\n\nMở.", "Xã, bài viết: +1 dòng, −1 dòng"),
        ("Ngày", "# hỏi lại\nNgày", "Chỉ khác ghi chú hay cách viết"),
        ("Đoạn một.\n\n", "Đoạn một.\n\n\n", "Bài viết: chỉ khác dòng trống"),
        ("Tiêu đề: Kênh\n", "Tiêu đề: [\n", "sửa 1 dòng"),
    ],
)  # fmt: skip
def test_changes_are_summarized_in_one_line(old: str, new: str, said: str) -> None:
    assert summarize_changes(TEXT, TEXT.replace(old, new, 1), KEYS) == said


def test_many_keys_are_counted() -> None:
    new = TEXT.replace("---\n\n", "Tác giả: A\nNguồn: B\nTóm tắt: C\nẢnh: d.jpg\nNăm: 2021\n---\n\n")
    assert summarize_changes(TEXT, new, KEYS) == "Năm, tóm tắt, ảnh, tác giả, và 1 mục khác"


def test_changes_of_other_files_are_counted_in_lines() -> None:
    assert summarize_changes("a\nb\n", "a\nc d e\nf\n", ()) == "+2 dòng, −1 dòng"


def test_a_changed_line_is_shown_word_by_word() -> None:
    [line] = compare("Nước về tận ruộng.", "Nước đã về ruộng.")
    assert line.kind == "changed"
    changed = [(piece.kind, piece.text.strip()) for piece in line.pieces if piece.kind != "same"]
    assert changed == [("come", "đã"), ("gone", "tận")]


@given(
    st.lists(st.sampled_from(["a", "b c", "c d e", "", "d  e."]), max_size=8).map("\n".join),
    st.text("ab \n.", max_size=20),
)
def test_every_word_of_both_texts_is_there(before: str, after: str) -> None:
    lines = compare(before, after)
    for kinds, gone, text in (
        (("same", "gone", "changed"), "come", before),
        (("same", "come", "changed"), "gone", after),
    ):
        of_text = [line for line in lines if line.kind in kinds]
        assert "\n".join("".join(piece.text for piece in line.pieces if piece.kind != gone) for line in of_text) == text


def test_long_texts_are_compared_fast() -> None:
    before = "\n".join(f"dòng {number}" for number in range(30_000))
    start = time.process_time()
    assert summarize_changes(before, before.replace("dòng 15000\n", ""), ()) == "−1 dòng"
    assert [line.kind for line in compare("từ " * 9000, "chữ " * 9000)] == ["gone", "come"]
    assert time.process_time() - start < 2
