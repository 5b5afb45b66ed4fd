"""Where a deploy goes: the target as staff write it, as rclone takes it, as messages show it, and the last one used."""

import sys
from pathlib import Path

from plugins.release.rclone import DeployError, show_target
from plugins.release.store import FOLDER
from plugins.sources.files import write_whole

# Beside the releases: git leaves it out, as each machine has its own, and `clean` does not delete it.
_LAST = "target.txt"


def resolve_target(project: Path, target: str) -> str:
    """Return the target as rclone takes it, a folder as an absolute path; DeployError inside or around the project."""
    if target.startswith("-"):
        # To rclone it would be an option.
        raise DeployError("nơi đến không bắt đầu bằng dấu gạch; ghi như may-chu:public_html, hoặc một thư mục")
    if not is_folder(target):
        return target.rstrip("/") if not target.endswith(":/") else target
    if not target.strip():
        raise DeployError("lần đầu cần ghi nơi đến, ví dụ may-chu:public_html hoặc một thư mục")
    folder = Path(target).expanduser().resolve()
    inside = project.resolve()
    if folder == inside or inside in folder.parents or folder in inside.parents:
        raise DeployError("nơi đến phải là một thư mục riêng, ở ngoài thư mục của dự án này và không chứa nó")
    return str(folder)


def is_folder(target: str, *, windows: bool = sys.platform == "win32") -> bool:
    r"""Tell whether a target is a folder of this machine: no `remote:` before the path; D:\web is one on Windows."""
    before, colon, _ = target.partition(":")
    return not colon or "/" in before or "\\" in before or (windows and len(before) == 1 and before.isalpha())


def read_target(project: Path) -> str:
    """Return the target of the last deploy; "" when none is remembered."""
    try:
        return (project / FOLDER / _LAST).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def remember_target(project: Path, target: str) -> None:
    """Remember a target for the next deploy, unless it spells out its settings: they may hold a password."""
    if show_target(target) == target != read_target(project):
        write_whole(project / FOLDER / _LAST, f"{target}\n".encode())
