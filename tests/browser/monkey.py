"""Random hands on one story's form: `python -m tests.browser.monkey 2000 [seed]`.

It types, saves, reloads, opens the form twice, edits lists, restores, goes offline, kills the preview and lets another
program edit the file. After each action every word that was typed, and not removed on purpose, must be in the file, in
its history, in a box of an open tab or among what this browser offers back; at the end, without any open tab.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, expect, sync_playwright

from tests.browser.conftest import CHROMIUM_ARGS, find_chromium
from tests.browser.scene import Scene, find_words, read_boxes, read_stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

_LAST = 20
_MOST_TABS = 3
_PATIENCE = 5.0
_OFFERED = "#chua-luu"
_VERSION = "(button) => button.closest('[data-left]').dataset.left"
# The values of the boxes of its row.
_BESIDE = """(it) => [...(it.closest("[data-row], li")?.querySelectorAll("input, textarea") ?? [])]
    .map((box) => box.value).join(" ")"""
_PASTE = """(body, word) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", `<p>Dán <b>${word}</b></p><p>vào đây.</p>`);
    clipboardData.setData("text/plain", `Dán ${word} vào đây.`);
    body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
# Puts the caret at a random end of a word, in a random box that one can see.
_AIM = """([box, place]) => {
    const boxes = [...document.querySelectorAll("#bieu-mau input, #bieu-mau textarea")]
        .filter((box) => !["checkbox", "file"].includes(box.type) && box.checkVisibility() && !box.readOnly);
    const chosen = boxes[Math.floor(box * boxes.length)];
    const text = chosen.value;
    const places = [...text.matchAll(/(?<!\\S)|(?!\\S)/g)].map((found) => found.index);
    const at = places[Math.floor(place * places.length)] ?? text.length;
    chosen.focus();
    chosen.setSelectionRange(at, at);
    return [chosen.labels[0]?.innerText ?? chosen.id, /\\S$/.test(text.slice(0, at)), /^\\S/.test(text.slice(at))];
}"""


class Lost(AssertionError):
    """A word that somebody typed is nowhere."""


