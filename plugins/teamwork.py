"""A forking worker pool. Where the system cannot fork, and for work that a worker failed at, this process does it.

Standard library only. Photos, each worth the start of a process, have workers on every system: photos/workers.py.
"""

import os
import pickle
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar

from plugins import progress

Piece = TypeVar("Piece")
Result = TypeVar("Result")

# More processes would wait for disk and memory.
_MOST = 4
# Bytes of the number of a share, by which it is claimed; and shares at most, so that none keeps the others waiting.
_TOKEN = 4
_MOST_SHARES = 4_000
# Fewer pieces are done before another process has started.
_FEWEST = 100


class Team(Generic[Piece, Result]):
    """Calls `do` with every piece: `start` forks workers, `finish` takes part and returns the results.

    The effect of `do` must be its result, or on disk. A piece that fails in a worker is done again here, so that the
    error is raised here.
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
        """`what` labels the progress bar; `alone` disables workers, as do fewer pieces than `fewest`.

        `shared` are objects to which results may refer, and which are not copied.
        """
        self._pieces, self._do, self._what, self._shared = pieces, do, what, shared
        # _FEWEST is no default value, which would hold for builds of small projects in tests too.
        self._is_worth_it = not alone and len(pieces) >= (fewest or _FEWEST)
        size = max(1, len(pieces) // _MOST_SHARES, min(8, len(pieces) // 16))
        self._shares = [range(start, min(start + size, len(pieces))) for start in range(0, len(pieces), size)]
        self._claims = -1
        self._others: list[tuple[int, Any]] = []

    def start(self) -> "Team[Piece, Result]":
        """Fork the workers and return the team."""
        if self._is_worth_it and (helpers := min(_count_helpers(), len(self._shares))):
            self._claims, tokens = os.pipe()
            os.write(tokens, b"".join(number.to_bytes(_TOKEN, "big") for number in range(len(self._shares))))
            os.close(tokens)
            self._others = [self._fork() for _ in range(helpers)]
            _at_work.add(self)
        return self

    def finish(self) -> list[Result]:
        """Process the remaining pieces and return all results in order."""
        done: dict[int, Result] = {}
        if self._others:
            try:
                done = self._work()
            finally:
                done |= self._end()
        return [done[number] if number in done else self._do_here(number) for number in range(len(self._pieces))]

    def abandon(self) -> None:
        """Stop the workers after their current share, and wait for that."""
        if self._others:
            while os.read(self._claims, _TOKEN):
                pass
            self._end()

    def _end(self) -> dict[int, Result]:
        """Wait for the workers. Returns their results by number of the piece, without those of failed ones."""
        found: dict[int, Result] = {}
        for process, file in self._others:
            os.waitpid(process, 0)
            with file, suppress(EOFError, pickle.UnpicklingError):
                file.seek(0)
                found |= _Unpickler(file, self._shared).load()
        os.close(self._claims)
        self._others = []
        _at_work.discard(self)
        return found

    def _work(self, parent: int = 0) -> dict[int, Result]:
        done: dict[int, Result] = {}
        # Reading a few bytes from a pipe is atomic: no two processes get the same share.
        while token := os.read(self._claims, _TOKEN):
            # The parent was killed; another one may be at work in the same folder.
            if parent and os.getppid() != parent:
                break
            share = self._shares[int.from_bytes(token, "big")]
            # Shares are claimed in order: those before are done or in work.
            progress.tell(self._what, share.start, len(self._pieces))
            for number in share:
                done[number] = self._do(self._pieces[number])
        return done

    def _do_here(self, number: int) -> Result:
        progress.tell(self._what, number, len(self._pieces))
        return self._do(self._pieces[number])

    def _fork(self) -> tuple[int, Any]:
        # A file, not a pipe, which would fill up: it is read after the worker has ended.
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
            # Without the parent's exit handlers.
            os._exit(0)


class _Pickler(pickle.Pickler):
    def __init__(self, file: Any, shared: Sequence[object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        numbers = {id(one): number for number, one in enumerate(shared)}

        def reduce(one: object) -> Any:
            return (_take_shared, (numbers[id(one)],)) if id(one) in numbers else one.__reduce_ex__(5)

        # By type: `persistent_id` would be called for every string and number.
        self.dispatch_table = dict.fromkeys(map(type, shared), reduce)


class _Unpickler(pickle.Unpickler):
    """Reads the results of a worker."""

    def __init__(self, file: Any, shared: Sequence[object]) -> None:
        super().__init__(file)
        self._shared = shared

    def find_class(self, module: str, name: str) -> Any:
        return self._shared.__getitem__ if name == _take_shared.__name__ else super().find_class(module, name)


def _take_shared(number: int) -> object:
    """Stand for a shared object in a pickle."""
    raise NotImplementedError(number)


_at_work: set[Team[Any, Any]] = set()


def abandon_all() -> None:
    """Stop all teams, before the folders that they write to are deleted."""
    for team in tuple(_at_work):
        team.abandon()


def _count_helpers() -> int:
    # A lock that another thread holds during the fork stays locked in the child; macOS libraries may have threads too.
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 0
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, _MOST) - 1
