"""List folders of content/, refusing links, pipes and names that some system cannot have."""

import os
import re
import stat
from functools import lru_cache
from pathlib import Path

from plugins.sources.held import insist_on_reading, tell_unread
from plugins.sources.problem import Problem
from plugins.vietnamese import nfc, slugify

# Files that operating systems and Word leave in folders.
_LITTER = re.compile(r"^(\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
# Invisible characters and lone surrogates (undecodable bytes).
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
# Device names and characters that Windows forbids in file names.
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³")
RESERVED = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS})
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]|[. ]$')
# Entries carry the file types that the system reported with the listing.
DirEntry = os.DirEntry[str]
# A file name in NFC, its case-folded form, whether it is litter, and the fault that forbids it.
Judgement = tuple[str, str, bool, tuple[str, str] | None]


def list_folder(folder: Path | str, path: str = "", refused: list[Problem] | None = None) -> list[tuple[str, DirEntry]]:
    """Return the entries of a folder as (NFC name, entry), sorted; empty if it is missing or a link.

    Litter is left out, and so are entries that may not be read: `refused` gets a problem for each, with `path` as the
    folder's name, or one for the folder itself if it cannot be listed now.
    """
    try:
        entries = insist_on_reading(lambda: _scan(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if refused is not None:
            refused.append(tell_unread(error, path, "thư mục"))
        return []
    listed: dict[str, DirEntry] = {}
    alike: set[str] = set()
    for (name, bare, is_left_behind, forbidden), entry in sorted(entries, key=lambda one: (one[0][0], one[1].name)):
        if is_left_behind:
            continue
        fault = forbidden
        is_own = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
        if not is_own or getattr(entry, "is_junction", bool)():
            fault = forbidden or find_link(Path(entry))
        if bare in alike:
            fault = "Windows coi tên này và một tên khác trong thư mục là trùng nhau", "đổi tên một trong hai"
        if fault is None:
            listed[name] = entry
            alike.add(bare)
        elif refused is not None:
            # With a mark for characters that no line of text can show.
            refused.append(Problem(f"{path}/{UNSEEN.sub('�', name)}", 1, *fault))
    return list(listed.items())


def _scan(folder: Path | str) -> list[tuple[Judgement, DirEntry]]:
    if stat.S_ISLNK(os.lstat(folder).st_mode):
        return []
    with os.scandir(folder) as entries:
        return [(_judge(entry.name), entry) for entry in entries]


def safe_stem(written: str, otherwise: str) -> str:
    """Return a file stem from any text that every system allows; `otherwise` if nothing is left of it."""
    stem = slugify(written)
    return f"{otherwise}-{stem}" if stem in RESERVED else stem or otherwise


def is_litter(name: str) -> bool:
    """Return whether a file was left behind by an operating system or Word: .DS_Store, Thumbs.db, ~$bai.docx."""
    return _LITTER.match(name) is not None


def is_reserved(name: str) -> bool:
    """Return whether Windows reserves a file name for a device, with any suffix."""
    return name.partition(".")[0].strip().lower() in RESERVED


# Thousands of folders have a file of the same name.
@lru_cache(maxsize=256)
def _judge(written: str) -> Judgement:
    name, fault = nfc(written), None
    if UNSEEN.search(name):
        fault = "Tên có ký tự ẩn hoặc không phải chữ", "đổi tên, gõ lại từ đầu"
    elif _FORBIDDEN.search(name) or is_reserved(name):
        fault = f'Tên "{name}" không dùng được trên máy Windows', "đổi tên"
    return (name, name.casefold(), is_litter(written), fault)


def find_link(file: Path) -> tuple[str, str] | None:
    """Return the fault of a path that is a link, a pipe or a device, and the fix; None for any other."""
    try:
        mode = file.lstat().st_mode
    except OSError:
        return None
    # A link may point to any file of this machine. A pipe never ends.
    if stat.S_ISLNK(mode) or getattr(file, "is_junction", bool)():
        return "Đây là một lối dẫn sang chỗ khác (symlink), không được đọc", "chép chính tệp hay thư mục ấy vào đây"
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return "Đây không phải tệp hay thư mục thường, không được đọc", "xóa đi"
    return None
