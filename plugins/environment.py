"""From a bare Python to a prepared one: makes .venv, installs the pinned requirements, and runs the task in it.

Standard library only: this is what runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

# `test` needs what developers need; everything else runs with what staff install.
_DEVELOPER_TASKS = {"test", "bench", "audit", "audit-dependencies"}
_MINIMUM = (3, 11)


def enter(tasks_file: Path, arguments: list[str]) -> None:
    """Make sure of the environment, then run `tasks_file` in it and exit with its code; return when already in it."""
    if sys.version_info < _MINIMUM:
        sys.exit("Cần Python 3.11 trở lên; hãy cài bản mới từ python.org rồi chạy lại.")
    project = tasks_file.parent
    developer = bool(_DEVELOPER_TASKS.intersection(arguments))
    try:
        python = prepare(project, developer=developer)
    except KeyboardInterrupt:
        sys.exit("Đã dừng. Chạy lại lệnh để cài tiếp.")
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"Chưa chuẩn bị được môi trường .venv ({error}).\nKiểm tra mạng và chỗ trống trên đĩa rồi chạy lại.")
    if Path(sys.prefix).resolve() == (project / ".venv").resolve():
        return
    environment = os.environ | {"PYTHONUTF8": "1"}
    try:
        done = subprocess.run([python, tasks_file, *arguments], check=False, env=environment)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(done.returncode)


def prepare(project: Path, *, developer: bool = False) -> Path:
    """Return the Python of .venv, with the pinned requirements installed; does nothing when they already are."""
    folder = project / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # The developers' list holds the staff's too.
    lists = ["requirements-dev.txt"] if developer else ["requirements.txt", "requirements-dev.txt"]
    wanted = project / lists[0]
    for name in lists:
        stamp = _stamp(folder, name)
        if stamp.is_file() and stamp.read_text("utf-8") == _key(project / name):
            return python
    if not _works(python):
        print("Lần đầu chạy: đang tạo môi trường .venv…", flush=True)
        try:
            venv.create(folder, with_pip=True, clear=True, symlinks=os.name != "nt")
        except subprocess.CalledProcessError:
            sys.exit("Python này thiếu phần venv/pip; trên Debian, Ubuntu: cài gói python3-venv rồi chạy lại.")
    print(f"Đang cài các thư viện trong {wanted.name}…", flush=True)
    install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    subprocess.run([*install, "--requirement", wanted], check=True)
    _stamp(folder, wanted.name).write_text(_key(wanted), encoding="utf-8")
    return python


def _stamp(folder: Path, name: str) -> Path:
    return folder / f".{name}.installed"


def _key(requirements: Path) -> str:
    """Name this very list and this very Python: either changing means installing again."""
    return f"{sys.version_info[:2]} {hashlib.sha256(requirements.read_bytes()).hexdigest()}\n"


def _works(python: Path) -> bool:
    """Tell whether .venv can be kept: a half-made or moved one cannot."""
    try:
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