class Monkey(Scene):
    """One run: its actions, and the last of them."""

    def __init__(self, browser: Browser, folder: Path, seed: int) -> None:
        super().__init__(browser, folder, seed)
        self.seed = seed
        self.done: Counter[str] = Counter()
        self.last: deque[str] = deque(maxlen=_LAST)
        # Words thrown away with an offered version, by that version: until that is undone.
        self.thrown: dict[str, set[str]] = {}

    def play(self, count: int) -> None:
        """Do so many actions. Raises Lost by the first word that is nowhere."""
        actions: dict[Callable[[], str | None], int] = {
            self.type_word: 34,
            self.paste: 4,
            self.save: 12,
            self.reload: 10,
            self.close_and_reopen: 6,
            self.open_tab: 4,
            self.duplicate_tab: 3,
            self.add_row: 4,
            self.remove_row: 3,
            self.move_row: 3,
            self.choose: 4,
            self.delete_picture: 1,
            self.take_back: 7,
            self.throw_away: 3,
            self.undo_throwing: 3,
            self.kill_or_start: 3,
            self.go_offline_or_back: 4,
            self.edit_by_another_program: 3,
            self.break_or_mend: 2,
            self.restore_earlier: 3,
            self.leave_all: 1,
        }
        names, weights = list(actions), list(actions.values())
        while sum(self.done.values()) < count:
            [action] = self.random.choices(names, weights)
            try:
                said = action()
            except Error as error:
                raise AssertionError(self.tell(f"{action.__name__}: {error}")) from error
            if said is None:
                continue
            self.done[action.__name__] += 1
            self.last.append(f"{action.__name__}: {said}")
            self.check()
        self.leave_all()

    def check(self) -> None:
        """Raise Lost when a word is nowhere."""
        # In the order in which words go: what leaves one place between two looks is met at the next.
        places = (self.read_tabs, self.read_stored, self.read_disk)
        if missing := self.words - find_words("".join(read() for read in places)):
            raise Lost(self.tell(f"mất: {', '.join(sorted(missing))}"))

    def tell(self, what: str) -> str:
        """Return the log of events, and how to repeat them."""
        steps = "\n".join(f"  {step}" for step in self.last)
        return f"hạt {self.seed}, bước {sum(self.done.values())}: {what}\n{steps}"

    # The actions: each returns what it did, None when it cannot be done now.

    def type_word(self) -> str | None:
        """Type a word that nobody typed before, between two others, at an end or in an empty box."""
        if not (tab := self.pick()):
            return None
        word = self.make_word()
        box, after, before = tab.evaluate(_AIM, [self.random.random(), self.random.random()])
        self.words.add(word)
        tab.keyboard.type(f"{' ' * after}{word}{' ' * before}")
        return f"{self.name(tab)}, ô {box}: {word}"

    def paste(self) -> str | None:
        """Paste a word as a program of texts hands it over, with a look of its own."""
        if not (tab := self.pick()):
            return None
        body = tab.locator("#than-bai")
        body.focus()
        word = self.make_word()
        body.evaluate(_PASTE, word)
        # Copied text is only on the clipboard until it is pasted.
        expect(body).to_have_value(re.compile(word), timeout=20_000)
        self.words.add(word)
        return f"{self.name(tab)}: {word}"

    def save(self) -> str | None:
        """Save; and not always wait for the answer."""
        if not (tab := self.pick()):
            return None
        tab.keyboard.press("Control+s")
        waits = self.random.random() < 0.7
        if waits:
            expect(tab.locator("#trang-thai")).not_to_contain_text("Đang")
        return f"{self.name(tab)}, {tab.locator('#trang-thai').text_content() if waits else 'không chờ'}"

    def reload(self) -> str | None:
        """Load the form again, whatever is not saved."""
        if not (tab := self.pick()):
            return None
        try:
            tab.reload()
        except Error:
            if self.is_reachable:
                raise
        return self.name(tab)

    def close_and_reopen(self) -> str | None:
        """Close a tab without saving, and open the form in a new one."""
        if not self.is_reachable:
            return None
        tab = self.random.choice(self.tabs)
        said = self.name(tab)
        self.tabs.remove(tab)
        tab.close(run_before_unload=False)
        self.open_new()
        return said

    def open_tab(self) -> str | None:
        """Open the form once more."""
        if not self.is_reachable or len(self.tabs) >= _MOST_TABS:
            return None
        return self.name(self.open_new())

    def duplicate_tab(self) -> str | None:
        """Open the form once more as a browser duplicates a tab: with what is stored for the tab."""
        if not self.is_reachable or len(self.tabs) >= _MOST_TABS or not (tab := self.pick()):
            return None
        with self.context.expect_page() as opened:
            tab.evaluate("open(location.href)")
        opened.value.wait_for_load_state()
        self.watch(opened.value)
        return f"{self.name(tab)} thành {self.name(opened.value)}"

    def add_row(self) -> str | None:
        """Add a row to a list."""
        if not (tab := self.pick()) or not (button := self.pick_button(tab, "Thêm dòng")):
            return None
        button.click()
        return self.name(tab)

    def remove_row(self) -> str | None:
        """Remove a row of a list: its words go on purpose, unless they are elsewhere too."""
        if not (tab := self.pick()) or not (button := self.pick_button(tab, "Bỏ dòng")):
            return None
        removed = find_words(button.evaluate(_BESIDE))
        button.click()
        self.words -= removed
        return f"{self.name(tab)}, {' '.join(sorted(removed)) or 'trống'}"

    def move_row(self) -> str | None:
        """Move a row of a list, where rows can be moved."""
        name = self.random.choice(("Lên", "Xuống"))
        if not (tab := self.pick()) or not (button := self.pick_button(tab, name)):
            return None
        if button.is_disabled():
            return None
        button.click()
        return f"{self.name(tab)}, {name}"

    def choose(self) -> str | None:
        """Choose something from a list of the form."""
        if not (tab := self.pick()):
            return None
        boxes = tab.locator("#bieu-mau select:visible")
        if not (count := boxes.count()):
            return None
        box = boxes.nth(self.random.randrange(count))
        options = box.locator("option")
        # A picture that is used nowhere needs no words.
        words = box.evaluate(_BESIDE)
        box.select_option(index=self.random.randrange(options.count()))
        if box.get_attribute("data-of") == "place" and not box.input_value():
            self.words -= find_words(words)
        return self.name(tab)

    def delete_picture(self) -> str | None:
        """Delete a picture of the story: its words go on purpose, unless they are elsewhere too."""
        if not (tab := self.pick()) or not (button := self.pick_button(tab, "Xóa ảnh")):
            return None
        removed = find_words(button.evaluate(_BESIDE))
        button.click()
        self.words -= removed
        return f"{self.name(tab)}, {' '.join(sorted(removed)) or 'không chữ nào'}"

    def take_back(self) -> str | None:
        """Take a version back that the form offers."""
        if not (tab := self.pick()) or not (button := self.pick_button(tab, "Lấy lại", _OFFERED)):
            return None
        button.click()
        return self.name(tab)

    def throw_away(self) -> str | None:
        """Throw a version away that the form offers: what nothing else holds goes on purpose."""
        if not (tab := self.pick()) or not (button := self.pick_button(tab, "Bỏ đi", _OFFERED)):
            return None
        version = button.evaluate(_VERSION)
        button.click()
        # As this tab knows at once, and the watcher a moment later.
        thrown = self.words - find_words(self.read_tabs() + read_stored(tab) + self.read_disk())
        self.thrown[version] = thrown
        self.words -= thrown
        return f"{self.name(tab)}, {' '.join(sorted(thrown)) or 'không mất chữ nào'}"

    def undo_throwing(self) -> str | None:
        """Undo that: its words must be there again."""
        if not (tab := self.pick()) or not (button := self.pick_button(tab, "Hoàn tác", _OFFERED)):
            return None
        back = self.thrown.get(button.evaluate(_VERSION), set())
        button.click()
        self.words |= back
        return f"{self.name(tab)}, {' '.join(sorted(back)) or 'không chữ nào'}"

    def kill_or_start(self) -> str:
        """End the preview as a crash does; or start it again where it was."""
        if self.preview.is_running:
            self.preview.kill()
            return "giết"
        self.preview.start()
        return "mở lại"

    def go_offline_or_back(self) -> str:
        """Cut the browser off; or connect it again."""
        self.connect(self.is_offline)
        return "ngắt" if self.is_offline else "nối"

    def wait_for_saves(self) -> None:
        """Wait for what is being saved: two programs that write at the same instant know nothing of each other."""
        for tab in self.tabs:
            expect(tab.locator("#trang-thai", has_text="Đang")).to_have_count(0)

    def edit_by_another_program(self) -> str:
        """Add a paragraph to the file as an editor of texts would."""
        self.wait_for_saves()
        word = self.make_word()
        self.file.write_bytes(self.file.read_bytes().rstrip(b"\n") + f"\n\nMáy khác viết {word}.\n".encode())
        self.words.add(word)
        return word

    def break_or_mend(self) -> str:
        """Break the file as a slip in an editor of texts does, so that the form shows it as one text; or mend it."""
        self.wait_for_saves()
        text = self.file.read_bytes()
        if text.startswith(b"--\n"):
            self.file.write_bytes(b"-" + text)
            return "chữa tệp"
        self.file.write_bytes(text.removeprefix(b"-"))
        return "làm hỏng tệp"

    def restore_earlier(self) -> str | None:
        """Put an earlier version back in place."""
        if not (tab := self.pick()) or not self.is_reachable:
            return None
        past = tab.locator("#ban-truoc")
        if not past.is_visible():
            return None
        past.evaluate("(details) => { details.open = true; }")
        button = self.pick_button(tab, "Khôi phục")
        if not button:
            return None
        tab.evaluate("window.isBefore = true")
        button.click()
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and not tab.locator("#bao-tin").is_visible():
            try:
                if not tab.evaluate("window.isBefore"):
                    break
            except Error:
                break
        tab.wait_for_load_state()
        return self.name(tab)

    def leave_all(self) -> str:
        """Leave every tab, and look for every word on the disk and in what a new one offers."""
        self.be_ready()
        for tab in self.tabs:
            tab.close(run_before_unload=False)
        self.tabs.clear()
        tab = self.open_new()
        offered = [read_boxes(tab)]
        offers = tab.locator(f"{_OFFERED} li")
        buttons = tab.locator(_OFFERED).get_by_role("button", name="Lấy lại")
        # Text kept by another tab is offered as soon as the browser has noticed that it is closed.
        until = time.monotonic() + _PATIENCE
        while offers.count() != len(self.read_stored().splitlines()) and time.monotonic() < until:
            tab.wait_for_timeout(20)
        # Text that fits no box of the file as shown now is there to be copied.
        offered += [text.input_value() for text in tab.locator(f"{_OFFERED} textarea").all()]
        for _ in range(buttons.count()):
            buttons.first.click()
            offered.append(read_boxes(tab))
        if missing := self.words - find_words("\n".join(offered) + self.read_disk()):
            raise Lost(self.tell(f"không được hỏi để lấy lại: {', '.join(sorted(missing))}"))
        return "còn đủ"


def main(count: int, seed: int) -> None:
    """Play, and return the actions."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        executable = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGS)
        begun = time.monotonic()
        monkey = Monkey(browser, Path(folder), seed)
        try:
            monkey.play(count)
        finally:
            monkey.close()
            browser.close()
            print(f"hạt {seed}: {dict(monkey.done)}, {time.monotonic() - begun:.0f} giây")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
