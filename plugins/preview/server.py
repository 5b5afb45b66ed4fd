"""`preview`: serves the site while it is being written, and builds it again at every change."""

from __future__ import annotations

import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, watch

from plugins.preview import rebuild
from plugins.preview.pages import HOST, open_server

if TYPE_CHECKING:
    from collections.abc import Iterator

WATCHED = ("content", "theme", "plugins", "pelicanconf.py")


def serve(project: Path, port: int, *, open_browser: bool) -> int:
    """Serve the preview until Ctrl-C. Returns the exit code: 1 when it could not begin or could not go on."""
    said = ""
    try:
        server = open_server(project / rebuild.OUTPUT, port, lambda: said)
    except (OSError, OverflowError):
        print(f"Không mở được cổng {port}: chọn cổng khác, ví dụ --port 8080.", file=sys.stderr)
        return 1
    if server.server_port != port:
        print(f"Cổng {port} đang bận, dùng cổng {server.server_port}.")
    address = f"http://{HOST}:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Đang dựng trang để xem thử tại {address} (bấm Ctrl+C để dừng)…", flush=True)
    try:
        for changed in watch_project(project):
            if changed:
                print(f"\n{time.strftime('%H:%M:%S')} Có thay đổi, đang dựng lại…", flush=True)
            said = rebuild.run(project)
            print(said, flush=True)
            if open_browser and not changed:
                webbrowser.open(address)
    except KeyboardInterrupt:
        print("\nĐã dừng xem thử.")
    except OSError as error:
        print(f"Không theo dõi được thay đổi ({error}): chạy lại lệnh này.", file=sys.stderr)
        return 1
    finally:
        server.shutdown()
        server.server_close()
    return 0


def watch_project(project: Path) -> Iterator[bool]:
    """Yield False at once, when the watch has begun, and then True after every change, until interrupted."""
    changed = False
    while True:
        roots = _existing(project)
        begun = False
        try:
            for changes in watch(*roots, yield_on_timeout=True, rust_timeout=100):
                # A file that was replaced, or a folder that was removed, is watched no more: begin again.
                lost = any(kind is Change.deleted and Path(path) in roots for kind, path in changes)
                if lost or _existing(project) != roots:
                    break
                if changes or not begun:
                    yield changed
                    begun = changed = True
        except FileNotFoundError:
            continue


def _existing(project: Path) -> list[Path]:
    return [path for name in WATCHED if (path := project / name).exists()]
