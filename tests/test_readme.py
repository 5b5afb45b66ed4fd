"""The README is a promise: every task, key and setting stands in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from invoke import Collection

import pelicanconf
import publishconf
import tasks
from plugins.content.registers.columns import act_columns, register_columns
from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.offices import OFFICE_KEYS
from plugins.content.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.sources.schema import Key

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
ENGINEERS = (PROJECT / "plugins/README.md").read_text(encoding="utf-8")
TASKS = sorted(Collection.from_module(tasks).task_names)
KEYS = story_keys(Vocabulary())
KEY_TABLE = re.compile(r"^\| mục \| tiếng Anh \|.*\n(?:\|.*\n)+", re.MULTILINE)
SETTINGS = sorted({name for module in (pelicanconf, publishconf) for name in vars(module) if name.isupper()})


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_explained(name: str) -> None:
    assert re.search(rf"^\| `{name}` \| \S.{{10,}} \|$", README, re.MULTILINE)


def key_table(keys: Iterable[Key]) -> str:
    """Return the staff guide's table of keys as Markdown; `python -m tests.test_readme` puts it in its place."""
    lines = ["| mục | tiếng Anh | bắt buộc | ý nghĩa | ví dụ |", "|---|---|---|---|---|"]
    for key in keys:
        when = "có" if key.required else key.required_of.when if key.required_of else ""
        cells = [key.name, f"`{key.attribute}`", when, key.help.replace("|", r"\|"), key.example.replace("|", r"\|")]
        lines.append("".join(f"| {cell} " if cell else "| " for cell in cells) + "|")
    return "\n".join([*lines, ""])


def test_the_tables_of_keys_are_the_declarations() -> None:
    tables = [key_table(KEYS), key_table(OFFICE_KEYS)]
    assert KEY_TABLE.findall(README) == tables, "run: python -m tests.test_readme"


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in ENGINEERS


def test_every_column_of_a_register_is_explained() -> None:
    table = README.split("| cột | bắt buộc | ghi gì |\n|---|---|---|\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in table.splitlines()]
    assert rows == [[key.name, "có" if key.required else ""] for key in register_columns(Vocabulary())]
    table = README.split("| cột của việc | bắt buộc | ghi gì |\n|---|---|---|\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in table.splitlines()]
    assert rows == [[key.name, "có" if key.required else ""] for key in act_columns()]


def test_the_example_story_has_only_known_keys() -> None:
    example = README.split("```yaml\n---\n")[1].split("\n---")[0]
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
    pictures = re.findall(r"!\[([^\]]+)\]\((?:\.\./)?\.readme/([^)]+)\)", README + ENGINEERS)
    assert {name for _, name in pictures} == {file.name for file in (PROJECT / ".readme").iterdir()}
    assert len({told for told, _ in pictures}) == len(pictures)
    for _, name in pictures:
        assert (PROJECT / ".readme" / name).stat().st_size <= 120_000, name


if __name__ == "__main__":
    tables = iter((key_table(KEYS), key_table(OFFICE_KEYS)))
    written = KEY_TABLE.sub(lambda _: next(tables), README)
    (PROJECT / "README.md").write_text(written, encoding="utf-8", newline="\n")
