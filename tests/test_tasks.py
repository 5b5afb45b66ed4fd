"""The commands as staff type them: what is mistyped is answered in Vietnamese."""

from __future__ import annotations

import pytest
from invoke import Collection

import tasks


@pytest.mark.parametrize("words", [["nope"], ["progress", "--nam", "2020"], ["progress", "--year"], ["import"]])
def test_a_mistyped_command_is_told_how_it_is_typed(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    program = tasks.StaffProgram(namespace=Collection.from_module(tasks), name="tasks.py")
    program.run(["tasks.py", *words], exit=False)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Không hiểu lệnh vừa gõ (sai tên, thiếu hoặc thừa một mục); xem các lệnh: python3")


def test_a_known_command_mistyped_leads_to_its_own_help(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        tasks.StaffProgram(namespace=Collection.from_module(tasks), name="tasks.py").run(["tasks.py", "deploy"])
    assert capfd.readouterr().err.endswith("python3 tasks.py --help deploy\n")
