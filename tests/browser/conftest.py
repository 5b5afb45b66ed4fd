"""A real browser on a real build, served on this machine as a web server would serve it."""

from __future__ import annotations

import os
import re
import shutil
from collections import defaultdict
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError as TooLateError
from playwright.sync_api import expect, sync_playwright

from tests.preview.preview_process import Previewing, previewing_content
from tests.site.checkout import STORIES, write
from tests.site.conftest import built, empty, published  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

    from tests.site.conftest import Build

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # The browser without windows does not know how fast its link is, and would load pictures from further below than
    # one that readers have. What Playwright says here of mouse and pointer is said again: only the last one counts.
    (
        "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
        ",lazyLoadingImageMarginPxUnknown=1250"
    ),
]

# Of the preview, with no script: nothing is stored again there.
NO_SCRIPT = "/_xem-thu/sua.css"

# Drawing needs no process of its own where there is no graphics card: an eighth less processor time a page.
IN_PROCESS = "--in-process-gpu"

# What axe does on one page is over before code made faster for it has paid for itself.
NO_OPTIMIZERS = "--js-flags=--no-maglev --no-turbofan"

# Pages glide to what is clicked, half a second where it is far away; where they stand at the end is the same.
NO_GLIDING = "--disable-smooth-scrolling"

_DESK: ViewportSize = {"width": 1280, "height": 900}
# Tells too whether this is a page of the preview.
_CLEAR = """() => {
    localStorage.clear();
    sessionStorage.clear();
    return Boolean(document.querySelector('script[src*="/_xem-thu/"]'));
}"""
_EMULATED = ("media", "color_scheme", "reduced_motion", "forced_colors", "contrast")
_PICTURES = (".webp", ".jpg", ".png")


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def do_GET(self) -> None:
        # A picture that is a page of its own can name no icon; a page that names none is to be noticed.
        if self.path == "/favicon.ico" and self.headers.get("Referer", "").endswith(_PICTURES):
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        pass

    def copyfile(self, *files: Any) -> None:
        # A browser that leaves a page drops the requests it no longer needs.
        with suppress(ConnectionError):
            super().copyfile(*files)


@contextmanager
def _serve(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(root)))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def home(built: Build) -> Iterator[str]:  # noqa: F811
    """The address of the built site."""
    with _serve(built.site.root) as address:
        yield address


@pytest.fixture(scope="session")
def published_home(published: Build) -> Iterator[str]:  # noqa: F811
    """The address of the site as the public gets it: no samples, and with what a publish alone draws."""
    with _serve(published.site.root) as address:
        yield address


@pytest.fixture(scope="session")
def empty_home(empty: Build) -> Iterator[str]:  # noqa: F811
    """The address of a published site that has no story yet."""
    with _serve(empty.site.root) as address:
        yield address


def find_chromium(own: str) -> str | None:
    """Return the system's Chromium, or else Playwright's own where there is one."""
    # Without windows: it opens a page in half the time.
    names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    places = [*(f"/usr/bin/{name}" for name in names[:3]), *map(shutil.which, names)]
    places.append(own)
    return next((place for place in places if place and Path(place).is_file()), None)


@pytest.fixture(scope="package")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewing]:
    """The preview of the shipped content and the extra stories, started once for all files that leave it running."""
    with previewing_content(tmp_path_factory.mktemp("preview")) as made:
        yield made


@pytest.fixture(scope="module")
def running(preview: Previewing) -> Iterator[Previewing]:
    """That preview for one file of tests: its content is put back at the end, and its history taken away."""
    content = preview.project / "content"
    before = {file: file.read_bytes() for file in content.rglob("*") if file.is_file()}
    yield preview
    for file in [file for file in content.rglob("*") if file.is_file() and file not in before]:
        file.unlink()
    for file, data in before.items():
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    shutil.rmtree(preview.project / ".history", ignore_errors=True)
    # What was put back has been read once a fault that was made after it is told.
    fault = f"{STORIES}/2026/moc/bai.md"
    write(preview.project, fault, "Chưa có gì\n")
    preview.wait_for_problem("/bai-viet/2026/moc/", f"{fault}:1: ")
    (preview.project / fault).unlink()
    for folder in sorted((folder for folder in content.rglob("*") if folder.is_dir()), reverse=True):
        with suppress(OSError):
            folder.rmdir()
    preview.wait_until_sound("/")


