"""Jobs are done once each, in other processes or in this one."""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest

from plugins.photos import workers
from plugins.photos.workers import run_jobs

pytestmark = pytest.mark.slow


def echo(text: str) -> list[bytes]:
    return [text.encode(), str(os.getpid()).encode()]


def fail(text: str) -> list[bytes]:
    raise OSError(0, "hỏng", text)


def die(code: int) -> list[bytes]:
    os._exit(code)


def numbered(count: int) -> list[partial[list[bytes]]]:
    return [partial(echo, str(number)) for number in range(count)]


def done(jobs: list[partial[list[bytes]]]) -> dict[int, list[bytes]]:
    results = list(run_jobs(jobs, "Đang thử"))
    assert len(results) == len(dict(results)) == len(jobs)
    return dict(results)


def test_a_few_jobs_are_done_here() -> None:
    assert done(numbered(2)) == {number: echo(str(number)) for number in range(2)}
    assert done([]) == {}


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="một bộ xử lý")
def test_many_jobs_are_done_by_two_others() -> None:
    results = done(numbered(20))
    assert [results[number][0] for number in range(20)] == [str(number).encode() for number in range(20)]
    processes = {result[1] for result in results.values()}
    assert str(os.getpid()).encode() not in processes
    assert len(processes) <= workers.PROCESSES


def test_where_no_second_process_may_start_this_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("không được mở tiến trình")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    assert {result[1] for result in done(numbered(20)).values()} == {str(os.getpid()).encode()}


def test_jobs_that_a_pool_did_not_finish_are_finished_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(jobs: list[partial[list[bytes]]]):
        for number in (3, 1):
            yield number, jobs[number]()
        raise BrokenProcessPool

    monkeypatch.setattr(workers, "_pooled", break_off)
    assert done(numbered(20)).keys() == set(range(20))


@pytest.mark.parametrize("count", [1, 20])
def test_the_error_of_a_job_is_raised_here(count: int) -> None:
    with pytest.raises(OSError, match="hỏng"):
        list(run_jobs([partial(fail, "a.jpg")] * count, "Đang thử"))


def test_whoever_waits_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int, int]] = []
    monkeypatch.setattr(workers, "tell", lambda *what: told.append(what))
    done(numbered(5))
    assert told == [("Đang thử", number, 5) for number in range(1, 6)]
