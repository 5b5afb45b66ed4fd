"""Find the program: in the project's folder, or in an engine of the bundle for Windows. Standard library only."""

from __future__ import annotations

import sysconfig
from pathlib import Path

# The folder of a bundle that holds its engines, each in a folder named by a hash of its manifest.
BUNDLE = "may"
LIBRARIES = "lib"
# The running code, with theme and settings.
ENGINE = Path(__file__).resolve().parents[1]


def is_bundled(engine: Path = ENGINE) -> bool:
    """Tell whether an engine came in a bundle, with Python, libraries and a manifest."""
    return engine.parent.name == BUNDLE and (engine / "manifest.json").is_file()


def project_of(engine: Path = ENGINE) -> Path:
    """Return the project folder, the one with content/, that an engine works on."""
    return engine.parents[1] if is_bundled(engine) else engine


def engine_of(project: Path) -> Path:
    """Return the folder with theme and settings: the project itself, or the running engine."""
    return project if (project / "pelicanconf.py").is_file() else ENGINE


def libraries() -> str:
    """Return the folder that the libraries are installed in."""
    return str(ENGINE / LIBRARIES) if is_bundled() else sysconfig.get_path("purelib")
