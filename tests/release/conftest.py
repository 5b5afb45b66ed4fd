"""A small project that has been published once, and copies of it to publish again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from plugins import teamwork
from plugins.release import publishing
from tests.conftest import Project
from tests.release.small_project import create_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def _published_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    create_project(folder)
    assert publishing.publish(folder) == 0
    return folder


@pytest.fixture
def small(_published_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project of one's own whose release 0001 is online, and that is published again by one process."""
    # To copy the process of all tests takes longer than what the copy would do; the first release had several at work.
    monkeypatch.setattr(teamwork, "_count_helpers", lambda: 0)
    return Project(shutil.copytree(_published_once, tmp_path / "du-an", symlinks=True))
