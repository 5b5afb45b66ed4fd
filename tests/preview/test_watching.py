"""Every kind of change is told, by path, and a watch that was lost begins again."""

from __future__ import annotations

import shutil
import threading
import time
from queue import Empty, Queue
from typing import TYPE_CHECKING

import pytest

from plugins.preview.watching import watch_project

if TYPE_CHECKING:
    from pathlib import Path

Told = Queue["set[Path] | None"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    # Some systems tell the true path of a temporary folder.
    made = tmp_path.resolve()
    for name in ("content/bai-viet", "theme", "plugins"):
        (made / name).mkdir(parents=True)
    (made / "pelicanconf.py").touch()
    return made


@pytest.fixture
def told(project: Path) -> Told:
    queue: Told = Queue()

    def listen() -> None:
        for changed in watch_project(project):
            queue.put(changed)

    threading.Thread(target=listen, daemon=True).start()
    # At once, when the watch has begun.
    assert queue.get(timeout=10) == set()
    return queue


def wait_for(told: Told, path: Path | None) -> None:
    """Wait until a path has been told; None for “anything may have changed”."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            changed = told.get(timeout=1)
        except Empty:
            continue
        if (path is None and changed is None) or (path and changed and path in changed):
            return
    pytest.fail(f"không nghe thấy {path}")


def test_what_is_made_changed_renamed_and_removed(project: Path, told: Told) -> None:
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


def test_a_file_put_in_anothers_place_ends_no_watch(project: Path, told: Told) -> None:
    settings = project / "pelicanconf.py"
    for _ in range(2):
        (project / "moi").write_text("#", encoding="utf-8")
        (project / "moi").replace(settings)
        wait_for(told, None)
    settings.write_text("##", encoding="utf-8")
    wait_for(told, settings)


def test_a_folder_that_comes_back_is_watched_again(project: Path, told: Told) -> None:
    shutil.rmtree(project / "theme")
    wait_for(told, None)
    (project / "theme").mkdir()
    wait_for(told, None)
    (project / "theme/a.css").touch()
    wait_for(told, project / "theme/a.css")
