"""A task that takes any number of words after those it must have: `import bai.docx anh1.jpg anh2.jpg`, `deploy`.

invoke gives a task as many positional words as it has arguments and takes the next one for another task.
"""

from __future__ import annotations

import sys
from typing import Any

from invoke import Task
from invoke.parser import Argument


class TrailingFiles(Task[Any]):
    """A task whose one list among its arguments gets every word of the command line that is left and is no flag."""

    def get_arguments(self, *args: Any, **kwargs: Any) -> list[Argument]:
        """Return the arguments, with the list still missing words until it has all of them, after the other words."""
        arguments = super().get_arguments(*args, **kwargs)
        files = next(argument for argument in arguments if argument.kind is list)
        others = [argument for argument in arguments if argument is not files]
        words = sys.argv[sys.argv.index(self.name) + 1 :] if self.name in sys.argv else []
        places = [argument for argument in others if argument.positional]
        flags = [argument for argument in others if not argument.positional]
        taking = {f"-{'-' * (len(name) > 1)}{name}" for flag in flags if flag.takes_value for name in flag.names}
        # Not the year of “--year 2026”, which is a flag's own.
        given = sum(
            not word.startswith("-") and before not in taking for before, word in zip(["", *words], words, strict=False)
        )
        return [*places, _Files(files, max(0, given - len(places))), *flags]


class _Files(Argument):
    def __init__(self, like: Argument, wanted: int) -> None:
        super().__init__(names=like.names, kind=list, help=like.help, positional=True)
        self._wanted = wanted
        self._words: list[str] = []

    @property
    def value(self) -> list[str] | None:
        """The words so far; None, as of any argument that is still missing, while there are more to come."""
        return None if len(self._words) < self._wanted else self._words

    @value.setter
    def value(self, word: str) -> None:
        self.raw_value = word
        self._words.append(word)
