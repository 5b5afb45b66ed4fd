"""The workflow files that a province copies match this program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from invoke import Collection

import tasks
from plugins.content.members.members import FOLDER

PROJECT = Path(__file__).parents[2]
FILES = sorted((PROJECT / ".ci/many-sites").glob("*.yml"))


def find_commands(said: Any) -> list[str]:
    """Return every line that a shell would run."""
    match said:
        case {"run": str(script)}:
            return script.splitlines()
        case {"script": list(lines)}:
            return [line for script in lines for line in script.splitlines()]
        case dict():
            return [line for value in said.values() for line in find_commands(value)]
        case list():
            return [line for value in said for line in find_commands(value)]
    return []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_workflow_gathers_keeps_publishes_and_deploys(file: Path) -> None:
    lines = find_commands(yaml.safe_load(file.read_text(encoding="utf-8")))
    called = [shlex.split(line)[2:] for line in lines if line.startswith("python3 tasks.py ")]
    assert [words[0] for words in called] == ["gather", "publish", "deploy"]
    known = Collection.from_module(tasks)
    for name, *words in called:
        # Not get_arguments(), which takes the words of help out of the task.
        options = {option.replace("_", "-") for option in known[name].argspec(known[name].body).parameters}
        assert {word.lstrip("-") for word in words if word.startswith("-")} <= options
    assert f"git add {FOLDER}" in lines
    assert [line.split()[2] for line in lines if line.startswith("git add")] == [FOLDER]


def test_no_key_is_there_while_the_data_of_members_is_read() -> None:
    (job,) = yaml.safe_load((PROJECT / ".ci/many-sites/github.yml").read_text(encoding="utf-8"))["jobs"].values()
    with_keys = [step for step in job["steps"] if "secrets." in str(step)]
    assert [step["run"].split()[2] for step in with_keys] == ["deploy"]
    assert "secrets." not in str({key: value for key, value in job.items() if key != "steps"})


def test_the_readme_leads_to_each() -> None:
    readme = (PROJECT / "plugins/README.md").read_text(encoding="utf-8")
    assert len(FILES) == 2
    for file in FILES:
        assert re.search(rf"\]\(\.\./{re.escape(file.relative_to(PROJECT).as_posix())}\)", readme)
