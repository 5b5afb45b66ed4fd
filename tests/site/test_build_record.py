"""A build that would write the same again says so and writes nothing; any doubt, and all is built again."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from plugins import build_record
from plugins.build_record import BuildRecord, Outcome
from plugins.vietnamese import today
from tests.site.checkout import read_tree, run, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

SAME = "Không có gì thay đổi từ lần dựng trước.\n"
KIND = "publishing=False drafts=False"
STORY = "content/bai-viet/2020/ea-po-hoc-cach-lam-kenh/bai.md"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose files are older than any clock is coarse, built once."""
    from tests.site import checkout

    project = checkout.copy_project(tmp_path_factory.mktemp("unchanged"))
    write(project, "requirements.txt", "pelican==4\n")
    time.sleep(0.2)
    assert run(project, "build").code == 0
    return project


@pytest.fixture
def project(settled: Path) -> Path:
    """That project, with every file taken for unchanged."""
    settle(settled)
    return settled


def record(project: Path) -> BuildRecord:
    return BuildRecord(project, "output", KIND, today())


def recall(project: Path, output: str = "output", kind: str = KIND, day: date | None = None) -> Outcome | None:
    return BuildRecord(project, output, kind, day or today()).load_outcome()


def keep(project: Path) -> None:
    record(project).save(Outcome(["Xong."], [], 0))


def settle(project: Path) -> None:
    """Have every file taken for unchanged, as if a build had just ended."""
    if not recall(project):
        time.sleep(0.12)
        keep(project)
        assert recall(project) == Outcome(["Xong."], [], 0)


def times(project: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in (project / "output").rglob("*") if file.is_file()}


def test_an_unchanged_build_writes_nothing_and_repeats_its_output(project: Path) -> None:
    time.sleep(0.12)
    before = times(project)
    first = run(project, "build", "--plain")
    assert not first.stdout.startswith(SAME)
    after_plain = times(project)
    assert after_plain != before
    again = run(project, "build")
    assert (again.code, again.stdout, again.stderr) == (0, SAME + first.stdout, first.stderr)
    assert times(project) == after_plain


@pytest.mark.parametrize(
    "path",
    [
        STORY,
        "content/danh-muc/xa.yaml",
        "content/dang-ky/2020.csv",
        "content/theo-doi/2020.csv",
        "theme/templates/article.html",
        "theme/static/css/base.css",
        "plugins/vietnamese.py",
        "pelicanconf.py",
        "requirements.txt",
        "output/index.html",
    ],
)
def test_a_file_that_is_written_again_in_any_way_is_a_change(project: Path, path: str) -> None:
    file = project / path
    stat = file.stat()
    # The same bytes at the same time of change: only the system's own clock tells.
    file.write_bytes(file.read_bytes())
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert recall(project) is None


def _add(project: Path) -> None:
    write(project, "content/bai-viet/2020/moi/bai.md", "---\nTiêu đề: Mới\nNgày: 1/2/2020\n---\n\nBài.\n")


def _remove(project: Path) -> None:
    shutil.rmtree(project / "content/bai-viet/2020/moi")


def _rename(project: Path) -> None:
    (project / "content/trang/tro-nang.md").rename(project / "content/trang/tro-nang-2.md")


def _rename_back(project: Path) -> None:
    (project / "content/trang/tro-nang-2.md").rename(project / "content/trang/tro-nang.md")


def _lose_a_page(project: Path) -> None:
    (project / "output/404.html").unlink()


def _leave_something(project: Path) -> None:
    write(project, "output/la.html", "lạ")


def test_an_added_or_removed_file_is_a_change(project: Path) -> None:
    for change in (_add, _remove, _rename, _rename_back, _lose_a_page, _leave_something):
        change(project)
        assert recall(project) is None, change.__name__
        settle(project)
    (project / "output/la.html").unlink()
    time.sleep(0.12)
    assert run(project, "build").code == 0
    assert run(project, "build").stdout.startswith(SAME)
    tree = read_tree(project / "output")
    assert "404.html" in tree
    run(project, "build", "--plain")
    assert read_tree(project / "output") == tree


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(file.read_bytes()[:40]),
        lambda file: file.write_bytes(b"\xff\x00"),
        lambda file: file.write_text("[]", encoding="utf-8"),
        lambda file: file.write_text(json.dumps(json.loads(file.read_bytes()) | {"said": {}}), encoding="utf-8"),
        lambda file: file.unlink(),
    ],
)
def test_a_record_that_is_spoilt_costs_time_alone(project: Path, spoil: Callable[[Path], object]) -> None:
    file = project / build_record.FOLDER / "output.json"
    kept = file.read_bytes()
    spoil(file)
    assert recall(project) is None
    file.write_bytes(kept)


def test_another_kind_of_build_is_another_site(project: Path) -> None:
    assert recall(project, kind="publishing=True drafts=False") is None
    assert recall(project, "other") is None
    assert recall(project, day=today() + timedelta(days=1)) is None


def test_a_file_written_as_the_build_began_is_not_trusted(project: Path) -> None:
    file = project / STORY
    file.write_bytes(file.read_bytes())
    keep(project)
    assert recall(project) is None
