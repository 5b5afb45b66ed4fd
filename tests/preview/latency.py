"""How long a saved change takes to show, here and with `hugo server`: `python -m tests.preview.latency 100 1000 10000`.

For each number of stories: a preview in a process of its own, `hugo server` on the same stories where there is Hugo,
and Chromium with a page of each open. Wall time from the command to the first page; from the write of a file to the
moment when the browser is told and begins the page anew, and to when the page has the new words, by the browser's own
clock, the two in turns; and from what is typed into the form to the page beside it. Median and worst of so many edits.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Literal
from urllib.request import urlopen

from plugins.vietnamese import format_number
from tests.benchmark.contestants import HUGO, NAMES, OURS, find_hugo
from tests.corpus import write_corpus
from tests.loading import load
from tests.preview.preview_process import PATIENCE, previewing
from tests.site.checkout import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from plugins.content.stories.story import Story
    from tests.benchmark.contestants import Peer

EDITS = 20
HEADINGS = (
    "Số bài",
    "Xem thử bằng",
    "Trang đầu (s)",
    "Được báo (s)",
    "Trang bài (s)",
    "lâu nhất",
    "Trang chủ (s)",
    "lâu nhất",
    "Gõ trong biểu mẫu (s)",
    "lâu nhất",
)
# What each page looks for in itself before it paints, and when it was begun and had it. Asking it from here would add
# the same to both sides.
_MARK = "lần sửa thứ"
_LOOK = f"""
const look = () => {{
  const token = document.body?.innerText.match(/{_MARK} \\d+/)?.[0];
  if (token && token !== window.shown?.token) {{
    const begun = performance.timeOrigin;
    window.shown = {{token, begun, at: begun + performance.now()}};
  }}
  requestAnimationFrame(look);
}};
look();
"""
# An editor does not save again before having looked; and what the last edit started must not count for the next.
_PAUSE = 0.2
_FOLLOWING = "Đang theo dõi thay đổi"


@dataclass(frozen=True)
class Latency:
    """Seconds from the command to the first page, and from each save or typing to the change in the open page.

    `told`: from each save of the story to the begin of the reload.
    """

    first: float
    told: list[float] = field(default_factory=list)
    story: list[float] = field(default_factory=list)
    home: list[float] = field(default_factory=list)
    typed: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: where it serves, and the file of the newest story, which leads home."""

    name: str
    home: str
    file: Path
    text: str
    title: str
    page: Page
    latency: Latency


def prepare(folder: Path, stories: int) -> Path:
    """Make a project with this many stories, and all that a preview runs. Returns it."""
    project = folder / f"{stories}-bai"
    write_corpus(project, stories)
    # With bytecode, where there is some, as where a preview has run before.
    for name in ("theme", "plugins"):
        shutil.copytree(program() / name, project / name)
    for file in program().glob("*.py"):
        shutil.copy(file, project)
    return project


def measure(browser: Browser, project: Path, edits: int = EDITS, pause: float = _PAUSE) -> dict[str, Latency]:
    """Measure one project, and Hugo on its stories where there is Hugo. Returns what was found by name.

    `pause`: seconds before each edit.
    """
    library = load(project)
    story = max(library.stories, key=lambda story: (story.date, story.is_exemplar, story.slug))

    def open_side(name: str, home: str, first: float, file: Path, title: str) -> Side:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(_LOOK)
        return Side(name, home, file, file.read_text(encoding="utf-8"), title, page, Latency(first))

    with ExitStack() as stack:
        running = stack.enter_context(previewing(project, alone=True))
        sides = [open_side(OURS, running.home, running.first_page, project / story.path, "Tiêu đề:")]
        if hugo := find_hugo():
            folder = project.with_name(f"{project.name}-hugo")
            hugo.write(library, folder)
            stack.callback(shutil.rmtree, folder)
            home, first = stack.enter_context(_serving_hugo(hugo, folder))
            file = folder / "content/bai-viet" / story.folder_year / story.slug / "index.md"
            sides.append(open_side(HUGO, home, first, file, "title:"))
        pauses = [pause] * edits
        _time_edits(sides, story.url, pauses, lambda side: f"{side.text}\n\nĐoạn này là TOKEN.\n", "story")
        _time_edits(sides, "/", pauses, lambda side: _retitle(side, story), "home")
        ours = sides[0]
        ours.page.goto(f"{running.home}/_xem-thu/sua?tep={story.path}")
        ours.page.frame_locator("#ban-xem").locator("h1").wait_for()
        typed = (_time_typing(ours.page, f"Đoạn thứ {number}.", rest) for number, rest in enumerate(pauses))
        ours.latency.typed.extend(typed)
        for side in sides:
            side.page.close()
    return {side.name: side.latency for side in sides}


