"""A photo looks on the site as it does when a browser opens the file itself: as large, as turned, in its colours."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from plugins.photos import pixels
from tests.photos.test_pixels import XMP, two_colors
from tests.photos.test_profiles import IN_P3, WIDE, chunk, gamma, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

SHOW = """async url => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const at = (x, y) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
  const [right, bottom] = [canvas.width - 3, canvas.height - 3];
  return [canvas.width, canvas.height, at(2, 2), at(right, 2), at(2, bottom), at(right, bottom)];
}"""


def save(image: Image.Image, file_format: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def with_chunks(image: Image.Image, chunks: bytes) -> bytes:
    data = save(image, "PNG")
    return data[:33] + chunks + data[33:]


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def oriented(orientation: int) -> bytes:
    return save(two_colors(), "JPEG", exif=turned(orientation), quality=95)


def wide(kind: str, mode: str) -> bytes:
    return save(plain(mode), kind, icc_profile=WIDE, quality=95)


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """An empty page, which no test leaves anything in."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    "make",
    [
        *(pytest.param(partial(oriented, n), id=f"JPEG {n}") for n in (1, 3, 5, 6, 8)),
        pytest.param(lambda: save(two_colors(), "PNG", exif=turned(6)), id="PNG turned"),
        pytest.param(lambda: save(two_colors(), "AVIF", exif=turned(6), quality=95), id="AVIF turned"),
        pytest.param(lambda: save(two_colors(), "JPEG", xmp=XMP, quality=95), id="XMP alone"),
        *(
            pytest.param(partial(wide, kind, mode), id=f"{kind} {mode} wide")
            for kind, mode in (("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("AVIF", "RGB"))
        ),
        pytest.param(lambda: with_chunks(plain(), gamma(1)), id="PNG linear"),
        pytest.param(lambda: with_chunks(plain("L"), gamma(1)), id="PNG grey and linear"),
        pytest.param(lambda: with_chunks(plain(), gamma(0.45455) + IN_P3), id="PNG with primaries"),
        pytest.param(lambda: with_chunks(plain(), chunk(b"cICP", b"\x0c\x0d\0\1")), id="PNG with numbers"),
    ],
)
def test_a_photo_looks_as_in_a_browser(blank: Page, make: Callable[[], bytes]) -> None:
    data = make()
    kept = pixels.keep(data, 2560)
    shown, ours = (blank.evaluate(SHOW, f"data:;base64,{b64encode(of).decode()}") for of in (data, kept))
    assert ours[:2] == shown[:2]
    for found, wanted in zip(ours[2:], shown[2:], strict=True):
        assert all(abs(a - b) <= 12 for a, b in zip(found, wanted, strict=True)), (ours, shown)
