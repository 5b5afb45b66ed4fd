"""The cost of the search for a reader and the build, on sites that `python -m tests.audit.finding 1000 10000` builds.

Weight is what comes over the wire, compressed, from the first key to the first results; the page itself is told apart.
Time is measured with the processor slowed six times, as a cheap phone is beside an office computer.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from plugins.exemplars.model.edition import select_edition
from plugins.search.entries import build_entry
from plugins.search.index_files import build_index_files
from tests import corpus
from tests.audit.server import serve
from tests.browser.conftest import CHROMIUM_ARGS, find_chromium
from tests.loading import load
from tests.site import checkout

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

SEARCH = "/tim-kiem/"
# By stories: the most bytes from the first key to the first results.
WEIGHTS = {1_000: 200_000, 10_000: 500_000}
FIRST_RESULT, NEXT_KEY, INDEX_TIME = 1.5, 0.150, 25.0
SLOWDOWN = 6
ROUNDS = 3
# Usual queries, and one of syllables that nearly every story has.
QUERIES = (
    "dak wil",
    "hu gao",
    "duong giao thong",
    "dan van kheo",
    "ba con trong thon",
    "nha van hoa cong dong",
    "3,2 km",
)

# Resolves when what was typed last has its results, with the seconds since the key was pressed.
_WATCH = """() => {
    window.pressed = 0;
    window.answered = null;
    const field = document.querySelector("#cau-tim");
    field.addEventListener("keydown", () => { window.pressed = performance.now(); window.answered = null; });
    const list = document.querySelector(".results-list");
    new MutationObserver(() => {
        const pressed = window.pressed;
        requestAnimationFrame(() => setTimeout(() => {
            if (pressed === window.pressed) window.answered ??= (performance.now() - pressed) / 1000;
        }));
    }).observe(list, { childList: true });
}"""


@dataclass
class Cost:
    """Of one query: bytes from the first key, bytes with the page, seconds to the first result and after a next key."""

    query: str
    fetched: int
    with_page: int
    first: float
    following: float


class Wire:
    """Adds up what comes over the wire."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        session.on("Network.loadingFinished", self._add)
        session.send("Network.enable")

    def _add(self, said: dict[str, Any]) -> None:
        self.bytes += int(said["encodedDataLength"])


def measure(browser: Browser, home: str, query: str) -> Cost:
    """Type a query on a page that nothing of is cached: all but its last two keys at once, then each of these."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        wire = Wire(session)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.goto(home + SEARCH, wait_until="networkidle")
        own = wire.bytes
        page.evaluate(_WATCH)
        page.focus("#cau-tim")
        page.keyboard.insert_text(query[:-2])
        first = _press(page, query[-2])
        page.wait_for_timeout(500)
        total = wire.bytes
        following = _press(page, query[-1])
        return Cost(query, total - own, total, first, following)
    finally:
        context.close()


def median_of(costs: list[Cost]) -> Cost:
    """Return the median of each figure: the machine may have been busy with something else at any moment."""
    columns = zip(*(astuple(cost)[1:] for cost in costs), strict=True)
    return Cost(costs[0].query, *(median(column) for column in columns))


def _press(page: Page, key: str) -> float:
    page.keyboard.press("Space" if key == " " else key)
    return float(page.wait_for_function("window.answered", timeout=60_000).json_value())


def time_index(project: Path) -> float:
    """Return the seconds of processor time that the index takes, the rendering of bodies aside: pages need that too."""
    library = load(project)
    edition = select_edition(library, drafts=False, samples=True)
    sources = list(dict.fromkeys((*edition.index.stories, *edition.sources.values())))
    start = process_time()
    folder, files = build_index_files([build_entry(s, library.vocabulary, f"<p>{s.body}</p>") for s in sources])
    with tempfile.TemporaryDirectory() as target:
        for name, text in files.items():
            (Path(target) / name).write_text(text, encoding="utf-8", newline="\n")
    del folder
    return process_time() - start


def run(sizes: list[int]) -> int:
    """Measure sites of these sizes and print a table each. Returns the exit code: 1 when a bar is missed."""
    missed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright.chromium.executable_path), args=CHROMIUM_ARGS
        )
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                project = checkout.copy_project(Path(folder))
                shutil.rmtree(project / "content")
                corpus.write_corpus(project, size)
                seconds = time_index(project)
                print(f"\n{size} bài: lập chỉ mục {seconds:.2f} giây", flush=True)
                missed += [f"{size}: {seconds:.1f} s"] if seconds > INDEX_TIME else []
                missed += _print_costs(browser, project, size)
        browser.close()
    print("Chưa đạt: " + "; ".join(missed) if missed else "Mọi mức đều đạt.")
    return 1 if missed else 0


def _print_costs(browser: Browser, project: Path, size: int) -> list[str]:
    done = checkout.run(project, "build", timeout=3600)
    if done.code:
        raise RuntimeError(done.stdout + done.stderr)
    missed = []
    print("| câu tìm | tải về tới kết quả đầu (KB) | kể cả trang (KB) | kết quả đầu (s) | phím kế (s) |")
    print("|---|---:|---:|---:|---:|")
    with serve(project / "output") as home:
        for query in QUERIES:
            cost = median_of([measure(browser, home, query) for _ in range(ROUNDS)])
            sizes = f"{cost.fetched / 1000:.1f} | {cost.with_page / 1000:.1f}"
            print(f"| {query} | {sizes} | {cost.first:.2f} | {cost.following:.3f} |", flush=True)
            slow = cost.first > FIRST_RESULT or cost.following > NEXT_KEY
            if cost.fetched > WEIGHTS.get(size, max(WEIGHTS.values())) or (slow and size <= 1_000):
                missed.append(f"{size}, {query}")
    return missed


if __name__ == "__main__":
    sys.exit(run([int(size) for size in sys.argv[1:]] or [1_000]))
