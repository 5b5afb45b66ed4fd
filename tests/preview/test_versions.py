"""Earlier texts of a file, listed with a summary of the next change, the saves of a minute as one."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from plugins.editing.history import folder_of
from plugins.editing.saving import ChangedMeanwhile, open_file, save_file
from plugins.preview.addresses import OWN
from plugins.preview.form.versions import list_versions
from plugins.preview.live.site import LiveSite
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer

if TYPE_CHECKING:
    from tests.conftest import Project

PATH = "content/bai-viet/2020/kenh/bai.md"


def text(title: str, body: str = "Một.") -> str:
    return f"---\nTiêu đề: {title}\n---\n\n{body}\n"


@pytest.fixture
def live(project: Project) -> LiveSite:
    project.write(PATH, text("F"))
    made = LiveSite(project.path)
    folder = folder_of(project.path, PATH)
    folder.mkdir(parents=True)
    for moment, title, body in (
        ("20201019-080000", "A", "Một."),
        ("20201019-100005", "B", "Một."),
        ("20201019-100030", "C", "Một.\n\nHai."),
        ("20201019-100030-2", "D", "Một.\n\nHai."),
        ("20201019-100105", "E", "Một."),
    ):
        (folder / f"{moment}.md").write_text(text(title, body), encoding="utf-8")
    return made


def show(live: LiveSite, **query: str) -> str:
    return answer("GET", Request(live, f"{OWN}sua/ban-truoc", {"tep": PATH} | query)).body.decode()


def test_the_saves_of_a_minute_are_one_and_all_of_them_are_there(live: LiveSite) -> None:
    listed = list_versions(Request(live, ""), open_file(live.project, PATH))
    assert [(one["name"], one["what"], [(more["name"], more["what"]) for more in one["more"]]) for one in listed] == [
        ("20201019-100105.md", "Tiêu đề", []),
        (
            "20201019-100005.md",
            "Tiêu đề",  # of the whole minute
            [
                ("20201019-100030-2.md", "Tiêu đề, bài viết: −1 dòng"),
                ("20201019-100030.md", "Tiêu đề"),
            ],
        ),
        ("20201019-080000.md", "Tiêu đề", []),
    ]


def test_a_text_that_could_not_be_saved_is_listed_alone(live: LiveSite) -> None:
    opened = open_file(live.project, PATH)
    with pytest.raises(ChangedMeanwhile) as refused:
        save_file(opened, live.project, "cu", text("F", "Tôi gõ."))
    save_file(opened, live.project, opened.version, text("G"))
    listed = list_versions(Request(live, ""), open_file(live.project, PATH))
    assert [(one["unsaved"], one["what"]) for one in listed[:2]] == [
        (False, "Tiêu đề"),
        (True, "Tiêu đề, bài viết: +1 dòng, −1 dòng"),
    ]
    assert listed[1]["name"] == refused.value.kept


def test_differences_are_marked_without_colour(live: LiveSite) -> None:
    page = show(live, ban="20201019-100030-2.md", den="20201019-100105.md")
    assert "So với bản 10 giờ 01, 19/10/2020: " in page
    assert "<del>D</del><ins>E</ins>" in page
    assert re.search(
        r'line--gone"><span class="line__mark" aria-hidden="true">−</span>.*?Bỏ: </span><del>Hai\.</del>', page
    )
    assert "style=" not in page
    page = unescape(show(live, ban="20201019-080000.md"))
    assert "So với bản hiện nay: <strong>Tiêu đề</strong>" in page
    assert "<del>A</del><ins>F</ins>" in page
    assert f">\n{text('A')}</textarea>" in page


def test_lines_far_from_any_change_are_folded(live: LiveSite) -> None:
    body = "\n".join(f"dòng {number}" for number in range(40))
    (live.project / PATH).write_text(text("E", f"{body}\ncuối"), encoding="utf-8")
    (folder_of(live.project, PATH) / "20201019-100105.md").write_text(text("E", body), encoding="utf-8")
    page = show(live, ban="20201019-100105.md")
    assert "41 dòng giống nhau" in page
    assert page.count("dòng 7<") == 1


def test_the_text_of_a_version_is_escaped(live: LiveSite) -> None:
    (live.project / PATH).write_text(text("<script>alert(1)</script>", "</textarea><img src=x>"), encoding="utf-8")
    for den in ("", "<script>"):
        page = show(live, ban="20201019-100105.md", den=den)
        assert "<script>alert" not in page
        assert "<img src=x>" not in page


@pytest.mark.parametrize("name", ["", "../../../pelicanconf.py", "20201019-090000.md"])
def test_no_other_file_is_shown(live: LiveSite, name: str) -> None:
    got = answer("GET", Request(live, f"{OWN}sua/ban-truoc", {"tep": PATH, "ban": name}))
    assert got.status == 422