# Ended with this folder's last test: its event loop must not run below the tests of other folders.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium: the system's, else Playwright's own."""
    with sync_playwright() as playwright:
        executable = find_chromium(playwright.chromium.executable_path)
        if executable is None:
            told = pytest.fail if os.environ.get("CI") else pytest.skip
            told("không có Chromium: cài gói chromium, hoặc chạy .venv/bin/playwright install chromium")
        browser = playwright.chromium.launch(
            executable_path=executable, args=[*CHROMIUM_ARGS, IN_PROCESS, NO_OPTIMIZERS, NO_GLIDING]
        )
        yield browser
        browser.close()


def _where(page: Page | None) -> str:
    return f"{page.url}: " if page else ""


class _Window:
    """A page in a context of its own, and what has complained there, failed to load, or was asked of another host."""

    def __init__(self, browser: Browser, options: dict[str, Any]) -> None:
        self.complaints: list[str] = []
        self._host = ""
        self.context = browser.new_context(**{"viewport": _DESK, "locale": "vi-VN"} | options)
        self.context.set_default_timeout(15_000)
        self._watch()
        self.page = self.context.new_page()

    def _watch(self) -> None:
        def note(fault: bool, what: str) -> None:
            if fault:
                self.complaints.append(what)

        on = self.context.on
        # Of a page that goes from one address to the next, on which.
        on("console", lambda said: note(said.type in ("error", "warning"), f"{_where(said.page)}{said.text}"))
        on("weberror", lambda error: note(True, f"{_where(error.page)}{error.error}"))
        on("request", lambda asked: note(not asked.url.startswith(self._host), f"asked for {asked.url}"))
        on("response", lambda got: note(got.status >= 400, f"{got.status} {got.url}"))

    def open(self, url: str) -> Page:
        """Go to an address of a site, and to no other site."""
        self._host = "/".join(url.split("/")[:3])
        if "#" in url and url.partition("#")[0] == self.page.url.partition("#")[0]:
            # Otherwise the page that is there would only be scrolled.
            self.page.goto("about:blank")
        self.page.goto(url)
        return self.page

    def empty(self) -> None:
        """Take back what a page has kept, and close what was opened beside it.

        The page stays until the next one comes in its place: an empty one between them would cost two more, as it is of
        no site, so that each has a process of its own. A page of the preview is left, which would hear what is changed.
        """
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        if self.page.evaluate(_CLEAR):
            self.page.goto(self._host + NO_SCRIPT)
            # Leaving a form may have stored what is not saved.
            self.page.evaluate(_CLEAR)
        self.context.clear_cookies()
        self.page.mouse.move(-1, -1)


