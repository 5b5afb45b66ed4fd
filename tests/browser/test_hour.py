"""The whole hour of a writer without a mouse and without a terminal: with a keyboard alone, and on a phone's screen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.browser.hand import Hand, Keyboard, Touch
from tests.browser.hour import CORRECTION, PICTURES, REASON, TITLE, URL, Hour, write_document
from tests.preview.preview_process import previewing
from tests.site import checkout

if TYPE_CHECKING:
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
    browser: Browser, tmp_path: Path, kind: type[Hand], most: Counter[str]
) -> None:
    project = checkout.begin_office(tmp_path)
    document = tmp_path / "Bài gửi Mặt trận.docx"
    write_document(document)
    pointed: set[str] = set()
    context = browser.new_context(**kind.screen, locale="vi-VN")
    context.set_default_timeout(15_000)
    context.expose_binding("pointed", lambda _, pointer: pointed.add(pointer))
    context.add_init_script(_POINTING)
    with previewing(project) as running:
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
