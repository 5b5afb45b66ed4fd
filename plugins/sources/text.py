"""Read text files as NFC text with LF line ends and without invisible characters."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from io import FileIO
from pathlib import Path
from types import MappingProxyType

from plugins.sources.folders import DirEntry, find_link
from plugins.sources.held import insist_on_reading, tell_unread
from plugins.sources.problem import Problem
from plugins.vietnamese import nfc, without_unseen

# A long story has 20 KB; a megabyte is a pasted picture or the wrong file.
MAX_BYTES = 1_000_000
AS_UTF8 = "mở tệp bằng Notepad, chọn Lưu thành… với mã hóa UTF-8"
# Control characters, which HTML forbids; pasted text may have them, such as Word's line end (\x0b).
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
_CONTROL = re.compile(f"[{CONTROL}]")
# Bidirectional controls, which can disguise names. Phones add them around copied numbers.
_TURNS = "\u202a-\u202e\u2066-\u2069"
_TURNING = re.compile(f"[{_TURNS}]")
_UNSEEN = re.compile(f"[{CONTROL}{_TURNS}]")


def read_text(
    file: Path | DirEntry,
    path: str,
    overrides: Mapping[str, str] = MappingProxyType({}),
    *,
    most: int = MAX_BYTES,
    as_utf8: str = AS_UTF8,
    utf16: bool = False,
) -> str | Problem:
    """Read a text file in UTF-8, with or without BOM; `path` is its name in problems.

    `overrides` are texts, by path, that replace their files. `most` is the limit in bytes; `as_utf8` explains how to
    save the file in UTF-8. With `utf16`, UTF-16 with a BOM is accepted too, as in “Unicode text” of spreadsheets. A
    DirEntry of `list_folder` is known not to be a link.
    """
    if path in overrides:
        return decode_text(overrides[path].encode("utf-8", "replace"), path)
    try:
        if file.is_dir():
            fix = "đổi tên hoặc xóa thư mục, rồi đặt tệp vào đây"
            return Problem(path, 1, "Đây là thư mục, không phải tệp chữ", fix)
        if isinstance(file, Path) and (fault := find_link(file) or find_link(file.parent)):
            return Problem(path, 1, *fault)
        if (size := file.stat().st_size) > most:
            megabytes = f"{size / 1_000_000:.1f}".replace(".", ",")
            what = f"Tệp nặng {megabytes} MB, quá giới hạn {most // 1_000_000} MB cho một tệp chữ"
            return Problem(path, 1, what, "tách ảnh hoặc tài liệu ra tệp riêng, chỉ giữ chữ trong tệp này")
        data = insist_on_reading(lambda: _read(file))
    except OSError as error:
        return tell_unread(error, path)
    return decode_text(data, path, as_utf8, utf16=utf16)


def _read(file: Path | DirEntry) -> bytes:
    with FileIO(file) as opened:
        return opened.readall()


def decode_text(data: bytes, path: str, as_utf8: str = AS_UTF8, *, utf16: bool = False) -> str | Problem:
    """Decode the bytes of a text file; a Problem names the likely encoding if it is not UTF-8."""
    is_utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    if is_utf16 and not utf16:
        return Problem(path, 1, "Tệp lưu ở mã UTF-16 nên không đọc được", as_utf8)
    try:
        text = data.decode("utf-16") if is_utf16 else data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        broken = "Tệp ở mã UTF-16 nhưng hỏng, hoặc gửi chưa trọn"
        other = "Tệp không ở mã UTF-8 (có thể là Windows-1258 hoặc một bảng mã cũ)"
        return Problem(path, 1, broken if is_utf16 else other, as_utf8)
    if "\0" in text:
        return Problem(path, 1, "Tệp có byte rỗng, không phải tệp chữ UTF-8", as_utf8)
    text = nfc(without_unseen(text).replace("\r\n", "\n").replace("\r", "\n"))
    if unseen := _find_unseen(text, path):
        return unseen
    return text if text.strip() else Problem(path, 1, "Tệp trống", "viết nội dung vào tệp hoặc xóa tệp")


def _find_unseen(text: str, path: str) -> Problem | None:
    """Return a problem for the first forbidden invisible character."""
    found = (_CONTROL.search(text) or _TURNING.search(text)) if _UNSEEN.search(text) else None
    if not found:
        return None
    line = text.count("\n", 0, found.start()) + 1
    if found.re is _CONTROL:
        return Problem(path, line, "Có ký tự điều khiển lạ trong tệp", "xóa ký tự ấy rồi gõ lại dòng chữ")
    word = text[found.end() :].split(maxsplit=1)[:1] or ["…"]
    what = f"Có ký tự ẩn đảo chiều chữ (U+{ord(found.group()):X}) trước “{_TURNING.sub('', word[0])[:30]}”"
    return Problem(path, line, what, "xóa cả đoạn chữ hay con số ấy rồi gõ lại, đừng dán")
