"""`python -m tests.release.cuts 12 sftp`: cuts the line at so many points of a deploy, by each protocol, and goes on.

At each point every page at the target must have its files, and the next deploy must end with the whole release.
`test_deploy.py` has the short form.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.release import deploy as deploying
from tests.release.hosts import PROTOCOLS, Host, find_rclones, replaces_whole, serve
from tests.release.made_release import find_torn_files, make_files, make_release, read_folder
from tests.release.test_deploy import FOREIGN, broken, put_first_release

if TYPE_CHECKING:
    from collections.abc import Sequence


def cut_everywhere(rclone: str, protocol: str, points: int, folder: Path) -> list[str]:
    """Return the faults."""
    project = folder / "project"
    for number in (1, 2):
        make_release(project, number, make_files(number))
    with serve(protocol, folder / "host", os.environ.__setitem__) as host:
        put_first_release(project, host.root)
        host.line.mend()
        faults = _expect(project, host)
        whole = host.line.carried
    for number in range(1, points + 1):
        with serve(protocol, folder / f"host-{number}", os.environ.__setitem__) as host:
            put_first_release(project, host.root)
            host.line.cut_after(whole * number // (points + 1))
            refused = _deploy(project, host)
            where = f"{protocol}, {number}/{points + 1}"
            faults += [f"{where}: {line}" for line in broken(host.root)]
            if replaces_whole(rclone, protocol):
                faults += [
                    f"{where}: {path} dở dang" for path in find_torn_files(host.root, make_files(1), make_files(2))
                ]
            same = sum(make_files(2).get(path) == data for path, data in read_folder(host.root).items())
            print(f"{where}: {'đứt' if refused else 'xong'}, {same}/{len(make_files(2))} tệp đã mới", flush=True)
            host.line.mend()
            faults += [f"{where}: {line}" for line in _expect(project, host)]
    return faults


def _expect(project: Path, host: Host) -> list[str]:
    # Servers have troubles of their own: then a deploy goes on by itself.
    deploying.PAUSES = (0.5, 0.5)
    found = _deploy(project, host)
    deploying.PAUSES = ()
    wrong = [found] if found else []
    return wrong if read_folder(host.root) == make_files(2) | FOREIGN else [*wrong, "không phải bản mới"]


def _deploy(project: Path, host: Host) -> str:
    """Return why it was refused; empty when it was not."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
        code = deploying.deploy(project, host.target)
    return said.getvalue().strip() or f"mã {code}" if code else ""


def main(points: int, protocols: Sequence[str]) -> int:
    """Interrupt every deploy at so many points and print the faults. Returns the exit code."""
    deploying.PAUSES = ()
    faults = []
    for name, program in find_rclones().items():
        os.environ["PATH"] = f"{Path(program).parent}{os.pathsep}{os.environ['PATH']}"
        for protocol in protocols:
            print(f"rclone {name}", flush=True)
            with tempfile.TemporaryDirectory() as folder:
                found = cut_everywhere(name, protocol, points, Path(folder))
            print("\n".join(found) or "Không có gì sai.", flush=True)
            faults += found
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12, sys.argv[2:] or PROTOCOLS))
