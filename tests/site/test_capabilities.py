"""Each plugin may be left out of PLUGINS: its additions are missing, and the rest is whole for every command."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from tests.site.checkout import changing, read_tree, run
from tests.site.pages import Site, find
from tests.site.test_links import dead_links

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.site.conftest import Build

ALL = ("assets", "search", "registers", "reports")
# Pages and files of each, by the beginning of their paths.
ROOTS = {"assets": ("theme/",), "search": ("tim-kiem/",), "registers": (), "reports": ("bao-cao/",)}


def leave_out(project: Path, *names: str) -> AbstractContextManager[None]:
    text = (project / "pelicanconf.py").read_text(encoding="utf-8")
    for name in names:
        text, count = re.subn(rf'"plugins\.{name}",?\s*', "", text)
        assert count == 1
    return changing(project, "pelicanconf.py", text)


def unversioned(path: str) -> str:
    """Return a path without the version of the search's files: their words may be others, as days of acts are."""
    return re.sub("chi-muc/[0-9a-f]{12}/", "chi-muc/", path)


@pytest.mark.parametrize("names", [*((name,) for name in ALL), ALL], ids="+".join)
def test_without_it_the_rest_is_whole(built: Build, mended: Path, names: tuple[str, ...]) -> None:
    with leave_out(mended, *names):
        done = run(mended, "build")
    assert done.code == 0, done.stdout + done.stderr
    gone = tuple(root for name in names for root in ROOTS[name])
    left = {unversioned(path) for path in read_tree(built.site.root) if not (gone and path.startswith(gone))}
    assert {unversioned(path) for path in read_tree(mended / "output")} == left
    site = Site(mended / "output", quick=True)
    assert dead_links(site) == []
    for page in site.pages.values():
        assert bool(find(page.root, "form", role="search")) != ("search" in names), page.url
        assert bool(find(page.root, "link", rel="stylesheet")) != ("assets" in names), page.url
        assert "assets" not in names or "/theme/" not in page.html, page.url
        assert "reports" not in names or "/bao-cao/" not in page.html, page.url
        assert "search" not in names or "/tim-kiem/" not in page.html, page.url


def recognised(project: Path) -> dict[str, str]:
    with (project / "output/du-lieu/dien-hinh.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["Mã bài"]: row["Được công nhận"] for row in csv.DictReader(file) if not row["Biểu dương"]}


def test_without_registers_no_surface_shows_a_recognition(built: Build, mended: Path) -> None:
    assert "có" in recognised(built.project).values()
    with changing(mended, "content/dang-ky/2020.csv", "hỏng"):
        assert run(mended, "check").code == 1
        with leave_out(mended, "registers"):
            assert run(mended, "build").code == 0
            assert set(recognised(mended).values()) <= {"", "không"}
            check = run(mended, "check")
            assert (check.code, "dang-ky" in check.stdout) == (0, False)
            assert "Chưa có sổ đăng ký năm 2020" in run(mended, "progress", "--year", "2020").stderr
            assert "được công nhận" not in run(mended, "report", "--year", "2020").stdout
