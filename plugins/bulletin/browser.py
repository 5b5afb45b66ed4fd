"""A web page to PDF by the browser of this machine: Edge, Chrome or Chromium, without a window.

Every Windows machine has Edge, so that staff install nothing; the bulletin looks as the site does, since the same
engine draws both. WeasyPrint would need Pango and its libraries, which no Windows machine has.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Numbers at the foot of a page and running titles came with this version, in November 2024.
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


class CannotPrint(Exception):
    """Why there is no PDF, as a sentence that says what to do."""


def find_browser() -> Path | None:
    """Return the first browser found that prints to PDF: by name on the PATH, then where it is usually installed."""
    places = [found for name in _NAMES.split() if (found := shutil.which(name))]
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in _WINDOWS_ROOTS]
        places += [str(Path(root, program)) for program in _WINDOWS for root in roots if root]
    elif sys.platform == "darwin":
        places += _MAC
    return next((Path(place) for place in places if Path(place).is_file()), None)


def print_page(browser: Path, page: Path, folder: Path) -> bytes:
    """Return an HTML file as PDF; the browser keeps what it needs in `folder`. CannotPrint when it gives none."""
    out = folder / "ban-in.pdf"
    out.unlink(missing_ok=True)
    # A profile of its own: a window that is open on this machine neither gets in the way nor is seen.
    command = [str(browser), *_QUIET.split(), f"--user-data-dir={folder / 'trinh-duyet'}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # As root, as in a container, there is no sandbox to be had; what is printed is our own page.
        command.append("--no-sandbox")
    command += [f"--print-to-pdf={out}", page.as_uri()]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        late = f"{browser.name} in quá {_SECONDS} giây chưa xong; chọn khoảng ngày ngắn hơn rồi chạy lại"
        raise CannotPrint(late) from None
    except OSError as error:
        raise CannotPrint(f"không chạy được {browser} ({error.strerror})") from error
    if not out.is_file():
        said = done.stderr.decode(errors="replace").strip().splitlines()
        why = f": {said[-1]}" if said else ""
        raise CannotPrint(f"{browser.name} không in ra tệp PDF (mã {done.returncode}{why})")
    return out.read_bytes()
