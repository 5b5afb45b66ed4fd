"""From a change on the disk to the open pages: watches, reads again, and says in the terminal what is wrong."""

from __future__ import annotations

import gc
import time
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from plugins.preview.live.site import LiveSite
from plugins.preview.serving.agreement import CODE, HOST
from plugins.preview.serving.rehearsal import rehearse
from plugins.preview.serving.server import open_server
from plugins.preview.serving.watching import watch_project
from plugins.sources.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

_MOST_SAID = 20
_LAST_ANSWERS = 0.05


def serve(project: Path, port: int) -> bool:
    """Serve until Ctrl-C, or until the code has changed: then True, for it takes a new process to run it."""
    site = LiveSite(project)
    site.expect_reading()
    server = open_server(site, port)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    said: tuple[str, ...] = ()
    is_begun = False
    try:
        for changed in watch_project(project, partial(_tell_of_polling, site, [])):
            if is_begun and (changed is None or any(is_code(path, project) for path in changed)):
                faults = [Problem(*fault) for fault in rehearse(project)]
                if not faults:
                    return True
                site.report_code(faults)
            if not is_begun:
                _read_all(site)
                is_begun = True
                # The first line, and true: whoever follows it gets an answer.
                print(f"Xem thử tại http://{HOST}:{port}/ (bấm Ctrl+C để dừng).", flush=True)
            elif changed is None:
                site.update(None)
            elif not all(is_code(path, project) for path in changed):
                site.show_changed(changed)
            said = _say(site, said)
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.server_close()
        # What is being answered is answered to its end.
        time.sleep(_LAST_ANSWERS)
    return False


def _tell_of_polling(site: LiveSite, before: list[str], sentence: str) -> None:
    """Show the sentence for as long as it holds, and print it once: one editor may tell and another not."""
    site.report_polling(sentence)
    if sentence and not before:
        before.append(sentence)
        print(f"{time.strftime('%H:%M:%S')} {sentence}", flush=True)


def is_code(path: Path, project: Path) -> bool:
    """Tell whether a path is of code, which only a new process would run."""
    return path.is_relative_to(project) and path.relative_to(project).as_posix().startswith(CODE)


def _read_all(site: LiveSite) -> None:
    # What is read now stays: no collection of garbage looks through it while it grows, nor ever again.
    gc.disable()
    site.open()
    gc.freeze()
    gc.enable()


def _say(site: LiveSite, before: tuple[str, ...]) -> tuple[str, ...]:
    """Print what is wrong and was not before. Returns all that is wrong."""
    now = tuple(dict.fromkeys(str(problem) for problem in site.problems))
    known = set(before)
    fresh = [line for line in now if line not in known]
    clock = time.strftime("%H:%M:%S")
    if fresh:
        more = (
            f"\n… và {len(fresh) - _MOST_SAID} dòng nữa, xem trang /_ban-bien-tap/" if len(fresh) > _MOST_SAID else ""
        )
        print(f"{clock}\n{chr(10).join(fresh[:_MOST_SAID])}{more}", flush=True)
    elif before and not now:
        print(f"{clock} Không còn lỗi nào.", flush=True)
    return now
