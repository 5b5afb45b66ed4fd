"""Wine 10 from Debian 13, unpacked and not installed; that of older Debians cannot load our libraries.

With all its dependencies: without X libraries it starts one explorer.exe after another.
"""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.windows import limits
from tests.windows.report import Failed

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUITE = "trixie"
# libpython for `venv`, which the embeddable CPython lacks.
_PACKAGES = ("wine64", "libc-bin", "libpython3.13-stdlib")
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


def unpack_wine(folder: Path, root: Path) -> None:
    """Download Wine into `folder` and unpack it as a root file system. Raises Failed with the output of apt."""
    lists, cache, parts = folder / "lists", folder / "cache", folder / "parts"
    for made in (lists / "partial", cache / "archives/partial", parts, root):
        made.mkdir(parents=True, exist_ok=True)
    # An empty status file, so that apt downloads all dependencies.
    status = folder / "status"
    status.touch()
    source = f"Types: deb\nURIs: {_find_mirror()}\nSuites: {_SUITE}\nComponents: main\nSigned-By: {_KEYRING}\n"
    (parts / "debian.sources").write_text(source, encoding="utf-8")
    options = {
        "Dir::Etc::SourceList": os.devnull,
        "Dir::Etc::SourceParts": parts,
        "Dir::State::lists": lists,
        "Dir::State::status": status,
        "Dir::Cache": cache,
        "APT::Sandbox::User": "root",
        "APT::Architecture": "amd64",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "Debug::NoLocking": "1",
    }
    apt = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in options.items())]
    _run([*apt, "update"])
    _run([*apt, "install", "--yes", "--no-install-recommends", "--download-only", *_PACKAGES])
    archives = sorted((cache / "archives").glob("*.deb"), key=lambda file: -file.stat().st_size)
    # The links of a merged /usr.
    for name in ("bin", "lib", "lib64", "sbin"):
        (root / "usr" / name).mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(f"usr/{name}")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda deb: _run(["dpkg-deb", "--extract", str(deb), str(root)]), archives))
    for name in ("dev", "etc", "proc", "tmp"):
        (root / name).mkdir(exist_ok=True)
    _sign(root)


def _sign(root: Path) -> None:
    """Mark a library as Wine builtin, as Debian does when installing libwine; user32.dll does not load without it."""
    data = (root / "usr/x86_64-w64-mingw32/lib/zlib1.dll").read_bytes()
    signed = data[:64] + b"Wine builtin DLL".ljust(32, b"\0") + data[96:]
    (root / "usr/lib/x86_64-linux-gnu/wine/x86_64-windows/zlib1.dll").write_bytes(signed)


def _find_mirror() -> str:
    """Return the Debian mirror that this machine uses."""
    if not (mirror := next(_mirrors(), "")):
        raise Failed("apt has no source of Debian's here", "add one to /etc/apt/sources.list.d")
    return mirror


def _mirrors() -> Iterator[str]:
    apt = Path("/etc/apt")
    for file in (*sorted(apt.glob("sources.list.d/*")), apt / "sources.list"):
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        yield from re.findall(r"^(?:URIs:|deb(?: \[.*?\])?) *(\S*/debian)/?(?:\s|$)", text, re.MULTILINE)


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
            timeout=limits.DOWNLOAD,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(f"{command[0]} did not bring Wine from Debian: {error}") from error
    if done.returncode:
        raise Failed(f"{command[0]} did not bring Wine from Debian", done.stdout + done.stderr)
