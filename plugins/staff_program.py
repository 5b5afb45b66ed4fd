"""The commands as staff type them: help in Vietnamese, and one line for whatever was mistyped."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from invoke import Exit, ParseError, Program

from plugins import hint, streams
from plugins.vietnamese import nearest

if TYPE_CHECKING:
    from invoke.parser import Argument

# What invoke says, in English.
_UNKNOWN = re.compile(r"No idea what ['\"](.*)['\"] is!", re.DOTALL)
_HELP = ("--help", "-h")


class StaffProgram(Program):
    """Runs a command that was typed right, and says in Vietnamese what of another was not."""

    def run(self, argv: Any = None, exit: bool = True) -> None:  # noqa: A002 - invoke's name
        """Run the command line. A reader that closes our output early, as `head` does, is no error."""
        streams.use_utf8()
        try:
            super().run(argv, exit)
        except OSError as error:
            if not streams.is_closed(error):
                raise
            sys.exit(1)
        finally:
            streams.let_go()

    def normalize_argv(self, argv: Any) -> None:
        """Take `import --help` for a wish to read, not for the name of a Word file."""
        super().normalize_argv(argv)
        program, *words = self.argv
        asked = next((word for word in words if not word.startswith("-")), "")
        if asked and any(word in _HELP for word in words):
            self.argv = [program, "--help", asked]

    def parse_tasks(self) -> None:
        """Find the command that is meant and what it is given; Exit with a sentence when that is not understood."""
        try:
            super().parse_tasks()
        except ParseError as error:
            raise Exit(self._explain(error), code=1) from None

    def parse_cleanup(self) -> None:
        """Show help, lists and so on; Exit with a sentence where there is nothing to show."""
        try:
            super().parse_cleanup()
        except ParseError as error:
            raise Exit(self._explain(error), code=1) from None

    def print_help(self) -> None:
        """Say how a command is typed, and which there are."""
        print(f"Cách gõ: {hint.command('<lệnh> [các mục của lệnh]')}")
        print(f"Xem các mục của một lệnh: {hint.command('--help <lệnh>')}\n")
        self.list_tasks()

    def list_tasks(self) -> None:
        """Name every command, and say what it does."""
        print("Các lệnh:\n")
        self.print_columns([(name, self._describe(name)) for name in sorted(self.collection.task_names)])

    def print_task_help(self, name: str) -> None:
        """Say what a command does, how it is typed, and what it may be given."""
        context = self.parser.contexts[name]
        given = " ".join(f"<{_name(argument)}>" for argument in context.positional_args)
        print(f"Cách gõ: {hint.command(' '.join(filter(None, (name, given, '[các mục]'))))}\n")
        print(f"  {self._describe(name)}\n")
        options = context.help_tuples()
        if options:
            print("Các mục:")
            self.print_columns(options)

    def _describe(self, name: str) -> str:
        return (self.collection[name].__doc__ or "").strip()

    def _explain(self, error: ParseError) -> str:
        """Return in one line what was mistyped, and what to do."""
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
