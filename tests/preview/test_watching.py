"""Every kind of change is reported by path, whether the system reports it or polling finds it."""

from __future__ import annotations

import errno
import shutil
import threading
import time
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

import pytest

from plugins.preview.serving import watching
from plugins.preview.serving.watching import watch_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Told = Queue["set[Path]"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    # Some systems tell the true path of a temporary folder.
    made = tmp_path.resolve()
    for name in ("content/bai-viet", "theme"):
        (made / name).mkdir(parents=True)
    return made


@pytest.fixture
def told(project: Path) -> Told:
    queue: Told = Queue()

    def listen() -> None:
        for changed in watch_project(project, lambda _: None):
            queue.put(changed)

    threading.Thread(target=listen, daemon=True).start()
    # At once, when the watch has begun.
    assert queue.get(timeout=10) == set()
    return queue


def wait_for(told: Told, path: Path) -> None:
    """Wait until a path has been reported."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            changed = told.get(timeout=1)
        except Empty:
            continue
        if path in changed:
            return
    pytest.fail(f"không nghe thấy {path}")


def test_files_created_changed_renamed_and_removed_are_reported(project: Path, told: Told) -> None:
    folder = project / "content/bai-viet/Kênh mương"
    folder.mkdir()
    wait_for(told, folder)
    (folder / "bai.md").write_text("một", encoding="utf-8")
    wait_for(told, folder / "bai.md")
    (folder / "bai.md").write_text("hai", encoding="utf-8")
    wait_for(told, folder / "bai.md")
    (project / "theme/moi.css").touch()
    wait_for(told, project / "theme/moi.css")
    folder.rename(folder.with_name("khac"))
    wait_for(told, folder)
    shutil.rmtree(folder.with_name("khac"))
    wait_for(told, folder.with_name("khac"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have changes looked for often."""
    for name, seconds in (("_SELDOM", 0.1), ("_OFTEN", 0.1), ("_GRACE", 0.1)):
        monkeypatch.setattr(watching, name, seconds)
    monkeypatch.setattr(watching, "_SELDOM_TIMES", 1)


def listen(project: Path) -> tuple[Told, list[str]]:
    """Return the changes reported from now on, and the sentences on polling."""
    queue: Told = Queue()
    said: list[str] = []

    def run() -> None:
        for changed in watch_project(project, said.append):
            queue.put(changed)

    threading.Thread(target=run, daemon=True).start()
    assert queue.get(timeout=10) == set()
    return queue, said


def keep_silent(*_: Any, **__: Any) -> Iterator[set[Any]]:
    while True:
        yield set()
        time.sleep(0.02)


def test_a_folder_without_events_is_polled_and_that_is_reported(
    project: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "watch", keep_silent)
    told, said = listen(project)
    folder = project / "content/bai-viet/2020/kenh"
    folder.mkdir(parents=True)
    wait_for(told, folder)
    (folder / "bai.md").write_text("một", encoding="utf-8")
    wait_for(told, folder / "bai.md")
    (folder / "bai.md").write_text("hai", encoding="utf-8")
    wait_for(told, folder / "bai.md")
    (folder / "bai.md").unlink()
    wait_for(told, folder / "bai.md")
    assert said == ["Thư mục này không báo thay đổi nên trang tự dò lại, chậm nhất 1 giây một lần."]


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), RuntimeError("error in underlying watcher")]
)
def test_a_watch_that_the_system_refuses_is_no_end(
    project: Path, quick: None, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*_: Any, **__: Any) -> Iterator[set[Any]]:
        raise error
        yield set()

    monkeypatch.setattr(watching, "watch", refuse)
    told, said = listen(project)
    (project / "content/moi.md").write_text("một", encoding="utf-8")
    wait_for(told, project / "content/moi.md")
    assert len(said) == 1
    assert said[0].startswith("Máy không theo dõi được thư mục này (")


def test_a_folder_that_comes_back_is_still_followed(project: Path, quick: None) -> None:
    told, _ = listen(project)
    shutil.rmtree(project / "theme")
    wait_for(told, project / "theme")
    (project / "theme").mkdir()
    (project / "theme/a.css").touch()
    wait_for(told, project / "theme/a.css")


def test_a_change_lost_with_a_full_queue_is_found_and_the_watch_begins_again(
    project: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    watches = iter((1, 2))

    def run_over(*_: Any, **__: Any) -> Iterator[set[Any]]:
        yield set()
        if next(watches) == 1:
            (project / "content/mat.md").touch()
            raise OSError(errno.EOVERFLOW, "queue overflow")
        yield from keep_silent()

    monkeypatch.setattr(watching, "watch", run_over)
    monkeypatch.setattr(watching, "_TRY_AGAIN", 0.2)
    told, _ = listen(project)
    wait_for(told, project / "content/mat.md")
    (project / "content/moi.md").write_text("một", encoding="utf-8")
    wait_for(told, project / "content/moi.md")


def test_a_folder_with_events_is_not_reported_as_silent(
    project: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A change that went unheard would be found after 0.05 s, be waited for for 0.1, and be told 0.02 later.
    monkeypatch.setattr(watching, "_SELDOM", 0.05)
    monkeypatch.setattr(watching, "_TICK", 20)
    told, said = listen(project)
    for number in range(5):
        (project / "content/bai-viet/a.md").write_text(f"{number}", encoding="utf-8")
        wait_for(told, project / "content/bai-viet/a.md")
        time.sleep(0.22)
    # The files of a renamed folder are not reported.
    (project / "content/bai-viet/2020").mkdir()
    (project / "content/bai-viet/2020/b.md").write_text("b", encoding="utf-8")
    wait_for(told, project / "content/bai-viet/2020/b.md")
    time.sleep(0.22)
    (project / "content/bai-viet/2020").rename(project / "content/bai-viet/2021")
    wait_for(told, project / "content/bai-viet/2021")
    time.sleep(0.22)
    assert said == []
