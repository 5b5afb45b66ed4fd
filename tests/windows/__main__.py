"""`python -m tests.windows [FOLDER]`: set up a Windows machine under Wine, run the program on it, and time each step.

With FOLDER the machine is kept for the next run. On Debian it unpacks Wine 10 (of Debian 13, without installing
it), the embeddable CPython and the pinned wheels for Windows, by hash. In `Dân vận khéo\\trang` it runs a fresh
clone for the first time, builds twice, publishes, reports, compares every byte with a run on Linux, and runs the
tests that need neither browser nor server, while the bundle goes through its own check. A test that only POSIX can
pass is skipped with a reason.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from plugins.windows.downloads import fetch_python, fetch_wheels
from tests.windows import checks, pins, python, wine
from tests.windows.bundle import PROJECT
from tests.windows.machine import Machine, end_all, started
from tests.windows.report import Report

# Environment variable for CI without Wine; documented in plugins/README.md.
SKIP = "WITHOUT_WINDOWS"


def main(arguments: list[str]) -> int:
    """Run everything. Returns the exit code: 1 when anything fails or cannot be run."""
    if os.environ.get(SKIP):
        print(f"Windows: not tried, since {SKIP} is set.")
        return 0
    # So that the machine ends with this process.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if arguments:
        return _run(Path(arguments[0]).resolve())
    with tempfile.TemporaryDirectory(prefix="windows-", ignore_cleanup_errors=True) as folder:
        return _run(Path(folder))


def _end(*_: object) -> None:
    # Steps run in threads, which wait for programs in the machine.
    end_all()
    sys.exit(1)


def _run(folder: Path) -> int:
    report = Report()
    root = folder / "root"
    linux = checks.Linux(folder / "linux")
    for made in (linux.project, root / "prefix/drive_c/nha"):
        shutil.rmtree(made, ignore_errors=True)
    with ThreadPoolExecutor() as pool:
        making = pool.submit(_make_linux, linux)
        with report.step(f"Wine, Windows' Python and the pinned wheels are here ({SKIP}=1 does without)"):
            if not (folder / "ready").is_file():
                _set_up(folder, root)
        with report.step("built, published and reported on Linux"):
            making.result()
    if report.is_sound:
        with ExitStack() as running:
            with report.step("Windows starts"):
                machine = running.enter_context(started(root))
            if report.is_sound:
                _try(machine, linux.project, report)
    return report.end()


def _make_linux(linux: checks.Linux) -> None:
    checks.clone(PROJECT, linux.project)
    linux.make()


def _set_up(folder: Path, root: Path) -> None:
    """Download and assemble the machine."""
    drive = root / "prefix/drive_c"
    with ThreadPoolExecutor() as pool:
        unpacking = pool.submit(wine.unpack_wine, folder / "apt", root)
        downloads = folder / "downloads"
        embedded = pool.submit(fetch_python, pins.PYTHON, downloads / "python")
        wheels = pool.submit(fetch_wheels, pins.read_staff_pins(PROJECT), drive / "wheels", pins.PYTHON)
        tests = pool.submit(fetch_wheels, pins.read_test_pins(PROJECT), downloads / "tests", pins.PYTHON)
        for wheel in tests.result():
            shutil.unpack_archive(wheel.file, drive / "dev", "zip")
        python.unpack_embedded(embedded.result(), drive / "py")
        wheels.result()
        unpacking.result()
    python.complete(drive / "py", root / f"usr/lib/python{pins.VERSION}")
    (folder / "ready").touch()


def _try(machine: Machine, linux: Path, report: Report) -> None:
    windows = checks.Windows(machine, machine.drive / "nha" / checks.FOLDER)
    with report.step("first run of a fresh clone, output into a file: libraries installed, site built"):
        checks.clone(PROJECT, windows.project)
        windows.first_run()
    if not report.is_sound:
        return
    with report.step("build again: nothing to do"):
        windows.build_again()
    with report.step("the site has the same bytes as on Linux"):
        checks.compare(linux / "output", windows.project / "output")
    with report.step("publish"):
        windows.publish()
    with report.step("the release has the same bytes as on Linux"):
        checks.compare(linux / "releases/0001", windows.project / "releases/0001")
    with report.step("report, beside that of Linux: nothing new"):
        windows.find_nothing_new(linux)
    # The bundle uses one processor most of the time.
    with ThreadPoolExecutor() as pool:
        opening = pool.submit(windows.open_bundle)
        with report.step("tests that need neither browser nor server"):
            windows.test()
        with report.step("the bundle meanwhile: unpacked, opened, a story saved, built, updated"):
            print(*(f"           {line}" for line in opening.result()), sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
