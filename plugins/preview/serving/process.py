"""The process that serves: `python -m plugins.preview.serving.process PROJECT PORT`.

With `--try` in place of a port it starts the code as it is now on the disk, and tells as JSON what is wrong with it.
All that may be broken is imported on call: this must be able to say so.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from threading import Thread

from plugins.preview.serving.agreement import AGAIN
from plugins.preview.serving.rehearsal import FIX, TRY, Fault


def main(project: Path, port: str) -> int:
    """Serve, or only try to. Returns the exit code."""
    if port == TRY:
        print(json.dumps(_try(project)))
        return 0
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        from plugins.preview.serving.loop import serve

        return AGAIN if serve(project, int(port)) else 0
    except KeyboardInterrupt:
        return 0
    except Exception as error:  # noqa: BLE001 - whatever it is, the editor reads one line and not a traceback
        path, line, what, fix = _explain(error, project)
        print(f"{path}:{line}: {what}; {fix}", file=sys.stderr)
        return 1


def _try(project: Path) -> list[Fault]:
    try:
        from plugins.preview.live.site import LiveSite
        from plugins.preview.serving import loop as serving

        site = LiveSite(project)
        site.update(None)
        site.get("/")
        faults = [problem for problem in site.problems if serving.is_code(project / problem.path, project)]
        return [(problem.path, problem.line, problem.message, problem.fix) for problem in faults]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return [_explain(error, project)]


def _explain(error: Exception, project: Path) -> Fault:
    if isinstance(error, SyntaxError):
        where, line, what = error.filename or "", error.lineno or 1, f"Mã của trang viết sai cú pháp ({error.msg})"
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename, project)]
        where, line = frames[-1].filename, frames[-1].lineno or 1
        what = " ".join(f"Mã của trang bị lỗi ({type(error).__name__}: {error})".split())
    path = Path(where)
    return (path.relative_to(project).as_posix() if path.is_relative_to(project) else where), line, what, FIX


def _is_ours(file: str, project: Path) -> bool:
    path = Path(file)
    return path == Path(__file__) or path.parent == project or path.is_relative_to(project / "plugins")


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    code = main(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.flush()
    # At once: to take ten thousand stories apart again would keep whoever pressed Ctrl+C waiting.
    os._exit(code)
