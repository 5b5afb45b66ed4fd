"""Create .venv, install the pinned requirements, run a task in it. Standard library only: nothing is installed yet."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins import machine, streams

if TYPE_CHECKING:
    from collections.abc import Sequence

# Tasks that need requirements-dev.txt.
_DEVELOPER_TASKS = {"test", "bench", "audit", "audit-dependencies"}
# Tasks that need tests/, which an office's copy of the program lacks.
_TASKS_OF_TESTS = {"test", "bench", "audit"}
# Exit codes after Ctrl+C: the shell's, the signal's, and STATUS_CONTROL_C_EXIT, unsigned and signed.
_INTERRUPTED = 130
ENDED_BY_CTRL_C = (_INTERRUPTED, -signal.SIGINT, 0xC000013A, 0xC000013A - 0x1_0000_0000)
# Seconds for a task to clean up after Ctrl+C, unless it is pressed again.
_PATIENCE = 5.0


class UnsupportedMachine(Exception):
    """Nothing can be installed on this machine; the message, in Vietnamese, says why."""


def enter(tasks_file: Path, arguments: list[str]) -> None:
    """Prepare the environment, run `tasks_file` in it and exit with its code; return if already in it."""
    streams.use_utf8()
    if old := machine.find_old_python():
        sys.exit(old)
    project = tasks_file.parent
    if not (project / "tests").is_dir() and (missing := _TASKS_OF_TESTS.intersection(arguments[:1])):
        sys.exit(f"Lệnh {missing.pop()} chỉ có ở bản đầy đủ của dự án, không có trong bản chép cho từng cơ quan.")
    developer = bool(_DEVELOPER_TASKS.intersection(arguments))
    try:
        python = prepare(project, developer=developer)
    except UnsupportedMachine as unfit:
        sys.exit(str(unfit))
    except KeyboardInterrupt:
        sys.exit("Đã dừng. Chạy lại lệnh để cài tiếp.")
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"Chưa chuẩn bị được môi trường .venv ({error}).\nKiểm tra mạng và chỗ trống trên đĩa rồi chạy lại.")
    if Path(sys.prefix).resolve() == (project / ".venv").resolve():
        return
    sys.exit(run_task([python, tasks_file], arguments))


def run_task(tasks: Sequence[str | Path], arguments: Sequence[str]) -> int:
    """Return the exit code of `tasks` (Python, options, tasks.py) with arguments; Ctrl+C is 130, 0 for `preview`."""
    code = _run([*tasks, *arguments])
    if code in ENDED_BY_CTRL_C:
        code = 0 if "preview" in arguments else _INTERRUPTED
    return code


def _run(command: Sequence[str | Path]) -> int:
    """Run a command and return its exit code. After Ctrl+C, which reaches it too, it has _PATIENCE seconds to end."""
    main, timers = threading.main_thread().ident, list[threading.Timer]()

    def hear(*_: Any) -> None:
        if timers:
            raise KeyboardInterrupt
        timers.append(threading.Timer(_PATIENCE, _interrupt, (main,)))
        timers[0].daemon = True
        timers[0].start()

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, hear)
    try:
        return subprocess.run(command, check=False, env=dict(os.environ)).returncode
    except KeyboardInterrupt:
        return _INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)
        for timer in timers:
            timer.cancel()


def _interrupt(thread: int) -> None:
    # On Windows the child shares the console and has received the event.
    if sys.platform != "win32":
        signal.pthread_kill(thread, signal.SIGINT)


def prepare(project: Path, *, developer: bool = False) -> Path:
    """Return the Python of .venv, after installing the pinned requirements where needed. Raises UnsupportedMachine."""
    folder = project / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # The developers' list holds the staff's too.
    lists = ["requirements-dev.txt"] if developer else ["requirements.txt", "requirements-dev.txt"]
    wanted = project / lists[0]
    for name in lists:
        stamp = _stamp(folder, name)
        if stamp.is_file() and stamp.read_text("utf-8") == _key(project / name):
            return python
    if obstacle := machine.find_obstacle(project):
        raise UnsupportedMachine(obstacle)
    if not _works(python):
        _say("Lần đầu chạy: đang tạo môi trường .venv…")
        # Imported late: the Python of the Windows bundle lacks it.
        import venv

        try:
            venv.create(folder, with_pip=True, clear=True, symlinks=os.name != "nt")
        except subprocess.CalledProcessError:
            is_packaged = sys.platform == "linux"
            how = "trên Debian, Ubuntu: cài gói python3-venv" if is_packaged else "cài lại Python từ python.org"
            sys.exit(f"Python này thiếu phần venv/pip; {how} rồi chạy lại.")
    _say(f"Đang cài các thư viện trong {wanted.name}…")
    install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    subprocess.run([*install, "--requirement", wanted], check=True)
    _stamp(folder, wanted.name).write_text(_key(wanted), encoding="utf-8")
    return python


def _say(line: str) -> None:
    try:
        print(line, flush=True)
    except OSError:
        # The reader has closed its end.
        streams.let_go()


def _stamp(folder: Path, name: str) -> Path:
    return folder / f".{name}.installed"


def _key(requirements: Path) -> str:
    """Return a key of a list and this Python: a change of either means installing again."""
    return f"{sys.version_info[:2]} {hashlib.sha256(requirements.read_bytes()).hexdigest()}\n"


def _works(python: Path) -> bool:
    """Tell whether .venv can be used: a half-made or moved one cannot."""
    try:
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
