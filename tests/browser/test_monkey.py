"""Whatever is done to the form and around it, no typed word is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.monkey import Monkey

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

# The short form of `python -m tests.browser.monkey 2000`.
ACTIONS = 100
SEED = 17


def test_no_word_is_lost_by_random_hands(browser: Browser, tmp_path: Path) -> None:
    monkey = Monkey(browser, tmp_path, SEED)
    try:
        monkey.play(ACTIONS)
    finally:
        monkey.close()
    # It did what it is for: all that can lose a word.
    assert {"type_word", "save", "reload", "kill_or_start", "edit_by_another_program"} <= monkey.done.keys()
    assert {"close_and_reopen", "remove_row", "take_back", "throw_away"} <= monkey.done.keys()
