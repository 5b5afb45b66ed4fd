"""Copies of a photo are as near to it as their format lets them be, and light where a phone loads them."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from plugins.photos import encoding, pixels, recipe
from plugins.photos.recipe import fallback_size, plan_sizes
from tests.benchmark.camera import draw_scene, take_photo
from tests.benchmark.photos import compare, make_reference

# Half of these is 2 % and 26 % more than what the largest copy has: a JPEG's own scaling would do for the second.
SIZES = ((3264, 1224), (4032, 1512))


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def save(image: Image.Image, file_format: str, quality: int) -> bytes:
    out = BytesIO()
    options = {"method": 2} if file_format == "WEBP" else {"progressive": True, "optimize": True}
    image.save(out, file_format, quality=quality, **options)
    return out.getvalue()


@pytest.mark.parametrize("size", SIZES)
def test_fine_detail_is_as_near_as_if_each_copy_were_scaled_at_once_from_the_original(size: tuple[int, int]) -> None:
    data = take_photo(size, seed=2)
    sizes, fallback = plan_sizes(*size), fallback_size(*size)
    *webp, jpeg = pixels.develop(data, sizes, fallback)
    _, light = recipe.LIGHT_QUALITIES
    ours = theirs = 0
    for copy, planned in zip((*webp, jpeg), (*sizes, fallback), strict=True):
        reference = make_reference(opened(data), planned)
        quality = light if planned[0] <= recipe.LIGHT_WIDTH else recipe.WEBP_QUALITY
        best = save(reference, "JPEG", recipe.JPEG_QUALITY) if copy is jpeg else save(reference, "WEBP", quality)
        assert len(best) <= recipe.LIGHT_BYTES or planned[0] > recipe.LIGHT_WIDTH or copy is jpeg
        assert compare(opened(copy), reference) > compare(opened(best), reference) - 0.3
        assert len(copy) < 1.03 * len(best)
        ours, theirs = ours + len(copy), theirs + len(best)
    assert ours <= theirs


def test_the_stored_copy_is_as_close_to_the_photo() -> None:
    data = take_photo((3264, 1224), seed=1)
    kept = opened(pixels.keep(data, 2560))
    reference = make_reference(opened(data), kept.size)
    best = opened(save(reference, "JPEG", pixels.KEPT_QUALITY))
    assert compare(kept, reference) > compare(best, reference) - 0.3


@pytest.mark.parametrize("contrast", [0.23, 0.25, 0.28])
def test_copies_too_heavy_for_a_phone_lose_no_more_quality_than_needed(
    contrast: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    grains = Image.frombytes("RGB", (500, 400), Random(1).randbytes(500 * 400 * 3))  # noqa: S311
    gravel = Image.blend(Image.new("RGB", (1600, 1280), (90, 90, 90)), grains.resize((1600, 1280)), contrast)
    assert len(save(gravel.resize((800, 640)), "WEBP", recipe.LIGHT_QUALITIES[1])) > recipe.LIGHT_BYTES
    tried = count_webp(monkeypatch)
    _, small, medium, *_ = encoding.write_copies(gravel, plan_sizes(*gravel.size), (800, 640))
    assert len(small) <= recipe.LIGHT_BYTES
    assert 0.8 * recipe.LIGHT_BYTES < len(medium) <= recipe.LIGHT_BYTES
    # Five copies; noise, which is not like a photo, may take one attempt more.
    assert len(tried) <= 6


def test_copies_that_cannot_be_light_are_as_light_as_possible() -> None:
    noise = Image.frombytes("RGB", (800, 800), Random(2).randbytes(800 * 800 * 3))  # noqa: S311
    *_, webp, _ = encoding.write_copies(noise, plan_sizes(*noise.size), (800, 800))
    assert webp == save(noise, "WEBP", recipe.LIGHT_QUALITIES[0])
    assert len(webp) > recipe.LIGHT_BYTES


def test_a_smooth_photo_is_written_once_for_each_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = count_webp(monkeypatch)
    scene = draw_scene((1600, 1200), seed=3)
    copies = encoding.write_copies(scene, plan_sizes(*scene.size), (800, 600))
    assert tried == [recipe.WEBP_QUALITY] * 2 + [recipe.LIGHT_QUALITIES[1]] * 3
    assert [Image.open(BytesIO(copy)).width for copy in copies] == [240, 480, 800, 1200, 1600, 800]


@pytest.mark.parametrize("seed", [0, 1, 4, 5])
def test_foliage_is_encoded_once_per_copy_and_fills_the_limit_of_a_phone(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = count_webp(monkeypatch)
    scene = draw_scene((1600, 1200), seed)
    _, _, medium, *_ = encoding.write_copies(scene, plan_sizes(*scene.size), (800, 600))
    assert len(tried) == 5
    assert min(tried) < recipe.LIGHT_QUALITIES[1]
    assert 0.86 * recipe.LIGHT_BYTES <= len(medium) <= recipe.LIGHT_BYTES


def count_webp(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the qualities at which WebP is written from now on."""
    tried: list[int] = []
    write = encoding._write_webp

    def note(picture: Image.Image, quality: int) -> bytes:
        tried.append(quality)
        return write(picture, quality)

    monkeypatch.setattr(encoding, "_write_webp", note)
    return tried
