"""`preview`: finds a port, opens the browser, and keeps one process serving; another when the code has changed."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import webbrowser
from threading import Thread
from typing import TYPE_CHECKING

from plugins.engine import engine_of
from plugins.environment import ENDED_BY_CTRL_C
from plugins.preview.serving.agreement import AGAIN, HOST, TOKEN_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PATIENCE = 5.0


def preview(project: Path, port: int | str, *, open_browser: bool) -> int:
    """Serve the preview until Ctrl-C. Returns the exit code: 1 when it could not begin or could not go on."""
    try:
        port = int(port)
        free = find_port(port)
    except ValueError:
        print(f'Cổng phải là một số, không phải "{port}"; ví dụ --port 8080.', file=sys.stderr)
        return 1
    except (OSError, OverflowError):
        print(f"Không mở được cổng {port}: chọn cổng khác, ví dụ --port 8080.", file=sys.stderr)
        return 1
    if free != port:
        print(f"Cổng {port} đang bận, dùng cổng {free}.", flush=True)
    if open_browser:
        Thread(target=_open_when_ready, args=(free, f"http://{HOST}:{free}/"), daemon=True).start()
    environment = os.environ | {TOKEN_VARIABLE: secrets.token_urlsafe()}
    try:
        while (code := _serve_once(project.resolve(), free, environment)) == AGAIN:
            print("Mã của trang đã đổi, mở lại…", flush=True)
    except KeyboardInterrupt:
        # Pressed again.
        return 0
    return code


def find_port(port: int) -> int:
    """Return the port, or the next that is free; OSError when none is, OverflowError when there is no such port."""
    last = max(port, min(port + 100, 65535))
    for number in range(port, last):
        try:
            return _try_port(number)
        except OSError:
            continue
    return _try_port(last)


def _try_port(port: int) -> int:
    with socket.socket() as tried:
        if os.name != "nt":
            # As the server itself will: a port that was just left is free. On Windows it would be shared instead.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind((HOST, port))
        return int(tried.getsockname()[1])


def _serve_once(project: Path, port: int, environment: Mapping[str, str]) -> int:
    command = [sys.executable, "-X", "utf8", "-m", "plugins.preview.serving.process", str(project), str(port)]
    # The process ends by itself when this one has gone: then its input ends.
    process = subprocess.Popen(command, cwd=engine_of(project), stdin=subprocess.PIPE, env=environment)
    try:
        code = process.wait()
        # On Windows the process hears of Ctrl+C first, and may not be far enough to end by itself.
        is_ended = code in ENDED_BY_CTRL_C
    except KeyboardInterrupt:
        code, is_ended = 0, True
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
    if is_ended:
        print("\nĐã dừng xem thử.", flush=True)
    return 0 if is_ended else code


def _open_when_ready(port: int, address: str) -> None:
    for _ in range(600):
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            webbrowser.open(address)
            return
