"""The bundle on Windows, as a writer uses it: unpacked, double-clicked, a story saved, built, updated; with times.

CI calls `check(begin, folder)` with Wine. By hand: `python -m tests.windows.bundle RUNNER FOLDER`, where RUNNER is a
program that runs a Windows command in the current folder.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from plugins.engine import BUNDLE
from plugins.sources.packing import BEST, write_package
from plugins.windows.contents import BROUGHT, KEPT, USED
from plugins.windows.making import collect_engine, lay_out
from tests.windows.libraries import find_lacking

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
# Megabytes of the zip, and seconds per command.
MOST, LONGEST = 60, 120
PORT = 8471
_NOTHING: dict[str, str] = {}


# Starts a Windows command in a folder, with its output going into a file.
Begin = Callable[[list[str], Path, BinaryIO], "subprocess.Popen[bytes]"]


class Desk:
    """A Windows on which a bundle is unpacked in `top`."""

    def __init__(self, begin: Begin, top: Path) -> None:
        self._begin, self.top, self._log = begin, top, top.parent / "said.txt"

    def run(self, *words: str) -> str:
        """Run a command. Returns its output; AssertionError for any exit code but 0."""
        with self._log.open("wb") as out:
            code = self._begin(["cmd", "/c", *words], self.top, out).wait(LONGEST)
        assert code == 0, f"{words}: {code}\n{self._said}"
        return self._said

    @property
    def _said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def used(self) -> str:
        """The name of the engine that the next start runs."""
        return (self.top / BUNDLE / USED).read_text(encoding="ascii").strip()

    def open(self) -> tuple[str, str]:
        """Start the desk as a double click does, without a browser. Returns its address and the token of its pages."""
        with self._log.open("wb") as out:
            words = ["cmd", "/c", "xem-thu.cmd", "--no-open", "--port", str(PORT)]
            self._open = self._begin(words, self.top, out)
        last = time.monotonic() + LONGEST
        while not (found := re.search(r"http://[\d.:]+", self._said)):
            assert self._open.poll() is None, self._said
            assert time.monotonic() < last, self._said
            time.sleep(0.1)
        page = ask(f"{found[0]}/_ban-bien-tap/").decode()
        token = re.search(r'data-token="([^"]+)"', page)
        assert token, page[-500:]
        return found[0], token[1]

    def close(self) -> None:
        """End the programs of the bundle, and no others."""
        for process in _processes(f"{BUNDLE}\\"):
            os.kill(process, signal.SIGKILL)
        self._open.wait(LONGEST)


def _processes(words: str) -> Iterator[int]:
    """Yield the IDs of a bundle's processes: under Wine each Windows process is one of Linux."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                line = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if words in line and "python.exe" in line:
                yield int(entry.name)


def ask(address: str, body: object = None, token: str = "") -> bytes:
    """Send a request to the desk as its own pages do. Returns the body of the response."""
    data = None if body is None else json.dumps(body).encode()
    origin = "/".join(address.split("/")[:3])
    headers = {"X-Xem-Thu": token, "Origin": origin, "Content-Type": "application/json"} if token else _NOTHING
    asked = urllib.request.Request(address, data, headers)  # noqa: S310 - only ever our own server
    with urllib.request.urlopen(asked, timeout=LONGEST) as answer:  # noqa: S310
        return bytes(answer.read())


def make_zips(folder: Path) -> tuple[Path, Path]:
    """Write the bundle, and a later one that differs in README.md."""
    engine = collect_engine(PROJECT)
    made = []
    for number, guide in enumerate((engine["README.md"], b"# Sau\n"), 1):
        file = folder / f"bo-{number}.zip"
        with file.open("wb") as out:
            write_package(out, sorted(lay_out(engine | {"README.md": guide})[1].items()), BEST)
        made.append(file)
    return made[0], made[1]


