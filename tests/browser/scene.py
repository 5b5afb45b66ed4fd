"""One story's form under random hands: its preview, the tabs that show it, and where each word is that was typed."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from plugins.editing.history import HISTORY
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Problem
from tests.conftest import make_image
from tests.preview.preview_process import Killable
from tests.site import checkout

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

FORM = "/_xem-thu/sua?tep="
# Prefix of the keys under which this browser keeps unsaved text.
KEPT = "sua "
_WORD = re.compile(r"tu\d{4}x")
STORY = f"{checkout.STORIES}/2026/hai-nguoi-mot-bai/bai.md"
_STORY = """\
---
# đoán: kiểu Tiêu đề trong tệp
Tiêu đề: Hai người một bài
Ngày: 3/3/2026
# Một, hai câu, hiện dưới tiêu đề và trong danh sách
Tóm tắt: Một bài để thử.
Ảnh: anh-1.jpg
Mô tả ảnh: Bà con ra đường
Kết quả:
  - 52 ảnh | mỗi năm
  - Bà con kể chuyện nhau nghe
Địa chỉ cũ:
Trạng thái: nháp
---
Đoạn đầu của bài.

![](anh-2.jpg)

Đoạn sau của bài.
"""
_TYPED = """() => [...document.querySelectorAll("#bieu-mau input, #bieu-mau textarea, dialog textarea")]
    .filter((box) => !box.closest("#chua-luu")).map((box) => box.value).join("\\n")"""
_STORED = f"""() => Object.entries(localStorage).filter(([key]) => key.startsWith({KEPT!r}))
    .map(([key, text]) => key + " " + text).join("\\n")"""


class Scene:
    """The story, its preview, the browser's tabs, and the words that must be somewhere."""

    def __init__(self, browser: Browser, folder: Path, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - not for secrets
        project = checkout.begin_office(folder)
        checkout.write(project, STORY, _STORY)
        for photo in ("anh-1.jpg", "anh-2.jpg"):
            checkout.write(project, STORY.replace("bai.md", photo), make_image() + photo.encode())
        self.preview = Killable(project)
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
        self.context.set_default_timeout(15_000)
        self.words: set[str] = set()
        self.made = 0
        self.is_offline = False
        # Sees what this browser keeps, whatever becomes of the tabs.
        self.watcher = self.context.new_page()
        self.watcher.goto(self.preview.home + "/_xem-thu/sua.css")
        self.tabs: list[Page] = []
        self.open_new()

    def close(self) -> None:
        """End what was begun."""
        self.context.close()
        self.preview.kill()

    @property
    def file(self) -> Path:
        """The file of the story."""
        return self.preview.project / STORY

    @property
    def is_broken(self) -> bool:
        """Whether the file cannot be shown by its parts."""
        return isinstance(parse_front_matter(self.file.read_text(encoding="utf-8"), STORY), Problem)

    def make_word(self) -> str:
        """Return a word that nobody has typed before."""
        self.made += 1
        return f"tu{self.made:04}x"

    # Where words are.

    def read_tabs(self) -> str:
        """Return all that stands in the boxes of the open tabs."""
        return "\n".join(read_boxes(tab) for tab in self.tabs)

    def read_stored(self) -> str:
        """Return all that this browser keeps to offer it back."""
        return read_stored(self.watcher)

    def read_disk(self) -> str:
        """Return the file, and every earlier text of it."""
        files = [self.file, *sorted((self.preview.project / HISTORY).rglob("*"))]
        return "\n".join(file.read_bytes().decode() for file in files if file.suffix == ".md" and file.is_file())

    # The tabs.

    def be_ready(self) -> None:
        """Let the network and the preview be there."""
        self.connect(True)
        if not self.preview.is_running:
            self.preview.start()

    def connect(self, is_connected: bool) -> None:
        """Connect the browser, or cut it off."""
        self.is_offline = not is_connected
        self.context.set_offline(self.is_offline)

    @property
    def is_reachable(self) -> bool:
        """Whether a page that is asked for comes."""
        return self.preview.is_running and not self.is_offline

    def watch(self, tab: Page) -> Page:
        """Let a tab be left without an answer to whether one means it."""
        tab.on("dialog", lambda asked: asked.accept())
        self.tabs.append(tab)
        return tab

    def open_new(self) -> Page:
        """Open the form in a new tab."""
        tab = self.watch(self.context.new_page())
        self.go(tab)
        return tab

    def go(self, tab: Page) -> None:
        """Open the form in a tab."""
        tab.goto(f"{self.preview.home}{FORM}{STORY}")
        if tab.locator("[data-whole]").count() and not self.is_broken:
            tab.goto(f"{self.preview.home}/_ban-bien-tap/")
            raise AssertionError(f"bài không có từng ô: {tab.locator('main').inner_text()}")

    def pick(self) -> Page | None:
        """Return a tab that shows the form, which may need to be opened again."""
        tab = self.random.choice(self.tabs)
        if tab.locator("#bieu-mau").count():
            tab.bring_to_front()
            return tab
        if not self.is_reachable:
            return None
        self.go(tab)
        return tab

    def name(self, tab: Page) -> str:
        """Return the name of a tab in the record."""
        return f"thẻ {self.tabs.index(tab) + 1}"

    def pick_button(self, tab: Page, name: str, place: str = "#bieu-mau") -> Locator | None:
        """Return one of the buttons of this name that one can see there."""
        found = tab.locator(place).get_by_role("button", name=name)
        return found.nth(self.random.randrange(count)) if (count := found.count()) else None


def find_words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def read_stored(tab: Page) -> str:
    """Return all that the browser keeps, as a tab knows it at once."""
    return str(tab.evaluate(_STORED))


def read_boxes(tab: Page) -> str:
    """Return all that stands in the boxes of a tab."""
    try:
        return str(tab.evaluate(_TYPED))
    except Error:
        # The page that stands in for one that cannot be had comes a moment after that is known.
        tab.wait_for_load_state()
        return str(tab.evaluate(_TYPED))
