"""Recognise files that are no .xlsx or CSV, whatever their names say, and tell how to convert them."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

from plugins.vietnamese import fold

if TYPE_CHECKING:
    from pathlib import Path

_SAVE = "mở bằng Excel, chọn Lưu thành… (Save As), kiểu Excel Workbook (.xlsx)"
_BY_SUFFIX = {
    ".xls": "sổ Excel kiểu cũ (.xls)",
    ".xlt": "sổ Excel kiểu cũ (.xls)",
    ".et": "sổ của WPS",
    ".xlsb": "sổ Excel nhị phân (.xlsb)",
    ".xlsm": "sổ Excel có macro (.xlsm)",
    ".xltx": "mẫu sổ Excel (.xltx)",
    ".ods": "bảng tính OpenDocument (.ods)",
    ".htm": "trang web",
    ".html": "trang web",
    ".mht": "trang web",
    ".xml": "bảng XML",
    ".fods": "bảng XML",
    ".slk": "bảng SYLK (.slk)",
    ".txt": "tệp chữ (.txt)",
    ".tsv": "tệp chữ (.tsv)",
    ".numbers": "bảng tính Numbers",
    ".gsheet": "đường dẫn tới Google Trang tính, không phải tệp,",
}
_FIXES = {
    ".ods": "mở bằng Excel hay LibreOffice, chọn Lưu thành…, kiểu Excel (.xlsx)",
    ".numbers": "trong Numbers chọn Xuất sang Excel (.xlsx)",
    ".gsheet": "trong Google Trang tính chọn Tệp, Tải xuống, Microsoft Excel (.xlsx)",
    ".docx": "chép bảng sang Excel rồi lưu thành .xlsx",
    ".zip": "giải nén, lấy tệp Excel ở trong",
    ".pdf": "xin tệp Excel gốc của nơi gửi",
}
# Other kinds of files that communes send, and the suffix whose fix applies.
_SENT_INSTEAD = {
    **dict.fromkeys((".doc", ".docx", ".rtf", ".odt"), "tài liệu Word"),
    ".pdf": "tệp PDF",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".heic"), "ảnh"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "tệp nén"),
}
_SENT_AS = {
    **dict.fromkeys((".doc", ".rtf", ".odt"), ".docx"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".heic"), ".pdf"),
    **dict.fromkeys((".rar", ".7z"), ".zip"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The beginning of a file in UTF-8, without its mark; its kind; the suffix whose fix applies.
_STARTS = (
    (rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", _BY_SUFFIX[".xls"], ""),  # without a container around it
    (
        rb"\s*(?:<\?xml.*?\?>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|table|head|meta|style|body|div)\b|MIME-Version:",
        "trang web",
        "",
    ),
    (rb".*(?:Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet|urn:oasis:names:tc:opendoc)", "bảng XML", ""),
    (rb"ID;P", "bảng SYLK (.slk)", ""),
    (rb"%PDF", "tệp PDF", ".pdf"),
    (rb"\{\\rtf", "tài liệu Word", ".docx"),
    (rb"\xff\xd8\xff|\x89PNG|GIF8", "ảnh", ".pdf"),
    (rb"[^\x00-\x08\x0e-\x1a]*\n[^\x00-\x08\x0e-\x1a]*\Z", "tệp chữ, như CSV", ""),
)


def explain_kind(suffix: str) -> tuple[str, str] | None:
    """Return the message and the fix for a file of another kind, by its suffix; None for an unknown one."""
    kind = suffix.lower()
    if what := _BY_SUFFIX.get(kind) or _SENT_INSTEAD.get(kind):
        return f"Đây là {what} nên không được đọc", _FIXES.get(_SENT_AS.get(kind, kind), _SAVE)
    return None


def explain_suffix(name: str) -> tuple[str, str] | None:
    """Return the message and the fix for a file of another kind that is named by a year; None for any other file."""
    return explain_kind(PurePath(name).suffix) if re.match(r"\d{4}", fold(name)) else None


def explain_stranger(file: Path) -> tuple[str, str] | None:
    """Return the message and the fix for a file named .xlsx that is none, by its content; None when it may be one."""
    data = file.read_bytes()
    if data.startswith(b"PK\x03\x04"):
        return _explain_package(file)
    if not data.strip(b"\0"):
        return "Tệp Excel này trống", "xin gửi lại tệp, hoặc xóa tệp"
    if data.startswith(_OLE):
        return _explain_container(data)
    start = _as_utf8(data[:4096])
    for begins, what, fix in _STARTS:
        if re.match(begins, start, re.IGNORECASE | re.DOTALL):
            return _say(what, fix)
    return None


def explain_other_text(data: bytes) -> tuple[str, str] | None:
    """Return the message and the fix for a file named .csv that is none, by its first bytes; else None."""
    if data.startswith(b"PK\x03\x04"):
        return "Tệp mang tên .csv nhưng là sổ Excel (.xlsx), hoặc tệp nén", "đổi đuôi tên tệp thành .xlsx"
    if data.startswith(_OLE):
        return "Tệp mang tên .csv nhưng là " + _BY_SUFFIX[".xls"], _SAVE
    for begins, what, fix in _STARTS[:-1]:
        if re.match(begins, _as_utf8(data), re.IGNORECASE | re.DOTALL):
            return f"Tệp mang tên .csv nhưng là {what}", _FIXES.get(fix, _SAVE)
    return None


def _explain_container(data: bytes) -> tuple[str, str]:
    """Return the message for an OLE container: an old workbook, or any file with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "Tệp Excel này có mật khẩu", "mở bằng Excel, xóa mật khẩu (Tệp, Thông tin, Bảo vệ sổ) rồi lưu lại"
    if "WordDocument".encode("utf-16-le") in data:
        return _say("tài liệu Word", ".docx")
    return _say(_BY_SUFFIX[".xls"])


def _explain_package(file: Path) -> tuple[str, str] | None:
    """Return the message for a zip of another office program; None for a broken one, which fails when it is opened."""
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            kind = ""
            if "mimetype" in names:
                with package.open("mimetype") as opened:
                    kind = opened.read(200).decode("ascii", "replace")
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return None
    told = (
        ("opendocument.spreadsheet" in kind, _BY_SUFFIX[".ods"], ".ods"),
        ("opendocument.text" in kind or "word/document.xml" in names, "tài liệu Word", ".docx"),
        ("xl/workbook.bin" in names, _BY_SUFFIX[".xlsb"], ""),
        ("Index/Document.iwa" in names, _BY_SUFFIX[".numbers"], ".numbers"),
        (not any(name.lower().endswith(".xml") for name in names), "tệp nén", ".zip"),
    )
    return next((_say(what, fix) for is_so, what, fix in told if is_so), None)


def _say(what: str, suffix: str = "") -> tuple[str, str]:
    return f"Tệp mang tên .xlsx nhưng là {what}", _FIXES.get(suffix, _SAVE)


def _as_utf8(start: bytes) -> bytes:
    """Return the beginning of a text in UTF-8, without a byte order mark."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return start.removeprefix(b"\xef\xbb\xbf")
