"""`new` for a writer: its questions, its draft, and that `check` accepts the draft."""

from __future__ import annotations

import io
import re
import sys
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import load_vocabulary
from plugins.newsroom.scaffold import create_story, free_slug, write_draft
from plugins.sources.front_matter import FrontMatter, parse_front_matter
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

EXEMPLAR = {
    "title": "Kênh về thôn 3",
    "date": "19/8/2020",
    "field": "Kinh tế",
    "commune": "Nam Dong",
    "kind": "Tập thể",
}


class Keyboard(io.StringIO):
    """A terminal at which these lines are typed, and then nothing more."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard("".join(f"{line}\n" for line in lines)))


def made(project: Project) -> list[Path]:
    return sorted((project.path / "content/bai-viet").glob("*/*/*"))


def front(file: Path) -> dict[str, str]:
    matter = parse_front_matter(file.read_text("utf-8"), file.name)
    assert isinstance(matter, FrontMatter)
    return {key.text: value.text for key, value in matter.mapping.pairs}


@pytest.mark.usefixtures("no_terminal")
def test_everything_given_asks_nothing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert create_story(project.path, EXEMPLAR) == 0
    path = "content/bai-viet/2020/kenh-ve-thon-3/bai.md"
    assert [file.relative_to(project.path).as_posix() for file in made(project)] == [path]
    said = capsys.readouterr().out
    assert said.startswith(f"\nĐã tạo {path}\nViệc tiếp theo:")
    assert project.problems() == []
    (story,) = project.load().stories
    assert (story.title, story.draft, story.sample, story.exemplar) == ("Kênh về thôn 3", True, False, "")


@pytest.mark.usefixtures("no_terminal")
def test_every_key_stands_in_order_under_its_help(project: Project) -> None:
    create_story(project.path, EXEMPLAR)
    text = made(project)[0].read_text("utf-8")
    keys = story_keys(project.load().vocabulary)
    assert list(front(made(project)[0])) == [key.name for key in keys]
    for key in keys:
        said = f"{key.help}; {key.requirement}" if key.requirement else key.help
        assert re.search(rf"^# {re.escape(said)}(; ví dụ: .*)?\n{re.escape(key.name)}:", text, re.MULTILINE)
    assert front(made(project)[0]) == dict.fromkeys((key.name for key in keys), "") | {
        "Tiêu đề": "Kênh về thôn 3",
        "Ngày": "19/8/2020",
        "Lĩnh vực": "Kinh tế",
        "Xã": "Nam Dong",
        "Loại": "Tập thể",
        "Trạng thái": "nháp",
    }


@pytest.mark.usefixtures("no_terminal")
@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"kind": "tap the", "field": "lam an", "commune": "đăk drông"}, ("Tập thể", "Kinh tế", "Đắk D’rông")),
        ({"kind": "3", "field": "2", "commune": "thi tran ea t'ling"}, ("Mô hình", "Văn hóa – xã hội", "Ea T’ling")),
        # Communes are numbered in Vietnamese order, as they were on the day: Đắk D’rông, Ea T’ling, Nam Dong.
        ({"kind": "mo_hinh", "field": "VAN HOA", "commune": "1"}, ("Mô hình", "Văn hóa – xã hội", "Đắk D’rông")),
        ({"date": "2026-01-05", "commune": "1"}, ("Tập thể", "Kinh tế", "Cư Jút")),
        ({"date": "5.1.2026", "commune": "nam dong"}, ("Tập thể", "Kinh tế", "Nam Dong")),
        # After the merger the plain name means the new commune; the old one goes by its id.
        ({"date": "5/1/2026", "commune": "nam-dong"}, ("Tập thể", "Kinh tế", "nam-dong")),
        ({"date": "5/1/2026", "commune": "ea tling"}, ("Tập thể", "Kinh tế", "ea-tling")),
        ({"kind": "", "field": "", "commune": ""}, ("", "", "")),
        ({"kind": "tin thường", "field": ""}, ("", "", "Nam Dong")),
    ],
)
def test_answers_are_folded_and_written_in_the_words_of_the_vocabulary(
    project: Project, given: dict[str, str], written: tuple[str, str, str]
) -> None:
    assert create_story(project.path, EXEMPLAR | given) == 0
    values = front(made(project)[0])
    assert (values["Loại"], values["Lĩnh vực"], values["Xã"]) == written
    assert project.problems() == []


@pytest.mark.usefixtures("no_terminal")
@pytest.mark.parametrize(
    "title",
    [
        "Kênh: hai ý",
        "Thêm # nữa",
        "“Khéo” là 'khéo' \"thật\"",
        "- gạch",
        "2020",
        "@ đầu",
        "Có",
        "một\u200b hai",
        "rất dài " * 60,
    ],
)
def test_any_title_survives_yaml(project: Project, title: str) -> None:
    assert create_story(project.path, EXEMPLAR | {"title": title}) == 0
    assert project.load().errors == []
    assert project.load().stories[0].title == title.strip().replace("\u200b", "")


@pytest.mark.usefixtures("no_terminal")
def test_decomposed_letters_are_composed(project: Project) -> None:
    create_story(project.path, EXEMPLAR | {"title": "Ke\u0302nh ve\u0302\u0300 tho\u0302n"})
    assert front(made(project)[0])["Tiêu đề"] == "Kênh về thôn"


@pytest.mark.usefixtures("no_terminal")
def test_slug_never_collides_in_any_year(project: Project) -> None:
    project.write_story("Kênh-về-Thôn-3", 2018)
    project.write("content/bai-viet/2020/kenh-ve-thon-3-2/ghi-chu.txt", "không có bai.md")
    for _ in range(2):
        create_story(project.path, EXEMPLAR)
    assert sorted(file.parent.name for file in made(project) if file.parts[-3] == "2020") == [
        "kenh-ve-thon-3-2",
        "kenh-ve-thon-3-3",
        "kenh-ve-thon-3-4",
    ]


@pytest.mark.parametrize(
    ("title", "taken", "slug"),
    [
        ("Kênh", set(), "kenh"),
        ("Kênh", {"kenh"}, "kenh-2"),
        ("Kênh", {"kenh", "kenh-2"}, "kenh-3"),
        ("một " * 15, set(), "-".join(["mot"] * 15)),
        ("một " * 15, {"-".join(["mot"] * 15)}, "-".join(["mot"] * 14) + "-2"),
        ("m" * 80, {"m" * 60}, "m" * 58 + "-2"),
    ],
)
def test_free_slug(title: str, taken: set[str], slug: str) -> None:
    assert free_slug(title, taken) == slug
    assert len(slug) <= 60


@pytest.mark.usefixtures("no_terminal")
@pytest.mark.parametrize("title", ["Con", "LPT1"])
def test_title_that_windows_forbids_as_a_folder(project: Project, title: str) -> None:
    create_story(project.path, EXEMPLAR | {"title": title})
    assert made(project)[0].parent.name == f"{title.lower()}-2"


@pytest.mark.usefixtures("no_terminal")
def test_individual_is_told_of_the_consent(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert create_story(project.path, EXEMPLAR | {"kind": "cá nhân"}) == 0
    (problem,) = project.problems()
    assert 'Bài về cá nhân mà thiếu mục "Đồng ý"' in problem
    assert f"Còn phải sửa trước khi đăng:\n  {problem}\n" in capsys.readouterr().out


@pytest.mark.usefixtures("no_terminal")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, 'Thiếu mục "Tiêu đề"; ghi sau --title'),
        ({"title": "?!"}, 'Tiêu đề "?!" không có chữ cái hay chữ số nào; gõ một tên có nghĩa'),
        ({"title": "a\x1b[D"}, "Câu trả lời có ký tự lạ (có thể do phím mũi tên); gõ lại cả dòng"),
        ({"title": "a\udcff"}, "Câu trả lời có ký tự lạ (có thể do phím mũi tên); gõ lại cả dòng"),
        ({"field": ""}, 'Thiếu mục "Lĩnh vực"; ghi sau --field'),
        ({"commune": " "}, 'Thiếu mục "Xã"; ghi sau --commune'),
        ({"commune": "Nam Đồn"}, 'Xã "Nam Đồn" không có trong danh mục; ý bạn là "Nam Dong"?'),
        ({"field": "3"}, "Lĩnh vực không có số 3; chọn số từ 1 đến 2"),
        ({"kind": "tap te"}, 'Loại "tap te" không có trong danh mục; ý bạn là "Tập thể"?'),
        ({"date": "31/2/2020"}, 'Ngày "31/2/2020" không có thật: tháng 2 năm 2020 chỉ có 29 ngày; sửa lại ngày'),
        (
            {"commune": "cu jut"},
            "Xã Cư Jút chỉ có từ 1/7/2025, sau ngày 19/8/2020 của bài; chọn địa bàn vào lúc ấy",
        ),
    ],
)
def test_without_a_terminal_it_says_one_line_and_makes_nothing(
    project: Project, given: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create_story(project.path, EXEMPLAR | given) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"Chưa tạo được bài. {said}\n")
    assert made(project) == []


def test_missing_answers_are_asked_for_until_they_are_valid(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "", "Đêm ở buôn", "32/1/2020", "19/8/2020", "tập tể", "1", "", "9", "2", "nam đồn", "ea t'ling")
    assert create_story(project.path, {}) == 0
    assert made(project)[0].parent.name == "dem-o-buon"
    values = front(made(project)[0])
    assert (values["Ngày"], values["Loại"]) == ("19/8/2020", "Tập thể")
    assert (values["Lĩnh vực"], values["Xã"]) == ("Văn hóa – xã hội", "Ea T’ling")
    said = capsys.readouterr().out
    assert "  1. Kinh tế\n  2. Văn hóa – xã hội\n" in said
    assert "  1. Xã Đắk D’rông\n  2. Thị trấn Ea T’ling\n  3. Xã Nam Dong\n" in said
    assert 'ý bạn là "Nam Dong"?' in said
    assert 'Mục "Tiêu đề" không để trống được; gõ một câu trả lời' in said


def test_enter_takes_the_default(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "Một tin", "", "", "", "")
    assert create_story(project.path, {}) == 0
    today = datetime.now(timezone(timedelta(hours=7))).date()
    values = front(made(project)[0])
    assert values["Ngày"] == f"{today.day}/{today.month}/{today.year}"
    assert (values["Loại"], values["Lĩnh vực"], values["Xã"]) == ("", "", "")
    assert project.problems() == []


def test_wrong_flag_is_asked_again_at_a_terminal(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "kinh tế")
    assert create_story(project.path, EXEMPLAR | {"field": "kinh tê hộ gia đình"}) == 0
    assert front(made(project)[0])["Lĩnh vực"] == "Kinh tế"


def test_end_of_input_ends_politely(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "Đêm ở buôn")
    assert create_story(project.path, {}) == 1
    assert capsys.readouterr().out.endswith("\nĐã dừng, chưa tạo gì.\n")
    assert made(project) == []


@pytest.mark.usefixtures("no_terminal")
def test_broken_vocabulary_is_named(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("content/danh-muc/xa.yaml", "- mã: x\n")
    assert create_story(project.path, EXEMPLAR) == 1
    printed = capsys.readouterr()
    assert "content/danh-muc/xa.yaml:1: " in printed.out
    assert printed.err.startswith("Chưa tạo được bài: hãy sửa các lỗi trên")
    assert made(project) == []


@pytest.mark.usefixtures("no_terminal")
def test_folder_that_cannot_be_written_is_one_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("content/bai-viet/2020", "không phải thư mục")
    assert create_story(project.path, EXEMPLAR) == 1
    said = capsys.readouterr().err
    # Windows says only that something of that name is there.
    assert said.startswith(("Chưa tạo được bài: không ghi được ", "Chưa tạo được bài: đã có content/bai-viet/2020;"))
    assert said.count("\n") == 1


def test_a_title_without_a_letter_makes_no_folder(project: Project) -> None:
    keys = story_keys(load_vocabulary(project.path)[0])
    for title in ("😀", "---", '"'):
        with pytest.raises(Invalid, match="không có chữ cái hay chữ số"):
            write_draft(project.path, keys, {"title": title, "date": "1/2/2026"})
    assert not (project.path / "content/bai-viet").exists()
