"""The staff guide agrees with the reading of registers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.loading import load
from tests.registers.conftest import SCHEDULE

if TYPE_CHECKING:
    from tests.conftest import Project

CHAPTER = (Path(__file__).parents[2] / "plugins/preview/handbook/09-don-doc.md").read_text(encoding="utf-8")


def test_the_deadlines_of_the_guide_are_read_as_they_stand(project: Project) -> None:
    examples = [part.split("```")[0] for part in CHAPTER.split("```yaml\n")[1:]]
    (example,) = (one for one in examples if "hạn báo cáo" in one)
    # The guide names a place of no office.
    project.write(SCHEDULE, example.replace("Đồng Xuân", "Nam Dong"))
    content = load(project.path)
    assert content.problems == ()
    schedule = content.schedules[2026]
    assert ([kind.label for kind in schedule.deadlines], len(schedule.apart)) == (["kế hoạch", "đăng ký", "báo cáo"], 1)
