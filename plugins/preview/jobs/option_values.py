"""What may stand in the boxes of a command: each reader returns it as the command takes it, or raises Invalid."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import chain, count
from typing import TYPE_CHECKING

from plugins.release.deploy_target import resolve_target
from plugins.release.manifest import NAME
from plugins.release.rclone import DeployError
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date, format_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

# What Windows has in no name, nor a file of the project as its first sign.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^[.-]|\.$')
# A name, a dot and four signs: all file systems in use can have it.
_LONGEST = 80


def read_text(typed: str) -> str:
    """Any one line."""
    return typed


def read_day(typed: str) -> str:
    """A day, day first."""
    return values.day(typed).isoformat()


def read_year(typed: str) -> str:
    """A year."""
    return str(values.year(typed))


def file_reader(suffix: str) -> Callable[[str], str]:
    """Return the reader of a file's name with a suffix, which may be left out; never of a folder."""

    def read(typed: str) -> str:
        name = typed if typed.lower().endswith(suffix) else f"{typed}{suffix}"
        if _FORBIDDEN.search(name):
            raise Invalid(f"“{typed}” không dùng làm tên tệp được", 'bỏ các dấu \\ / : * ? " < > | và dấu chấm đầu tên')
        if len(name) > _LONGEST:
            raise Invalid("Tên tệp dài quá", f"đặt tên không quá {_LONGEST - len(suffix)} chữ")
        return name

    return read


def check_new(project: Path, read: Mapping[str, str]) -> dict[str, str]:
    """Tell of a file that is there already: none is ever written over."""
    name = read["file"]
    if name and (project / name).exists():
        return {"file": f"Đã có tệp {name}, không ghi đè; đặt tên khác"}
    return {}


def check_period(first: str, last: str) -> dict[str, str]:
    """Tell of two days in the wrong order; both as `read_day` has them."""
    if first <= last:
        return {}
    begin = format_date(values.day(first))
    return {"to": f"Ngày cuối {format_date(values.day(last))} đứng trước ngày đầu {begin}; sửa một trong hai ngày"}


def check_target(project: Path, target: str) -> dict[str, str]:
    """Tell of a target that no deploy can go to."""
    try:
        resolve_target(project, target)
    except DeployError as refused:
        return {"target": f"{str(refused)[:1].upper()}{str(refused)[1:]}"}
    return {}


def name_consent_form(project: Path) -> str:
    """Return the name of a form that is not there yet."""
    names = chain(["phieu-dong-y.docx"], (f"phieu-dong-y-{number}.docx" for number in count(2)))
    return next(name for name in names if not (project / name).exists())


def describe_release(folder: Path) -> str:
    """Return the number of a release and when it was made."""
    try:
        made = datetime.fromtimestamp((folder / NAME).stat().st_mtime).astimezone()
    except OSError:
        return f"Bản {folder.name} (hỏng)"
    return f"Bản {folder.name}, làm lúc {format_moment(made)}"
