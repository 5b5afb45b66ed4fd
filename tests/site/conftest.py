"""One real build of the repository's content, one publish, and one publish of a site that has no story yet."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.site import checkout
from tests.site.pages import Site

if TYPE_CHECKING:
    from pathlib import Path


class Build(NamedTuple):
    """A copy of the project, what the command said, and the site that it wrote."""

    project: Path
    run: checkout.Run
    site: Site


def build_site(project: Path, command: str) -> Build:
    """Run a command that builds, and read what it wrote."""
    run = checkout.run(project, command)
    assert run.code == 0, run.stdout + run.stderr
    return Build(project, run, Site(project / "output"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`build` of the shipped content and the extra stories. Tests read it; none writes into it."""
    project = checkout.copy_project(tmp_path_factory.mktemp("build"))
    checkout.add_stories(project)
    return build_site(project, "build")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`publish` of the same content, with the publisher's facts filled in."""
    project = checkout.copy_project(tmp_path_factory.mktemp("publish"))
    checkout.add_stories(project)
    checkout.fill_in_publisher(project)
    return build_site(project, "publish")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`publish` of a site whose every story is a sample: what a district sees on its first day."""
    project = checkout.copy_project(tmp_path_factory.mktemp("empty"))
    for file in sorted((project / checkout.STORIES).rglob("bai.md")):
        if not re.search(r"^Mẫu: có$", file.read_text(encoding="utf-8"), re.MULTILINE):
            shutil.rmtree(file.parent)
    checkout.fill_in_publisher(project)
    return build_site(project, "publish")


@pytest.fixture(params=["built", "published", "empty"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the three sites in turn: what is promised of a page holds in every edition."""
    build: Build = request.getfixturevalue(request.param)
    return build.site


@pytest.fixture
def copied(built: Build, tmp_path: Path) -> Path:
    """A copy of the project of one's own to break, as its last build left it: the site, and the photos it made."""
    project = checkout.copy_project(tmp_path)
    checkout.add_stories(project)
    for made in ("output", ".cache"):
        shutil.copytree(built.project / made, project / made)
    return project
