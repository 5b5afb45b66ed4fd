"""`inv audit`: the table of what every page type weighs, the slow link, a long index, and Lighthouse."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from plugins.output import OUTPUT
from plugins.preview.live.site import LiveSite
from plugins.release.verify.budgets import LONG_INDEX_HTML
from tests import corpus
from tests.audit import bars, lighthouse
from tests.audit.server import compress, serve
from tests.audit.weight import HANDSHAKES, read_slowly, weigh
from tests.browser.conftest import CHROMIUM_ARGS, find_chromium
from tests.browser.page_types import PAGE_TYPES
from tests.site import checkout

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INDEX = "/dan-van-kheo/"
COMPARED = {name: PAGE_TYPES[name] for name in ("home", "story", "index", "old commune")}


def run(project: Path) -> int:
    """Build what the project ships, measure it and print it. Returns the exit code: 1 when a bar is missed."""
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = _build(Path(folder))
        chromium = find_chromium(playwright.chromium.executable_path)
        if chromium is None:
            print("Không có Chromium: cài gói chromium rồi chạy lại.")
            return 1
        # The port of the canonical addresses that an unpublished site has: Lighthouse compares them.
        with serve(root, 8000) as home:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
            missed += _print_weights(browser, home)
            missed += _print_slow(browser, home)
            browser.close()
            missed += _print_long_index()
            missed += _print_scores(project, home, chromium)
    print("\nChưa đạt: " + "; ".join(missed) if missed else "\nMọi mức đều đạt.")
    return 1 if missed else 0


def _build(folder: Path) -> Path:
    copy = checkout.copy_project(folder)
    checkout.add_stories(copy)
    return _output(copy)


def _output(copy: Path) -> Path:
    done = checkout.run(copy, "build")
    if done.code:
        raise RuntimeError(done.stdout + done.stderr)
    return copy / OUTPUT


def _print_weights(browser: Browser, home: str) -> list[str]:
    missed = []
    kinds = ("html", "css", "js", "font", "image")
    print("\n| trang | HTML | CSS | JS | phông | ảnh | tất cả (KB) | lượt tải | xê dịch |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    weights = weigh(browser, [home + url for url in PAGE_TYPES.values()])
    for name, url in PAGE_TYPES.items():
        weight = weights[home + url]
        sizes = " | ".join(_kilobytes(weight.sizes[kind]) for kind in kinds)
        print(f"| {name} | {sizes} | {_kilobytes(weight.total)} | {weight.requests} | {weight.shift:.3f} |", flush=True)
        missed += [f"{name}: {fault}" for fault in bars.find_faults(url, weight)]
    return missed


def _print_slow(browser: Browser, home: str) -> list[str]:
    missed = []
    print(f"\n400 kbit/s, 400 ms (kể cả {HANDSHAKES} giây nối máy):")
    found = read_slowly(browser, [home + url for url in COMPARED.values()])
    for name, url in COMPARED.items():
        seconds, shift = found[home + url]
        print(f"  {name}: đọc được chữ sau {seconds:.1f} giây, xê dịch {shift:.3f}", flush=True)
        if seconds > bars.SECONDS_TO_TEXT or shift > bars.SHIFT:
            missed.append(f"{name}: {seconds:.1f} giây, xê dịch {shift:.3f}")
    return missed


def _print_long_index() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = build_long_index(Path(folder))
        size = len(compress(file, file.stat().st_mtime))
    print(f"\nDanh mục khi có 500 điển hình: {_kilobytes(size)} KB HTML")
    return [f"danh mục 500 điển hình: {size} byte"] if size > LONG_INDEX_HTML else []


def build_long_index(folder: Path) -> Path:
    """Write the index of a site of some 500 exemplars, in the bytes of a build; returns its file."""
    copy = checkout.copy_project(folder)
    shutil.rmtree(copy / "content")
    corpus.write_corpus(copy, 535)
    # This page alone.
    live = LiveSite(copy)
    live.open()
    file = folder / "index.html"
    file.write_bytes(live.get(INDEX).body)
    return file


def _print_scores(project: Path, home: str, chromium: str) -> list[str]:
    command = lighthouse.find_lighthouse(project)
    if command is None:
        print("\nKhông có Node trên máy này: bỏ qua Lighthouse.")
        return []
    missed = []
    print(f"\n| Lighthouse {lighthouse.VERSION}, điện thoại | {' | '.join(lighthouse.CATEGORIES)} |")
    print("|---|" + "---:|" * len(lighthouse.CATEGORIES))
    for name, url in COMPARED.items():
        scores, lost = lighthouse.score(command, home + url, chromium)
        print(f"| {name} | {' | '.join(map(str, scores.values()))} |", flush=True)
        low = {what: got for what, got in scores.items() if got < lighthouse.CATEGORIES[what]}
        missed += [f"{name}: {what} {got} ({', '.join(lost)})" for what, got in low.items()]
    return missed


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f}".replace(".", ",")
