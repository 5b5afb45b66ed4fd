"""The questions of `start`: how answers are read, and the names that follow."""

from __future__ import annotations

import io
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

from plugins.sources.problem import Invalid
from plugins.starting.answers import ask, read_area, read_level, read_office_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Keyboard(io.StringIO):
    """A terminal at which these lines are typed, and then nothing more."""

    def isatty(self) -> bool:
        return True


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard("".join(f"{line}\n" for line in lines)))


@pytest.mark.parametrize(
    ("level", "answer", "name"),
    [
        ("xã", "Đồng Xuân", "Đồng Xuân"),
        ("xã", "xã Đồng Xuân", "Đồng Xuân"),
        ("xã", "Ủy ban MTTQ Việt Nam xã Đồng Xuân", "Đồng Xuân"),
        ("phường", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam phường 3", "3"),
        ("đặc khu", "Đặc khu Phú Quý", "Phú Quý"),
        ("xã", "Đắk D'rông", "Đắk D’rông"),
        ("tỉnh", "Lâm Đồng", "Lâm Đồng"),
    ],
)
def test_a_name_is_bare_however_it_is_written(level: str, answer: str, name: str) -> None:
    assert read_office_name(level, answer) == name


@pytest.mark.parametrize(
    ("read", "answer"),
    [
        (partial(read_office_name, "xã"), "phường Đồng Xuân"),
        (partial(read_office_name, "xã"), "…"),
        (read_level, "huyện"),
        (read_level, "thôn"),
        (read_area, "Lâm Đồng"),
    ],
)
def test_an_invalid_answer_is_refused_with_a_fix(read: Callable[[str], str], answer: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(answer)
    assert answer in refused.value.message
    assert refused.value.fix


def test_the_questions_are_asked_in_turn_and_lines_that_were_not_understood_once_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pasted = ("1\tThôn 1", "", "2\tThôn 2", "Nui", "", "")
    typed(monkeypatch, "1", "Đồng Xuân", "Lâm Đồng", "tỉnh Lâm Đồng", "", *pasted, "Buôn Nui", "", "")
    answers = ask({})
    assert (answers.unit, answers.area, answers.address) == ("xã Đồng Xuân", "tỉnh Lâm Đồng", "")
    assert [place.title for place in answers.places] == ["Thôn 1", "Thôn 2", "Buôn Nui"]
    said = capsys.readouterr().out
    assert "chưa rõ là tỉnh hay thành phố" in said
    assert "dòng 4, “Nui”: không rõ là loại gì" in said


def test_lines_that_stay_unclear_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "Thôn 1", "Nui")
    answers = ask({"level": "xã", "name": "Đồng Xuân", "area": "tỉnh Lâm Đồng", "address": "https://a.example.vn"})
    assert [place.title for place in answers.places] == ["Thôn 1"]
    assert [doubt.partition(":")[0] for doubt in answers.pasted.unclear] == ["dòng 2, “Nui”"]


def test_without_a_terminal_all_missing_answers_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(Invalid, match="Không có ai ở bàn phím") as refused:
        ask({"name": "Đồng Xuân"})
    assert refused.value.fix == "ghi thêm --level, --places-file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_places_is_read_as_notepad_and_excel_write_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoding: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    file = tmp_path / "các thôn.txt"
    file.write_bytes("STT\tTên xã\tMã số\r\n1\tNam Dong\t24649\r\n".encode(encoding))
    answers = ask({"level": "tỉnh", "name": "Lâm Đồng", "places-file": str(file)})
    assert [(place.title, place.code) for place in answers.places] == [("Xã Nam Dong", "24649")]
    assert (answers.area, answers.governing_body) == ("", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.txt", "Nui\nThôn 1\nEa Mar\n", "Có 2 dòng chưa hiểu"),
        ("a.xlsx", "PK", "không phải tệp chữ"),
        ("a.txt", "", "Tệp trống"),
        ("a.txt", "Xã Nam Dong", "Có 1 dòng chưa hiểu"),
    ],
)
def test_a_file_that_is_not_understood_makes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, text: str, said: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match=said):
        ask({"level": "xã", "name": "Đồng Xuân", "places-file": str(tmp_path / name)})
