"""What the staff guide says of registers is what is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.registers.columns import paper_columns
from plugins.content.vocabulary.vocabulary import Vocabulary
from tests.loading import load
from tests.registers.conftest import SCHEDULE

if TYPE_CHECKING:
    from tests.conftest import Project

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_every_column_of_the_register_of_papers_is_explained() -> None:
    table = README.split("| cột của văn bản | bắt buộc | ghi gì |\n|---|---|---|\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in table.splitlines()]
    assert rows == [[key.name, "có" if key.required else ""] for key in paper_columns(Vocabulary())]


def test_the_deadlines_of_the_guide_are_read_as_they_stand(project: Project) -> None:
    examples = [part.split("```")[0] for part in README.split("```yaml\n")[1:]]
    (example,) = (one for one in examples if "hạn báo cáo" in one)
    project.write(SCHEDULE, example)
    content = load(project.path)
    assert content.problems == ()
    schedule = content.schedules[2026]
    assert ([kind.label for kind in schedule.deadlines], len(schedule.apart)) == (["kế hoạch", "đăng ký", "báo cáo"], 1)
