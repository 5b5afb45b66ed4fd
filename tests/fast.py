"""`test --fast`: the tests that need nothing but this process, for the loop of every day."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

_TESTS = Path(__file__).parent
# A module that imports one of these starts processes: commands, builds, servers, browsers.
_PROCESSES = (
    "subprocess",
    "playwright",
    "multiprocessing",
    "plugins.windows",
    "plugins.bulletin.browser",
    "tests.site",
)
# Fixtures behind which a process runs: a build of the whole site, or LibreOffice.
_WHOLE = {"built", "published", "empty", "site", "copied", "convert"}


def is_slow_file(path: Path) -> bool:
    """Return whether a file of tests starts processes, by its imports and those of the helpers that it imports.

    The conftest.py of a folder is not asked: its fixtures are, test by test.
    """
    return path.suffix == ".py" and path.name.startswith("test_") and _starts_processes(path)


def choose(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Divide tests into those that are fast and those that are not."""
    slow = [
        item for item in items if item.get_closest_marker("slow") or _WHOLE & set(getattr(item, "fixturenames", ()))
    ]
    left_out = set(slow)
    return [item for item in items if item not in left_out], slow


@cache
def _starts_processes(path: Path) -> bool:
    for name in _imports(path):
        if any(name == started or name.startswith(f"{started}.") for started in _PROCESSES):
            return True
        helper = _TESTS.parent / f"{name.replace('.', '/')}.py"
        if (
            name.startswith("tests.")
            and helper.name != "conftest.py"
            and helper.is_file()
            and _starts_processes(helper)
        ):
            return True
    return False


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
