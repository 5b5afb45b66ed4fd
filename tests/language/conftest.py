"""The advice about a story, as `check` prints it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Project

Said = Callable[..., list[tuple[int, str, str, str]]]


@pytest.fixture
def said(project: Project) -> Said:
    """Return a function from a body to its advice: line, rule, message and fix. The body begins at line 8."""

    def read(body: str = "Bài.\n", **front: str) -> list[tuple[int, str, str, str]]:
        project.write_story(front={name.replace("_", " "): value for name, value in front.items()}, body=body)
        library = project.load()
        assert library.errors == []
        advice = [problem for problem in library.problems if problem.message.startswith("Nên xem lại (")]
        parts = [problem.message.removeprefix("Nên xem lại (").partition("): ") for problem in advice]
        return [(problem.line, rule, what, problem.fix) for problem, (rule, _, what) in zip(advice, parts, strict=True)]

    return read
