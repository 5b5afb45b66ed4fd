"""The process that runs one command for the preview: `python -m plugins.preview.jobs.runner PROJECT FOLDER COMMAND…`.

It lets the command outlive the preview: output goes to a file in FOLDER, as a pipe would break when the preview ends.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TextIO

from plugins.job_status import FOLDER_VARIABLE
from plugins.release.store import Busy, locked

LINES, CRASH, STOP, RESULT = "cac-dong.txt", "loi.txt", "dung", "ket-qua.json"
# Beside the folders of all jobs; held while one of them runs.
LOCK = ".lock"
# Further output is dropped: more than anyone reads in a browser.
MOST_CHARACTERS = 1_000_000
# Seconds between looks for a request to stop.
_TICK = 0.1
# Seconds that a command has to end after SIGINT, and for its last lines to be read.
_PATIENCE = 3.0
# Keeps Windows from opening a console window; no flag elsewhere.
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_TRACES = ("Traceback (most recent call last):", "During handling of the above", "The above exception was the direct")


def main(project: Path, folder: Path, command: list[str]) -> None:
    """Run the command to its end and write its exit code."""
    # A handler, as the command would inherit SIG_IGN and could not be stopped.
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
    """Take a lock, trying for a second, as a look at whether it is held takes it too; Busy if it stays held."""
    for _ in range(20):
        with suppress(Busy):
            held.enter_context(locked(lock))
            return
        time.sleep(_TICK / 2)
    raise Busy


def _run(project: Path, folder: Path, command: list[str], out: TextIO) -> int:
    process = subprocess.Popen(
        command,
        cwd=project,
        env=os.environ | {"PYTHONUTF8": "1", FOLDER_VARIABLE: str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        # A process group, which can be ended as a whole.
        start_new_session=True,
        creationflags=NO_WINDOW,
    )
    stopping = Event()
    reader = Thread(target=_write_lines, args=(process.stdout or (), folder, out, stopping), daemon=True)
    reader.start()
    while True:
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(_TICK)
            break
        if not stopping.is_set() and (folder / STOP).exists():
            stopping.set()
            _stop(process)
    reader.join(_PATIENCE)
    return code


def _stop(process: subprocess.Popen[str]) -> None:
    """End a command with its child processes, by SIGINT first, so that it can tidy up."""
    if sys.platform == "win32":
        # A process without a console gets no Ctrl+C.
        tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, check=False, capture_output=True, creationflags=NO_WINDOW)
        return
    process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _write_lines(lines: Iterable[str], folder: Path, out: TextIO, stopping: Event) -> None:
    """Write the lines of a command as they come, its tracebacks into a file for engineers instead."""
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
            # The last line of a traceback is the first without indentation.
            is_trace = line.startswith((" ", *_TRACES)) or not line.strip()
        elif written < MOST_CHARACTERS:
            written += len(line)
            out.write(line if written < MOST_CHARACTERS else "… còn nhiều dòng nữa, không kể ở đây.\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
