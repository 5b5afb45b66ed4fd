"""Cost of the search of a province or of the country: `python -m tests.search.scale 12400 100000 [--pagefind]`.

Invented cards (tests/search/cards.py) are indexed in a process of their own, for its memory; then a real browser of a
phone's width asks what people ask, on the search page of the shipped site, with nothing in its cache. Bytes are what
comes over the wire, compressed: to the first results without the page, at rest, and with the page. Seconds are of the
processor, since other things may run beside.

Pagefind (npm, fetched into a temporary folder) does the same in the same run, over one page a card.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from plugins.search.index_files import make_index_files
from tests.audit.finding import Wire
from tests.audit.server import serve
from tests.benchmark import figures
from tests.browser.conftest import CHROMIUM_ARGS, find_chromium
from tests.search.cards import make_cards
from tests.site import checkout

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from plugins.search.entries import SearchEntry

PAGEFIND = "pagefind@1.6.0"
# The most bytes to the first results, the page aside, by the number of cards.
BARS = {12_400: 200_000, 100_000: 500_000}
# Where a place and a thing stand in hardly any card, in every one, in quotes, with marks, in one piece, half typed.
QUERIES = (
    "dak drong",
    "hu gao",
    "thôn",
    "xã",
    "nông thôn mới",
    "nong thon moi xa dak drong",
    "hũ gạo tình thương thôn 9",
    '"nông thôn mới"',
    '"hũ gạo"',
    "dakdrong",
    "bà con trong thôn cùng làm",
    "ban công tác mặt trận thôn 3 kinh tế",
    "chi hội phụ n",
    "phan loai ra",
    "1.250",
    "qqwwzz",
)
_HEAD = "| asked | KB to first results | at rest | typed | with the page | found |\n|---|---:|---:|---:|---:|---|"
_SHOWN = ".result, .search__nothing:not([hidden])"


@dataclass(frozen=True)
class Answer:
    """The bytes and results of one query."""

    query: str
    first: int
    rest: int
    typed: int
    with_page: int
    said: str


def each_of(number: int) -> int:
    """Return how many cards a member site has: 124 of a hundred in a province, 3,300 of thirty in the country."""
    return 100 if number < 50_000 else 30


def write_index(number: int, folder: Path) -> dict[str, float]:
    """Write the index of so many cards. Returns its costs; making the cards up is not counted."""
    start = process_time()
    for _ in make_cards(number, each=each_of(number)):
        pass
    making = process_time() - start
    folder.mkdir(parents=True)
    files = size = 0
    start = process_time()
    for name, text in make_index_files(make_cards(number, each=each_of(number))):
        data = text.encode()
        (folder / name).write_bytes(data)
        files, size = files + 1, size + len(data)
    seconds = process_time() - start - making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak": peak, "files": files, "size": size}


def write_pages(number: int, folder: Path) -> None:
    """Write one page a card, holding its words, for Pagefind."""
    for at, card in enumerate(make_cards(number, each=each_of(number))):
        file = folder / f"{at // 1000}/{at}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_page(card), encoding="utf-8", newline="\n")


def _page(card: SearchEntry) -> str:
    told = "".join(f"<p>{escape(text)}</p>" for text in (card.name, *card.terms, card.lead, *card.more.split("\n")))
    head = f'<meta charset="utf-8"><title>{escape(card.title)}</title>'
    return f'<!doctype html><html lang="vi">{head}<main data-pagefind-body><h1>{escape(card.title)}</h1>{told}</main>'


def ask(browser: Browser, address: str, query: str) -> Answer:
    """Ask one question twice, on a page of which nothing is cached: pasted at once, and typed key by key."""
    pasted, said = _ask(browser, address, query, at_once=True)
    typed, _ = _ask(browser, address, query, at_once=False)
    return Answer(query, *pasted[:2], typed[1], sum(pasted[1:]), said)


def _ask(browser: Browser, address: str, query: str, *, at_once: bool) -> tuple[tuple[int, int, int], str]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    try:
        page = context.new_page()
        wire = Wire(context.new_cdp_session(page))
        page.goto(address, wait_until="networkidle")
        own = wire.bytes
        page.focus("#cau-tim")
        if at_once:
            page.keyboard.insert_text(query)
        else:
            page.keyboard.type(query, delay=120)
        page.wait_for_selector(_SHOWN)
        first = wire.bytes - own
        page.wait_for_timeout(700)
        page.wait_for_load_state("networkidle")
        page.wait_for_selector(".search__results:not([aria-busy])", state="attached")
        said = page.locator(".search__count:visible, .search__nothing:visible").first.inner_text().split("\n")[0]
        return (first, wire.bytes - own, own), said
    finally:
        context.close()


def ask_pagefind(browser: Browser, home: str, query: str) -> Answer:
    """Ask Pagefind as its own interface does, and load as many results as our page shows first."""
    context = browser.new_context(locale="vi-VN")
    try:
        # The page's session does not see fetches of a worker.
        context.add_init_script("delete window.Worker")
        page = context.new_page()
        wire = Wire(context.new_cdp_session(page))
        page.goto(f"{home}/hoi.html", wait_until="networkidle")
        own = wire.bytes
        found = page.evaluate(
            """async (query) => {
                const pagefind = await import("/pagefind/pagefind.js");
                const { results } = await pagefind.search(query);
                await Promise.all(results.slice(0, 4).map((result) => result.data()));
                return results.length;
            }""",
            query,
        )
        page.wait_for_timeout(200)
        fetched = wire.bytes - own
        return Answer(query, fetched, fetched, 0, wire.bytes, f"{found} results")
    finally:
        context.close()


def measure(browser: Browser, site: Path, number: int, folder: Path) -> list[str]:
    """Index, query and print a table. Returns the measurements that miss their bar."""
    name = f"tim-kiem/chi-muc/{number:012d}"
    command = [sys.executable, "-m", "tests.search.scale", str(number), "--index", str(site / name)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=checkout.PROJECT)
    costs = json.loads(done.stdout)
    each = 1000 * costs["seconds"] / number
    print(f"\n## {number} cards\n\nindex: {costs['seconds']:.1f} s of processor, {each:.3f} ms a card,", end=" ")
    print(f"{costs['peak']:.0f} MB at most, {costs['files']} files, {costs['size'] / 1e6:.1f} MB\n", flush=True)
    print(_HEAD)
    page = site / "tim-kiem/index.html"
    html = page.read_text("utf-8")
    page.write_text(re.sub('data-index="[^"]*"', f'data-index="/{name}/"', html), encoding="utf-8")
    with serve(site) as home:
        answers = [_told(ask(browser, f"{home}/tim-kiem/", query)) for query in QUERIES]
    page.write_text(html, encoding="utf-8")
    worst = max(answers, key=lambda answer: answer.first)
    middle = median(answer.first for answer in answers)
    most = f"worst {worst.first / 1000:.1f} KB ({worst.query})"
    print(f"\nto the first results: median {middle / 1000:.1f} KB, {most}", flush=True)
    bar = next((bar for size, bar in sorted(BARS.items()) if number <= size), max(BARS.values()))
    return [f"{number}, {answer.query}: {answer.first}" for answer in answers if answer.first > bar]


def _told(answer: Answer) -> Answer:
    kilobytes = " | ".join(f"{size / 1000:.1f}" for size in (answer.first, answer.rest, answer.typed, answer.with_page))
    print(f"| {answer.query} | {kilobytes} | {answer.said} |", flush=True)
    return answer


def measure_pagefind(browser: Browser, number: int, folder: Path) -> None:
    """Index the same cards with Pagefind, ask the same and print a table."""
    subprocess.run(["npm", "install", "--silent", PAGEFIND], cwd=folder, check=True)
    pages = folder / "pages"
    write_pages(number, pages)
    (pages / "hoi.html").write_text("<!doctype html><html lang=vi><title>?</title>", encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["node_modules/.bin/pagefind", "--site", "pages", "--glob", "*/*.html"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    files = [file.stat().st_size for file in (pages / "pagefind").rglob("*") if file.is_file()]
    print(f"\n### {PAGEFIND}\n\nindex: {seconds:.1f} s of processor, {1000 * seconds / number:.3f} ms a card,", end=" ")
    print(f"{after.ru_maxrss / 1024:.0f} MB at most, {len(files)} files, {sum(files) / 1e6:.1f} MB\n", flush=True)
    print(_HEAD)
    with serve(pages) as home:
        answers = [_told(ask_pagefind(browser, home, query)) for query in QUERIES]
    sizes = [answer.first for answer in answers]
    print(f"\nmedian {median(sizes) / 1000:.1f} KB, worst {max(sizes) / 1000:.1f} KB", flush=True)


def run(sizes: list[int], *, pagefind: bool) -> int:
    """Measure each size. Returns the exit code: 1 when a bar is missed."""
    missed = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        path = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        project = checkout.copy_project(Path(scratch))
        done = checkout.run(project, "build", timeout=600)
        if done.code:
            raise RuntimeError(done.stdout + done.stderr)
        for number in sizes:
            missed += measure(browser, project / "output", number, Path(scratch))
            if pagefind:
                folder = Path(scratch) / "pagefind"
                folder.mkdir()
                measure_pagefind(browser, number, folder)
                shutil.rmtree(folder)
        browser.close()
    print("\nmissed: " + "; ".join(missed) if missed else "\nevery bar is met")
    return 1 if missed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the search at the scale of a province and of the country.")
    parser.add_argument("cards", type=int, nargs="+")
    parser.add_argument("--pagefind", action="store_true", help="compare with Pagefind, which npm fetches")
    parser.add_argument("--index", type=Path, help="only write the index into this folder and tell its costs")
    figures.add_option(parser)
    arguments = parser.parse_args()
    if arguments.index:
        print(json.dumps(write_index(arguments.cards[0], arguments.index)))
    else:
        with figures.recorded("tests.search.scale", writing=arguments.write):
            code = run(arguments.cards, pagefind=arguments.pagefind)
        sys.exit(code)
