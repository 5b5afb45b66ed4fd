"""Hosts to deploy to, on this machine: rclone's own servers, and a line to them that can be cut."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

USER, PASSWORD, BUCKET = "mattran", "mat-khau-thu-nghiem", "trang"
PROTOCOLS = ("sftp", "webdav", "s3", "ftp")
# FTP opens a connection for each file, at an address that it tells the client: only the first goes through the proxy.
_FTP_PORTS = 24


def find_rclones() -> dict[str, str]:
    """Return the rclones to test with: the one of the requirements, and Debian's, which is older."""
    beside = shutil.which("rclone", path=str(Path(sys.executable).parent))
    system = shutil.which("rclone", path="/usr/bin:/usr/local/bin")
    return {name: program for name, program in (("new", beside), ("debian", system)) if program}


def need_rclone(name: str) -> str:
    """Return one of them; without it the test is skipped, and in CI failed."""
    program = find_rclones().get(name)
    if program is None:
        told = pytest.fail if os.environ.get("CI") else pytest.skip
        told("không có rclone: cài gói rclone và các thư viện trong requirements-dev.txt")
    return program


def replaces_whole(rclone: str, protocol: str) -> bool:
    """Tell whether a file that replaces another is seen whole or not at all; over WebDAV that is up to the server."""
    return protocol == "s3" or (rclone == "new" and protocol != "webdav")


class Line:
    """A TCP line to a port of this machine. After `cut_after` bytes, both ways together, it is dead until mended."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._lock = Lock()
        self._left: int | None = None
        self._open: set[socket.socket] = set()
        self.carried = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int) -> None:
        self.carried, self._left = 0, count

    def mend(self) -> None:
        self.carried, self._left = 0, None

    def close(self) -> None:
        self._server.close()
        self._drop()

    @property
    def _dead(self) -> bool:
        return self._left is not None and self._left <= 0

    def _drop(self) -> None:
        for end in list(self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            if self._dead:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._to))
            for end in (near, far):
                # Or each short message of SFTP would wait 40 ms for the one before it to be acknowledged.
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open |= {near, far}
            for ends in ((near, far), (far, near)):
                Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                with self._lock:
                    if self._dead:
                        break
                    if self._left is not None:
                        data = data[: self._left]
                        self._left -= len(data)
                    self.carried += len(data)
                sink.sendall(data)
                if self._dead:
                    self._drop()
            sink.shutdown(socket.SHUT_WR)


@dataclass
class Host:
    """A host that is being served: its target for rclone, the folder that readers see, and the connections to it."""

    target: str
    root: Path
    line: Line


@contextmanager
def serve(protocol: str, folder: Path, set_variable: Callable[[str, str], None]) -> Iterator[Host]:
    """Serve a folder by one of PROTOCOLS; `set_variable` tells rclone in the environment where it is, and to hurry."""
    program = need_rclone("new")
    root = folder / (f"kho/{BUCKET}" if protocol == "s3" else "kho")
    root.mkdir(parents=True)
    port = _free_port()
    login = ["--auth-key", f"{USER},{PASSWORD}"] if protocol == "s3" else ["--user", USER, "--pass", PASSWORD]
    passive = ["--passive-port", f"{port + 1}-{port + _FTP_PORTS}"] if protocol == "ftp" else []
    command = [program, "serve", protocol, str(folder / "kho"), "--addr", f"127.0.0.1:{port}", *login, *passive]
    config = folder / "rclone.conf"
    line = None
    process = subprocess.Popen(
        [*command, "--config", str(config), "--cache-dir", _keys().name],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        line = Line(port)
        config.write_text(_render_config(program, protocol, line.port), encoding="utf-8")
        variables = {"CONFIG": str(config), "RETRIES": "1", "RETRIES_SLEEP": "0s", "LOW_LEVEL_RETRIES": "1"}
        # rclone waits 0.1 s before each connection of SFTP, one a checker, and 10 ms before each request of WebDAV.
        variables |= {"CHECKERS": "1", "WEBDAV_PACER_MIN_SLEEP": "0s"}
        for name, value in (variables | {"CONTIMEOUT": "10s", "TIMEOUT": "10s"}).items():
            set_variable(f"RCLONE_{name}", value)
        # Debian's rclone takes no other certificates for object stores, and here there are none to take.
        set_variable("AWS_CA_BUNDLE", "")
        yield Host(f"may-chu:{BUCKET}" if protocol == "s3" else "may-chu:", root, line)
    finally:
        if line:
            line.close()
        process.terminate()
        process.wait()


@cache
def _keys() -> tempfile.TemporaryDirectory[str]:
    # Where SFTP keeps the keys of a host, once it has made them.
    return tempfile.TemporaryDirectory(prefix="dan-van-kheo-")


def _render_config(program: str, protocol: str, port: int) -> str:
    obscured = _obscure(program)
    at = {
        "sftp": f"host = 127.0.0.1\nport = {port}\nuser = {USER}\npass = {obscured}\n",
        "ftp": f"host = 127.0.0.1\nport = {port}\nuser = {USER}\npass = {obscured}\n",
        "webdav": f"url = http://127.0.0.1:{port}\nvendor = other\nuser = {USER}\npass = {obscured}\n",
        "s3": f"provider = Other\nendpoint = http://127.0.0.1:{port}\naccess_key_id = {USER}\n"
        f"secret_access_key = {PASSWORD}\nforce_path_style = true\n",
    }
    return f"[may-chu]\ntype = {protocol}\n{at[protocol]}"


@cache
def _obscure(program: str) -> str:
    done = subprocess.run([program, "obscure", PASSWORD], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.02)
    pytest.fail("rclone không chịu phục vụ")
