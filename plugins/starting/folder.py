"""The folder of a new project: new or empty, and put in place complete or not at all."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.output import discard
from plugins.sources.files import make_folder, put_in_place
from plugins.sources.folders import find_link
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
