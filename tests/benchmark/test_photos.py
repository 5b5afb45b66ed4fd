"""The measuring of photos: the same pictures for everyone, an honest distance, and a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from tests.benchmark import camera, photos
from tests.benchmark.copies import CHECKED, ONCE, OURS, find_ours

if TYPE_CHECKING:
    from pathlib import Path


def test_the_drawn_photos_are_the_same_ones_each_time_and_278_megapixels() -> None:
    assert len(camera.SIZES) == 30
    assert round(sum(width * height for width, height in camera.SIZES) / 1e6) == 278
    assert camera.take_photo((800, 600), 1) == camera.take_photo((800, 600), 1)
    assert camera.take_photo((800, 600), 1) != camera.take_photo((800, 600), 5)


def test_a_distance_is_in_decibels() -> None:
    grey = Image.new("RGB", (40, 30), (100, 100, 100))
    off_by_one = Image.new("RGB", (40, 30), (101, 101, 101))
    assert round(photos.compare(off_by_one, grey), 2) == 48.13
    assert photos.compare(grey, grey) > 100
    assert photos.compare(grey, photos.make_reference(grey.resize((400, 300)), (40, 30))) > 100


def test_ours_makes_every_copy_and_has_a_row(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "anh-00.jpg").write_bytes(camera.take_photo((2000, 1500), 3))
    ours = list(find_ours(taken, tmp_path))
    for maker in ours:
        maker.prepare()
        maker.command.time()
    found = photos.judge(taken, ours)
    assert {(width, ending) for _, width, ending in found} == set(photos.COPIES)
    assert all(copy["anh-00"].psnr > 28 for copy in found.values())
    rows = photos.build_rows({OURS: [2.0, 1.0, 1.5], CHECKED: [3.0]}, found)
    assert [row[:3] for row in rows] == [[OURS, "1,50", "–"], [CHECKED, "3,00", "–"]]
    assert len(rows[0]) == 3 + len(photos.COPIES)
    found.update({(ONCE, width, ending): copy for (name, width, ending), copy in found.items() if name == OURS})
    (row, *_) = photos.build_rows({OURS: [1.0], ONCE: [2.0]}, found)
    assert row[2] == "0,50"
    assert row[3].endswith("; 0,00")
