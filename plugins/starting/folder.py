"""The folder of a new project: new or empty, put in place complete or not at all, with a copy of the program."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from plugins.engine import BUNDLE, is_bundled
from plugins.output import discard
from plugins.release.manifest import NAME, load_manifest
from plugins.sources.files import make_folder, put_in_place
from plugins.sources.folders import find_link, is_litter
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc
from plugins.windows.contents import BROUGHT, SAMPLE, TOP, USED

_MAKING = ".moi-"


def choose_folder(project: Path, written: str, others: Sequence[Path] = ()) -> Path:
    """Return the folder for a new project. Raises Invalid when it is not empty or inside this project or `others`.

    A bare name is a folder beside this project; a path is relative to the current folder.
    """
    name = nfc(written.strip().strip('"'))
    if not name or Path(name).name in ("", ".", ".."):
        raise Invalid("Chưa ghi tên thư mục mới", "ghi sau lệnh, ví dụ start xa-dong-xuan")
    target = project.resolve().parent / name if Path(name).name == name else Path.cwd() / name
    target = target.parent.resolve() / target.name
    for other in (project, *others):
        if target.is_relative_to(other.resolve()):
            fix = f"chọn chỗ bên cạnh, ví dụ {other.resolve().parent / target.name}"
            raise Invalid(f"{target} nằm trong thư mục của một trang đã có", fix)
    if not target.parent.is_dir():
        raise Invalid(f"Không có thư mục {target.parent} để đặt trang mới vào", "tạo thư mục ấy trước, hoặc sửa tên")
    if find_link(target):
        raise Invalid(f"{target} là một lối dẫn sang chỗ khác", "chọn một thư mục chưa có")
    if target.is_file():
        raise Invalid(f"{target} là một tệp, không phải thư mục", "chọn tên khác")
    if target.is_dir() and (inside := next(target.iterdir(), None)):
        raise Invalid(f"Trong {target} đã có {inside.name}", "chọn một thư mục chưa có, hay chưa có gì bên trong")
    return target


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """Make a temporary folder that replaces the target on success, and is deleted on failure."""
    made = make_folder(target.parent, _MAKING)
    try:
        yield made
        # Windows cannot rename onto a folder, even an empty one. Fails if it is no longer empty.
        with suppress(FileNotFoundError):
            target.rmdir()
        put_in_place(made, target)
    finally:
        if made.exists():
            discard(made)


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
