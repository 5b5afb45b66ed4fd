"""Work shared by processes has the results, and the errors, of work done alone."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from plugins import teamwork
from plugins.teamwork import Team

if TYPE_CHECKING:
    from pathlib import Path

FORKS = hasattr(os, "fork") and sys.platform != "darwin"


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two other processes, on whatever machine."""
    monkeypatch.setattr(teamwork, "_count_helpers", lambda: 2 if FORKS else 0)


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 5_000])
def test_results_stand_in_the_order_of_the_pieces(three: None, count: int) -> None:
    assert Team(range(count), lambda number: (number, str(number))).start().finish() == [
        (number, str(number)) for number in range(count)
    ]


def test_it_is_done_without_ever_having_begun() -> None:
    assert Team(range(200), lambda number: number + 1).finish() == list(range(1, 201))


@pytest.mark.skipif(not FORKS, reason="no other process there")
def test_others_take_part(three: None, tmp_path: Path) -> None:
    def write(number: int) -> int:
        (tmp_path / f"{number}").write_text(str(number), encoding="utf-8")
        return os.getpid()

    team = Team(range(1_000), write).start()
    doers = team.finish()
    assert len(list(tmp_path.iterdir())) == 1_000
    assert 1 <= len(set(doers)) <= 3
    # All of them have ended.
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.skipif(not FORKS, reason="no other process there")
@pytest.mark.parametrize("fate", ["error", "killed", "result that cannot be sent"])
def test_what_fails_elsewhere_is_done_here(three: None, fate: str) -> None:
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


def test_an_error_is_raised_here_and_nobody_is_left_behind(three: None) -> None:
    def refuse(number: int) -> int:
        if number == 123:
            raise KeyError(number)
        return number

    with pytest.raises(KeyError, match="123"):
        Team(range(500), refuse).start().finish()
    if FORKS:
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)


@pytest.mark.skipif(not FORKS, reason="no other process there")
def test_what_is_abandoned_stops_soon(three: None, tmp_path: Path) -> None:
    def write(number: int) -> None:
        time.sleep(0.01)
        (tmp_path / f"{number}").touch()

    Team(range(2_000), write).start()
    teamwork.abandon_all()
    written = len(list(tmp_path.iterdir()))
    assert written < 500
    time.sleep(0.1)
    assert len(list(tmp_path.iterdir())) == written
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    teamwork.abandon_all()


def test_nobody_is_asked_while_a_thread_runs() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert teamwork._count_helpers() == 0
    finally:
        done.set()
        thread.join()
