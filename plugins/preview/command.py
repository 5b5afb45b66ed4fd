"""`preview`: serve the site and the staff pages on this machine, following changes of files, until Ctrl+C."""

import gc
import sys
import time
import webbrowser
from functools import partial
from pathlib import Path
from threading import Thread

from plugins.preview.live.site import LiveSite
from plugins.preview.serving.server import HOST, Server
from plugins.preview.serving.watching import watch_project

_MOST_LINES = 20
# Seconds for responses in flight.
_GRACE = 0.05


def preview(project: Path, port: int | str, *, open_browser: bool) -> int:
    """Serve the preview until Ctrl+C and return the exit code: 1 if no port could be opened."""
    site = LiveSite(project.resolve())
    site.expect_reading()
    try:
        port = int(port)
        server = open_server(site, port)
    except ValueError:
        print(f'Cổng phải là một số, không phải "{port}"; ví dụ --port 8080.', file=sys.stderr)
        return 1
    except (OSError, OverflowError):
        print(f"Không mở được cổng {port}: chọn cổng khác, ví dụ --port 8080.", file=sys.stderr)
        return 1
    if server.server_port != port:
        print(f"Cổng {port} đang bận, dùng cổng {server.server_port}.", flush=True)
    address = f"http://{HOST}:{server.server_port}/"
    if open_browser:
        # Before the content is read: the first request waits for it while the browser starts.
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        _follow(site, address)
    except KeyboardInterrupt:
        print("\nĐã dừng xem thử.", flush=True)
    finally:
        server.shutdown()
        server.server_close()
        time.sleep(_GRACE)
    return 0


def open_server(site: LiveSite, port: int) -> Server:
    """Return a server on a port or the next free of a hundred; OSError if none is, OverflowError for no such port."""
    last = max(port, min(port + 100, 65535))
    for number in range(port, last):
        try:
            return Server(site, number)
        except OSError:
            continue
    return Server(site, last)


def _follow(site: LiveSite, address: str) -> None:
    """Read the content and follow its changes until KeyboardInterrupt, printing problems as they come."""
    printed: tuple[str, ...] = ()
    is_begun = False
    for changed in watch_project(site.project, partial(_report_polling, site, [])):
        if is_begun:
            site.show_changed(changed)
        else:
            is_begun = True
            # The content read now stays in memory, so that the garbage collector need never look through it.
            gc.disable()
            site.open()
            gc.freeze()
            gc.enable()
            # Printed once it is true: a reader who follows the address gets a page.
            print(f"Xem thử tại {address} (bấm Ctrl+C để dừng).", flush=True)
        printed = _print_problems(site, printed)


def _report_polling(site: LiveSite, printed: list[str], sentence: str) -> None:
    """Show the sentence while it holds, and print it once: only some editors' changes may go unreported."""
    site.report_polling(sentence)
    if sentence and not printed:
        printed.append(sentence)
        print(f"{time.strftime('%H:%M:%S')} {sentence}", flush=True)


def _print_problems(site: LiveSite, before: tuple[str, ...]) -> tuple[str, ...]:
    """Print the problems that were not there before. Returns all problems."""
    now = tuple(dict.fromkeys(map(str, site.problems)))
    known = set(before)
    fresh = [line for line in now if line not in known]
    clock = time.strftime("%H:%M:%S")
    if fresh:
        more = len(fresh) - _MOST_LINES
        print(clock, *fresh[:_MOST_LINES], sep="\n", flush=True)
        if more > 0:
            print(f"… và {more} dòng nữa, xem trang /_ban-bien-tap/", flush=True)
    elif before and not now:
        print(f"{clock} Không còn lỗi nào.", flush=True)
    return now