def write_story(address: str, token: str, top: Path) -> Path:
    """Create a story through the form and save it. Returns its file."""
    path = json.loads(ask(f"{address}/_xem-thu/sua/bai-moi", {"title": "Đắk D’rông làm đường"}, token))["path"]
    form = ask(f"{address}/_xem-thu/sua?tep={path}").decode()
    version = re.search(r'data-version="(\w+)"', form)
    assert version
    typed: dict[str, Any] = {"path": path, "version": version[1], "values": {"title": ["Cư K’nia làm đường"]}}
    answer = json.loads(ask(f"{address}/_xem-thu/sua/luu", typed | {"body": "Bà con góp công."}, token))
    assert answer["version"] != version[1]
    file = top / path
    assert "Tiêu đề: Cư K’nia làm đường" in file.read_text(encoding="utf-8")
    return file


def run_job(address: str, token: str) -> None:
    """Run a command through the desk, and wait for its end."""
    ask(f"{address}/_ban-bien-tap/viec/chay", {"command": "check", "values": {}}, token)
    last = time.monotonic() + LONGEST
    while (told := json.loads(ask(f"{address}/_ban-bien-tap/viec/tin")))["state"] == "running":
        assert time.monotonic() < last
        time.sleep(0.2)
    assert told["state"] == "done", told


def check(begin: Begin, folder: Path, say: Callable[[str], object] = print) -> None:
    """Go through everything in an empty folder. `say` gets a line per step; AssertionError for any failure."""
    begun = time.monotonic()

    def tell(what: str) -> None:
        nonlocal begun
        say(f"{time.monotonic() - begun:5.1f} s  {what}")
        begun = time.monotonic()

    first, later = make_zips(folder)
    size = first.stat().st_size / 1e6
    assert size <= MOST
    tell(f"two bundles made, {size:.0f} MB")
    top = folder / "Dân vận khéo (Đắk D’rông)"
    with zipfile.ZipFile(first) as bundle:
        bundle.extractall(top)
    desk = Desk(begin, top)
    (engine,) = (entry for entry in (top / BUNDLE).iterdir() if entry.is_dir())
    assert not (lacking := find_lacking(engine)), lacking
    assert not (top / "content").exists()
    tell("unpacked; every library finds its libraries")
    address, token = desk.open()
    try:
        assert ask(address)
        tell("double-clicked: the desk answers")
        story = write_story(address, token, top)
        tell("a story begun and saved by the form")
        run_job(address, token)
        tell("a command run by its button")
    finally:
        desk.close()
    desk.run(f"{BUNDLE}\\lenh.cmd", "build")
    assert (top / "output/index.html").is_file()
    said = desk.run(f"{BUNDLE}\\lenh.cmd", "build")
    assert said.startswith("Không có gì thay đổi"), said
    tell("built, and built again with nothing to do")
    content = digest_files(top / "content")
    (engine / "pelicanconf.py").write_bytes((engine / "pelicanconf.py").read_bytes() + b"# tay\n")
    later.rename(top / later.name)
    said = desk.run("cap-nhat.cmd")
    assert "Đã cập nhật" in said, said
    assert desk.used != engine.name
    assert (top / BUNDLE / BROUGHT).read_text(encoding="ascii").strip() == desk.used
    assert (top / KEPT / engine.name / "pelicanconf.py").read_bytes().endswith(b"# tay\n")
    tell("updated from the later one; what was changed by hand is kept aside")
    said = desk.run(f"{BUNDLE}\\lenh.cmd", "build")
    assert "Đã dựng xong" in said, said
    assert digest_files(top / "content") == content
    assert story.is_file()
    assert sorted(entry.name for entry in (top / BUNDLE).iterdir() if entry.is_dir()) == [desk.used]
    tell("the new one builds; content/ is as it was, the old one gone")


def digest_files(folder: Path) -> dict[str, str]:
    """Return the hash of every file of a folder by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    check(
        lambda words, folder, out: subprocess.Popen(
            [sys.argv[1], *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        ),
        Path(sys.argv[2]),
    )
