"""Copy the running program into a new project, so that its folder works alone on any machine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from plugins.engine import BUNDLE, is_bundled
from plugins.release.manifest import NAME, load_manifest
from plugins.sources.folders import is_litter
from plugins.windows.contents import BROUGHT, SAMPLE, TOP, USED

if TYPE_CHECKING:
    from pathlib import Path

# The program, without tests and files for its developers.
_PROGRAM = (
    *("tasks.py", "pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt"),
    *("requirements-windows.txt", "plugins", "theme", "xem-thu.cmd", "xem-thu.sh", "LICENSE", "README.md"),
    *(".readme", ".gitignore", ".gitattributes", ".editorconfig"),
    # An example for provinces, named in the README.
    ".ci/many-sites",
)


def _left_out(_: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or name.endswith(".pyc") or is_litter(name)}


def copy_engine(engine: Path, project: Path) -> None:
    """Copy an engine into a new project in the same layout: below may/ if it came in a bundle."""
    if is_bundled(engine):
        _copy_bundle(engine, project)
        return
    for name in _PROGRAM:
        source = engine / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=_left_out)
        elif source.is_file():
            shutil.copy(source, project / name)


def _copy_bundle(engine: Path, project: Path) -> None:
    target = project / BUNDLE / engine.name
    # Only files of the manifest: neither files added later nor another office's content.
    listed = (path for path in load_manifest(engine) or () if not path.startswith(f"{SAMPLE}/"))
    for path in (*listed, NAME):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(engine / path, target / path)
    for path, inside in TOP.items():
        shutil.copyfile(engine / inside, project / path)
    for name in (BROUGHT, USED):
        (project / BUNDLE / name).write_bytes(f"{engine.name}\r\n".encode("ascii"))