def _time_edits(
    sides: Sequence[Side],
    address: str,
    pauses: Sequence[float],
    change: Callable[[Side], str],
    where: Literal["story", "home"],
) -> None:
    """Save after each pause in turns, each time with other words, and wait until the open page has them."""
    for side in sides:
        side.page.goto(side.home + address)
        # Both listen for changes as soon as the page has loaded, and ours says so; nobody saves within this moment.
        if side.name == OURS:
            side.page.get_by_text(_FOLLOWING).wait_for()
        else:
            time.sleep(1)
    for number, pause in enumerate(pauses):
        for side in sides:
            # A page that is not in front is looked at less often.
            side.page.bring_to_front()
            time.sleep(pause)
            token = f"{_MARK} {number}"
            text = change(side).replace("TOKEN", token)
            begun = time.time()
            side.file.write_text(text, encoding="utf-8", newline="\n")
            has = "token => window.shown?.token === token && window.shown"
            shown = side.page.wait_for_function(has, arg=token).json_value()
            taken: list[float] = getattr(side.latency, where)
            taken.append(shown["at"] / 1000 - begun)
            if where == "story":
                side.latency.told.append(shown["begun"] / 1000 - begun)


@contextmanager
def _serving_hugo(hugo: Peer, folder: Path) -> Iterator[tuple[str, float]]:
    """Run `hugo server`; it renders into memory and reloads. Yields its address and the seconds to its first page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    home = f"http://127.0.0.1:{port}"
    line = [hugo.line[0], "server", "--quiet", "--renderToMemory", "--bind", "127.0.0.1", "--port", port]
    begun = time.perf_counter()
    process = subprocess.Popen(line, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                with urlopen(home, timeout=PATIENCE) as answer:
                    answer.read()
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                    raise
                time.sleep(0.02)
        yield home, time.perf_counter() - begun
    finally:
        process.kill()
        process.wait()


def _time_typing(page: Page, words: str, pause: float) -> float:
    time.sleep(pause)
    page.focus("#than-bai")
    begun = time.perf_counter()
    page.keyboard.insert_text(f"\n\n{words}")
    shown = "words => document.getElementById('ban-xem').contentDocument.body.innerText.includes(words)"
    page.wait_for_function(shown, arg=words)
    return time.perf_counter() - begun


def _retitle(side: Side, story: Story) -> str:
    old = next(line for line in side.text.splitlines() if line.startswith(side.title))
    return side.text.replace(old, f'{side.title} "{story.slug}, TOKEN"', 1)


def run(sizes: Sequence[int]) -> int:
    """Measure each size and print one table."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM_ARGS, find_chromium

    rows = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="dan-van-kheo-") as folder:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright.chromium.executable_path), args=CHROMIUM_ARGS
        )
        for size in sizes:
            print(f"Đang đo với {format_number(size)} bài…", flush=True)
            project = prepare(Path(folder), size)
            rows += [_row(size, name, found) for name, found in measure(browser, project).items()]
            shutil.rmtree(project)
        browser.close()
    for row in (HEADINGS, ["---:", "---", *["---:"] * (len(HEADINGS) - 2)], *rows):
        print(f"| {' | '.join(row)} |")
    return 0


def _row(size: int, name: str, found: Latency) -> list[str]:
    pairs = [(median(times), max(times)) if times else (None, None) for times in (found.story, found.home, found.typed)]
    told = median(found.told) if found.told else None
    seconds = (found.first, told, *(value for pair in pairs for value in pair))
    shown = ("–" if value is None else format_number(Decimal(f"{value:.3f}")) for value in seconds)
    return [format_number(size), NAMES[name], *shown]


if __name__ == "__main__":
    sys.exit(run([int(size) for size in sys.argv[1:]] or [100, 1_000, 10_000]))
