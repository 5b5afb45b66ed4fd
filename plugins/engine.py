"""Where the program lies: in the project's own folder or, in the bundle for Windows, under may/ in it.

Standard library only: it is asked before anything is installed.
"""

from __future__ import annotations

import sysconfig
from pathlib import Path

# The folder of a bundle with its engines, each in a folder named after what is in it.
BUNDLE = "may"
LIBRARIES = "lib"
# The code that runs, with the theme and the settings beside it.
ENGINE = Path(__file__).resolve().parents[1]


def is_bundled(engine: Path = ENGINE) -> bool:
    """Tell whether an engine came in a bundle: with its Python, its libraries, and a list of all that it has."""
    return engine.parent.name == BUNDLE and (engine / "manifest.json").is_file()


def project_of(engine: Path = ENGINE) -> Path:
    """Return the folder of the project that an engine works on, with content/ in it."""
    return engine.parents[1] if is_bundled(engine) else engine


def engine_of(project: Path) -> Path:
    """Return the folder with the theme and the settings of a project: its own, or those that came with the code."""
    return project if (project / "pelicanconf.py").is_file() else ENGINE


def libraries() -> str:
    """Return the folder in which the libraries are installed."""
    return str(ENGINE / LIBRARIES) if is_bundled() else sysconfig.get_path("purelib")
