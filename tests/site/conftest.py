"""One real build of the repository's content, one publish, and one publish of a site that has no story yet."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
from filelock import FileLock

from tests.site import checkout
from tests.site.pages import Site

if TYPE_CHECKING:
    from pathlib import Path


class Build(NamedTuple):
    """A copy of the project, the output of the command, and the site that it wrote."""

    project: Path
    run: checkout.Run
    site: Site


def build_site(project: Path, command: str) -> Build:
    """Run a command that builds, and read its site."""
    return Build(project, _run_build(project, command), Site(find_site(project)))


def find_site(project: Path) -> Path:
    """Return where the site is that was written into a fresh copy: published or built."""
    release = project / "releases/0001/site"
    return release if release.is_dir() else project / "output"


def _run_build(project: Path, command: str) -> checkout.Run:
    run = checkout.run(project, command)
    assert run.code == 0, run.stdout + run.stderr
    return run


# Other folders of tests import these fixtures. pytest would then read the site once a folder: hence the cache.
@cache
def _read_edition(edition: str, own: Path) -> Build:
    """Return a site that was built once a run: by whichever of pytest's processes came first, for all of them."""
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / edition
    folder.mkdir(exist_ok=True)
    said = folder / "run.json"
    with FileLock(folder / "lock"):
        if not said.is_file():
            said.write_text(json.dumps(asdict(_build_edition(edition, folder))), encoding="utf-8")
    project = folder / checkout.FOLDER
    return Build(project, checkout.Run(**json.loads(said.read_text(encoding="utf-8"))), Site(find_site(project)))


def _build_edition(edition: str, folder: Path) -> checkout.Run:
    project = checkout.copy_project(folder)
    if edition == "empty":
        for file in sorted((project / checkout.STORIES).rglob("bai.md")):
            if not re.search(r"^Mẫu: có$", file.read_text(encoding="utf-8"), re.MULTILINE):
                shutil.rmtree(file.parent)
    else:
        checkout.add_stories(project)
    if edition != "built":
        checkout.fill_in_office(project)
    return _run_build(project, "build" if edition == "built" else "publish")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`build` of the shipped content and the extra stories. Tests read it; none writes into it."""
    return _read_edition("built", tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`publish` of the same content, with the publisher's facts filled in."""
    return _read_edition("published", tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`publish` of a site whose every story is a sample: the first day of a district."""
    return _read_edition("empty", tmp_path_factory.getbasetemp())


@pytest.fixture(params=["built", "published", "empty"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the three sites in turn: promises about pages hold in every edition."""
    build: Build = request.getfixturevalue(request.param)
    return build.site


def _copy(built: Build, folder: Path) -> Path:
    project = checkout.copy_project(folder)
    checkout.add_stories(project)
    for made in ("output", ".cache"):
        shutil.copytree(built.project / made, project / made, dirs_exist_ok=True)
    return project


@pytest.fixture
def copied(built: Build, tmp_path: Path) -> Path:
    """A copy of the project of one's own to break, as its last build left it: the site, and the photos it made."""
    return _copy(built, tmp_path)


@pytest.fixture(scope="module")
def mended(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a copy for all tests of a file that put back what they change."""
    return _copy(built, tmp_path_factory.mktemp("mended"))
