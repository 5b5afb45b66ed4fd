"""The README is short and true; the handbook and plugins/README.md have the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from invoke import Collection

import pelicanconf
import publishconf
import tasks
from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.vocabulary import Vocabulary

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
ENGINEERS = (PROJECT / "plugins/README.md").read_text(encoding="utf-8")
FIGURES = (PROJECT / "tests/benchmark/figures.md").read_text(encoding="utf-8")
TASKS = sorted(Collection.from_module(tasks).task_names)
KEYS = story_keys(Vocabulary())
SETTINGS = sorted({name for module in (pelicanconf, publishconf) for name in vars(module) if name.isupper()})


def test_the_readme_is_short() -> None:
    assert README.count("\n") <= 150
    vietnamese, english = README.split("## In English\n")
    assert len(english.split()) < len(vietnamese.split())


def test_every_link_leads_to_a_file_or_a_heading() -> None:
    headings = {
        re.sub(r"[^\w-]", "", one.lower().replace(" ", "-")) for one in re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert target.startswith("https://") or (PROJECT / target).is_file(), target


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_explained_by_the_comment_above_it(name: str) -> None:
    text = "".join((PROJECT / file).read_text(encoding="utf-8") for file in ("pelicanconf.py", "publishconf.py"))
    # Several settings may share a comment; no blank line is between.
    assert re.search(rf"^# .+\n(?:.+\n)*?{name}\b.* = ", text, re.MULTILINE)


def test_the_example_story_has_only_known_keys() -> None:
    chapter = (PROJECT / "plugins/preview/handbook/04-cac-muc.md").read_text(encoding="utf-8")
    example = chapter.split("```yaml\n---\n")[1].split("\n---")[0]
    written = re.findall(r"^([^\s:-][^:]*):", example, re.MULTILINE)
    assert set(written) <= {key.name for key in KEYS}
    assert {"Tiêu đề", "Ngày", "Lĩnh vực", "Xã", "Loại", "Kết quả"} <= set(written)


@pytest.mark.parametrize("task_name", TASKS)
def test_every_task_has_vietnamese_help(task_name: str) -> None:
    help_text = Collection.from_module(tasks)[task_name].__doc__ or ""
    assert re.search(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", help_text)


def test_the_commands_are_those_of_the_bar() -> None:
    assert "python3 tasks.py build\npython3 tasks.py test\n" in README


def test_the_pictures_are_there_and_light() -> None:
    pictures = re.findall(r"!\[([^\]]+)\]\((?:\.\./)*\.readme/([^)]+)\)", README + FIGURES)
    assert {name for _, name in pictures} == {file.name for file in (PROJECT / ".readme").iterdir()}
    assert len({told for told, _ in pictures}) == len(pictures)
    for _, name in pictures:
        assert (PROJECT / ".readme" / name).stat().st_size <= 120_000, name
