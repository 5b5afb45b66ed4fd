"""A .doc or .rtf -> the bytes of a .docx, by LibreOffice if it is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from plugins.sources.problem import Invalid

_SECONDS = 90


def convert_old_word(data: bytes, suffix: str) -> bytes:
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
