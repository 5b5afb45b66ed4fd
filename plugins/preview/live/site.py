"""The site as the files stand now, each page rendered on request.

After any change the whole index is built again and every page is forgotten, so that none can be stale. While a page
cannot be rendered, its last good version is shown, and `problems` says why.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from threading import Condition, RLock, Timer
from typing import TYPE_CHECKING

from plugins.build_record import BuildRecord
from plugins.content.addresses.sections import NOT_FOUND_URL
from plugins.content.addresses.urls import file_of_url
from plugins.content.cache import ContentCache
from plugins.content.content import Content, Source
from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.markdown.references import CONTENT
from plugins.output import OUTPUT
from plugins.preview.live import page_state
from plugins.preview.live.faults import explain_exception
from plugins.preview.live.theme import PICTURES, Theme
from plugins.preview.live.unfinished import mark, read_anyway
from plugins.preview.rendering import render
from plugins.site.cache import BuildCache, load_cache, save_cache
from plugins.site.template_cache import TemplateCache
from plugins.sources.files import identify
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import today

if TYPE_CHECKING:
    from plugins.content.addresses.old import Gone
    from plugins.exemplars.model.edition import Edition

# Seconds until a file that another program holds open is tried again: at first, and at most.
_SOON, _SELDOM = 1.0, 30.0


@dataclass(frozen=True)
class Rendered:
    """A file of the site, or the address `place` that it has moved to. `make` renders a body that takes long."""

    status: HTTPStatus
    body: bytes = b""
    place: str = ""
    make: Callable[[], bytes] | None = None


class LiveSite:
    """The content and theme of a project, and any page of its site. Thread-safe."""

    def __init__(self, project: Path) -> None:
        self.project = project
        # Guards all below, and is notified of every change of `version`.
        self.changed = Condition(RLock())
        self.version = 0
        # The sentence that says that changes are found by polling; "" while the system reports them.
        self.polling = ""
        self._is_read = True
        self._cache = BuildCache(ContentCache(project))
        self._theme = Theme(project, TemplateCache(self._cache.templates))
        # As last read, and as last sound enough to be shown.
        self._content: Content | None = None
        self._shown: Content | None = None
        self.edition: Edition | None = None
        # Unforeseen exceptions: of the last reading, and of pages by address.
        self._faults: tuple[Problem, ...] = ()
        self._page_faults: dict[str, Problem] = {}
        self._rendered: dict[str, Rendered] = {}
        self._last_good: dict[str, Rendered] = {}
        # Files that the own pages have written, in the state in which they were read; None if removed.
        self._written: dict[Path, list[int] | None] = {}
        # Whether a timer is running for a file that could not be read, and the seconds of the next one.
        self._is_waiting, self._pause = False, _SOON

    def expect_reading(self) -> None:
        """Have requests wait until the content has been read for the first time."""
        self._is_read = False

    def open(self) -> None:
        """Read everything for the first time, using the cache of an earlier command."""
        with self.changed:
            record = BuildRecord(self.project, OUTPUT, "", today())
            self._cache = load_cache(record)
            self._theme = Theme(self.project, TemplateCache(self._cache.templates))
            known = len(self._cache.content.stories)
            self.update(())
            if len(self._cache.content.stories) > known:
                save_cache(self._cache, record)

    def update(self, changed: Iterable[Path]) -> None:
        """Read again after changes of these files and folders. Never raises: an exception becomes a problem."""
        with self.changed:
            for path in changed:
                self._cache.content.forget(path)
                if path.is_relative_to(self.project / "theme"):
                    self._theme.forget()
            self._rendered, self._page_faults, self._faults = {}, {}, ()
            try:
                self._content = load_content(self.project, today(), installed(self.project), cache=self._cache.content)
                if self._content.is_sound:
                    self._shown = self._content
                if self._shown:
                    self.edition = self._theme.open(self._shown)
            except Exception as error:  # noqa: BLE001 - the server lives on and shows it
                self._cache.content.forget_all()
                self._faults = (explain_exception(error, self.project),)
            self._is_read = True
            self._announce()
            if not (self._content and self._content.is_passing):
                self._pause = _SOON
            elif not self._is_waiting:
                # No change is reported when another program lets go of a file.
                self._is_waiting = True
                timer = Timer(self._pause, self._read_again)
                timer.daemon = True
                timer.start()

    def _read_again(self) -> None:
        with self.changed:
            self._is_waiting, self._pause = False, min(2 * self._pause, _SELDOM)
            self.update(())

    def show_written(self, paths: Iterable[Path]) -> None:
        """Read again files that the own pages have just written; the system's report of them is then ignored."""
        # A hidden file is one on its way to its final name.
        paths = {path for path in paths if path.is_relative_to(self.project / CONTENT) and path.name[:1] != "."}
        with self.changed:
            seen = {path: _identify(path) for path in paths}
            self.show_changed(paths)
            self._written |= seen

    def show_changed(self, paths: Iterable[Path]) -> None:
        """Read again files that have changed, as the system reports."""
        with self.changed:
            known = {path for path in paths if path in self._written and self._written[path] == _identify(path)}
            if fresh := {*paths} - known:
                self.update(fresh)

    def report_polling(self, sentence: str) -> None:
        """Show a sentence on the desk that says that changes are found by polling; "" for none."""
        with self.changed:
            self.polling = sentence
            self._announce()

    def _announce(self) -> None:
        self.version += 1
        self.changed.notify_all()

    @property
    def content(self) -> Content | None:
        """The content of today, after the first reading; None if an exception has kept it from being read."""
        with self.changed:
            self._catch_up()
            return self._content

    def _catch_up(self) -> None:
        """Wait for the first reading, and read again after midnight."""
        self.changed.wait_for(lambda: self._is_read)
        if self._content and self._content.day != today():
            self.update(())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of theme, pages and content."""
        with self.changed:
            return (*self._theme.faults, *self._faults, *self._page_faults.values(), *(self._content_problems or ()))

    @property
    def _content_problems(self) -> tuple[Problem, ...] | None:
        return self._content.problems if self._content else None

    def find_source(self, address: str) -> str:
        """Return the path of the file behind the page at an address, sound or not; "" when there is none."""
        with self.changed:
            sources = self.edition.sources.values() if self.edition else ()
            gone = self._shown.gone.items() if self._shown else ()
            found = chain(
                (source.path for source in sources if source.url == address),
                (path for path, one in gone if one.url == address),
                (one.path for one in self.problems if page_state.is_about(one, address) and one.path.endswith(".md")),
            )
            return next(found, "")

    def try_text(self, path: str, text: str) -> tuple[list[Problem], bytes]:
        """Return the problems of a file with this text, and those it causes in others; and its page, b"" for none."""
        with self.changed:
            try:
                content = self._load_typed(path, text)
                problems = page_state.caused_by(path, content.problems, self._content_problems)
                source: Source | Gone | None = content.sources.get(path) or content.gone.get(path)
                is_unfinished = source is None and content.is_sound and page_state.is_story(path)
                own = [problem for problem in problems if page_state.is_own(problem, path)]
                if is_unfinished and (typed := read_anyway(self.project, path, text, content.vocabulary, own)):
                    source, content = typed, replace(content, sources=content.sources | {path: typed})
                if source is None or not content.is_sound:
                    return problems, b""
                page = self._theme.try_out(content, file_of_url(source.url))
                return problems, mark(page.decode()).encode() if is_unfinished else page
            except Exception as error:  # noqa: BLE001 - the server lives on and shows it
                return [explain_exception(error, self.project)], b""

    def _load_typed(self, path: str, text: str) -> Content:
        folder, known = path.rpartition("/")[0], self._cache.content
        if page_state.is_story(path) and folder not in known.stories:
            # Created a moment ago.
            known.forget(self.project / folder)
        new = {path: text}
        return load_content(self.project, today(), installed(self.project), cache=known, overrides=new, alone=True)

    def saved(self, path: str, file: Path) -> list[Problem]:
        """Read a file again that was just saved. Returns its problems, and the errors it newly causes in others."""
        with self.changed:
            before = self._content_problems
            self.show_written({file, file.parent})
            return [*self._faults, *page_state.caused_by(path, self._content_problems or (), before)]

    @property
    def style(self) -> str:
        """The address of the style sheet; "" while no page can be rendered."""
        return self._theme.style if self.edition else ""

    def get(self, address: str) -> Rendered:
        """Return the file of the site at an address, such as /van-ban/; an error page if it cannot be rendered."""
        with self.changed:
            self._catch_up()
            if not self.edition:
                return _render_errors(self.problems)
            if (rendered := self._rendered.get(address)) is None:
                rendered = self._rendered[address] = self._render(address)
        # Outside the lock: pictures take long, and depend on nothing that it guards.
        if rendered.make:
            # If the photo was changed or removed a moment ago, the page that shows it is about to be rendered again.
            with suppress(OSError, ValueError):
                return Rendered(rendered.status, rendered.make())
        return rendered

    def _render(self, address: str) -> Rendered:
        try:
            return self._find(address) or self._render_missing(address)
        except Exception as error:  # noqa: BLE001 - the page says why it cannot be rendered
            self._page_faults[address] = explain_exception(error, self.project)
            return self._render_last(address, [self._page_faults[address]])

    def _find(self, address: str) -> Rendered | None:
        path = file_of_url(address)
        if make := self._theme.find(path):
            if path.endswith(PICTURES):
                self._last_good[address] = Rendered(HTTPStatus.OK, make=make)
                return self._last_good[address]
            body = make()
            if path.endswith(".html"):
                self._last_good[address] = Rendered(HTTPStatus.OK, body)
            is_gone = self.edition is not None and address in self.edition.gone
            return Rendered(HTTPStatus.GONE if is_gone else HTTPStatus.OK, body)
        if not address.endswith("/") and self._theme.find(f"{path}/index.html"):
            return Rendered(HTTPStatus.MOVED_PERMANENTLY, place=f"{address}/")
        return None

    def _render_missing(self, address: str) -> Rendered:
        # The last good version of a page has its pictures.
        page = f"{address.rpartition('/')[0]}/" if address.endswith(PICTURES) else address
        if errors := [one for one in self.problems if one.level is Level.ERROR and page_state.is_about(one, page)]:
            return self._render_last(address, errors)
        make = self._theme.find(NOT_FOUND_URL.lstrip("/"))
        return Rendered(HTTPStatus.NOT_FOUND, make() if make else b"")

    def _render_last(self, address: str, problems: Collection[Problem]) -> Rendered:
        """Return the last good version of a page or picture, or its problems where there is none."""
        return self._last_good.get(address) or _render_errors(problems)

    def describe(self, address: str, page: bytes | None = None) -> dict[str, object]:
        """Return the state of the page at an address as its script reads it; `page` is its body if not of the site."""
        with self.changed:
            # Rendered first, as some problems are found only then.
            body = self.get(address).body if page is None else page
            style = self.style
            story = self.edition.index.by_slug.get(address.rstrip("/").rpartition("/")[2]) if self.edition else None
            story = story if story and story.url == address else None
            faults, fault = (*self._theme.faults, *self._faults), self._page_faults.get(address)
            return {
                "page": page_state.digest(body, style),
                "style": style,
                "mark": "" if story is None else "Bài nháp" if story.draft else "Bài mẫu" if story.sample else "",
                "errors": sum(problem.level is Level.ERROR for problem in self.problems),
                "source": self.find_source(address),
                "problems": page_state.describe_problems(address, self.problems, faults, fault),
            }


def _render_errors(problems: Iterable[Problem]) -> Rendered:
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    return Rendered(HTTPStatus.INTERNAL_SERVER_ERROR, render("loi.html", errors=errors))


def _identify(path: Path) -> list[int] | None:
    with suppress(OSError):
        return identify(path.stat())
    return None