@contextmanager
def reader(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give what opens an address as a new reader does, with whatever options a browser context has.

    At the end: nothing may have complained, failed to load, or been asked of another host.
    """
    windows: list[_Window] = []

    def open_page(url: str, **options: Any) -> Page:
        windows.append(_Window(browser, options))
        return windows[-1].open(url)

    yield open_page
    for window in windows:
        window.context.close()
    assert [complaint for window in windows for complaint in window.complaints] == []


def wait_for_text(page: Page, selector: str, pattern: str, timeout: float) -> None:
    """Wait for text that takes its time, and look for it twenty times a second: `expect` soon looks but twice.

    `timeout`: milliseconds.
    """
    has = "([selector, pattern]) => new RegExp(pattern).test(document.querySelector(selector)?.textContent)"
    with suppress(TooLateError):
        page.wait_for_function(has, arg=[selector, pattern], polling=50, timeout=timeout)
    # Says what there is instead.
    expect(page.locator(selector).first).to_have_text(re.compile(pattern))


@contextmanager
def styled(page: Page, css: str) -> Iterator[None]:
    """Give a page these rules as well, without what Playwright's own way brings along."""
    add = "(textContent) => document.head.append(Object.assign(document.createElement('style'), { textContent }))"
    page.evaluate(add, css)
    try:
        yield
    finally:
        page.evaluate("document.head.lastElementChild.remove()")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages for one test; see `reader`."""
    with reader(browser) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def lasting(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Go to an address in the page of this file; what it complained of is told at the end of the file."""
    pages: list[Page] = []

    def open_or_go(url: str) -> Page:
        if not pages:
            pages.append(open_page(url))
            return pages[0]
        if pages[0].is_closed():
            pages[0] = pages[0].context.new_page()
        pages[0].goto(url)
        return pages[0]

    with reader(browser) as open_page:
        yield open_or_go


@pytest.fixture
def go(browser: Browser, lasting: Callable[[str], Page]) -> Iterator[Callable[..., Page]]:
    """Open pages of the preview for one test as `visit` does; the first is one page for the whole file.

    At the end of the test it forgets what was done to it.
    """
    taken: list[Page] = []

    def open_or_go(url: str, **options: Any) -> Page:
        if taken or options:
            return open_page(url, **options)
        taken.append(lasting(url))
        return taken[0]

    with reader(browser) as open_page:
        yield open_or_go
    for page in taken:
        # A page that the test has closed is followed by another.
        _forget(lasting(_without_script(page)))


def _without_script(page: Page) -> str:
    return "/".join(page.url.split("/")[:3]) + NO_SCRIPT


def _forget(page: Page) -> None:
    for other in page.context.pages:
        if other != page:
            other.close()
    # Leaving a form may have stored what is not saved.
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.set_viewport_size(_DESK)
    page.emulate_media(media="null", color_scheme="null")


@pytest.fixture(scope="package")
def unheard(browser: Browser) -> Iterator[Page]:
    """A page of which nobody hears what it complains of, and that leaves a form without being asked."""
    context = browser.new_context(viewport=_DESK, locale="vi-VN")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.on("dialog", lambda asked: asked.accept())
    yield page
    context.close()


@pytest.fixture
def rough(unheard: Page) -> Iterator[Callable[[str], Page]]:
    """Go to addresses of the preview in one page for all files, for a test in which requests are refused.

    At the end of the test it forgets what was done to it. Not for a test that gives it listeners or scripts.
    """

    def go_to(url: str) -> Page:
        unheard.goto(url)
        return unheard

    yield go_to
    unheard.goto(_without_script(unheard))
    _forget(unheard)


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Iterator[dict[str, list[_Window]]]:
    """Empty windows, by the options that a window cannot change."""
    kept: dict[str, list[_Window]] = defaultdict(list)
    yield kept
    for window in chain.from_iterable(kept.values()):
        window.context.close()


@pytest.fixture
def browse(browser: Browser, windows: dict[str, list[_Window]]) -> Iterator[Callable[..., Page]]:
    """Open pages for one test as `visit` does, but in windows that other tests have left empty, in half the time.

    Not for a test that gives a page listeners, routes, scripts or permissions: these would stay.
    """
    taken: list[tuple[list[_Window], _Window]] = []

    def open_page(url: str, viewport: ViewportSize = _DESK, **options: Any) -> Page:
        emulated = {name: options.pop(name, "null") for name in _EMULATED}
        free = windows[repr(sorted(options.items()))]
        window = free.pop() if free else _Window(browser, options)
        taken.append((free, window))
        window.page.set_viewport_size(viewport)
        window.page.emulate_media(**emulated)
        return window.open(url)

    yield open_page
    complaints: list[str] = []
    for free, window in taken:
        window.empty()
        complaints += window.complaints
        window.complaints = []
        free.append(window)
    assert complaints == []
