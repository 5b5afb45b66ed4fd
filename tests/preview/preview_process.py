"""The preview as its user runs it: a process of its own, asked over HTTP, ended with Ctrl-C.

Where the system can fork, it is a fork of one that has the libraries loaded, unless it is to be `alone`.
"""

from __future__ import annotations

import http.client
import json
import signal
import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.site import checkout, forked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.site.forked import Process

PATIENCE = 60.0
# Background jobs of a shell ignore Ctrl+C by default.
_SCRIPT = """\
import signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
from plugins.preview.command import preview
sys.exit(preview(Path(sys.argv[1]), int(sys.argv[2]), open_browser=False))
"""


class Answer:
    """A response as a browser got it."""

    def __init__(self, port: int, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        connection.close()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def read_state(port: int, address: str) -> dict[str, Any]:
    """Return the first event of an open page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", f"/_xem-thu/su-kien?trang={quote(address)}")
        response = connection.getresponse()
        assert response.headers["Content-Type"] == "text/event-stream"
        while not (line := response.readline().decode("utf-8")).startswith("data: "):
            if not line:
                raise EOFError
        state: dict[str, Any] = json.loads(line.removeprefix("data: "))
        return state
    finally:
        connection.close()


class Previewing:
    """A running preview."""

    def __init__(self, project: Path, port: int, process: Process) -> None:
        self.project, self.port, self.process = project, port, process
        # Seconds from the command to the first page.
        self.first_page = 0.0

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, address: str) -> Answer:
        return Answer(self.port, quote(address))

    def wait(self, address: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the state of a page once it is as wanted."""
        deadline = time.monotonic() + PATIENCE
        state: dict[str, Any] = {}
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "lệnh xem thử đã dừng"
            try:
                state = read_state(self.port, address)
                if holds(state):
                    return state
            except (OSError, http.client.HTTPException, EOFError):
                pass  # Not there yet.
            time.sleep(0.02)
        pytest.fail(f"chờ mãi mà {address} vẫn là {state}")

    def wait_for_problem(self, address: str, line: str) -> None:
        self.wait(address, lambda state: any(said(problem).startswith(line) for problem in state["problems"]))

    def wait_until_sound(self, address: str) -> None:
        self.wait(address, lambda state: not state["errors"])

    def stop(self) -> tuple[str, str]:
        """Press Ctrl+C. Return stdout and stderr."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=PATIENCE)
        return out.decode("utf-8"), err.decode("utf-8")


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Killable:
    """A preview that can be killed, as by a crash, and started again on the same port."""

    def __init__(self, project: Path) -> None:
        self.project, self.port = project, free_port()
        self.start()

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def start(self) -> None:
        """Start it with a new token. Returns once it answers."""
        self.process = _start(self.project, self.port)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                Answer(self.port, "/_ban-bien-tap/")
            except OSError:
                assert self.is_running, "lệnh xem thử đã dừng"
                assert time.monotonic() < deadline, "chờ mãi mà lệnh xem thử chưa trả lời"
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.wait(PATIENCE)


def _start(project: Path, port: int, *, alone: bool = False) -> Process:
    wanted = forked.Wanted(project, _SCRIPT, (str(project), str(port)))
    return forked.start_alone(wanted) if alone else forked.start(wanted)


def said(problem: dict[str, Any]) -> str:
    return f"{problem['path']}:{problem['line']}: {problem['message']}; {problem['fix']}"


@contextmanager
def previewing(project: Path, port: int = 0, *, alone: bool = False) -> Iterator[Previewing]:
    """Run `preview` in a project until the block ends; at a port that is free, unless one is given."""
    if not port:
        port = free_port()
    begun = time.perf_counter()
    process = _start(project, port, alone=alone)
    try:
        running = Previewing(project, port, process)
        running.wait("/", lambda _: running.get("/").status > 0)
        running.first_page = time.perf_counter() - begun
        yield running
    finally:
        process.kill()
        process.communicate()


@contextmanager
def previewing_content(folder: Path, *, alone: bool = False) -> Iterator[Previewing]:
    """Run the preview of the shipped content and the extra stories, copied into a folder of its own."""
    project = checkout.copy_project(folder)
    checkout.add_stories(project)
    with previewing(project, alone=alone) as running:
        yield running
