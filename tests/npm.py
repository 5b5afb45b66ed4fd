"""Tools that npm has, for measuring and never for building: installed where `clean` removes them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".cache/npm"


def install(project: Path, script: str, *packages: str) -> list[str] | None:
    """Return the command that runs a package's script, installing it at first; None where there is no node, or no net.

    `script` is a path under node_modules, `packages` are names with versions.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        return None
    folder = project / FOLDER
    file = folder / "node_modules" / script
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        line = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *packages]
        if subprocess.run(line, check=False, stdout=sys.stderr).returncode:
            return None
    return [node, str(file)]
