"""Work that other processes take part in where the system can fork; elsewhere, and whenever one of them fails, this
one does all of it. Standard library only. Photos, each of which is worth the start of a process, have workers of their
own on every system: photos/workers.py.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from plugins import progress
from plugins.progress import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Piece = TypeVar("Piece")
Result = TypeVar("Result")

# More would wait for each other's disk and memory.
_MOST = 4
# Of the number of a share, by which it is claimed; one is never so large that the others would wait long for it.
_TOKEN = 4
_MOST_SHARES = 4_000
# Fewer are done before another process has begun.
_FEWEST = 100


class Team(Generic[Piece, Result]):
    """Does something with every piece: `start` lets other processes begin, `finish` takes part and gives the results.

    What another process does must show in its result alone, or on the disk. What fails there is done again here, so
    that its error is raised here.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        do: Callable[[Piece], Result],
        what: str = "",
        *,
        alone: bool = False,
        shared: Sequence[object] = (),
        fewest: int = 0,
    ) -> None:
        """`what` is said of it to whoever waits; `alone` lets nobody else take part, nor do pieces fewer than `fewest`.

        `shared` are the objects that a result may have in it and that are to be the very same, not their like.
        """
        self._pieces, self._do, self._what, self._alone, self._shared = pieces, do, what, alone, shared
        self._fewest = fewest
        size = max(1, len(pieces) // _MOST_SHARES, min(8, len(pieces) // 16))
        self._shares = [range(start, min(start + size, len(pieces))) for start in range(0, len(pieces), size)]
        self._claims = -1
        self._others: list[tuple[int, Any]] = []

    def start(self) -> Team[Piece, Result]:
        """Let other processes begin. Returns itself."""
        is_worth_it = not self._alone and len(self._pieces) >= (self._fewest or _FEWEST)
        if is_worth_it and (helpers := min(_count_helpers(), len(self._shares))):
            self._claims, tokens = os.pipe()
            os.write(tokens, b"".join(number.to_bytes(_TOKEN, "big") for number in range(len(self._shares))))
            os.close(tokens)
            self._others = [self._fork() for _ in range(helpers)]
            _at_work.add(self)
        return self

    def finish(self) -> list[Result]:
        """Do what nobody else does, and return the result of each piece in order."""
        done: dict[int, Result] = {}
        if self._others:
            try:
                done = self._work()
            finally:
                for results in self._end():
                    done |= results
        return [done[number] if number in done else self._do_here(number) for number in range(len(self._pieces))]

    def abandon(self) -> None:
        """Have the other processes stop after what they are at, and wait for that."""
        if self._others:
            while os.read(self._claims, _TOKEN):
                pass
            self._end()

    def _end(self) -> list[dict[int, Result]]:
        """Wait for the other processes. Returns what they have done; nothing of one that failed."""
        found: list[dict[int, Result]] = []
        for process, file in self._others:
            os.waitpid(process, 0)
            with file, suppress(EOFError, pickle.UnpicklingError):
                file.seek(0)
                found.append(_Unpickler(file, self._shared).load())
        os.close(self._claims)
        self._others = []
        _at_work.discard(self)
        return found

    def _work(self, parent: int = 0) -> dict[int, Result]:
        done: dict[int, Result] = {}
        # A read of a few bytes from a pipe is whole: nobody else gets the same share.
        while token := os.read(self._claims, _TOKEN):
            # Killed: nobody waits for this any more, and the next one may be at work in the same place.
            if parent and os.getppid() != parent:
                break
            share = self._shares[int.from_bytes(token, "big")]
            # Shares are claimed in order: whoever comes to this one knows that the others are at it or done.
            tell(self._what, share.start, len(self._pieces))
            for number in share:
                done[number] = self._do(self._pieces[number])
        return done

    def _do_here(self, number: int) -> Result:
        tell(self._what, number, len(self._pieces))
        return self._do(self._pieces[number])

    def _fork(self) -> tuple[int, Any]:
        # A file and not a pipe: nobody reads before the other process has ended.
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been read
        parent = os.getpid()
        process = os.fork()
        if process:
            return process, file
        try:
            progress.hide()
            _Pickler(file, self._shared).dump(self._work(parent))
            file.flush()
        finally:
            # No clean-up of the parent's, and not a word to its terminal.
            os._exit(0)


class _Pickler(pickle.Pickler):
    def __init__(self, file: Any, shared: Sequence[object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        numbers = {id(one): number for number, one in enumerate(shared)}

        def reduce(one: object) -> Any:
            return (_take_shared, (numbers[id(one)],)) if id(one) in numbers else one.__reduce_ex__(5)

        # By type, and not by `persistent_id`, which would be asked about every word and number.
        self.dispatch_table = dict.fromkeys(map(type, shared), reduce)


class _Unpickler(pickle.Unpickler):
    """Reads what this program wrote a moment ago."""

    def __init__(self, file: Any, shared: Sequence[object]) -> None:
        super().__init__(file)
        self._shared = shared

    def find_class(self, module: str, name: str) -> Any:
        return self._shared.__getitem__ if name == _take_shared.__name__ else super().find_class(module, name)


def _take_shared(number: int) -> object:
    """Stand in a pickle for one of the shared objects by its number."""
    raise NotImplementedError(number)


_at_work: set[Team[Any, Any]] = set()


def abandon_all() -> None:
    """Leave no process at work: what it writes would lie where nobody expects it any more."""
    for team in tuple(_at_work):
        team.abandon()


def _count_helpers() -> int:
    # What a thread holds at that moment would be held for ever in the other process; and on a Mac, so the system warns,
    # its own libraries may have threads.
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 0
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _MOST) - 1
