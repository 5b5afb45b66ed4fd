"""A site is mended wholly or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins import site
from plugins.exemplars.memory import Mending
from plugins.unchanged import Record
from tests.site.checkout import read_tree

MENDING = Mending([("/tim-kiem/1/", "/tim-kiem/2/")], ["/tim-kiem/2/9.json"])


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A site, and what was written anew of it."""
    for name in ("output/index.html", "output/bai/index.html", "output/tim-kiem/1/0.json", "output/tim-kiem/1/9.json"):
        _write(tmp_path / name, "cũ")
    for name in ("new/bai/index.html", "new/tim-kiem/2/0.json", "new/tim-kiem/2/1.json"):
        _write(tmp_path / name, "mới")
    return tmp_path / "output", tmp_path / "new"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_what_is_new_takes_its_place_and_the_rest_stays(folders: tuple[Path, Path]) -> None:
    output, new = folders
    site._mend(output, new, MENDING)
    texts = {file.relative_to(output).as_posix(): file.read_text(encoding="utf-8") for file in output.rglob("*.*")}
    assert texts == {
        "index.html": "cũ",
        "bai/index.html": "mới",
        "tim-kiem/2/0.json": "mới",
        "tim-kiem/2/1.json": "mới",
    }
    assert sorted(entry.name for entry in output.parent.iterdir()) == ["new", "output"]


def test_what_was_touched_is_all_that_must_be_looked_at_again(folders: tuple[Path, Path]) -> None:
    output, new = folders
    record = Record(output.parent, output.name, "")
    before = record.written()
    after = record.written(site._mend(output, new, MENDING))
    assert after == Record(output.parent, output.name, "").written() != before


@pytest.mark.parametrize("refused", range(7))
def test_what_cannot_be_done_is_undone(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    """As on Windows, where a file that someone has open cannot be moved."""
    output, new = folders
    before, steps = read_tree(output), []
    rename = Path.rename

    def move(self: Path, target: Path) -> Path:
        steps.append(target)
        if len(steps) == refused + 1:
            raise PermissionError
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", move)
    with pytest.raises(site.Refused, match="có lẽ một chương trình đang mở nó"):
        site._mend(output, new, MENDING)
    assert read_tree(output) == before
    assert sorted(entry.name for entry in output.parent.iterdir()) == ["new", "output"]
