"""Open data of members on this machine: a project's release, a built site, or a zip made by `archive`."""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from plugins.content.members.open_data import MOST_BYTES
from plugins.gathering.connecting import FetchError
from plugins.release.archive import SITE as IN_ARCHIVE
from plugins.release.store import FOLDER, SITE, read_current
from plugins.sources.held import insist_on_reading

# The bytes of a file by its path in a site; None when there is none.
Read = Callable[[str], bytes | None]

_MOST_ENTRIES = 500_000
# The methods of `archive`. Others could take any amount of memory, and raise other errors.
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)
_HEAVY = f"tệp nặng quá {MOST_BYTES // 1_000_000} MB"


def read_folder(folder: Path) -> Read:
    """Return a function that reads files of a member's folder by path. Raises FetchError when no site is there.

    For a project that is the current release: output/ may have drafts, and was not verified.
    """
    if not folder.is_dir():
        raise FetchError(f"không có thư mục {folder.name}")
    site = _find_site(folder)

    def read(path: str) -> bytes | None:
        file = site / path
        try:
            return insist_on_reading(lambda: _read_bounded(file))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise FetchError(f"không đọc được {path} ({error.strerror})") from error

    return read


def _find_site(folder: Path) -> Path:
    if (folder / "content").is_dir():
        if not (current := read_current(folder / FOLDER)):
            raise FetchError("dự án trong thư mục ấy chưa có bản xuất bản nào")
        return folder / FOLDER / current / SITE
    # An unpacked zip of `archive`.
    return folder / IN_ARCHIVE if (folder / IN_ARCHIVE).is_dir() else folder


def _read_bounded(file: Path) -> bytes:
    if not file.is_file():
        # Reading a pipe would never end.
        raise FileNotFoundError
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FetchError(_HEAVY)
    return data


def read_archive(file: Path) -> Read:
    """Return a function that reads files of a zip of `archive` by path. It raises FetchError for any other zip."""

    def read(path: str) -> bytes | None:
        if not file.is_file():
            raise FetchError(f"không có tệp {file.name}")
        try:
            with zipfile.ZipFile(file) as opened:
                return _read_entry(opened, f"{IN_ARCHIVE}/{path}")
        except _BROKEN:
            raise FetchError(f"tệp {file.name} hỏng, không mở được") from None

    return read


def _read_entry(opened: zipfile.ZipFile, name: str) -> bytes | None:
    entries = opened.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise FetchError("tệp zip có quá nhiều tệp bên trong")
    found = [entry for entry in entries if entry.filename == name]
    if not found:
        return None
    if len(found) > 1:
        raise FetchError(f"tệp zip có hai tệp cùng tên {name}")
    if found[0].flag_bits & 1:
        raise FetchError("tệp zip có mật khẩu")
    if found[0].compress_type not in _PACKINGS:
        raise FetchError("tệp zip nén kiểu khác kiểu của lệnh archive")
    # zipfile never reads beyond the declared size.
    if found[0].file_size > MOST_BYTES:
        raise FetchError(_HEAVY)
    return opened.read(found[0])
