"""The shape of the house: pure inside, Pelican at the door."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from plugins.content.addresses.sections import NOT_FOUND_URL, TAKEN
from tests.site.checkout import program

PROJECT = Path(__file__).parents[1]
SOURCES = sorted((PROJECT / "plugins").rglob("*.py"))
DOOR = PROJECT / "plugins/exemplars/door"
PURE = [source for source in SOURCES if source.parent != DOOR or source.name == "__init__.py"]

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


@cache
def read_tree(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


@cache
def read_nodes(source: Path) -> list[ast.AST]:
    return [*ast.walk(read_tree(source))]


def imports_pelican(source: Path) -> bool:
    nodes = read_nodes(source)
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return any(name.partition(".")[0] == "pelican" for name in names)


@cache
def all_imports(source: Path) -> list[str]:
    """Return the modules that a module names, those for types alone too."""
    nodes = read_nodes(source)
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [f"plugins.{a.name}" for a in node.names] if node.module == "plugins" else [node.module]
    return names


def imports(source: Path) -> list[str]:
    """Return the modules of ours among them."""
    return [name for name in all_imports(source) if name.startswith("plugins.")]


def test_every_module_but_the_door_works_without_pelican() -> None:
    names = [module_name(source) for source in PURE]
    command = [sys.executable, "-c", IMPORT_WITHOUT_PELICAN, *names]
    done = subprocess.run(command, cwd=program(), capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == names
    assert {"plugins.site.build", "plugins.exemplars.pages.plan", "plugins.vietnamese"} <= set(names)


def test_pelican_is_known_to_the_door_alone() -> None:
    found = {source.parent for source in SOURCES if imports_pelican(source)}
    assert found == {DOOR}


def test_markdown_is_read_in_one_room() -> None:
    libraries = {"markdown", "nh3"}
    found = {source.parent.name for source in SOURCES if {n.partition(".")[0] for n in all_imports(source)} & libraries}
    assert found == {"markdown"}


# From the bottom up; what stands on one floor may lean on those below it, and on its own.
FLOORS = (
    ("engine",),
    ("hint", "machine", "streams", "job_status", "vietnamese", "tokens"),
    ("spoken",),
    ("environment", "crash", "templates"),
    ("progress", "staff_program"),
    ("sources",),
    ("cache", "output", "teamwork", "build_record"),
    ("plates",),
    ("photos",),
    ("markdown",),
    ("language", "word"),
    ("content",),
    ("exemplars",),
    ("assets", "search", "editing", "official"),
    ("registers",),
    ("reports", "newsroom", "bulletin", "recognition"),
    ("spreading", "letters"),
    ("sending", "statistics", "agenda"),
    ("site",),
    ("release",),
    ("windows", "gathering"),
    ("starting",),
    ("preview",),
)


# Within the product likewise. hooks.py, on which other plugins extend it, names pages for their types alone.
STORIES = ("model", "open_data", "hooks", "pages", "door")


def test_within_the_product_no_import_goes_upward() -> None:
    modules = [source for source in SOURCES if module_name(source).startswith("plugins.exemplars.")]
    named = [(module_name(source), name) for source in modules for name in imports(source)]
    within = [(here, there) for here, there in named if there.startswith("plugins.exemplars.")]
    rank = {pair: [STORIES.index(name.split(".")[2]) for name in pair] for pair in within if "hooks" not in pair[0]}
    assert len(rank) > 50
    assert [pair for pair, (here, there) in rank.items() if there > here] == []


def test_an_edition_is_complete_before_any_page_is_planned() -> None:
    """Content, then the edition with its moves, then pages: the code of an edition reaches no page."""
    known = {module_name(source): set(imports(source)) for source in SOURCES}
    reached = ["plugins.exemplars.model.edition"]
    for module in reached:
        reached += sorted(known.get(module, set()) - set(reached))
    assert {"plugins.exemplars.model.index", "plugins.exemplars.model.listing"} <= set(reached)
    later = ("plugins.exemplars.pages", "plugins.exemplars.open_data", "plugins.exemplars.door")
    assert [module for module in reached if module.startswith(later) or module.endswith(("sheet", ".plugin"))] == []


def room(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


def test_no_import_goes_upward() -> None:
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    upward = []
    for source in SOURCES:
        here = room(module_name(source))
        for imported in imports(source):
            there = room(imported)
            if here and there and there != here and floor[there] >= floor[here]:
                upward.append(f"{module_name(source)} -> {imported}")
    assert not upward, upward


def test_every_library_that_is_imported_has_its_line_in_pyproject() -> None:
    lines = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    declared = {re.split(r"[<>=;\s]", line, maxsplit=1)[0] for line in lines}
    # For Windows' sake, which has no time zones of its own: zoneinfo finds it by itself.
    declared.remove("tzdata")
    found = {name.partition(".")[0] for source in [*SOURCES, PROJECT / "tasks.py"] for name in all_imports(source)}
    found -= sys.stdlib_module_names | {"plugins", "tests"}
    # More than one distribution may own a name.
    installed = packages_distributions()
    owners = {name: {owner.lower().replace("_", "-") for owner in installed.get(name, ())} for name in found}
    assert {name: owner for name, owner in owners.items() if not owner & declared} == {}
    assert declared - set().union(*owners.values()) == set()


def starts(source: Path) -> list[str]:
    """Return what each string that a module writes begins with, those with values in them too."""
    nodes = read_nodes(source)
    within = {part for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values[1:]}
    constants = [node for node in nodes if isinstance(node, ast.Constant) and node not in within]
    return [node.value for node in constants if isinstance(node.value, str)]


def test_an_address_of_the_site_is_written_once() -> None:
    """In sections.py, or by the thing it leads to: a template and any other module reads it there."""
    own = (*(f"/{step}/" for step in TAKEN), NOT_FOUND_URL)
    written = {module_name(source) for source in SOURCES if any(start.startswith(own) for start in starts(source))}
    assert written == {"plugins.content.addresses.sections"}
    templates = sorted((PROJECT / "theme/templates").rglob("*.html"))
    assert len(templates) > 40
    typed = re.compile(r"""["']/(?:[a-z0-9-]+/)*(?:["'?#]|\{\{)""")
    found = {path.name: typed.findall(path.read_text(encoding="utf-8")) for path in templates}
    assert {name: urls for name, urls in found.items() if urls} == {}
