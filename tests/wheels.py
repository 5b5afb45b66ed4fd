"""Which libraries of requirements.txt have no wheel for Windows: `python -m tests.wheels` asks the registry.

It downloads no library. The answer lies in wheels.json, with the pins that it is about, and plugins/machine.py is held
against it: whoever changes a pin asks again.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1]
ANSWER = Path(__file__).with_name("wheels.json")
# As pip calls the machine, by how Python does.
MACHINES = {"win-amd64": "win_amd64", "win32": "win32", "win-arm64": "win_arm64"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
_NONE = re.compile(r"No matching distribution found for ([\w.-]+)==")


def read_pins() -> list[str]:
    """Return each line of requirements.txt that names a library, without its hashes."""
    lines = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line.removesuffix("\\").strip() for line in lines if re.match(r"[\w.-]+==", line)]


def choose_pins(python: str) -> list[str]:
    """Return the pins that count for a Python on Windows."""
    there = {"python_version": python, "python_full_version": f"{python}.9", "sys_platform": "win32", "os_name": "nt"}
    wanted = [Requirement(pin) for pin in read_pins()]
    return [f"{one.name}{one.specifier}" for one in wanted if one.marker is None or one.marker.evaluate(there)]


def find_lacking(machine: str, python: str) -> list[str]:
    """Return the libraries without a wheel for a Python on a machine."""
    pins, lacking = choose_pins(python), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "pins.txt")
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--quiet"]
        command += ["--only-binary=:all:", "--platform", MACHINES[machine], "--python-version", f"{python}.9"]
        command += ["--implementation", "cp", "--target", folder, "--requirement", str(wanted)]
        while True:
            wanted.write_text("\n".join(pins), encoding="utf-8")
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return sorted(lacking)
            if not (none := _NONE.search(done.stderr)):
                raise RuntimeError(done.stderr)
            lacking.append(none[1].lower())
            pins = [pin for pin in pins if not pin.lower().startswith(f"{lacking[-1]}==")]


if __name__ == "__main__":
    found = {machine: {python: find_lacking(machine, python) for python in PYTHONS} for machine in MACHINES}
    answer = {"pins": read_pins(), "lacking": found}
    ANSWER.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8", newline="\n")
