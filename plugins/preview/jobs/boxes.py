"""A command of the desk and its boxes: what stands on them, and how what is typed becomes words of a command line."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

from invoke import Task

from plugins.preview.jobs import option_values as values
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from plugins.content.content import Content

    # Each value that may be chosen, with how it is called.
    Choices = list[tuple[str, str]]
    Values = Mapping[str, str]


@dataclass(frozen=True)
class Option:
    """One box: the name that the command has for it, what stands above it, and how what is typed is read.

    `help` is the command's own where it is not given; `begins` fills the box, by the project. What is not told to the
    command is for the desk alone. A flag that `is_button` is a second button, which runs the command with it.
    """

    name: str
    label: str
    read: Callable[[str], str] = values.read_text
    help: str = ""
    required: bool = False
    is_flag: bool = False
    is_button: bool = False
    is_told: bool = True
    choices: Callable[[Path, Content | None], Choices] | None = None
    begins: Callable[[Path], str] | None = None

    @property
    def is_day(self) -> bool:
        return self.read is values.read_day


@dataclass(frozen=True)
class Command:
    """A command: its name in tasks.py, what it is called on the desk, and its boxes.

    `does` is said of it in place of what tasks.py says; `check` finds what is wrong with values that are sound one by
    one, by the name of a box. `button` is what stands on its button in place of its label.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    does: str = ""
    check: Callable[[Path, Values], dict[str, str]] = lambda _project, _values: {}
    button: str = ""

    @property
    def description(self) -> str:
        """One sentence of what it does."""
        return self.does or cleandoc(getattr(_task(self.name), "__doc__", None) or self.label).splitlines()[0]

    def help_of(self, option: Option) -> str:
        """Return what is said of a box."""
        return capitalize(option.help or getattr(_task(self.name), "help", {}).get(option.name, ""))


class Wrong(Exception):
    """What is wrong in which box, by its name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__()
        self.problems = problems


def read_arguments(command: Command, typed: Values, project: Path, content: Content | None) -> list[str]:
    """Return the words of the command line for what was typed; Wrong says what cannot be.

    A value is never a word of its own, so that none is taken for an option.
    """
    problems: dict[str, str] = {}
    read: dict[str, str] = {}
    for option in command.options:
        try:
            read[option.name] = _read(option, typed.get(option.name, "").strip(), project, content)
        except Invalid as invalid:
            problems[option.name] = f"{invalid.message}; {invalid.fix}"
    problems = problems or command.check(project, read)
    if problems:
        raise Wrong(problems)
    told = [option for option in command.options if option.is_told and read[option.name]]
    return [f"--{option.name}" if option.is_flag else f"--{option.name}={read[option.name]}" for option in told]


def _read(option: Option, typed: str, project: Path, content: Content | None) -> str:
    if not typed:
        if option.required:
            raise Invalid(f"Ô “{option.label}” còn trống", "điền rồi bấm lại")
        return ""
    if option.choices and typed not in {value for value, _ in option.choices(project, content)}:
        raise Invalid(f"Không có “{typed}” để chọn", "tải lại trang rồi chọn lại")
    return option.read(typed)


def _task(name: str) -> Task[Any] | None:
    """Return the task of tasks.py, where what is said of it stands and nowhere else; None while it has none."""
    try:
        # On call: it is the front door, and whoever edits it may break it.
        tasks = [task for task in vars(import_module("tasks")).values() if isinstance(task, Task)]
    except Exception:  # noqa: BLE001 - whatever it is, the page goes without the words
        return None
    return next((task for task in tasks if task.name.replace("_", "-") == name), None)
