"""Files that pages of the previous release may still ask for, and files that must never be carried on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from plugins.release.earlier_assets import keep_assets

if TYPE_CHECKING:
    from pathlib import Path

OLD_STYLE, OLD_SCRIPT = "theme/css/site.00000001.css", "theme/js/search.00000001.js"
FIRST = {
    "index.html": "một",
    OLD_STYLE: "old style",
    OLD_SCRIPT: "old script",
    "theme/fonts/OFL.txt": "old licence",
    "bai-viet/2020/cu/kenh-aaaaaaaa-480.webp": "a photo that moves",
    "bai-viet/2020/go/nguoi-bbbbbbbb-480.webp": "a photo that is withdrawn",
    "bai-viet/2020/go/index.html": "a story that is withdrawn",
    "tim-kiem/chi-muc/000000000001/0.json": "its words",
    "tim-kiem/chi-muc/000000000001/1.bai.json": "the same entry",
    f"{OLD_STYLE}.br": "compressed",
}
SECOND = {
    "index.html": "hai",
    "theme/css/site.00000002.css": "new style",
    OLD_SCRIPT: "old script",
    "theme/fonts/OFL.txt": "new licence",
    "bai-viet/2020/moi/kenh-aaaaaaaa-480.webp": "a photo that moves",
    "tim-kiem/chi-muc/000000000002/1.bai.json": "the same entry",
}


def make_release(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root / "site"


def test_style_and_scripts_are_carried_and_nothing_that_may_be_withdrawn(tmp_path: Path) -> None:
    first, second = make_release(tmp_path / "1", FIRST), make_release(tmp_path / "2", SECOND)
    assert keep_assets(first, None) == []
    assert keep_assets(second, first) == [OLD_STYLE]
    assert (second / OLD_STYLE).read_text(encoding="utf-8") == "old style"
    there = {file.relative_to(second).as_posix() for file in second.rglob("*") if file.is_file()}
    assert there == {*SECOND, OLD_STYLE}
    assert (second / "theme/fonts/OFL.txt").read_text(encoding="utf-8") == "new licence"


def test_for_one_generation(tmp_path: Path) -> None:
    first, second, third, fourth = (
        make_release(tmp_path / str(number), files) for number, files in enumerate((FIRST, SECOND, SECOND, FIRST))
    )
    keep_assets(first, None)
    keep_assets(second, first)
    assert keep_assets(third, second) == []
    # A file that comes back is the site's own again.
    assert keep_assets(fourth, second) == ["theme/css/site.00000002.css"]
    assert keep_assets(make_release(tmp_path / "5", SECOND), fourth) == [OLD_STYLE]


def test_all_of_the_theme_is_shared_while_a_release_has_it(tmp_path: Path) -> None:
    shared = tmp_path / "shared"

    def names() -> set[str]:
        return {file.relative_to(shared).as_posix() for file in shared.rglob("*") if file.is_file()}

    first = make_release(tmp_path / "0001", FIRST)
    keep_assets(first, None)
    assert names() == {OLD_STYLE, OLD_SCRIPT}
    second = make_release(tmp_path / ".new-x", SECOND)
    keep_assets(second, first)
    assert names() == {OLD_STYLE, OLD_SCRIPT, "theme/css/site.00000002.css"}
    assert (shared / OLD_STYLE).read_text(encoding="utf-8") == "old style"
    second.parent.rename(tmp_path / "0002")
    shutil.rmtree(first.parent)
    third = make_release(tmp_path / "0003", SECOND)
    keep_assets(third, tmp_path / "0002/site")
    shutil.rmtree(tmp_path / "0002")
    fourth = make_release(tmp_path / "0004", SECOND)
    keep_assets(fourth, third)
    assert names() == {OLD_SCRIPT, "theme/css/site.00000002.css"}
