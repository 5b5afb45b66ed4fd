"""CPython for Windows as python.org's installer leaves it, assembled from its embeddable package."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

from plugins.windows.downloads import read_python
from tests.windows.pins import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.windows.downloads import Fetched

_SHORT = VERSION.replace(".", "")
_WITHOUT_LINKS = '''\
"""Wine's CreateSymbolicLink succeeds without making a link; Windows refuses ordinary users."""
import os


def _symlink(src, dst, target_is_directory=False, *, dir_fd=None):
    raise OSError(22, "A required privilege is not held by the client", os.fspath(src), 1314, os.fspath(dst))


os.symlink = _symlink
'''
_ENSUREPIP = '''\
"""Replaces the one that bundles its own pip."""
import glob
import os
import runpy
import sys

wheel = glob.glob(os.path.join(os.environ["PIP_FIND_LINKS"], "pip-*.whl"))[0]
sys.path.insert(0, wheel)
sys.argv[1:] = ["install", "--no-index", "--quiet", wheel]
runpy.run_module("pip", run_name="__main__", alter_sys=True)
'''


def unpack_embedded(embedded: Fetched, folder: Path) -> None:
    """Unpack the embeddable CPython as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in read_python(embedded).items():
        (folder / name).write_bytes(data)


def complete(home: Path, library: Path) -> None:
    """Turn the embeddable CPython in `home` into an installed one, with `venv` from a POSIX standard library."""
    # With a ._pth CPython ignores PYTHONUTF8 and the like.
    (home / f"python{_SHORT}._pth").unlink()
    packed = home / f"python{_SHORT}.zip"
    with zipfile.ZipFile(packed) as package:
        package.extractall(home / "Lib")
    packed.unlink()
    shutil.copytree(library / "venv", home / "Lib/venv", dirs_exist_ok=True)
    launchers = home / "Lib/venv/scripts/nt"
    launchers.mkdir(parents=True, exist_ok=True)
    # Python itself, which finds its DLLs on PATH.
    shutil.copy(home / "python.exe", launchers / "venvlauncher.exe")
    shutil.copy(home / "pythonw.exe", launchers / "venvwlauncher.exe")
    (home / "Lib/ensurepip").mkdir()
    (home / "Lib/ensurepip/__init__.py").write_text("", encoding="utf-8")
    (home / "Lib/ensurepip/__main__.py").write_text(_ENSUREPIP, encoding="utf-8")
    (home / "Lib/sitecustomize.py").write_text(_WITHOUT_LINKS, encoding="utf-8")
