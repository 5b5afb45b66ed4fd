"""A document's file -> its blocks, its pictures one by one, and a report; a .doc or .rtf by LibreOffice."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from plugins.sources.held import explain_reading, insist_on_reading
from plugins.sources.problem import Invalid
from plugins.word.blocks import Block, build_blocks
from plugins.word.docx.document import read_docx
from plugins.word.html.page import MAX_HTML_BYTES, is_html, read_html_file
from plugins.word.nodes import Parsed
from plugins.word.odt.document import is_odt, read_odt
from plugins.word.package import BROKEN, LONG, MAX_BYTES, is_old_word, unpack
from plugins.word.pictures import KeepPicture
from plugins.word.report import ImportReport
from plugins.word.text_file import read_text_file

_SECONDS = 90
# Other files that are packages of parts, by how the names of some parts begin.
_OTHERS = {
    "xl/": ("bảng Excel", "sổ đăng ký thì chép vào content/dang-ky; bài viết thì chép chữ sang một tệp Word"),
    "ppt/": ("trình chiếu PowerPoint", "chép chữ sang một tệp Word"),
    "index/": ("tệp Pages, Numbers hay Keynote của máy Mac", "trong chương trình ấy chọn Xuất sang Word"),
}


@dataclass(frozen=True)
class Conversion:
    """The blocks of a document, in order, and the report of reading it."""

    blocks: tuple[Block, ...]
    report: ImportReport


def load_document(file: Path, keep: KeepPicture) -> Conversion:
    """Read a .docx, .docm, .odt, .txt or, with LibreOffice, .doc, or raise Invalid; `keep` takes its pictures."""
    if file.name.startswith("~$"):
        what = "Tệp ~$… là tệp tạm mà Word tự đặt, không có chữ nào của bài"
        raise Invalid(what, "chọn tệp cùng tên không có ~$ ở đầu")
    if file.is_dir():
        raise Invalid("Đây là thư mục, không phải tệp", "chọn một tệp .docx, .odt hoặc .txt trong đó")
    try:
        if file.stat().st_size > MAX_BYTES:
            raise Invalid("Tệp nặng quá 100 MB", "thu nhỏ ảnh trong tệp rồi thử lại")
        data = insist_on_reading(file.read_bytes)
    except FileNotFoundError:
        raise Invalid("Không có tệp này", "kiểm tra lại tên tệp và thư mục") from None
    except OSError as error:
        raise explain_reading(error) from None
    if not data:
        raise Invalid("Tệp trống (0 byte)", "chép lại tệp từ người gửi")
    report = ImportReport()
    blocks = tuple(build_blocks(_read(data, file.suffix.lower(), keep, report), report))
    report.is_empty = not blocks
    return Conversion(blocks, report)


def _read(data: bytes, suffix: str, keep: KeepPicture, report: ImportReport) -> Parsed:
    if was := ".doc" if is_old_word(data) else ".rtf" if data.startswith(b"{\\rtf") else "":
        data = _convert_old_word(data, was)
        report.changed[f"tệp {was} chuyển sang .docx bằng LibreOffice"] += 1
    if data.startswith(b"PK"):
        parts = unpack(data)
        if other := next((_OTHERS[start] for start in _OTHERS if any(name.startswith(start) for name in parts)), None):
            raise Invalid(f"Tệp là {other[0]}, không phải bài viết", other[1])
        return read_odt(parts, keep, report) if is_odt(parts) else read_docx(parts, keep, report)
    if suffix in (".doc", ".docx", ".docm") and is_html(data):
        if len(data) > MAX_HTML_BYTES:
            raise LONG
        report.changed[f"trang web ghi tên {suffix}, đọc như văn bản"] += 1
        if (parsed := read_html_file(data, report)).nodes:
            return parsed
    if data.startswith(b"%PDF"):
        raise Invalid("Tệp là PDF, không phải văn bản Word", "xin người gửi tệp Word; không có thì chép chữ sang Word")
    if suffix in (".txt", ".md"):
        return read_text_file(data, report)
    if suffix in (".doc", ".docx", ".docm", ".odt"):
        raise BROKEN
    raise Invalid("Chỉ nhận tệp .docx, .odt, .txt (và .doc nếu máy có LibreOffice)", "lưu bài thành .docx rồi thử lại")


def _convert_old_word(data: bytes, suffix: str) -> bytes:
    """Return an old document as .docx; Invalid if LibreOffice is missing or cannot convert it."""
    fix = "mở bằng Word, chọn Lưu thành… dạng .docx rồi thử lại"
    if (program := _find_libreoffice()) is None:
        raise Invalid(f"Tệp {suffix} là dạng cũ, máy này không đọc được", fix)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"bai{suffix}"
        source.write_bytes(data)
        # A profile of its own: otherwise an open LibreOffice takes the job and reports nothing.
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
            return source.with_suffix(".docx").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise Invalid(f"LibreOffice không chuyển được tệp {suffix} này", fix) from None


def _find_libreoffice() -> str | None:
    if found := shutil.which("soffice") or shutil.which("libreoffice"):
        return found
    folders = (Path(os.environ[name]) for name in ("ProgramFiles", "ProgramFiles(x86)") if name in os.environ)
    programs = (folder / "LibreOffice/program/soffice.exe" for folder in folders)
    return next((str(program) for program in programs if program.is_file()), None)
