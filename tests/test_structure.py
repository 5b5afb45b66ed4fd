"""The shape of the house: pure inside, Pelican at the door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
SOURCES = sorted((PROJECT / "plugins").rglob("*.py"))
PURE = [source for source in SOURCES if source.name != "plugin.py"]

IMPORT_WITHOUT_PELICAN = """
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "pelican":
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
for name in sys.argv[1:]:
    importlib.import_module(name)
    print(name)
"""


def module_name(source: Path) -> str:
    return ".".join(source.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def imports_pelican(source: Path) -> bool:
    nodes = list(ast.walk(ast.parse(source.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return any(name.partition(".")[0] == "pelican" for name in names)


def test_every_module_but_the_door_works_without_pelican() -> None:
    names = [module_name(source) for source in PURE]
    command = [sys.executable, "-c", IMPORT_WITHOUT_PELICAN, *names]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == names
    assert {"plugins.site", "plugins.exemplars", "plugins.exemplars.sheets", "plugins.vietnamese"} <= set(names)


def test_pelican_is_known_to_the_door_and_to_the_command_that_runs_it() -> None:
    found = {source.relative_to(PROJECT).as_posix() for source in SOURCES if imports_pelican(source)}
    assert {name for name in found if not name.endswith("/plugin.py")} == {"plugins/site.py"}
    assert "plugins/exemplars/plugin.py" in found


def test_what_knows_no_story_imports_nothing_that_does() -> None:
    """sources/, language/, photos/ and word/ stand below exemplars/; nothing there may lean on what is above."""
    below = [source for source in SOURCES if source.parent.name in ("sources", "language", "photos", "word")]
    assert len(below) > 20
    for source in below:
        text = source.read_text(encoding="utf-8")
        assert "plugins.exemplars" not in text, source
        assert "plugins.newsroom" not in text, source


def test_reports_stand_above_registers_and_both_above_stories() -> None:
    above = {"exemplars": ("registers", "reports"), "registers": ("reports",)}
    for package, packages in above.items():
        for source in (source for source in SOURCES if source.parent.name == package):
            text = source.read_text(encoding="utf-8")
            assert [name for name in packages if f"plugins.{name}" in text] == [], source
