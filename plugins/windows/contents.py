"""What an engine of a bundle should have, what it has, and what goes beside it at the top of the bundle.

An engine is never changed in place: it lies in a folder named after its list of files, and one small file says which
is in use. So whatever is cut off leaves a whole one, and what somebody changed by hand is seen.
"""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from plugins.engine import BUNDLE
from plugins.release.manifest import NAME, list_files, load_manifest, read_entry, render_manifest
from plugins.sources.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.release.manifest import Manifest

SAMPLE = "content-mau"
# Each with the name of an engine: the one in use, and the one that the zip brought which was unpacked last.
USED, BROUGHT = "dang-dung.txt", "ban-moi.txt"
TOP_SOURCE = "plugins/windows/top"
# By its path in the bundle, where an engine has it.
TOP = {
    "xem-thu.cmd": f"{TOP_SOURCE}/xem-thu.cmd",
    "cap-nhat.cmd": f"{TOP_SOURCE}/cap-nhat.cmd",
    "DOC-TRUOC.txt": f"{TOP_SOURCE}/DOC-TRUOC.txt",
    f"{BUNDLE}/lenh.cmd": f"{TOP_SOURCE}/lenh.cmd",
}
# What changed files of an engine are kept in, in the project's folder.
KEPT = "sua-tay"
IS_NAME = re.compile(r"[0-9a-f]{8}").fullmatch
# In an engine: what somebody changed in it is kept aside already.
_SEEN = ".da-cat"
# What Python and Windows leave in any folder.
_LITTER = re.compile(r"(^|/)__pycache__/|(^|/)(desktop\.ini|thumbs\.db)$", re.IGNORECASE)


class State(NamedTuple):
    """How an engine differs from its list: what is missing or has other bytes, and what somebody changed or added."""

    damaged: list[str]
    own: list[str]


def name_engine(manifest: Manifest) -> str:
    """Return the name of the folder of an engine with these files."""
    return sha256(render_manifest(manifest).encode()).hexdigest()[:8]


def look_at(engine: Path, *, closely: bool = True) -> State:
    """Compare every file of an engine with its list: its bytes, or not `closely` only how many there are.

    To open thousands of files takes Windows many seconds, and a virus scanner more.
    """
    manifest = load_manifest(engine)
    if manifest is None or name_engine(manifest) != engine.name:
        return State([NAME], [])
    found = {path for path in list_files(engine) if path not in (NAME, _SEEN) and not _LITTER.search(path)}

    def is_same(path: str) -> bool:
        file, entry = engine / path, manifest[path]
        return read_entry(file) == entry if closely else file.stat().st_size == entry.bytes

    changed = {path for path in found & manifest.keys() if not is_same(path)}
    return State(sorted(manifest.keys() - found | changed), sorted(found - manifest.keys() | changed))


def read_name(file: Path) -> str:
    """Return the name of an engine that a file holds; "" when there is none."""
    try:
        name = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
    return name if IS_NAME(name) else ""


def read_version(engine: Path) -> tuple[int, ...]:
    """Return the version that an engine says it is of; none is older than any."""
    try:
        about = tomllib.loads((engine / "pyproject.toml").read_text(encoding="utf-8"))
        return tuple(map(int, about["project"]["version"].split(".")))
    except (OSError, ValueError, KeyError):
        return ()


def use(engine: Path, instead_of: Path | None = None) -> None:
    """Have the next start run this engine: one small file is replaced. What was changed in the other is kept aside."""
    if instead_of:
        (instead_of / _SEEN).touch()
    # From now on somebody may change it again.
    (engine / _SEEN).unlink(missing_ok=True)
    for name in (BROUGHT, USED):
        write_whole(engine.parent / name, f"{engine.name}\r\n".encode("ascii"), flush=True)


def keep_aside(project: Path, engine: Path) -> list[str]:
    """Copy what somebody changed or added in an engine into KEPT. Returns those paths; OSError when one cannot be."""
    if (engine / _SEEN).exists():
        return []
    own = look_at(engine).own
    for path in own:
        data = (engine / path).read_bytes()
        kept = project / KEPT / engine.name / path
        if not (kept.is_file() and kept.read_bytes() == data):
            write_whole(kept, data)
    return own


def tell_kept(own: list[str], engine: str) -> str:
    """Return the sentence that says where changed files of an engine are now; "" for none."""
    if not own:
        return ""
    more = f" và {len(own) - 5} tệp nữa" if len(own) > 5 else ""
    return (
        f"Bản cũ có tệp do người sửa ({', '.join(own[:5])}{more}): đã cất vào {KEPT}/{engine}/, bản mới không có các "
        "chỗ sửa ấy; báo người phụ trách kỹ thuật nếu còn cần."
    )
