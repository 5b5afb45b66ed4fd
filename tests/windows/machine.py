"""The Windows machine: runs commands within limits, and leaves no process behind.

Wine has its own mount namespace, as the unpacked Debian is its root, and its own PID namespace, whose processes all end
with the first.
"""

from __future__ import annotations

import os
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from tests.windows import limits
from tests.windows.report import Failed

if TYPE_CHECKING:
    from collections.abc import Iterator

# Paths in the unpacked Debian.
_PREFIX = "/prefix"
_WINE = "/usr/lib/wine/wine64"
_FIRST = 'mount --rbind /dev "$1/dev" && mount -t proc proc "$1/proc" && echo ready && exec sleep "$2"'
_ENVIRONMENT = {
    "PATH": "/usr/bin",
    "HOME": "/tmp",  # noqa: S108 - of the unpacked Debian
    "XDG_RUNTIME_DIR": "/tmp",  # noqa: S108
    "LANG": "C.UTF-8",
    "TERM": "dumb",
    "TMP": r"C:\t",
    "TEMP": r"C:\t",
    "WINESERVER": "/usr/lib/wine/wineserver64",
    "WINEPREFIX": _PREFIX,
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d",
    "WINEPATH": r"C:\py",
    # pip installs only downloaded files, by hash.
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": r"C:\wheels",
}


_keepers: set[subprocess.Popen[str]] = set()


def end_all() -> None:
    """End every machine that runs, so that nothing waits for one any more."""
    for keeper in [*_keepers]:
        keeper.kill()


class Done(NamedTuple):
    """The exit code of a command, and its output."""

    code: int
    said: str


class Machine:
    """A running machine; `root` is the unpacked Debian with Wine."""

    def __init__(self, root: Path, first: int, *, as_user: bool) -> None:
        self.root = root
        self.drive = root / f"{_PREFIX.lstrip('/')}/drive_c"
        self._first = first
        own = ["--user", "--preserve-credentials"] if as_user else []
        self._enter = ["nsenter", f"--target={first}", "--mount", "--pid", *own]

    def run(self, command: list[str], folder: Path, seconds: float, **environment: str) -> Done:
        """Run a Windows command in a folder of the machine. Raises Failed when it takes more than `seconds`."""
        said = self.root.parent / f"said-{threading.get_ident()}.txt"
        with said.open("wb") as out:
            process = self.begin(command, folder, out, **environment)
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise Failed(f"{' '.join(command)} went on for {seconds:.0f} s", _read(said)) from None
        return Done(code, _read(said))

    def begin(self, command: list[str], folder: Path, out: BinaryIO, **environment: str) -> subprocess.Popen[bytes]:
        """Start a Windows command in a folder of the machine, with its output going to `out`."""
        inside = "/" / folder.relative_to(self.root)
        return subprocess.Popen(
            [*self._enter, "unshare", f"--root={self.root}", f"--wd={inside}", _WINE, *command],
            env=_ENVIRONMENT | environment,
            # With a pipe as standard input Python hangs at startup.
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )

    def count_processes(self) -> int:
        """Return the number of processes in the machine."""
        return sum(name.name.isdecimal() for name in Path(f"/proc/{self._first}/root{self.root}/proc").iterdir())


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


@contextmanager
def started(root: Path) -> Iterator[Machine]:
    """Start the machine and initialise Windows in it. Raises Failed when this system does not allow that."""
    as_user = os.geteuid() != 0
    spaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *(["--user", "--map-root-user"] * as_user)]
    try:
        keeper = subprocess.Popen(
            [*spaces, "sh", "-c", _FIRST, "sh", str(root), str(limits.MACHINE)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    except OSError as error:
        raise Failed(f"util-linux is missing: {error}") from error
    _keepers.add(keeper)
    assert keeper.stdout is not None
    assert keeper.stderr is not None
    if keeper.stdout.readline() != "ready\n":
        fix = "run as root, or let users have namespaces of their own"
        raise Failed(f"this system gives Wine no namespaces; {fix}", keeper.stderr.read())
    ended = threading.Event()
    try:
        first = int(Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children").read_text(encoding="ascii").split()[0])
        machine = Machine(root, first, as_user=as_user)
        threading.Thread(target=_watch, args=(machine, keeper, ended), daemon=True).start()
        _boot(machine)
        yield machine
    finally:
        ended.set()
        # Ends the first process of the namespace, and with it all others.
        keeper.kill()
        keeper.wait()
        _keepers.discard(keeper)


def _boot(machine: Machine) -> None:
    (machine.drive / "t").mkdir(parents=True, exist_ok=True)
    machine.run(["wineboot", "--init"], machine.root, limits.START)
    # No display.
    key = [r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null", "/f"]
    machine.run(["reg", "add", *key], machine.root, limits.START)
    says = machine.run(["python", "-c", "import sys; print(sys.platform)"], machine.root, limits.START)
    if says != (0, "win32\n"):
        raise Failed("Windows' Python does not start under Wine", says.said)


def _watch(machine: Machine, keeper: subprocess.Popen[str], ended: threading.Event) -> None:
    while not ended.wait(0.5):
        try:
            count = machine.count_processes()
        except OSError:
            return
        if count > limits.PROCESSES:
            print(f"Wine had {count} processes, more than {limits.PROCESSES}: ended.", flush=True)
            keeper.kill()
            return
