"""Cost and loss of copies of photos beside sharp and Hugo: `python -m tests.benchmark.photos [FOLDER]`.

The photos are drawn unless a folder is given. Processor seconds are of all threads and processes, the contestants in
turns; a copy is compared with the original as Lanczos scales it in floating point.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from math import log10
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageStat

from plugins.photos import recipe
from plugins.photos.recipe import FALLBACK_WIDTH, WIDTHS
from tests.benchmark import camera
from tests.benchmark.copies import ONCE, Maker, find_makers
from tests.benchmark.report import print_rows, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

COPIES = (*((width, "webp") for width in WIDTHS), (FALLBACK_WIDTH, "jpg"))


@dataclass(frozen=True)
class Found:
    """Of one copy: how many bytes it has, and how near it is to the original, in dB."""

    size: int
    psnr: float


def make_reference(photo: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a photo scaled by Lanczos in floating point, rounded once."""
    bands = [band.convert("F").resize(size, Image.Resampling.LANCZOS) for band in photo.convert("RGB").split()]
    return Image.merge("RGB", [band.point(lambda value: value * 1 + 0.5).convert("L") for band in bands])


def compare(copy: Image.Image, reference: Image.Image) -> float:
    """Return the peak signal-to-noise ratio of a copy, in dB."""
    difference = ImageChops.difference(copy.convert("RGB"), reference)
    error = fmean(ImageStat.Stat(difference).sum2) / (reference.width * reference.height)
    return 10 * log10(255**2 / max(error, 1e-9))


def judge(photos: Path, makers: Sequence[Maker]) -> dict[tuple[str, int, str], dict[str, Found]]:
    """Return the facts of each maker's copies, by maker, width and ending, and by photo."""
    found: dict[tuple[str, int, str], dict[str, Found]] = {}
    for file in sorted(photos.iterdir()):
        with Image.open(file) as photo:
            for width, ending in COPIES:
                reference = None
                for maker in makers:
                    if made := maker.find(file.stem, width, ending):
                        with Image.open(made) as copy:
                            reference = reference or make_reference(photo, copy.size)
                            psnr = compare(copy, reference)
                        found.setdefault((maker.name, width, ending), {})[file.stem] = Found(made.stat().st_size, psnr)
    return found


def build_rows(seconds: dict[str, list[float]], found: dict[tuple[str, int, str], dict[str, Found]]) -> list[list[str]]:
    """Return a row for each maker: seconds, their ratio to sharp's best, then of each copy KB and dB."""
    best = median(seconds[ONCE]) if ONCE in seconds else None
    rows = []
    for name, busy in seconds.items():
        spent = median(busy)
        row = [name, shown(spent, 2), shown(spent / best if best else None, 2)]
        for width, ending in COPIES:
            copies = found[name, width, ending]
            # We alone cap the bytes of the copies that phones load: less is no loss there.
            rival = found.get((ONCE, width, ending), copies)
            is_held = ending == "webp" and width <= recipe.LIGHT_WIDTH
            free = [photo for photo in copies if not is_held or rival[photo].size <= recipe.LIGHT_BYTES]
            kilobytes = fmean(copy.size for copy in copies.values()) / 1000
            near = fmean(copies[photo].psnr for photo in free) if free else None
            less = min((copies[photo].psnr - rival[photo].psnr for photo in free), default=None)
            row.append(f"{shown(kilobytes, 1)}; {shown(near, 2)}; {shown(less, 2)}")
        rows.append(row)
    return rows


def run(photos: Path, rounds: int) -> None:
    """Measure all makers in turns, and print the table."""
    with tempfile.TemporaryDirectory(prefix="dan-van-kheo-") as place:
        makers = list(find_makers(photos, Path(place)))
        seconds: dict[str, list[float]] = {maker.name: [] for maker in makers}
        for number in range(rounds):
            print(f"lượt {number + 1} trên {rounds}", file=sys.stderr, flush=True)
            for maker in makers:
                maker.prepare()
                cost = maker.command.time()
                seconds[maker.name].append(cost.wall if cost.cpu is None else cost.cpu)
        rows = build_rows(seconds, judge(photos, makers))
    headings = ["Ai", "Giây CPU", "× sharp", *(f"{ending} {width}" for width, ending in COPIES)]
    print("Mỗi bản ảnh: KB; dB; dB hơn kém sharp (giải mã một lần) ở tấm kém nhất.\n")
    print_rows(headings, rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.photos", description="Đo việc làm ảnh.")
    parser.add_argument("folder", nargs="?", type=Path, help="ảnh JPEG của mình; không ghi thì máy vẽ 30 tấm")
    parser.add_argument("--rounds", type=int, default=3, help="số lượt đo; lấy số giữa")
    given = parser.parse_args()
    if given.folder:
        run(given.folder.resolve(), given.rounds)
        return
    with tempfile.TemporaryDirectory(prefix="dan-van-kheo-") as folder:
        for number, photo in enumerate(camera.take_photos()):
            Path(folder, f"anh-{number:02}.jpg").write_bytes(photo)
        run(Path(folder), given.rounds)


if __name__ == "__main__":
    main()
