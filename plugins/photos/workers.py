"""Work on many pictures: in two processes if that pays, in one otherwise."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence

from plugins.progress import tell

# A functools.partial of a function of some module, which can be sent to another process.
Job = Callable[[], list[bytes]]

PROCESSES = 2
# Starting the processes takes as long as developing one photo.
_WORTH_A_POOL = 6


def run_jobs(jobs: Sequence[Job], label: str) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the number and the result of each job as it ends; raises whatever a job raises."""
    for done, (number, result) in enumerate(_results(jobs), 1):
        tell(label, done, len(jobs))
        yield number, result


def _results(jobs: Sequence[Job]) -> Iterator[tuple[int, list[bytes]]]:
    left = dict(enumerate(jobs))
    if len(jobs) >= _WORTH_A_POOL and (os.cpu_count() or 1) > 1:
        # Imported here, and below: most builds have few pictures to make, or none.
        from concurrent.futures.process import BrokenProcessPool

        try:
            for number, result in _pooled(jobs):
                del left[number]
                yield number, result
        except (BrokenProcessPool, ImportError, NotImplementedError, PermissionError):
            pass  # This machine allows no second process, or has killed one: finish here.
    for number, job in left.items():
        yield number, job()


def _pooled(jobs: Sequence[Job]) -> Iterator[tuple[int, list[bytes]]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    # “spawn” on every system: a fork of a process with threads may hang, and Windows knows nothing else.
    context = multiprocessing.get_context("spawn")
    # Ctrl+C reaches every process of the terminal; the one that started these ends them.
    ignoring = signal.SIGINT, signal.SIG_IGN
    pool = ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=signal.signal, initargs=ignoring)
    try:
        numbers = {pool.submit(job): number for number, job in enumerate(jobs)}
        for future in as_completed(numbers):
            yield numbers.pop(future), future.result()
    finally:
        pool.shutdown(cancel_futures=True)
