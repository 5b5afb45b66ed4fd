"""The layout of a bundle: its engines under may/, their manifests, and the files at the top.

An engine is never changed in place: its folder is named by a hash of its manifest, and one small file names the engine
in use. So an interruption at any point leaves a complete engine, and manual changes are detected.
"""

import re
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from plugins.engine import BUNDLE
from plugins.release.manifest import NAME, Manifest, list_files, load_manifest, read_entry, render_manifest
from plugins.sources.files import write_whole

SAMPLE = "content-mau"
# Files under may/ that name an engine: the one in use, and that of the zip that was unpacked last.
USED, BROUGHT = "dang-dung.txt", "ban-moi.txt"
TOP_SOURCE = "plugins/windows/top"
# Path in the bundle to path in an engine.
TOP = {
    "xem-thu.cmd": f"{TOP_SOURCE}/xem-thu.cmd",
    "cap-nhat.cmd": f"{TOP_SOURCE}/cap-nhat.cmd",
    "DOC-TRUOC.txt": f"{TOP_SOURCE}/DOC-TRUOC.txt",
    f"{BUNDLE}/lenh.cmd": f"{TOP_SOURCE}/lenh.cmd",
}
KEPT = "sua-tay"  # folder of the project for manually changed files of old engines
IS_NAME = re.compile(r"[0-9a-f]{8}").fullmatch
_SAVED = ".da-cat"  # marker in an engine: its manual changes are already saved
# Files that Python and Windows leave in folders.
_LITTER = re.compile(r"(^|/)__pycache__/|(^|/)(desktop\.ini|thumbs\.db)$", re.IGNORECASE)


class EngineState(NamedTuple):
    """How an engine differs from its manifest: `damaged` is missing or changed, `own` is changed or added by hand."""

    damaged: list[str]
    own: list[str]


def name_engine(manifest: Manifest) -> str:
    """Return the folder name of an engine with this manifest: eight hex digits."""
    return sha256(render_manifest(manifest).encode()).hexdigest()[:8]


def look_at(engine: Path, *, closely: bool = True) -> EngineState:
    """Compare an engine with its manifest: by hash or, as Windows opens files slowly, by size if not `closely`."""
    if (manifest := load_manifest(engine)) is None or name_engine(manifest) != engine.name:
        return EngineState([NAME], [])
    found = {path for path in list_files(engine) if path not in (NAME, _SAVED) and not _LITTER.search(path)}

    def is_same(path: str) -> bool:
        file, entry = engine / path, manifest[path]
        return read_entry(file) == entry if closely else file.stat().st_size == entry.bytes

    changed = {path for path in found & manifest.keys() if not is_same(path)}
    return EngineState(sorted(manifest.keys() - found | changed), sorted(found - manifest.keys() | changed))


def read_name(file: Path) -> str:
    """Return the engine name in a file, or ""."""
    try:
        name = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
    return name if IS_NAME(name) else ""


def read_version(engine: Path) -> tuple[int, ...]:
    """Return the version of an engine; (), older than any, when it cannot be read."""
    try:
        about = tomllib.loads((engine / "pyproject.toml").read_text(encoding="utf-8"))
        return tuple(map(int, about["project"]["version"].split(".")))
    except (OSError, ValueError, KeyError):
        return ()


def use(engine: Path, instead_of: Path | None = None) -> None:
    """Make an engine the one in use. `instead_of` is the previous one, whose manual changes have been saved."""
    if instead_of:
        (instead_of / _SAVED).touch()
    # It may be changed by hand from now on.
    (engine / _SAVED).unlink(missing_ok=True)
    for name in (BROUGHT, USED):
        write_whole(engine.parent / name, f"{engine.name}\r\n".encode("ascii"), flush=True)


def save_changes(project: Path, engine: Path) -> list[str]:
    """Copy files changed or added by hand in an engine into KEPT. Returns their paths; OSError if one cannot be."""
    if (engine / _SAVED).exists():
        return []
    own = look_at(engine).own
    for path in own:
        data = (engine / path).read_bytes()
        kept = project / KEPT / engine.name / path
        if not (kept.is_file() and kept.read_bytes() == data):
            write_whole(kept, data)
    return own


def tell_saved(own: list[str], engine: str) -> str:
    """Return the message on where manually changed files of an engine are now, or ""."""
    if not own:
        return ""
    more = f" và {len(own) - 5} tệp nữa" if len(own) > 5 else ""
    return (
        f"Bản cũ có tệp đã bị sửa tay ({', '.join(own[:5])}{more}), nay cất ở {KEPT}/{engine}/, bản mới không có các "
        "chỗ sửa ấy; báo người phụ trách kỹ thuật nếu còn cần."
    )
