"""The entries of a folder of content/ that may be read; of what may not, why: links, pipes, names that break others."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from plugins.sources.problem import Problem
from plugins.vietnamese import nfc

# What systems and Word leave behind in a folder.
_LITTER = re.compile(r"^(\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
# Not to be seen, or no text at all: \udc80 and so on is how Python has what is not UTF-8.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
# Names of devices, and signs, that Windows lets no file or folder have.
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]|[. ]$')


def list_folder(folder: Path, path: str = "", refused: list[Problem] | None = None) -> list[tuple[str, Path]]:
    """Return the entries that people put into a folder, by NFC name; empty when there is none, or it is a link.

    What may not be read is left out; `refused` gets a problem for each, in which the folder is called `path`.
    """
    try:
        entries = (
            [] if folder.is_symlink() else [entry for entry in os.scandir(folder) if not _LITTER.match(entry.name)]
        )
    except OSError:
        return []
    listed: dict[str, Path] = {}
    alike: set[str] = set()
    for entry in sorted(entries, key=lambda entry: (nfc(entry.name), entry.name)):
        name = nfc(entry.name)
        fault = _find_fault(entry, name)
        if name.casefold() in alike:
            fault = "Tên này và tên khác trong thư mục là một đối với máy Windows", "đổi tên một trong hai"
        if fault is None:
            listed[name] = Path(entry.path)
            alike.add(name.casefold())
        elif refused is not None:
            refused.append(Problem(f"{path}/{show_name(name)}", 1, *fault))
    return list(listed.items())


def show_name(name: str) -> str:
    """Return a name as it can be printed: on one line, with � for what is not seen or not text."""
    return UNSEEN.sub("�", name)


def _find_fault(entry: os.DirEntry[str], name: str) -> tuple[str, str] | None:
    """Return what keeps an entry from being read, and what to do."""
    if UNSEEN.search(name):
        return "Tên có ký tự ẩn hoặc không phải chữ", "đổi tên, gõ lại từ đầu"
    if _FORBIDDEN.search(name) or name.partition(".")[0].strip().lower() in RESERVED:
        return f'Tên "{name}" không dùng được trên máy Windows', "đổi tên"
    return find_link(Path(entry.path))


def find_link(file: Path) -> tuple[str, str] | None:
    """Return why something is no file and no folder of its own, and what to do: a link, a pipe, a device."""
    try:
        mode = file.lstat().st_mode
    except OSError:
        return None
    # Where a link leads is not content: it may be any file of this machine. A pipe never ends.
    if stat.S_ISLNK(mode) or getattr(file, "is_junction", bool)():
        return "Đây là một lối dẫn sang chỗ khác (symlink), không được đọc", "chép chính tệp hay thư mục ấy vào đây"
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return "Đây không phải tệp hay thư mục thường, không được đọc", "xóa đi"
    return None
