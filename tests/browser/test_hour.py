"""The whole hour of a writer without a mouse and without a terminal: with a keyboard alone, and on a phone's screen."""

from __future__ import annotations

import shutil
from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.browser.hand import Hand, Keyboard, Touch
from tests.browser.hour import CORRECTION, FOLDER, PICTURES, REASON, TITLE, URL, Hour, write_document
from tests.preview.preview_process import Previewing, previewing
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

# Tells with what the browser is pointed at; a key that presses a button points at nothing.
_POINTING = "addEventListener('pointerdown', (event) => { if (event.isTrusted) pointed(event.pointerType); }, true)"


class Public:
    """A release as its readers get it."""

    def __init__(self, project: Path, number: int) -> None:
        self.release = project / f"releases/{number:04}"
        assert (project / "releases/current").resolve() == self.release.resolve()

    def read(self, url: str) -> str:
        """Return the response of an address."""
        file = self.release / "site" / url.lstrip("/")
        return (file / "index.html" if url.endswith("/") else file).read_text(encoding="utf-8")

    def find(self, words: str) -> set[str]:
        """Return the files that hold these words, pages and feeds and data."""
        files = [file for file in (self.release / "site").rglob("*") if file.is_file()]
        site = self.release / "site"
        return {file.relative_to(site).as_posix() for file in files if words.encode() in file.read_bytes()}

    @property
    def gone(self) -> list[str]:
        """The response for a removed address."""
        return (self.release / "gone.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewing]:
    """The preview of an office that has no story yet."""
    with previewing(checkout.begin_office(tmp_path_factory.mktemp("hour"))) as running:
        yield running


@pytest.fixture
def running(office: Previewing) -> Iterator[Previewing]:
    """That preview; at the end all that an hour leaves is taken away."""
    yield office
    for left in (FOLDER, "releases", ".history"):
        shutil.rmtree(office.project / left, ignore_errors=True)
    office.wait("/", lambda _: office.get(URL).status == HTTPStatus.NOT_FOUND)


# Before publishing was a button of the desk: as many taps but four, and three commands typed into a terminal.
# Since then the staff's pages have two ways more: to the calendar, which the keyboard passes three times, and to the
# handbook, which it passes nine times.
@pytest.mark.parametrize(
    ("kind", "most"),
    [
        (Keyboard, Counter({"Tab": 292, "phím": 22, "điền": 10, "chọn tệp": 1})),
        (Touch, Counter({"chạm": 32, "điền": 10, "chọn tệp": 1})),
    ],
)
def test_an_hour_from_a_word_file_to_a_withdrawal(
    browser: Browser, running: Previewing, tmp_path: Path, kind: type[Hand], most: Counter[str]
) -> None:
    project = running.project
    document = tmp_path / "Bài gửi Mặt trận.docx"
    write_document(document)
    pointed: set[str] = set()
    context = browser.new_context(**kind.screen, locale="vi-VN")
    context.set_default_timeout(15_000)
    context.expose_binding("pointed", lambda _, pointer: pointed.add(pointer))
    context.add_init_script(_POINTING)
    hour = Hour(kind(context.new_page()), project, running.home)
    hour.import_document(document)
    hour.fill_in()
    hour.describe_pictures()
    hour.mark_ready()
    hour.publish(1)
    first = Public(project, 1)
    hour.find_story()
    hour.correct()
    hour.publish(2)
    second = Public(project, 2)
    hour.find_story()
    hour.withdraw()
    hour.publish(3)
    third = Public(project, 3)
    context.close()

    story = first.read(URL)
    for words in (TITLE, *PICTURES, "Trồng hoa", "Mỗi tuần một buổi"):
        assert words in story
    assert TITLE in first.read("/")
    assert URL in first.read("/feeds/tat-ca.atom.xml")
    # Nothing is said that has not happened.
    assert first.find(CORRECTION) == set()
    assert first.gone == second.gone == []
    assert CORRECTION in second.read(URL)
    assert CORRECTION in second.read("/dinh-chinh/")
    assert TITLE in second.read(URL)
    # Taken down: told at its address alone, and nothing of it anywhere.
    assert third.gone == [URL]
    assert REASON in third.read(URL)
    for words in (TITLE, *PICTURES, CORRECTION):
        assert third.find(words) == set()
    assert not [*(third.release / "site").glob(f"{URL.strip('/')}/*.webp")]

    assert pointed == ({"touch"} if kind is Touch else set())
    count = sum((step.count for step in hour.steps), Counter())
    assert count <= most, hour.steps
