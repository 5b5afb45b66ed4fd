"""`python -m tests.release.cuts 12`: cuts the line at so many points of a deploy, by every protocol, and goes on.

At each point every page at the target must have what it needs, and the next deploy must end with the very release.
`test_deploy.py` has the short form.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from plugins.release import deploy as deploying
from tests.release.hosts import PROTOCOLS, Host, find_rclones, serve
from tests.release.made_release import make_files, make_release, read_folder
from tests.release.test_deploy import FOREIGN, broken, put_first_release


def cut_everywhere(protocol: str, points: int, folder: Path) -> list[str]:
    """Return what went wrong."""
    project = folder / "project"
    for number in (1, 2):
        make_release(project, number, make_files(number))
    with serve(protocol, folder / "host", os.environ.__setitem__) as host:
        put_first_release(project, host.root)
        host.line.mend()
        faults = _expect(project, host, 0)
        whole = host.line.carried
    for number in range(1, points + 1):
        with serve(protocol, folder / f"host-{number}", os.environ.__setitem__) as host:
            put_first_release(project, host.root)
            host.line.cut_after(whole * number // (points + 1))
            code = _deploy(project, host)
            where = f"{protocol}, {number}/{points + 1}"
            faults += [f"{where}: {line}" for line in broken(host.root)]
            same = sum(make_files(2).get(path) == data for path, data in read_folder(host.root).items())
            print(f"{where}: mã {code}, {same}/{len(make_files(2))} tệp đã mới", flush=True)
            host.line.mend()
            faults += [f"{where}: {line}" for line in _expect(project, host, 0)]
    return faults


def _expect(project: Path, host: Host, code: int) -> list[str]:
    found = _deploy(project, host)
    wrong = [] if found == code else [f"mã {found}"]
    return wrong if read_folder(host.root) == make_files(2) | FOREIGN else [*wrong, "không phải bản mới"]


def _deploy(project: Path, host: Host) -> int:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return deploying.deploy(project, host.target)


def main(points: int) -> int:
    deploying.PAUSES = ()
    faults = []
    for name, program in find_rclones().items():
        os.environ["PATH"] = f"{Path(program).parent}{os.pathsep}{os.environ['PATH']}"
        for protocol in PROTOCOLS:
            print(f"rclone {name}")
            with tempfile.TemporaryDirectory() as folder:
                faults += cut_everywhere(protocol, points, Path(folder))
    print("\n".join(faults) or "Không có gì sai.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12))
