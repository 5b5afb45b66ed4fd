"""Photos and share cards onto the site: from the cache where they are there, by the workers where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.photos import pixels, share_card
from plugins.photos.photo import develop_file
from plugins.photos.sizes import fallback_size, plan_sizes
from plugins.photos.workers import Job, run_jobs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from plugins.photos.cache import Cache
    from plugins.photos.photo import Photo
    from plugins.photos.share_card import ShareCard

_LABEL = "Đang làm ảnh cho trang"


def write_pictures(photos: Iterable[Photo], cards: Iterable[ShareCard], output: Path, cache: Cache) -> None:
    """Write every copy of every photo, and every card, at its address under the output folder.

    Originals are only read. Pictures of one content are made once, wherever they stand.
    """
    jobs: dict[tuple[str, ...], Job] = {}
    waiting: dict[tuple[str, ...], list[list[str]]] = {}

    def want(keys: tuple[str, ...], urls: list[str], job: Job) -> None:
        found = None if keys in waiting else [cache.read(key) for key in keys]
        if found is not None and None not in found:
            _write(output, urls, [data for data in found if data is not None])
        else:
            jobs[keys] = job
            waiting.setdefault(keys, []).append(urls)

    for photo in {photo.stem: photo for photo in photos}.values():
        webp_sizes, jpeg_size = plan_sizes(*photo.size), fallback_size(*photo.size)
        of = f"{pixels.MADE_WITH} {photo.digest}"
        keys = (*(f"{of} webp {width}x{height}" for width, height in webp_sizes), f"{of} jpeg {jpeg_size}")
        urls = [*(copy.url for copy in photo.copies), photo.fallback.url]
        want(keys, urls, Job(develop_file, (photo.file, photo.digest, webp_sizes, jpeg_size)))
    for card in cards:
        want((f"{share_card.MADE_WITH}\n{card.key}",), [card.url], Job(share_card.draw_card, (card,)))

    wanted = list(jobs)
    for number, pictures in run_jobs([jobs[keys] for keys in wanted], _LABEL):
        for key, data in zip(wanted[number], pictures, strict=True):
            cache.write(key, data)
        for urls in waiting[wanted[number]]:
            _write(output, urls, pictures)


def _write(output: Path, urls: list[str], pictures: list[bytes]) -> None:
    for url, data in zip(urls, pictures, strict=True):
        target = output / url.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
