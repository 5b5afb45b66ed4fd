"""Work shared by processes has the results, and the errors, of work done alone."""

from __future__ import annotations

import os
import sys
import threading
import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from plugins import teamwork
from plugins.teamwork import Team

if TYPE_CHECKING:
    from pathlib import Path

FORKS = hasattr(os, "fork") and sys.platform != "darwin"
# pytest-xdist's own thread only waits; newer Pythons warn of any thread.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.* multi-threaded, use of fork:DeprecationWarning"),
]


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two other processes, on whatever machine."""
    monkeypatch.setattr(teamwork, "_count_helpers", lambda: 2 if FORKS else 0)


def processes(team: Team[Any, Any]) -> list[int]:
    found = [process for process, _ in team._others]
    assert len(found) == (2 if FORKS else 0)
    return found


def assert_ended(others: list[int]) -> None:
    """No such process is there, nor waits for anyone to ask how it ended."""
    for process in others:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 5_000])
def test_results_stand_in_the_order_of_the_pieces(three: None, count: int) -> None:
    assert Team(range(count), lambda number: (number, str(number))).start().finish() == [
        (number, str(number)) for number in range(count)
    ]


def test_a_shared_object_comes_back_as_itself(three: None) -> None:
    shared = [Fraction(1, 2), object()]
    found = Team(range(500), lambda number: (shared[number % 2], Fraction(1, 2)), shared=shared).start().finish()
    assert all(one is shared[number % 2] for number, (one, _) in enumerate(found))
    assert all(like == shared[0] and like is not shared[0] for _, like in found)


@pytest.mark.skipif(not FORKS, reason="no other process")
def test_another_process_takes_a_single_piece_that_is_worth_it(three: None) -> None:
    team = Team([None], lambda _: os.getpid(), fewest=1).start()
    time.sleep(0.2)
    assert team.finish() != [os.getpid()]


def test_it_is_done_without_ever_having_begun() -> None:
    assert Team(range(200), lambda number: number + 1).finish() == list(range(1, 201))


@pytest.mark.skipif(not FORKS, reason="no other process there")
def test_others_take_part(three: None, tmp_path: Path) -> None:
    def write(number: int) -> int:
        (tmp_path / f"{number}").write_text(str(number), encoding="utf-8")
        return os.getpid()

    team = Team(range(1_000), write).start()
    others = processes(team)
    doers = team.finish()
    assert len(list(tmp_path.iterdir())) == 1_000
    assert set(doers) <= {os.getpid(), *others}
    assert_ended(others)


@pytest.mark.skipif(not FORKS, reason="no other process there")
@pytest.mark.parametrize("fate", ["error", "killed", "result that cannot be sent"])
def test_a_piece_that_fails_in_a_worker_is_done_here(three: None, fate: str) -> None:
    here = os.getpid()

    def do(number: int) -> object:
        if os.getpid() != here:
            if fate == "error":
                raise ValueError(number)
            if fate == "killed":
                os.kill(os.getpid(), 9)
            return lambda: number
        return number

    assert Team(range(500), do).start().finish() == list(range(500))


def test_an_error_is_raised_here_and_no_worker_is_left(three: None) -> None:
    def refuse(number: int) -> int:
        if number == 123:
            raise KeyError(number)
        return number

    team = Team(range(500), refuse).start()
    others = processes(team)
    with pytest.raises(KeyError, match="123"):
        team.finish()
    assert_ended(others)


@pytest.mark.skipif(not FORKS, reason="no other process there")
def test_an_abandoned_team_stops_soon(three: None, tmp_path: Path) -> None:
    def write(number: int) -> None:
        time.sleep(0.01)
        (tmp_path / f"{number}").touch()

    others = processes(Team(range(2_000), write).start())
    teamwork.abandon_all()
    written = len(list(tmp_path.iterdir()))
    assert written < 500
    time.sleep(0.1)
    assert len(list(tmp_path.iterdir())) == written
    assert_ended(others)
    teamwork.abandon_all()


def test_no_worker_is_forked_while_a_thread_runs() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert teamwork._count_helpers() == 0
    finally:
        done.set()
        thread.join()
