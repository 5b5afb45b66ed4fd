"""Small bundles for tests of starting and updating: engines of a dozen files."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from plugins.engine import BUNDLE
from plugins.sources.packing import BEST, write_package
from plugins.windows.contents import SAMPLE, TOP
from plugins.windows.making import lay_out

if TYPE_CHECKING:
    from pathlib import Path

STORY = "content/bai-viet/2026/kenh/bai.md"


def make_engine(version: str = "1.0.0", **files: bytes) -> dict[str, bytes]:
    """Return the files of an engine by path; in the names of `files`, `__` stands for `/`."""
    engine = {
        "tasks.py": b"print('viec')\n",
        "pelicanconf.py": b"SITEURL = ''\n",
        "plugins/a.py": b"A = 1\n",
        "theme/templates/base.html": b"<p>\n",
        "pyproject.toml": f'[project]\nversion = "{version}"\n'.encode(),
        "python/python313.dll": bytes(range(256)) * 8,
        f"{SAMPLE}/bai-viet/2026/kenh/bai.md": "Kênh về Cư K’nia\n".encode(),
    }
    engine |= {inside: f"@rem {path}\r\n".encode() for path, inside in TOP.items()}
    return engine | {name.replace("__", "/"): data for name, data in files.items()}


def write_bundle(file: Path, engine: dict[str, bytes]) -> str:
    """Write the zip of a bundle. Returns the name of its engine."""
    name, bundle = lay_out(engine)
    with file.open("wb") as out:
        write_package(out, sorted(bundle.items()), BEST)
    return name


def unpack(file: Path, top: Path) -> None:
    """Unpack a zip over a folder, replacing files, as Explorer does."""
    with zipfile.ZipFile(file) as bundle:
        bundle.extractall(top)


def engine_at(top: Path, name: str) -> Path:
    """Return the folder of an engine."""
    return top / BUNDLE / name
