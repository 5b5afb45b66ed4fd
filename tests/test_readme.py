"""The README is a promise: every task, key and setting stands in it."""

import re
from pathlib import Path

import pytest
from invoke import Collection

import pelicanconf
import publishconf
import tasks
from plugins.content.registers.columns import register_columns
from plugins.content.story import story_keys
from plugins.content.vocabulary import Vocabulary

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
TASKS = sorted(Collection.from_module(tasks).task_names)
KEYS = story_keys(Vocabulary())
SETTINGS = sorted({name for module in (pelicanconf, publishconf) for name in vars(module) if name.isupper()})


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_explained(name: str) -> None:
    assert re.search(rf"^\| `{name}` \| \S.{{10,}} \|$", README, re.MULTILINE)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.attribute)
def test_every_key_of_a_story_is_explained(key) -> None:
    row = re.search(rf"^\| {re.escape(key.name)} \| `{key.attribute}` \|(?P<required>[^|]*)\|", README, re.MULTILINE)
    assert row
    assert (row["required"].strip() == "có") == key.required


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in README


def test_no_key_is_explained_that_does_not_exist() -> None:
    table = README.split("### Các mục ở đầu tệp")[1].split("\n\n**")[0]
    explained = re.findall(r"^\| [^|]+ \| `(\w+)` \|", table, re.MULTILINE)
    assert explained == [key.attribute for key in KEYS]


def test_every_column_of_a_register_is_explained() -> None:
    table = README.split("| cột | bắt buộc | ghi gì |\n|---|---|---|\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in table.splitlines()]
    assert rows == [[key.name, "có" if key.required else ""] for key in register_columns(Vocabulary())]


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


def test_the_screenshot_is_there() -> None:
    for picture in re.findall(r"!\[[^\]]+\]\((\.readme/[^)]+)\)", README):
        assert (PROJECT / picture).is_file()
