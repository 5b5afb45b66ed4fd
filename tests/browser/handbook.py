"""Take the pictures of the handbook from the real pages: `python -m tests.browser.handbook`.

The content is that of the project, in a copy; each picture is saved where plugins/preview/handbook shows it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from plugins.preview.handbook.book import PICTURES
from tests.browser.conftest import CHROMIUM_ARGS, find_chromium
from tests.conftest import open_in_office
from tests.preview.preview_process import previewing_content
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

STORY = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"
FORM = f"/_xem-thu/sua?tep={STORY}"
DESK = "/_ban-bien-tap/"
MOST_BYTES = 60_000
_SIZE = (1200, 760)


@dataclass(frozen=True)
class Picture:
    """A page at an address, made ready by `prepare`; `shown` is the element to show, or the whole window."""

    address: str
    prepare: Callable[[Page], None] = lambda _: None
    shown: str = ""


def wait_for_page(page: Page) -> None:
    """Wait until the form shows the story's page beside it."""
    expect(page.frame_locator("#ban-xem").locator("h1")).to_be_visible()
    page.frame_locator("#ban-xem").locator("h1").evaluate("heading => heading.scrollIntoView()")
    page.evaluate("scrollTo(0, 0)")


def misdate(page: Page) -> None:
    """Type a day that no calendar has."""
    wait_for_page(page)
    page.get_by_label("Ngày", exact=False).first.fill("31/9/2020")
    expect(page.locator("#loi-date")).to_contain_text("không có thật")


def open_register(page: Page) -> None:
    """Scroll the tasks to the card that collects registers."""
    page.get_by_text("Gộp sổ các nơi gửi về").first.scroll_into_view_if_needed()


@dataclass(frozen=True)
class Paper:
    """The first page of a file that a command makes: its words, and where it is then."""

    words: tuple[str, ...]
    file: str
    # Of the page: left, top, right, bottom.
    part: tuple[float, float, float, float] = (0, 0, 1, 1)

    def make(self, project: Path) -> Path:
        """Run the command in a copy of the project; return the first file that fits `file`."""
        assert checkout.run(project, *self.words).code == 0
        return min(project.glob(self.file))


PAPERS_TAKEN = {
    "phieu-dong-y.webp": Paper(("consent-form",), "phieu-dong-y.docx"),
    "so-mau.webp": Paper(("register-template", "--year", "2026"), "so-cac-xa/2026/*.xlsx", (0.055, 0.115, 0.56, 0.3)),
}
PICTURES_TAKEN = {
    "ban-bien-tap.webp": Picture(DESK),
    "bieu-mau.webp": Picture(FORM, wait_for_page),
    "loi-canh-o.webp": Picture(FORM, misdate, '[data-key="date"]'),
    "tien-do.webp": Picture(f"{DESK}tien-do/2020/"),
    "viec.webp": Picture(f"{DESK}viec/"),
    "danh-muc.webp": Picture("/dan-van-kheo/"),
    "lan-toa.webp": Picture(f"/_xem-thu/lan-toa?tep={STORY}"),
}


def take(page: Page, home: str, picture: Picture) -> bytes:
    """Return a picture of a page, in the light theme."""
    page.goto(home + picture.address)
    page.evaluate("document.fonts.ready")
    picture.prepare(page)
    shot = page.locator(picture.shown).screenshot() if picture.shown else page.screenshot()
    with Image.open(BytesIO(shot)) as opened:
        return compress(opened)


def take_paper(folder: Path, file: Path, part: tuple[float, float, float, float]) -> bytes:
    """Return a part of the first page of a file, as LibreOffice prints it."""
    printed = open_in_office(folder, "pdf", [file]) / f"{file.stem}.pdf"
    document = pypdfium2.PdfDocument(printed.read_bytes())
    shot = document[0].render(scale=4).to_pil()
    left, top, right, bottom = part
    width, height = shot.size
    return compress(shot.crop((int(left * width), int(top * height), int(right * width), int(bottom * height))))


def compress(shot: Image.Image) -> bytes:
    """Return a picture as WebP, no heavier than MOST_BYTES."""
    image = shot.convert("RGB")
    image.thumbnail((_SIZE[0], 1000))
    for quality in range(90, 30, -5):
        out = BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise AssertionError("a picture is too heavy")


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, previewing_content(Path(folder)) as running, sync_playwright() as api:
        executable = find_chromium(api.chromium.executable_path)
        browser = api.chromium.launch(executable_path=executable, args=CHROMIUM_ARGS)
        context = browser.new_context(
            viewport={"width": _SIZE[0], "height": _SIZE[1]},
            color_scheme="light",
            locale="vi-VN",
            reduced_motion="reduce",
        )
        page = context.new_page()
        for name, picture in PICTURES_TAKEN.items():
            (PICTURES / name).write_bytes(take(page, running.home, picture))
            print(name, (PICTURES / name).stat().st_size)
        browser.close()
        for name, paper in PAPERS_TAKEN.items():
            (PICTURES / name).write_bytes(take_paper(Path(folder), paper.make(running.project), paper.part))
            print(name, (PICTURES / name).stat().st_size)


if __name__ == "__main__":
    main()
