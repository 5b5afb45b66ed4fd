"""How long a saved change takes to show: `python -m tests.preview.latency 100 1000 10000`.

For each number of stories: a preview in a process of its own, and Chromium with a page open. Wall time from the command
to the first page; and from the write of a file to the moment when the open page shows the new words,
the reload in the browser included; and from what is typed into the form to the page beside it. Median and worst of so
many edits.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from plugins.exemplars.library import load_library
from plugins.vietnamese import format_number
from tests.corpus import write_corpus
from tests.preview.preview_process import previewing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Browser, Page

    from plugins.exemplars.story import Story

REPOSITORY = Path(__file__).parents[2]
EDITS = 20
HEADINGS = (
    "Số bài",
    "Trang đầu (s)",
    "Trang bài (s)",
    "lâu nhất",
    "Trang chủ (s)",
    "lâu nhất",
    "Gõ trong biểu mẫu (s)",
    "lâu nhất",
)
# An editor does not save again before having looked; and what the last edit started must not count for the next.
_PAUSE = 0.2


@dataclass(frozen=True)
class Latency:
    """Seconds from the command to the first page, and from each save or typing to the change in the open page."""

    first: float
    story: Sequence[float]
    home: Sequence[float]
    typed: Sequence[float]


def prepare(folder: Path, stories: int) -> Path:
    """Make a project with this many stories, and all that a preview runs. Returns it."""
    project = folder / f"{stories}-bai"
    write_corpus(project, stories)
    for name in ("theme", "plugins"):
        shutil.copytree(REPOSITORY / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in REPOSITORY.glob("*.py"):
        shutil.copy(file, project)
    return project


def measure(browser: Browser, project: Path, edits: int = EDITS) -> Latency:
    """Measure one project. Its newest story is edited, which leads the home page too."""
    story = max(load_library(project).stories, key=lambda story: (story.date, story.is_exemplar, story.slug))
    with previewing(project) as running:
        first = running.first_page
        page = browser.new_page()
        page.set_default_timeout(60_000)

        def time_edits(address: str, change: Callable[[int], str]) -> list[float]:
            page.goto(running.home + address)
            page.wait_for_selector("#xem-thu", state="attached")
            taken = []
            for number in range(edits):
                time.sleep(_PAUSE)
                token = f"lần sửa thứ {number}"
                text = change(number).replace("TOKEN", token)
                begun = time.perf_counter()
                (project / story.path).write_text(text, encoding="utf-8", newline="\n")
                page.wait_for_function("token => document.body?.innerText.includes(token)", arg=token)
                taken.append(time.perf_counter() - begun)
            return taken

        text = (project / story.path).read_text(encoding="utf-8")
        on_story = time_edits(story.url, lambda _: f"{text}\n\nĐoạn này là TOKEN.\n")
        on_home = time_edits("/", lambda _: _retitle(text, story))
        page.goto(f"{running.home}/_xem-thu/sua?tep={story.path}")
        page.frame_locator("#ban-xem").locator("h1").wait_for()
        on_form = [_time_typing(page, f"Đoạn thứ {number}.") for number in range(edits)]
        page.close()
    return Latency(first, on_story, on_home, on_form)


def _time_typing(page: Page, words: str) -> float:
    time.sleep(_PAUSE)
    page.focus("#than-bai")
    begun = time.perf_counter()
    page.keyboard.insert_text(f"\n\n{words}")
    shown = "words => document.getElementById('ban-xem').contentDocument.body.innerText.includes(words)"
    page.wait_for_function(shown, arg=words)
    return time.perf_counter() - begun


def _retitle(text: str, story: Story) -> str:
    old = next(line for line in text.splitlines() if line.startswith("Tiêu đề:"))
    return text.replace(old, f'Tiêu đề: "{story.slug}, TOKEN"', 1)


def run(sizes: Sequence[int]) -> int:
    """Measure each size and print one table."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM_ARGS, find_chromium

    rows = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="dan-van-kheo-") as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=CHROMIUM_ARGS)
        for size in sizes:
            print(f"Đang đo với {format_number(size)} bài…", flush=True)
            project = prepare(Path(folder), size)
            found = measure(browser, project)
            pairs = [(median(times), max(times)) for times in (found.story, found.home, found.typed)]
            seconds = (found.first, *(value for pair in pairs for value in pair))
            rows.append([format_number(size), *(format_number(Decimal(f"{value:.2f}")) for value in seconds)])
            shutil.rmtree(project)
        browser.close()
    for row in (HEADINGS, ["---:"] * len(HEADINGS), *rows):
        print(f"| {' | '.join(row)} |")
    return 0


if __name__ == "__main__":
    sys.exit(run([int(size) for size in sys.argv[1:]] or [100, 1_000, 10_000]))
