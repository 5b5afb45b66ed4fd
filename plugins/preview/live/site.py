"""The site as it is being written: what the files say now, and each page made when it is asked for.

Right by construction: after any change the index is built anew and every page is forgotten. What cannot be made because
something is broken is shown as it was last good, and `problems` says what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from threading import Condition, RLock, Timer
from typing import TYPE_CHECKING

from plugins.build_record import BuildRecord
from plugins.content.addresses.sections import NOT_FOUND_URL
from plugins.content.addresses.urls import file_of_url
from plugins.content.cache import ContentCache
from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.markdown.references import CONTENT
from plugins.output import OUTPUT
from plugins.preview.form.story_files import is_own, is_story
from plugins.preview.live.faults import explain
from plugins.preview.live.page_state import digest, is_about, tell_problems
from plugins.preview.live.unfinished import mark, read_anyway
from plugins.preview.staff import pages as own_pages
from plugins.preview.staff.agenda import render_agenda
from plugins.site.cache import BuildCache, load_cache, save_cache
from plugins.sources.files import identify
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from plugins.content.addresses.old import Gone
    from plugins.content.content import Content, Source
    from plugins.exemplars.door.on_demand import OnDemand
    from plugins.exemplars.model.edition import Edition

STYLE = "css/site.css"
# Seconds until what somebody holds is looked at again: at first, and at most.
_SOON, _SELDOM = 1.0, 30.0
_PICTURES = (".webp", ".jpg", ".png")


@dataclass(frozen=True)
class Answer:
    """What stands at an address: the status and the bytes, or what makes them; or the place where it has moved to."""

    status: HTTPStatus
    body: bytes = b""
    place: str = ""
    make: Callable[[], bytes] | None = None


class LiveSite:
    """Holds the content and the templates of a project, and makes any page of it. Safe to use from many threads."""

    def __init__(self, project: Path) -> None:
        self.project = project
        # Notified when something has changed.
        self.changed = Condition(RLock())
        self.version = 0
        self._is_read = True
        self._cache = BuildCache(ContentCache(project))
        self._is_theme_read = False
        # The theme as it was last whole, ready to make pages; and one just read, until it has been tried.
        self._press: OnDemand | None = None
        self._next: OnDemand | None = None
        self._theme_faults: tuple[Problem, ...] = ()
        # The last that could be shown at all, and what it shows; `content` is the last that was read.
        self._shown: Content | None = None
        self._content: Content | None = None
        self._edition: Edition | None = None
        self._faults: tuple[Problem, ...] = ()  # that nobody foresaw
        self.code_faults: tuple[Problem, ...] = ()
        self._page_faults: dict[str, Problem] = {}
        self._answers: dict[str, Answer] = {}
        self._last_good: dict[str, bytes] = {}
        self.polling = ""
        # What our own pages have written, in the state in which it was read; None: gone.
        self._written: dict[Path, list[int] | None] = {}
        # Whether what could not be read will be looked at again, and in how many seconds the next time.
        self._is_looking, self._pause = False, _SOON
        # Makes the page of what is being typed; made when it is first asked for.
        self._trial: OnDemand | None = None

    def expect_reading(self) -> None:
        """Have whoever asks wait until the content has been read for the first time."""
        self._is_read = False

    def open(self) -> None:
        """Read everything for the first time, but for what an earlier command has left and has not changed since."""
        with self.changed:
            record = BuildRecord(self.project, OUTPUT, "", today())
            self._cache = load_cache(record)
            known = len(self._cache.content.stories)
            self.update(())
            if len(self._cache.content.stories) > known:
                save_cache(self._cache, record)

    def update(self, changed: Iterable[Path] | None) -> None:
        """Read again what has changed, or everything when that is not known. Never raises for what is broken."""
        with self.changed:
            if changed is None:
                self._cache.content.forget_all()
                self._is_theme_read = False
            for path in changed or ():
                self._cache.content.forget(path)
                if path.is_relative_to(self.project / "theme"):
                    self._is_theme_read = False
            self._answers, self._page_faults, self._faults = {}, {}, ()
            try:
                self._content = load_content(self.project, today(), installed(self.project), cache=self._cache.content)
                if self._content.is_sound:
                    self._shown = self._content
                self._open()
            except Exception as error:  # noqa: BLE001 - whatever it is, the server lives and says it
                self._cache.content.forget_all()
                self._faults = (explain(error, self.project),)
            self._is_read = True
            self._announce()
            self._look_again()

    def _look_again(self) -> None:
        """Read again in a moment what could not be read now, though nobody tells of a change; less and less often."""
        if not (self._content and self._content.is_passing):
            self._pause = _SOON
        elif not self._is_looking:
            self._is_looking = True
            timer = Timer(self._pause, self._read_again)
            timer.daemon = True
            timer.start()

    def _read_again(self) -> None:
        with self.changed:
            self._is_looking, self._pause = False, min(2 * self._pause, _SELDOM)
            self.update(())

    def show_written(self, paths: Iterable[Path]) -> None:
        """Read again what our own pages have just written; when the system tells of it too, that is known already."""
        # What is hidden is no content: a file on its way to its name.
        paths = {path for path in paths if path.is_relative_to(self.project / CONTENT) and path.name[:1] != "."}
        with self.changed:
            seen = {path: _identify(path) for path in paths}
            self.show_changed(paths)
            self._written |= seen

    def show_changed(self, paths: Iterable[Path]) -> None:
        """Read again what the system says has changed."""
        with self.changed:
            known = {path for path in paths if path in self._written and self._written[path] == _identify(path)}
            if fresh := {*paths} - known:
                self.update(fresh)

    @property
    def content(self) -> Content | None:
        """The content as last read, after a reading that is expected; None while something keeps it from that."""
        with self.changed:
            self.changed.wait_for(lambda: self._is_read)
            return self._content

    def report_polling(self, sentence: str) -> None:
        """Show that changes are looked for because nobody tells of them; no more when there is nothing to say."""
        with self.changed:
            self.polling = sentence
            self._announce()

    def report_code(self, faults: Iterable[Problem]) -> None:
        """Show what is wrong with code that has changed; what runs is the code as it was."""
        with self.changed:
            self.code_faults = tuple(faults)
            self._answers = {}
            self._announce()

    def _announce(self) -> None:
        self.version += 1
        self.changed.notify_all()

    def _open(self) -> None:
        """Show the content by the theme as it is; where that is broken, by the last theme that was whole."""
        if not self._is_theme_read:
            self._is_theme_read, self._trial = True, None
            self._next, self._theme_faults = self._read_theme()
        if self._shown is None:
            return
        if self._next:
            try:
                self._edition = self._next.open(self._shown)
                self._press, self._next = self._next, None
            except Exception as error:  # noqa: BLE001 - whatever it is, the server lives and says it
                self._next, self._theme_faults = None, (explain(error, self.project),)
            else:
                return
        if self._press:
            self._edition = self._press.open(self._shown)

    def _read_theme(self) -> tuple[OnDemand | None, tuple[Problem, ...]]:
        # Imported here: whatever is wrong with the code behind it is a problem like any other.
        try:
            from plugins.exemplars.door.on_demand import OnDemand

            press = OnDemand(self.project, self._cache.templates)
            faults = tuple(explain(error, self.project) for error in press.compile_templates())
        except Exception as error:  # noqa: BLE001 - whatever it is, the server lives and says it
            return None, (explain(error, self.project),)
        return (None if faults else press), faults

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong now."""
        with self.changed:
            content = self._content.problems if self._content else ()
            return (*self._first_faults, *self._page_faults.values(), *content)

    @property
    def _first_faults(self) -> tuple[Problem, ...]:
        return (*self.code_faults, *self._theme_faults, *self._faults)

    def find_source(self, address: str) -> str:
        """Return the path of the file that the page at an address is made of, sound or not; "" when it has none."""
        with self.changed:
            shown = self._edition.sources.values() if self._edition else ()
            found = next((source.path for source in shown if source.url == address), "")
            if self._shown and not found:
                found = next((path for path, gone in self._shown.gone.items() if gone.url == address), "")
            broken = (problem.path for problem in self.problems if is_about(problem, address))
            return found or next((path for path in broken if path.endswith(".md")), "")

    def try_text(self, path: str, text: str) -> tuple[list[Problem], bytes]:
        """Return what would be wrong if a file of content/ said this, and its page; b"" where none can be made.

        With what is wrong in it comes each error that it would newly cause in any other.
        """
        with self.changed:
            try:
                from plugins.exemplars.door.on_demand import OnDemand

                folder = path.rpartition("/")[0]
                if folder.count("/") == 3 and folder not in self._cache.content.stories:
                    # A story, made a moment ago.
                    self._cache.content.forget(self.project / folder)
                content = load_content(
                    self.project,
                    today(),
                    installed(self.project),
                    cache=self._cache.content,
                    overrides={path: text},
                    alone=True,
                )
                problems = self._caused(path, content.problems, self._content.problems if self._content else None)
                source: Source | Gone | None = content.sources.get(path) or content.gone.get(path)
                is_unfinished = source is None and content.is_sound and is_story(path)
                own = [problem for problem in problems if is_own(problem, path)]
                if is_unfinished and (typed := read_anyway(self.project, path, text, content.vocabulary, own)):
                    source, content = typed, replace(content, sources=content.sources | {path: typed})
                if source is None or not content.is_sound:
                    return problems, b""
                if self._trial is None:
                    self._trial = OnDemand(self.project)
                self._trial.open(content)
                make = self._trial.find(file_of_url(source.url))
                page = make() if make else b""
                return problems, mark(page.decode()).encode() if is_unfinished else page
            except Exception as error:  # noqa: BLE001 - whatever it is, the server lives and says it
                return [explain(error, self.project)], b""

    def saved(self, path: str, file: Path) -> list[Problem]:
        """Read a file again that was just saved. Returns what is wrong in it, and the errors that it newly causes."""
        with self.changed:
            before = self._content.problems if self._content else None
            self.show_written({file, file.parent})
            after = self._content.problems if self._content else ()
            return [*self._faults, *self._caused(path, after, before)]

    @staticmethod
    def _caused(path: str, now: Iterable[Problem], before: Iterable[Problem] | None) -> list[Problem]:
        here = [problem for problem in now if is_own(problem, path)]
        known = {*before} if before is not None else {*now}
        return here + [one for one in now if one.level is Level.ERROR and one not in known and one not in here]

    @property
    def style(self) -> str:
        """The address of the style sheet; "" while there is no page to bear it."""
        return self._press.asset(STYLE) if self._press and self._edition else ""

    def get(self, address: str) -> Answer:
        """Return what stands at an address of the site, such as /van-ban/; waits while the site is being read."""
        with self.changed:
            self.changed.wait_for(lambda: self._is_read)
            if self._content and self._content.day != today():
                # It is past midnight.
                self.update(())
        with self.changed:
            if page := self._make_own(address):
                return Answer(HTTPStatus.OK, page)
            answer = self._answers.get(address)
            if answer is None:
                answer = self._answers[address] = self._make(address)
        # A picture takes long, and needs nothing that may change meanwhile.
        return answer if answer.make is None else Answer(answer.status, _run(answer.make))

    def _make_own(self, address: str) -> bytes | None:
        """Return a page of the staff; None at any other address."""
        if address == own_pages.STAFF_URL:
            return own_pages.render_staff(self.problems, self._content, self._edition, self.polling)
        if address == own_pages.ALL_URL:
            return own_pages.render_all(self._content)
        if address.startswith(own_pages.PROGRESS_URL):
            return own_pages.render_progress(address, self._content)
        if address.startswith(own_pages.AGENDA_URL):
            return render_agenda(address, self._content)
        return None

    def _make(self, address: str) -> Answer:
        if not self._press or not self._edition:
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, own_pages.render_fault(self.problems))
        try:
            return self._find(self._press, address) or self._tell_missing(self._press, address)
        except Exception as error:  # noqa: BLE001 - a page that cannot be made says why
            self._page_faults[address] = explain(error, self.project)
            return self._last(address, [self._page_faults[address]])

    def _find(self, press: OnDemand, address: str) -> Answer | None:
        path = file_of_url(address)
        make = press.find(path)
        if make is None and self._trial and path.endswith(_PICTURES):
            # A photo of what is being typed.
            make = self._trial.find(path)
        if make:
            if path.endswith(_PICTURES):
                return Answer(HTTPStatus.OK, make=make)
            body = make()
            if path.endswith(".html"):
                self._last_good[address] = body
            is_gone = self._edition is not None and address in self._edition.gone
            return Answer(HTTPStatus.GONE if is_gone else HTTPStatus.OK, body)
        if not address.endswith("/") and press.find(f"{path}/index.html"):
            return Answer(HTTPStatus.MOVED_PERMANENTLY, place=f"{address}/")
        return None

    def _tell_missing(self, press: OnDemand, address: str) -> Answer:
        broken = [p for p in self.problems if p.level is Level.ERROR and is_about(p, address)]
        if broken:
            return self._last(address, broken)
        make = press.find(NOT_FOUND_URL.lstrip("/"))
        return Answer(HTTPStatus.NOT_FOUND, make() if make else b"")

    def _last(self, address: str, problems: list[Problem]) -> Answer:
        """Return a page that cannot be made now as it was when it last could, else a page that says what is wrong."""
        if body := self._last_good.get(address):
            return Answer(HTTPStatus.OK, body)
        return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, own_pages.render_fault(problems))

    def describe(self, address: str) -> dict[str, object]:
        """Return what an open page must know: how it would look now, and what is wrong."""
        with self.changed:
            # Made first: what is wrong with this page shows only then.
            body = self.get(address).body
            style = self.style
            story = self._edition.index.by_slug.get(address.rstrip("/").rpartition("/")[2]) if self._edition else None
            if story and story.url != address:
                story = None
            own = self._page_faults.get(address)
            problems = tell_problems(address, self.problems, self._first_faults, own)
            return {
                "page": digest(body, style),
                "style": style,
                "mark": "" if story is None else "Bài nháp" if story.draft else "Bài mẫu" if story.sample else "",
                "errors": sum(problem.level is Level.ERROR for problem in self.problems),
                "source": self.find_source(address),
                # The staff page lists every one by itself.
                "problems": [] if address == own_pages.STAFF_URL else problems,
            }


def _run(make: Callable[[], bytes]) -> bytes:
    try:
        return make()
    except (OSError, ValueError):
        # The photo was changed or removed just now; what shows it is made anew in a moment.
        return b""


def _identify(path: Path) -> list[int] | None:
    try:
        return identify(path.stat())
    except OSError:
        return None
