"""Recognise files that are neither .xlsx nor CSV, whatever their suffix, and explain how to convert them."""

import re
import zipfile
from pathlib import Path, PurePath

from plugins.vietnamese import fold

# A kind of file: its name in messages, and how to convert it to .xlsx.
_Kind = tuple[str, str]
_SAVE = "mở bằng Excel, chọn Lưu thành… (Save As), kiểu Excel Workbook (.xlsx)"
_ORIGINAL = "xin tệp Excel gốc của nơi gửi"
_OLD_EXCEL = "sổ Excel kiểu cũ (.xls)", _SAVE
_BINARY_EXCEL = "sổ Excel nhị phân (.xlsb)", _SAVE
_OPEN_DOCUMENT = "bảng tính OpenDocument (.ods)", "mở bằng Excel hay LibreOffice, chọn Lưu thành…, kiểu Excel (.xlsx)"
_NUMBERS = "bảng tính Numbers", "trong Numbers chọn Xuất sang Excel (.xlsx)"
_GOOGLE = "trong Google Trang tính chọn Tệp, Tải xuống, Microsoft Excel (.xlsx)"
_WEB_PAGE = "trang web", _SAVE
_XML = "bảng XML", _SAVE
_SYLK = "bảng SYLK (.slk)", _SAVE
_WORD = "tài liệu Word", "chép bảng sang Excel rồi lưu thành .xlsx"
_PDF = "tệp PDF", _ORIGINAL
_PICTURE = "ảnh", _ORIGINAL
_ARCHIVE = "tệp nén", "giải nén, lấy tệp Excel ở trong"
_BY_SUFFIX: dict[str, _Kind] = {
    **dict.fromkeys((".xls", ".xlt"), _OLD_EXCEL),
    ".et": ("sổ của WPS", _SAVE),
    ".xlsb": _BINARY_EXCEL,
    ".xlsm": ("sổ Excel có macro (.xlsm)", _SAVE),
    ".xltx": ("mẫu sổ Excel (.xltx)", _SAVE),
    ".ods": _OPEN_DOCUMENT,
    **dict.fromkeys((".htm", ".html", ".mht"), _WEB_PAGE),
    **dict.fromkeys((".xml", ".fods"), _XML),
    ".slk": _SYLK,
    ".txt": ("tệp chữ (.txt)", _SAVE),
    ".tsv": ("tệp chữ (.tsv)", _SAVE),
    ".numbers": _NUMBERS,
    ".gsheet": ("đường dẫn tới Google Trang tính, không phải tệp,", _GOOGLE),
    **dict.fromkeys((".doc", ".docx", ".rtf", ".odt"), _WORD),
    ".pdf": _PDF,
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".heic"), _PICTURE),
    **dict.fromkeys((".zip", ".rar", ".7z"), _ARCHIVE),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The beginning of a file, as UTF-8 without a byte order mark, and its kind.
_STARTS: tuple[tuple[bytes, _Kind], ...] = (
    (rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", _OLD_EXCEL),  # without a container around it
    (
        rb"\s*(?:<\?xml.*?\?>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|table|head|meta|style|body|div)\b|MIME-Version:",
        _WEB_PAGE,
    ),
    (rb".*(?:Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet|urn:oasis:names:tc:opendoc)", _XML),
    (rb"ID;P", _SYLK),
    (rb"%PDF", _PDF),
    (rb"\{\\rtf", _WORD),
    (rb"\xff\xd8\xff|\x89PNG|GIF8", _PICTURE),
)


def explain_kind(suffix: str) -> tuple[str, str] | None:
    """Return the message and the fix for a file of another kind, by its suffix; None for an unknown one."""
    kind = _BY_SUFFIX.get(suffix.lower())
    return (f"Đây là {kind[0]} nên không được đọc", kind[1]) if kind else None


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
    if data.startswith(_OLE):  # an old workbook, or any file with a password
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "Tệp Excel này có mật khẩu", "mở bằng Excel, xóa mật khẩu (Tệp, Thông tin, Bảo vệ sổ) rồi lưu lại"
        return _say(_WORD if "WordDocument".encode("utf-16-le") in data else _OLD_EXCEL)
    start = _as_utf8(data[:4096])
    is_text = re.match(rb"[^\x00-\x08\x0e-\x1a]*\n[^\x00-\x08\x0e-\x1a]*\Z", start)
    return _explain_start(start) or (_say(("tệp chữ, như CSV", _SAVE)) if is_text else None)


def explain_other_text(data: bytes) -> tuple[str, str] | None:
    """Return the message and the fix for a file named .csv that is none, by its first bytes; else None."""
    if data.startswith(b"PK\x03\x04"):
        return "Tệp mang tên .csv nhưng là sổ Excel (.xlsx), hoặc tệp nén", "đổi đuôi tên tệp thành .xlsx"
    if data.startswith(_OLE):
        return _say(_OLD_EXCEL, ".csv")
    return _explain_start(_as_utf8(data), ".csv")


def _explain_start(start: bytes, suffix: str = ".xlsx") -> tuple[str, str] | None:
    found = (kind for pattern, kind in _STARTS if re.match(pattern, start, re.IGNORECASE | re.DOTALL))
    return next((_say(kind, suffix) for kind in found), None)


def _explain_package(file: Path) -> tuple[str, str] | None:
    """Return the message for a zip of another office program; None for a broken one, which fails when it is opened."""
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            mimetype = ""
            if "mimetype" in names:
                with package.open("mimetype") as opened:
                    mimetype = opened.read(200).decode("ascii", "replace")
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return None
    kinds = (
        ("opendocument.spreadsheet" in mimetype, _OPEN_DOCUMENT),
        ("opendocument.text" in mimetype or "word/document.xml" in names, _WORD),
        ("xl/workbook.bin" in names, _BINARY_EXCEL),
        ("Index/Document.iwa" in names, _NUMBERS),
        (not any(name.lower().endswith(".xml") for name in names), _ARCHIVE),
    )
    return next((_say(kind) for is_it, kind in kinds if is_it), None)


def _say(kind: _Kind, suffix: str = ".xlsx") -> tuple[str, str]:
    return f"Tệp mang tên {suffix} nhưng là {kind[0]}", kind[1]


def _as_utf8(start: bytes) -> bytes:
    """Return the beginning of a text in UTF-8, without a byte order mark."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return start.removeprefix(b"\xef\xbb\xbf")
