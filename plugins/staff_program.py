"""The command line of staff: help in Vietnamese, one line for whatever was mistyped, and tasks that take many words."""

import re
import runpy
import sys
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from invoke import Exit, ParseError, Program, Task
from invoke.parser import Argument

from plugins import hint, streams
from plugins.vietnamese import nearest

# invoke's message.
_UNKNOWN = re.compile(r"No idea what ['\"](.*)['\"] is!", re.DOTALL)
_HELP = ("--help", "-h")
_TASKS = Path(__file__).parents[1] / "tasks.py"


@cache
def read_tasks() -> dict[str, Task[Any]]:
    """Return the tasks of tasks.py by the name that is typed, in alphabetical order.

    They come from a run of its own: invoke 3.0.3 empties the `help` of tasks as it parses a command line. OSError
    without tasks.py.
    """
    names = runpy.run_path(str(_TASKS))
    tasks = {task.name.replace("_", "-"): task for task in names.values() if isinstance(task, Task)}
    return dict(sorted(tasks.items()))


class StaffProgram(Program):
    """invoke's program with help and error messages in Vietnamese."""

    def run(self, argv: Any = None, exit: bool = True) -> None:  # noqa: A002 - invoke's name
        """Run the command line; a reader that closes our output early, as `head` does, is no error."""
        streams.use_utf8()
        try:
            super().run(argv, exit)
        except BrokenPipeError:
            sys.exit(1)
        finally:
            streams.let_go()

    def normalize_argv(self, argv: Any) -> None:
        """Read `import --help` as a question about the command, not as the name of a Word file."""
        super().normalize_argv(argv)
        program, *words = self.argv
        asked = next((word for word in words if not word.startswith("-")), "")
        if asked and any(word in _HELP for word in words):
            self.argv = [program, "--help", asked]

    def parse_tasks(self) -> None:
        """Parse the command and its arguments; Exit with a message if they are wrong."""
        self._parse(super().parse_tasks)

    def parse_cleanup(self) -> None:
        """Print help and lists that were asked for; Exit with a message."""
        self._parse(super().parse_cleanup)

    def _parse(self, parse: Callable[[], None]) -> None:
        try:
            parse()
        except ParseError as error:
            raise Exit(self._explain(error), code=1) from None

    def print_help(self) -> None:
        """Print how to type commands, and all of them."""
        print(f"Cách gõ: {hint.command('<lệnh> [các mục của lệnh]')}")
        print(f"Xem các mục của một lệnh: {hint.command('--help <lệnh>')}\n")
        self.list_tasks()

    def list_tasks(self) -> None:
        """Print every command with its description."""
        print("Các lệnh:\n")
        self.print_columns([(name, self._describe(name)) for name in sorted(self.collection.task_names)])

    def print_task_help(self, name: str) -> None:
        """Print a command's description, how to type it, and its options."""
        context = self.parser.contexts[name]
        given = " ".join(f"<{_name(argument)}>" for argument in context.positional_args)
        print(f"Cách gõ: {hint.command(' '.join(filter(None, (name, given, '[các mục]'))))}\n")
        print(f"  {self._describe(name)}\n")
        if options := context.help_tuples():
            print("Các mục:")
            self.print_columns(options)

    def _describe(self, name: str) -> str:
        return (self.collection[name].__doc__ or "").strip()

    def _explain(self, error: ParseError) -> str:
        """Return the message for a mistyped command line."""
        context, unknown = error.context, _UNKNOWN.search(str(error))
        if context is None or context.name is None:
            typed = unknown[1] if unknown else ""
            near = nearest(typed, self.collection.task_names)
            meant = f'ý bạn là "{near}"? Xem' if near else "xem"
            return f'Không có lệnh "{typed}"; {meant} các lệnh: {hint.command("--list")}'
        name = context.name
        how = f"xem cách gõ: {hint.command(f'--help {name}')}"
        if unknown:
            near = nearest(unknown[1], [*context.flags, *self.collection.task_names, *_HELP])
            meant = f'ý bạn là "{near}"? Xem {how[4:]}' if near else how
            return f'Lệnh {name} không có mục "{unknown[1]}"; {meant}'
        if missing := context.missing_positional_args:
            named = ", ".join(f"{_name(one)} ({one.help})" if one.help else _name(one) for one in missing)
            return f"Lệnh {name} còn thiếu {named}; {how}"
        return f"Lệnh {name} có một mục chưa ghi giá trị; {how}"


def _name(argument: Argument) -> str:
    return str(argument.name or argument.attr_name)


class ManyWords(Task[Any]):
    """A task whose one list argument takes all words that are left: `import bai.docx anh1.jpg anh2.jpg`.

    invoke gives a task as many positional words as it has arguments, and takes the next word for another task.
    """

    def get_arguments(self, *args: Any, **kwargs: Any) -> list[Argument]:
        """Return the positional arguments, then the list, which stays incomplete until it has all words, then flags."""
        arguments = super().get_arguments(*args, **kwargs)
        many = next(argument for argument in arguments if argument.kind is list)
        others = [argument for argument in arguments if argument is not many]
        words = sys.argv[sys.argv.index(self.name) + 1 :] if self.name in sys.argv else []
        places = [argument for argument in others if argument.positional]
        flags = [argument for argument in others if not argument.positional]
        taking = {f"-{'-' * (len(name) > 1)}{name}" for flag in flags if flag.takes_value for name in flag.names}
        # Without values of flags, such as the year of “--year 2026”.
        given = sum(not word.startswith("-") and before not in taking for before, word in pairwise(["", *words]))
        return [*places, _Words(many, max(0, given - len(places))), *flags]


class _Words(Argument):
    def __init__(self, like: Argument, wanted: int) -> None:
        super().__init__(names=like.names, kind=list, help=like.help, positional=True)
        self._wanted = wanted
        self._words: list[str] = []

    @property
    def value(self) -> list[str] | None:
        """The words so far; None, as for any missing argument, until there are enough."""
        return None if len(self._words) < self._wanted else self._words

    @value.setter
    def value(self, word: str) -> None:
        self.raw_value = word
        self._words.append(word)
