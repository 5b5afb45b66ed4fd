"""Commands and their options as a form shows them, and typed values read as arguments of a command line."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Any

from invoke import Task

from plugins.content.content import Content
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.staff_program import read_tasks
from plugins.vietnamese import capitalize

# Values with their labels.
Choices = list[tuple[str, str]]
# By the name of an option.
Values = Mapping[str, str]
# Characters that Windows forbids in names, and names that would be hidden or taken for an option.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^[.-]|\.$')
# Characters of a file name: four bytes each fit in the 255 of most file systems, with some room.
_LONGEST = 80


def read_day(typed: str) -> str:
    """Return a day, typed day first, in ISO format."""
    return values.day(typed).isoformat()


def read_year(typed: str) -> str:
    """Return a year."""
    return str(values.year(typed))


def file_reader(suffix: str) -> Callable[[str], str]:
    """Return a reader of file names, which adds the suffix if it is left out and refuses folders."""

    def read(typed: str) -> str:
        name = typed if typed.lower().endswith(suffix) else f"{typed}{suffix}"
        if _FORBIDDEN.search(name):
            raise Invalid(f"“{typed}” không dùng làm tên tệp được", 'bỏ các dấu \\ / : * ? " < > | và dấu chấm đầu tên')
        if len(name) > _LONGEST:
            raise Invalid("Tên tệp dài quá", f"đặt tên không quá {_LONGEST - len(suffix)} chữ")
        return name

    return read


@dataclass(frozen=True)
class Option:
    """An option of a command as a box with a label; `read` turns the typed text into the option's value.

    `help` is by default that of the task; `begins` gives the initial value for a project. An option that is not
    `is_passed` is only checked here. A flag that `is_button` is a second button, which runs the command with it.
    """

    name: str
    label: str
    read: Callable[[str], str] = str
    help: str = ""
    required: bool = False
    is_flag: bool = False
    is_button: bool = False
    is_passed: bool = True
    choices: Callable[[Path, Content | None], Choices] | None = None
    begins: Callable[[Path], str] | None = None

    @property
    def is_day(self) -> bool:
        return self.read is read_day


@dataclass(frozen=True)
class Command:
    """A task of tasks.py as a form: its label and options.

    `does` replaces the task's description; `check` returns what is wrong with values that are sound one by one, by the
    name of an option. `button` replaces the label on its button.
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    does: str = ""
    check: Callable[[Path, Values], dict[str, str]] = lambda _project, _values: {}
    button: str = ""

    @property
    def description(self) -> str:
        """One or two sentences on its effect."""
        return self.does or cleandoc(getattr(_task(self.name), "__doc__", None) or self.label).splitlines()[0]

    def help_of(self, option: Option) -> str:
        """Return the help of an option."""
        return capitalize(option.help or getattr(_task(self.name), "help", {}).get(option.name, ""))


class WrongValues(Exception):
    """Typed values that cannot be used; `problems` are sentences by the name of an option."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__()
        self.problems = problems


def read_arguments(command: Command, typed: Values, project: Path, content: Content | None) -> list[str]:
    """Return the arguments of a command for the typed values; WrongValues if any cannot be used.

    A value is never an argument of its own, so that none can be taken for an option.
    """
    problems, read = dict[str, str](), dict[str, str]()
    for option in command.options:
        try:
            read[option.name] = _read(option, typed.get(option.name, "").strip(), project, content)
        except Invalid as invalid:
            problems[option.name] = f"{invalid.message}; {invalid.fix}"
    if problems := problems or command.check(project, read):
        raise WrongValues(problems)
    passed = [option for option in command.options if option.is_passed and read[option.name]]
    return [f"--{option.name}" if option.is_flag else f"--{option.name}={read[option.name]}" for option in passed]


def _read(option: Option, typed: str, project: Path, content: Content | None) -> str:
    if not typed and option.required:
        raise Invalid(f"Ô “{option.label}” còn trống", "điền rồi bấm lại")
    if not typed:
        return ""
    if option.choices and typed not in {value for value, _ in option.choices(project, content)}:
        raise Invalid(f"Không có “{typed}” để chọn", "tải lại trang rồi chọn lại")
    return option.read(typed)


def _task(name: str) -> Task[Any] | None:
    """Return a task of tasks.py, which has its description and help; None if it cannot be imported."""
    try:
        return read_tasks().get(name)
    except Exception:  # noqa: BLE001 - the page can do without the words
        return None
