"""The folder of a new project: refused where anything is, made beside its place, and put there whole or not at all."""

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
    """Return where a new project shall be; Invalid when anything is there, or it would lie in another project.

    A name alone is a folder beside this project; a path is one from where the command is typed.
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
    """Make a folder that is put in its place when all went well; else nothing is left of it."""
    made = make_folder(target.parent, _MAKING)
    try:
        yield made
        # Windows renames nothing over a folder, even an empty one; one that is not empty by now stays, and stops this.
        with suppress(FileNotFoundError):
            target.rmdir()
        put_in_place(made, target)
    finally:
        if made.exists():
            discard(made)
