"""The process that runs one command for the desk: `python -m plugins.preview.jobs.runner PROJECT FOLDER COMMAND…`.

It stands between the preview and the command, so that the command outlives a preview that is restarted or ended: the
lines go to a file, never into a pipe that nobody reads any more. All that it has to say lies in the folder.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from plugins.job_status import FOLDER_VARIABLE
from plugins.preview.serving.agreement import NO_WINDOW, TOKEN_VARIABLE
from plugins.release.store import Busy, locked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

LINES, CRASH, STOP, RESULT = "cac-dong.txt", "loi.txt", "dung", "ket-qua.json"
# Beside the folders of all jobs: held for as long as one of them runs.
LOCK = ".lock"
# Nobody reads more in a browser; what comes after is not kept, and the command goes on.
MOST_CHARACTERS = 1_000_000
_LOOK = 0.1
# Seconds that a command has to end by itself when it is asked to; and to have its last lines read.
_PATIENCE = 3.0
_TRACES = ("Traceback (most recent call last):", "During handling of the above", "The above exception was the direct")


def main(project: Path, folder: Path, command: list[str]) -> None:
    """Run the command to its end, and leave its exit code."""
    # A handler, unlike “ignore”, is not handed on: the command can be asked to stop.
    signal.signal(signal.SIGINT, lambda *_: None)
    code = 1
    with (folder / LINES).open("w", encoding="utf-8", newline="\n", buffering=1) as out, ExitStack() as held:
        try:
            _take(folder.parent / LOCK, held)
            code = _run(project, folder, command, out)
        except Busy:
            out.write("Đang có một việc khác chạy; chờ việc ấy xong rồi bấm lại.\n")
        except OSError as error:
            out.write(f"Không chạy được lệnh ({error.strerror}); bấm lại, vẫn thế thì báo người phụ trách kỹ thuật.\n")
        (folder / RESULT).write_text(json.dumps({"code": code, "ended": time.time()}), encoding="utf-8")


def _take(lock: Path, held: ExitStack) -> None:
    """Take a lock, which somebody who only looks whether it is held has for a moment. Raises Busy."""
    for _ in range(20):
        with suppress(Busy):
            held.enter_context(locked(lock))
            return
        time.sleep(_LOOK / 2)
    raise Busy


def _run(project: Path, folder: Path, command: list[str], out: TextIO) -> int:
    environment = {name: value for name, value in os.environ.items() if name != TOKEN_VARIABLE}
    environment |= {"PYTHONUTF8": "1", FOLDER_VARIABLE: str(folder)}
    process = subprocess.Popen(
        command,
        cwd=project,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        # A group of its own, to be ended with all that it has started.
        start_new_session=True,
        creationflags=NO_WINDOW,
    )
    stopping = Event()
    reader = Thread(target=_write_lines, args=(process.stdout or (), folder, out, stopping), daemon=True)
    reader.start()
    while True:
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(_LOOK)
            break
        if not stopping.is_set() and (folder / STOP).exists():
            stopping.set()
            _stop(process)
    reader.join(_PATIENCE)
    return code


def _stop(process: subprocess.Popen[str]) -> None:
    """End a command and all that it has started: asked first, so that it tidies up."""
    if sys.platform == "win32":
        # A process without a window cannot be asked.
        tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, check=False, capture_output=True, creationflags=NO_WINDOW)
        return
    process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _write_lines(lines: Iterable[str], folder: Path, out: TextIO, stopping: Event) -> None:
    """Write what staff may read of what a command says as it comes; what is for an engineer goes aside."""
    written, is_trace = 0, False
    for line in lines:
        if line.startswith(_TRACES):
            if not (is_trace or (folder / CRASH).exists() or stopping.is_set()):
                where = f"{folder.parent.parent.name}/{folder.parent.name}/{folder.name}/{CRASH}"
                out.write(f"Chương trình gặp lỗi ngoài dự kiến; gửi tệp {where} cho người phụ trách kỹ thuật.\n")
            is_trace = True
        if is_trace:
            with (folder / CRASH).open("a", encoding="utf-8", newline="\n") as aside:
                aside.write(line)
            # Its last line, which says what happened, is the first that is not indented.
            is_trace = line.startswith((" ", *_TRACES)) or not line.strip()
        elif written < MOST_CHARACTERS:
            written += len(line)
            out.write(line if written < MOST_CHARACTERS else "… còn nhiều dòng nữa, không kể ở đây.\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
