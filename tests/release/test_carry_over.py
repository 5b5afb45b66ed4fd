"""What pages of the release before may still ask for, and what must never be carried on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.carry_over import carry_over

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


def test_style_scripts_and_pictures_still_shown_are_carried_and_nothing_that_may_be_withdrawn(tmp_path: Path) -> None:
    first, second = make_release(tmp_path / "1", FIRST), make_release(tmp_path / "2", SECOND)
    assert carry_over(first, None) == []
    assert carry_over(second, first) == ["bai-viet/2020/cu/kenh-aaaaaaaa-480.webp", OLD_STYLE]
    assert (second / OLD_STYLE).read_text(encoding="utf-8") == "old style"
    there = {file.relative_to(second).as_posix() for file in second.rglob("*") if file.is_file()}
    assert there == {*SECOND, "bai-viet/2020/cu/kenh-aaaaaaaa-480.webp", OLD_STYLE}
    assert (second / "theme/fonts/OFL.txt").read_text(encoding="utf-8") == "new licence"


def test_for_one_generation(tmp_path: Path) -> None:
    first, second, third, fourth = (
        make_release(tmp_path / str(number), files) for number, files in enumerate((FIRST, SECOND, SECOND, FIRST))
    )
    carry_over(first, None)
    carry_over(second, first)
    assert carry_over(third, second) == []
    # What comes back is the site's own again.
    assert carry_over(fourth, second) == ["bai-viet/2020/moi/kenh-aaaaaaaa-480.webp", "theme/css/site.00000002.css"]
    assert carry_over(make_release(tmp_path / "5", SECOND), fourth)[-1] == OLD_STYLE
