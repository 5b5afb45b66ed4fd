"""Layout shifts when the site's fonts come late, by the reader's fonts: `python -m tests.browser.shifts FOLDER…`.

Each folder holds the files of one set of system fonts, regular and bold; the browser sees these and no others. Roboto,
Noto Sans and Inter are in Debian's fonts-roboto-unhinted, fonts-noto-core and fonts-inter; Liberation Sans has Arial's
and Helvetica's widths, which Windows, macOS and iOS have beside Segoe UI and San Francisco. Measures what `build` made.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.audit import bars
from tests.audit.report import COMPARED
from tests.audit.server import serve
from tests.audit.weight import DESK, PHONE, measure_shifts
from tests.browser.conftest import CHROMIUM_ARGS, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

PROJECT = Path(__file__).parents[2]
# Seconds by which the fonts come after everything else.
LATE = 1


def launch_with(chromium: BrowserType, fonts: Path, room: Path) -> Browser:
    """Start a browser that knows no fonts but those of a folder; `room` takes what it needs for that."""
    conf = room / "fonts.conf"
    conf.write_text(
        f"<fontconfig><dir>{fonts}</dir><cachedir>{room / 'cache'}</cachedir></fontconfig>", encoding="utf-8"
    )
    return chromium.launch(
        executable_path=find_chromium(chromium.executable_path),
        args=CHROMIUM_ARGS,
        env={**os.environ, "FONTCONFIG_FILE": str(conf)},
    )


def run(folders: list[Path]) -> int:
    """Measure and print each set of fonts. Returns the exit code: 1 when anything jumps further than it may."""
    worst = 0.0
    with serve(PROJECT / "output", fonts_after=LATE) as home, sync_playwright() as playwright:
        for folder in folders:
            with tempfile.TemporaryDirectory() as room:
                browser = launch_with(playwright.chromium, folder.resolve(), Path(room))
                urls = {name: home + url for name, url in COMPARED.items()}
                phone, desk = (measure_shifts(browser, urls.values(), reader) for reader in (PHONE, DESK))
                for name, url in urls.items():
                    shifts = [phone[url], desk[url]]
                    worst = max(worst, *shifts)
                    print(f"{folder.name} {name}: {shifts[0]:.4f} at 360, {shifts[1]:.4f} at 1280", flush=True)
                browser.close()
    return int(worst > bars.SHIFT)


if __name__ == "__main__":
    sys.exit(run([Path(folder) for folder in sys.argv[1:]]))
