"""Photos and share cards for the site, from the cache or made by workers."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from pathlib import Path

from plugins.photos import share_card
from plugins.photos.cache import Cache
from plugins.photos.photo import Photo, develop_file
from plugins.photos.recipe import MADE_WITH, fallback_size, plan_sizes
from plugins.photos.share_card import ShareCard
from plugins.photos.workers import Job, run_jobs
from plugins.sources.files import put
from plugins.teamwork import Team

_LABEL = "Làm ảnh"


def write_pictures(
    photos: Iterable[Photo], cards: Iterable[ShareCard], output: Path, cache: Cache, *, alone: bool = False
) -> list[str]:
    """Write every copy of every photo, and every card, at its address, and return their paths under the output folder.

    Equal photos are made once, wherever they are used; cards in forked processes too, unless `alone`.
    """

    def write_card(card: ShareCard) -> list[str]:
        keys, urls, job = _plan(card)
        _write(output, urls, [_make(keys, 0, job, cache)])
        return [url.lstrip("/") for url in urls]

    # First: the pool for photos has threads, and forking with threads is unsafe.
    drawing = Team([*cards], write_card, _LABEL, alone=alone).start()
    jobs: dict[tuple[str, ...], Job] = {}
    waiting: dict[tuple[str, ...], list[list[str]]] = {}
    written: list[str] = []
    for photo in {photo.stem: photo for photo in photos}.values():
        keys, urls, job = _plan(photo)
        written += (url.lstrip("/") for url in urls)
        found = None if keys in waiting else [cache.read(key) for key in keys]
        if found is not None and None not in found:
            _write(output, urls, [data for data in found if data is not None])
        else:
            jobs[keys] = job
            waiting.setdefault(keys, []).append(urls)

    wanted = list(jobs)
    for number, pictures in run_jobs([jobs[keys] for keys in wanted], _LABEL):
        for key, data in zip(wanted[number], pictures, strict=True):
            cache.write(key, data)
        for urls in waiting[wanted[number]]:
            _write(output, urls, pictures)
    return [*written, *chain.from_iterable(drawing.finish())]


def find_picture(pictures: Iterable[Photo | ShareCard], url: str, cache: Cache) -> Callable[[], bytes] | None:
    """Return a function that makes the picture at an address, or None."""
    for picture in pictures:
        keys, urls, job = _plan(picture)
        if url in urls:
            return partial(_make, keys, urls.index(url), job, cache)
    return None


def _make(keys: tuple[str, ...], number: int, job: Job, cache: Cache) -> bytes:
    if (data := cache.read(keys[number])) is None:
        made = job()
        for key, copy in zip(keys, made, strict=True):
            cache.write(key, copy)
        data = made[number]
    return data


def _plan(picture: Photo | ShareCard) -> tuple[tuple[str, ...], list[str], Job]:
    """Return the cache keys of a picture's files, their addresses, and the job that makes them all."""
    if not isinstance(picture, Photo):
        return (f"{share_card.MADE_WITH}\n{picture.key}",), [picture.url], partial(share_card.draw_card, picture)
    webp_sizes, jpeg_size = plan_sizes(*picture.size), fallback_size(*picture.size)
    of = f"{MADE_WITH} {picture.digest}"
    keys = (*(f"{of} webp {width}x{height}" for width, height in webp_sizes), f"{of} jpeg {jpeg_size}")
    urls = [*(copy.url for copy in picture.copies), picture.fallback.url]
    return keys, urls, partial(develop_file, picture.file, picture.digest, webp_sizes, jpeg_size)


def _write(output: Path, urls: list[str], pictures: list[bytes]) -> None:
    for url, data in zip(urls, pictures, strict=True):
        put(output, url.lstrip("/"), data)
