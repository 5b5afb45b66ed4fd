"""`bundle-windows`: one zip that runs on a Windows without Python, from where it is unpacked and without an installer.

The same project gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
import sys
import time
import tomllib
import unicodedata
from hashlib import file_digest
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from plugins import progress, told
from plugins.engine import BUNDLE, LIBRARIES, engine_of
from plugins.output import explain
from plugins.release.licences import LICENCE_TEXTS, LICENCES
from plugins.release.manifest import NAME, describe, render_manifest
from plugins.release.sbom import build_sbom
from plugins.sources.files import open_new
from plugins.sources.packing import BEST, write_package
from plugins.vietnamese import format_number
from plugins.windows.contents import BROUGHT, SAMPLE, TOP, TOP_SOURCE, name_engine
from plugins.windows.downloads import Unfetched, fetch, read_python, read_wheel, short_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from plugins.windows.downloads import Fetched

PYTHON = "python"
# The program; tests and what only developers have any use for stay behind.
_PROGRAM = ("plugins", "theme", "tasks.py", "pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.txt")
_TEXTS = ("LICENSE", "README.md")
# What systems and editors leave in a folder, and no file of ours.
_LEFT_OUT = re.compile(r"^(\..*|~\$.*|__pycache__|.*\.pyc|desktop\.ini|thumbs\.db)$", re.IGNORECASE)
# What Windows allows in no name.
_NOT_ON_WINDOWS = re.compile(
    r'[<>:"\\|?*\x00-\x1f]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(/|$)', re.IGNORECASE
)


class Unmade(Exception):
    """A bundle that cannot be made; the sentence says why, and what to do."""


def bundle_windows(project: Path, file: str = "", *, content: bool = True) -> int:
    """Write the bundle, with a copy of content/ for the first start. Returns the exit code: 1 for a refusal."""
    begun = time.monotonic()
    target = project / file
    try:
        with progress.showing(begun):
            engine = collect_engine(project, content=content)
            name, bundle = lay_out(engine)
            target = project / (file or f"dan-van-kheo-windows-{name}.zip")
            with open_new(target) as out:
                write_package(out, _shown(bundle), BEST)
    except (Unfetched, Unmade) as refused:
        print(f"Chưa gói được: {refused}.", file=sys.stderr)
        return 1
    except FileExistsError:
        print(f"Đã có {target}: không ghi đè; dời tệp ấy đi, hoặc đặt tên khác bằng --file.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Chưa gói được: {explain(error, project)}.", file=sys.stderr)
        return 1
    with target.open("rb") as made:
        digest = file_digest(made, "sha256").hexdigest()
    told.tell_made(project, target)
    size = format_number(round(target.stat().st_size / 1e6))
    longest = max(map(len, bundle))
    print(
        f"Đã ghi {target.name}: bản {name}, {format_number(len(bundle))} tệp, {size} MB; đường dẫn dài nhất {longest}."
    )
    if content:
        print("Trong ấy có bản sao của content/: chỉ đưa cho người được xem mọi bài nháp và sổ.")
    print(f"Mã SHA-256, để người nhận so: {digest}")
    return 0


def _shown(bundle: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for number, path in enumerate(sorted(bundle), 1):
        progress.tell("Gói", number, len(bundle))
        yield path, bundle[path]


def lay_out(engine: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """Return the name of an engine with these files, and all files of its bundle by path; Unmade."""
    manifest = {path: describe(data) for path, data in sorted(engine.items())}
    name = name_engine(manifest)
    bundle = {f"{BUNDLE}/{name}/{path}": data for path, data in engine.items()}
    bundle[f"{BUNDLE}/{name}/{NAME}"] = render_manifest(manifest).encode()
    bundle[f"{BUNDLE}/{BROUGHT}"] = f"{name}\r\n".encode("ascii")
    bundle |= {path: engine[inside] for path, inside in TOP.items()}
    seen: dict[str, str] = {}
    for path in bundle:
        if _NOT_ON_WINDOWS.search(path) or ".." in PurePosixPath(path).parts or path.startswith("/"):
            raise Unmade(f"Windows không nhận tên tệp {path}; đổi tên tệp ấy")
        # Two names that differ by capitals are one file there.
        if (other := seen.setdefault(path.lower(), path)) != path:
            raise Unmade(f"trên Windows, {other} và {path} là một tệp; đổi tên một trong hai")
    return name, bundle


def collect_engine(project: Path, *, content: bool = True) -> dict[str, bytes]:
    """Return every file of an engine by its path there: program, starting content, Python, libraries; Unfetched."""
    own = engine_of(project)
    if not (own / "requirements-windows.txt").is_file():
        raise Unmade("ở đây không có bản đầy đủ của dự án; chạy lệnh này nơi có cả bản ấy")
    embedded, libraries = fetch(own, project)
    engine: dict[str, bytes] = {}
    for name in (*_PROGRAM, *_TEXTS):
        engine |= _read(own / name, name)
    engine[f"{TOP_SOURCE}/xem-thu.cmd"] = (own / "xem-thu.cmd").read_bytes()
    engine |= {path: _as_windows_writes(engine[path], path) for path in TOP.values()}
    if content:
        engine |= _read(project / "content", SAMPLE)
    engine |= {f"{PYTHON}/{path}": data for path, data in _lead(embedded).items()}
    for fetched in libraries:
        for path, data in read_wheel(fetched.file).items():
            where = f"{LIBRARIES}/{path}"
            if engine.setdefault(where, data) != data:
                raise Unmade(f"hai thư viện cùng có {path}, một là {fetched.pin.name}; bỏ bớt hay đổi bản ghim")
    return engine | _describe(own, [embedded, *libraries])


def _read(path: Path, name: str) -> dict[str, bytes]:
    """Return a file, or every file in a folder, by path; names composed, as Windows and Linux write them."""
    if not path.is_dir():
        return {name: path.read_bytes()}
    return {f"{name}/{inner}": file.read_bytes() for inner, file in _walk(path)}


def _walk(folder: Path, prefix: str = "") -> Iterator[tuple[str, Path]]:
    for entry in sorted(folder.iterdir()):
        if _LEFT_OUT.match(entry.name) or entry.is_symlink():
            continue
        name = unicodedata.normalize("NFC", f"{prefix}{entry.name}")
        if entry.is_dir():
            yield from _walk(entry, f"{name}/")
        else:
            yield name, entry


def _as_windows_writes(data: bytes, path: str) -> bytes:
    """Return a text with the ends of line of Windows; what Notepad opens, with the mark of UTF-8."""
    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + data if path.endswith(".txt") else data


def _lead(embedded: Fetched) -> dict[str, bytes]:
    """Return Windows' Python, told where the program and its libraries are; nothing else on the machine leads it."""
    files = read_python(embedded)
    short = f"python{short_version(embedded.pin).replace('.', '')}"
    lines = [f"{short}.zip", ".", f"..\\{LIBRARIES}", ".."]
    return files | {f"{short}._pth": "".join(f"{line}\r\n" for line in lines).encode("ascii")}


def _describe(own: Path, fetched: list[Fetched]) -> dict[str, bytes]:
    """Return the bill of materials, and what licences all of it is under."""
    about = tomllib.loads((own / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bill = build_sbom(about, [one.pin for one in fetched])
    lines = [
        "Bộ này gồm chương trình của dự án (AGPL-3.0-or-later, xem tệp LICENSE; mã nguồn là chính các tệp ở đây),",
        "Python cho Windows (python/LICENSE.txt) và các thư viện sau đây, giấy phép của mỗi thư viện ở trong lib/.",
        "",
        *(f"{one.pin.name} {one.pin.version}: {LICENCES[one.pin.name]}" for one in fetched),
        *(f"\n{one.pin.name}\n\n{LICENCE_TEXTS[one.pin.name]}" for one in fetched if one.pin.name in LICENCE_TEXTS),
    ]
    return {
        "giay-phep.txt": _as_windows_writes("\n".join([*lines, ""]).encode(), "giay-phep.txt"),
        "sbom.cdx.json": (json.dumps(bill, ensure_ascii=False, indent=1) + "\n").encode(),
    }
