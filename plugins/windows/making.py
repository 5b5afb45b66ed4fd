"""`bundle-windows`: write one zip, the same bytes anywhere, that runs unpacked on a Windows without Python."""

import re
import time
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from plugins import progress
from plugins.engine import BUNDLE, LIBRARIES, engine_of
from plugins.release.archive import refuse_zip, report_zip
from plugins.release.manifest import NAME, describe, render_manifest
from plugins.sources.files import open_new
from plugins.sources.packing import BEST, write_package
from plugins.vietnamese import format_number
from plugins.windows.contents import BROUGHT, SAMPLE, TOP, TOP_SOURCE, name_engine
from plugins.windows.downloads import DownloadError, Fetched, fetch, read_python, read_wheel, short_version

PYTHON = "python"
_LICENCES = Path(__file__).with_name("licences")
# The program; tests and developers' files are left out.
_CODE = ("plugins", "theme", "tasks.py", "pelicanconf.py", "publishconf.py", "pyproject.toml", "requirements.txt")
_PROGRAM = (*_CODE, "LICENSE", "README.md")
# Files that systems and editors leave in folders.
_LEFT_OUT = re.compile(r"^(\..*|~\$.*|__pycache__|.*\.pyc|desktop\.ini|thumbs\.db)$", re.IGNORECASE)
# Names that Windows does not allow.
_NOT_ON_WINDOWS = re.compile(
    r'[<>:"\\|?*\x00-\x1f]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(/|$)', re.IGNORECASE
)


class BundleError(Exception):
    """A bundle that cannot be made; the message, in Vietnamese, says why."""


def bundle_windows(project: Path, file: str = "", *, content: bool = True) -> int:
    """Write the bundle, with a copy of content/ for the first start, and return the exit code, 1 for a refusal.

    `file` is relative to the project; by default it is named by the engine. An existing file is never overwritten.
    """
    try:
        with progress.showing(time.monotonic()):
            name, bundle = lay_out(collect_engine(project, content=content))
            target = project / (file or f"dan-van-kheo-windows-{name}.zip")
            with open_new(target) as out:
                write_package(out, _with_progress(bundle), BEST)
        digest = report_zip(project, target)
    except (DownloadError, BundleError, OSError) as error:
        return refuse_zip("Chưa gói được", error, project)
    size = f"{format_number(len(bundle))} tệp, {format_number(round(target.stat().st_size / 1e6))} MB"
    print(f"Đã ghi {target.name}: bản {name}, {size}; đường dẫn dài nhất {max(map(len, bundle))}.")
    if content:
        print("Trong ấy có bản sao của content/: chỉ đưa cho người được xem mọi bài nháp và sổ.")
    print(f"Mã SHA-256, để người nhận so: {digest}")
    return 0


def _with_progress(bundle: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for number, path in enumerate(sorted(bundle), 1):
        progress.tell("Gói", number, len(bundle))
        yield path, bundle[path]


def lay_out(engine: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """Return the name of an engine and the files of its bundle. Raises BundleError for a name that Windows forbids."""
    manifest = {path: describe(data) for path, data in sorted(engine.items())}
    name = name_engine(manifest)
    bundle = {f"{BUNDLE}/{name}/{path}": data for path, data in engine.items()}
    bundle[f"{BUNDLE}/{name}/{NAME}"] = render_manifest(manifest).encode()
    bundle[f"{BUNDLE}/{BROUGHT}"] = f"{name}\r\n".encode("ascii")
    bundle |= {path: engine[inside] for path, inside in TOP.items()}
    seen: dict[str, str] = {}
    for path in bundle:
        if _NOT_ON_WINDOWS.search(path) or ".." in PurePosixPath(path).parts or path.startswith("/"):
            raise BundleError(f"Windows không nhận tên tệp {path}; đổi tên tệp ấy")
        if (other := seen.setdefault(path.lower(), path)) != path:
            raise BundleError(f"trên Windows, {other} và {path} trùng nhau vì chỉ khác chữ hoa; đổi tên một trong hai")
    return name, bundle


def collect_engine(project: Path, *, content: bool = True) -> dict[str, bytes]:
    """Return all files of an engine by path: program, sample, Python, libraries. Raises BundleError, DownloadError."""
    own = engine_of(project)
    if not (own / "requirements-windows.txt").is_file():
        raise BundleError("đây không phải bản đầy đủ của dự án; chạy lệnh này ở máy có bản đầy đủ")
    embedded, libraries = fetch(own, project)
    engine: dict[str, bytes] = {}
    for name in _PROGRAM:
        engine |= _read(own / name, name)
    engine[f"{TOP_SOURCE}/xem-thu.cmd"] = (own / "xem-thu.cmd").read_bytes()
    engine |= {path: _to_windows_text(engine[path], path) for path in TOP.values()}
    if content:
        engine |= _read(project / "content", SAMPLE)
    engine |= {f"{PYTHON}/{path}": data for path, data in _isolate(embedded).items()}
    for fetched in libraries:
        for path, data in read_wheel(fetched.file).items():
            if engine.setdefault(f"{LIBRARIES}/{path}", data) != data:
                raise BundleError(f"{fetched.pin.name} và một thư viện khác cùng có {path}; bỏ bớt hay đổi bản ghim")
    engine["giay-phep.txt"] = _to_windows_text(_list_licences([embedded, *libraries]), "giay-phep.txt")
    return engine


def _read(path: Path, name: str) -> dict[str, bytes]:
    """Return a file, or every file in a folder, by path in NFC."""
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


def _to_windows_text(data: bytes, path: str) -> bytes:
    """Return a text with CRLF line ends; .txt, which Notepad opens, with a BOM."""
    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + data if path.endswith(".txt") else data


def _isolate(embedded: Fetched) -> dict[str, bytes]:
    """Return the files of CPython with a `._pth` that sets sys.path, so that no registry or environment adds to it."""
    files = read_python(embedded)
    short = f"python{short_version(embedded.pin).replace('.', '')}"
    lines = [f"{short}.zip", ".", f"..\\{LIBRARIES}", ".."]
    return files | {f"{short}._pth": "".join(f"{line}\r\n" for line in lines).encode("ascii")}


def _list_licences(fetched: list[Fetched]) -> bytes:
    """Return the list of licences, with the texts that wheels lack."""
    pins = [one.pin for one in fetched]
    texts = [(pin.name, file) for pin in pins if (file := _LICENCES / f"{pin.name}.txt").is_file()]
    lines = [
        "Bộ này gồm chương trình của dự án (AGPL-3.0-or-later, xem tệp LICENSE; mã nguồn là chính các tệp ở đây),",
        "Python cho Windows (python/LICENSE.txt) và các thư viện sau đây, giấy phép của mỗi thư viện ở trong lib/.",
        "",
        *(f"{pin.name} {pin.version}: {pin.licence}" for pin in pins),
        *(f"\n{name}\n\n{file.read_text(encoding='utf-8')}" for name, file in texts),
    ]
    return "\n".join([*lines, ""]).encode()
