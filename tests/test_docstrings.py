"""Docstrings of the functions and classes that another room calls: a promise in one sentence, then what types hide."""

from __future__ import annotations

import ast
import builtins
import re
from functools import cache
from typing import TYPE_CHECKING

from tests.test_structure import PROJECT, SOURCES, module_name, read_nodes, read_tree, room

if TYPE_CHECKING:
    from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef
UNIT = re.compile(r"\((?:cm|mm|points|pixels|seconds|ns)\)|\b(?:points|pixels|seconds|time\.monotonic\(\))")


@cache
def nodes_of() -> dict[str, list[ast.AST]]:
    """Return all nodes of the code of every module, by its name."""
    return {module_name(source): read_nodes(source) for source in SOURCES}


@cache
def trees() -> dict[str, ast.Module]:
    """Return the code of every module, by its name."""
    return {module_name(source): read_tree(source) for source in SOURCES}


def home(module: str) -> str:
    return room(module) or module


@cache
def imported() -> list[tuple[str, str, str]]:
    """Return each name that one room takes from another: who takes it, its module and the name."""
    callers = nodes_of() | {"tasks": read_nodes(PROJECT / "tasks.py")}
    return [taken for caller, nodes in callers.items() for taken in _taken(caller, nodes)]


def _taken(caller: str, nodes: list[ast.AST]) -> Iterator[tuple[str, str, str]]:
    attributes = [node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)]
    for node in nodes:
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            if whole in trees():
                names = {one.attr for one in attributes if one.value.id == (alias.asname or alias.name)}
                found = [(whole, name) for name in names]
            else:
                found = [(node.module, alias.name)]
            for module, name in found:
                if module in trees() and home(module) != home(caller) and not name.startswith("_"):
                    yield caller, module, name


@cache
def called() -> dict[tuple[str, str], Definition]:
    """Return the definitions that another room takes, by module and name."""
    taken = {(module, name) for _, module, name in imported()}
    return {
        (module, node.name): node
        for module, tree in trees().items()
        for node in tree.body
        if isinstance(node, Definition) and (module, node.name) in taken
    }


@cache
def commands() -> set[tuple[str, str]]:
    """Return the functions that a task calls, by module and name."""
    return {(module, name) for caller, module, name in imported() if caller == "tasks"}


def functions() -> Iterator[tuple[str, Function]]:
    """Yield those functions, and the public methods of those classes, each by its whole name; no property."""
    for (module, name), node in called().items():
        if isinstance(node, Function):
            yield f"{module}.{name}", node
        else:
            for method in node.body:
                decorators = {ast.unparse(one) for one in getattr(method, "decorator_list", ())}
                is_property = decorators & {"property", "cached_property"}
                if isinstance(method, Function) and not method.name.startswith("_") and not is_property:
                    yield f"{module}.{name}.{method.name}", method


def docstring(node: Definition) -> str:
    return " ".join((ast.get_docstring(node) or "").split())


def returned(node: Function) -> str:
    return ast.unparse(node.returns) if node.returns else ""


def raised(node: ast.AST, caught: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the classes that a function raises itself and does not catch; "" for an exception made elsewhere."""
    if isinstance(node, ast.Raise) and node.exc:
        made = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        name = made.id if isinstance(made, ast.Name) and made.id[0].isupper() else ""
        if name not in caught:
            yield name
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition | ast.Lambda):
            continue
        within = caught
        if isinstance(node, ast.Try) and child in node.body:
            handled = [part for one in node.handlers if one.type for part in ast.walk(one.type)]
            within |= {part.id for part in handled if isinstance(part, ast.Name)}
        yield from raised(child, within)


@cache
def exceptions() -> set[str]:
    """Return the names of exceptions: Python's own, and classes of ours made of one."""
    found = {name for name, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, BaseException)}
    classes = [node for nodes in nodes_of().values() for node in nodes if isinstance(node, ast.ClassDef)]
    for _ in range(3):
        found |= {one.name for one in classes if {ast.unparse(base) for base in one.bases} & found}
    return found


def test_many_are_called_from_another_room() -> None:
    assert len(called()) > 400
    assert len([*functions()]) > 450
    assert {("plugins.content.load", "load_content"), ("plugins.sources.problem", "Problem")} <= called().keys()
    assert ("plugins.site.build", "build") in commands()
    assert {"Invalid", "OSError", "FileExistsError"} <= exceptions()


def test_each_has_a_docstring_that_begins_with_one_sentence() -> None:
    """A method without arguments may be told by its name."""
    nodes: dict[str, Definition] = {f"{module}.{name}": node for (module, name), node in called().items()}
    nodes |= {name: one for name, one in functions() if len(one.args.args) > 1 or docstring(one)}
    firsts = {name: (ast.get_docstring(node) or "").partition("\n")[0] for name, node in nodes.items()}
    assert {name: first for name, first in firsts.items() if not first.endswith(".")} == {}
    assert {name: first for name, first in firsts.items() if re.search(r"[.!?] [A-Z]", first)} == {}


def test_a_function_that_may_return_none_says_when() -> None:
    none = re.compile(r"\| None$|^Optional")
    assert [name for name, node in functions() if none.search(returned(node)) and "None" not in docstring(node)] == []


def test_a_function_that_raises_names_the_exception() -> None:
    """One that is raised in its own body; `fails_with` catches those of a command."""
    silent = []
    for name, node in functions():
        if any(ast.unparse(one).startswith("fails_with") for one in node.decorator_list):
            continue
        told = {*re.findall(r"\w+", docstring(node))}
        silent += [
            (name, error) for error in {*raised(node)} if not told & (exceptions() if not error else {error, "Raise"})
        ]
    assert silent == []


def test_a_command_says_its_exit_code() -> None:
    found = {f"{module}.{name}": called().get((module, name)) for module, name in commands()}
    codes = {name: node for name, node in found.items() if isinstance(node, Function) and returned(node) == "int"}
    assert len(codes) > 20
    assert [name for name, node in codes.items() if "exit code" not in docstring(node)] == []


def test_a_mapping_says_its_keys_and_a_measure_its_unit() -> None:
    mapping = re.compile(r"^(dict|Mapping)\[|\| (dict|Mapping)\[")
    keys = re.compile(r"\bby\b|\{|\bkey")
    made = [(name, docstring(node)) for name, node in functions() if mapping.search(returned(node))]
    assert len(made) > 10
    assert [name for name, told in made if not keys.search(told)] == []
    measures = [
        (name, docstring(node))
        for name, node in functions()
        if any(one.annotation and ast.unparse(one.annotation) == "float" for one in node.args.args)
    ]
    assert len(measures) > 3
    assert [name for name, told in measures if not UNIT.search(told)] == []
