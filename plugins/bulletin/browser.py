"""Web pages printed to PDF by the browser of this machine: Edge, Chrome or Chromium, headless.

Every Windows machine has Edge, so staff need not install anything. WeasyPrint would need Pango, which Windows lacks.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from plugins.sources.problem import Invalid

# The first version with page numbers and running titles (CSS page margin boxes), of November 2024.
OLDEST = 131
_SECONDS = 180
_NAMES = (
    "chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge microsoft-edge-stable msedge"
)
_WINDOWS = (r"Microsoft\Edge\Application\msedge.exe", r"Google\Chrome\Application\chrome.exe")
_WINDOWS_ROOTS = ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA")
_MAC_NAMES = ("Google Chrome", "Microsoft Edge", "Chromium")
_MAC = tuple(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in _MAC_NAMES)
_QUIET = """
--headless --disable-gpu --disable-extensions --disable-background-networking --disable-component-update
--disable-sync --no-first-run --no-default-browser-check --no-pdf-header-footer
"""


def need_browser() -> Path:
    """Return the browser to print with; Invalid when there is none."""
    if found := find_browser():
        return found
    fix = "cài Microsoft Edge (microsoft.com/edge) hoặc gói chromium rồi chạy lại"
    raise Invalid("cần trình duyệt Edge, Chrome hoặc Chromium trên máy này để in ra PDF mà không thấy", fix)


def find_browser() -> Path | None:
    """Return the first browser on the PATH, or else in the usual folders; None if there is none."""
    places = [found for name in _NAMES.split() if (found := shutil.which(name))]
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in _WINDOWS_ROOTS]
        places += [str(Path(root, program)) for program in _WINDOWS for root in roots if root]
    elif sys.platform == "darwin":
        places += _MAC
    return next((Path(place) for place in places if Path(place).is_file()), None)


def print_page(browser: Path, page: Path, folder: Path) -> bytes:
    """Return an HTML file as PDF, with the browser's profile in `folder`; Invalid when the browser fails."""
    out = folder / "ban-in.pdf"
    out.unlink(missing_ok=True)
    # A separate profile, as an open window would otherwise take over the request.
    command = [str(browser), *_QUIET.split(), f"--user-data-dir={folder / 'trinh-duyet'}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium has no sandbox for root, as in a container; the page printed is our own.
        command.append("--no-sandbox")
    command += [f"--print-to-pdf={out}", page.as_uri()]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        why = f"{browser.name} in quá {_SECONDS} giây chưa xong"
        raise Invalid(why, "chọn khoảng ngày ngắn hơn rồi chạy lại") from None
    except OSError as error:
        raise Invalid(f"không chạy được {browser} ({error.strerror})", "mở thử trình duyệt ấy rồi chạy lại") from error
    if not out.is_file():
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        why = f": {lines[-1]}" if lines else ""
        message = f"{browser.name} không in ra tệp PDF (mã {done.returncode}{why})"
        raise Invalid(message, "mở thử trình duyệt ấy rồi chạy lại")
    return out.read_bytes()
