"""Pictures with the detail of photos, drawn: what a camera writes, without anybody's photo.

Leaves that lie on one another, few of them large and very many small (a "dead leaves" picture), have the edges and
the spectrum of nature; over them lie the texture of their surfaces, a board with words, and the grain of a sensor.
"""

from __future__ import annotations

from io import BytesIO
from math import cos, sin, tau
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator

Color = tuple[int, int, int]
# Thirty photos as phones and cameras take them, 278 megapixels in all.
SIZES = ((6000, 4000), *[(4032, 3024)] * 2, *[(3648, 2736)] * 7, *[(3264, 2448)] * 20)
QUALITIES = (90, 92, 95)
# From gravel and foliage to a wall under an even sky: the radius of the smallest leaf, and how rough surfaces are.
_KINDS = ((3.0, 0.14), (6.0, 0.09), (12.0, 0.05), (30.0, 0.02))
_FONT = Path(__file__).parents[2] / "theme/static/fonts/be-vietnam-pro-400.woff2"
_WORDS = "Dân vận khéo ở Đắk D’rông, Cư K’nia, Ea T’ling: việc nhỏ, ích lớn. " * 3


def take_photos() -> Iterator[bytes]:
    """Yield thirty, the same ones each time."""
    for number, size in enumerate(SIZES):
        yield take_photo(size, number, QUALITIES[number % len(QUALITIES)])


def take_photo(size: tuple[int, int], seed: int, quality: int = 92) -> bytes:
    """Return one as a camera writes it: JPEG, its colours at half of each side."""
    out = BytesIO()
    draw_scene(size, seed).save(out, "JPEG", quality=quality, subsampling="4:2:0")
    return out.getvalue()


def draw_scene(size: tuple[int, int], seed: int) -> Image.Image:
    """Return a picture; the seed says which, and how fine its detail is."""
    random = Random(seed)  # noqa: S311 - a picture
    smallest, roughness = _KINDS[seed % len(_KINDS)]
    # A place has few colours, in many shades.
    colors = [_choose_color(random) for _ in range(4)]
    scene = Image.new("RGB", size, colors[0])
    draw = ImageDraw.Draw(scene)
    # As many as cover the picture twice; that their radius follows a power law is what makes it like nature.
    left = 2.0 * size[0] * size[1]
    while left > 0:
        radius = min(smallest / max(1e-4, random.random()) ** 0.5, size[0] / 6)
        left -= radius * radius * 2
        draw.polygon(_place_leaf(random, size, radius), fill=_shade(random, random.choice(colors)))
    _draw_board(draw, random, size)
    scene = scene.filter(ImageFilter.GaussianBlur(0.7))
    rough = ImageChops.overlay(scene, Image.merge("RGB", [_texture(size, random)] * 3))
    return _add_grain(Image.blend(scene, rough, roughness * 5), random)


def _choose_color(random: Random) -> Color:
    """Return a colour of earth, leaves or sky; pure ones are rare."""
    light = random.uniform(50, 190)
    return _shade(random, (light, light, light), 20)


def _shade(random: Random, color: tuple[float, ...], by: float = 4) -> Color:
    light = random.gauss(0, by)
    red, green, blue = (min(255, max(0, int(part + light + random.gauss(0, by)))) for part in color)
    return red, green, blue


def _place_leaf(random: Random, size: tuple[int, int], radius: float) -> list[tuple[float, float]]:
    x, y, turn = random.random() * size[0], random.random() * size[1], random.random() * tau
    flat = random.uniform(0.2, 1.0)
    corners = []
    for step in range(8):
        across, along = cos(step * tau / 8) * radius, sin(step * tau / 8) * radius * flat
        corners.append((x + across * cos(turn) - along * sin(turn), y + across * sin(turn) + along * cos(turn)))
    return corners


def _draw_board(draw: ImageDraw.ImageDraw, random: Random, size: tuple[int, int]) -> None:
    """Write on a board what must stay readable in the copies: words of several sizes."""
    left, top = random.randrange(size[0] // 2), random.randrange(size[1] // 2)
    draw.rectangle((left, top, left + size[0] // 3, top + size[1] // 4), fill=(244, 240, 228))
    for line in range(8):
        height = 14 + 8 * line
        font = ImageFont.truetype(_FONT, height)
        most = int(size[0] // 3 / font.getlength("n"))
        draw.text((left + 20, top + 20 + line * size[1] // 36), _WORDS[:most], fill=(150, 20, 30), font=font)


def _texture(size: tuple[int, int], random: Random) -> Image.Image:
    """Return noise whose every octave is as strong as the next: the spectrum of rough surfaces, 1/f."""
    texture = Image.new("L", size, 128)
    for octave in range(6):
        small = size[0] // 2**octave + 1, size[1] // 2**octave + 1
        noise = Image.frombytes("L", small, random.randbytes(small[0] * small[1]))
        texture = Image.blend(texture, noise.resize(size, Image.Resampling.BICUBIC), 1 / (octave + 2))
    return texture


def _add_grain(scene: Image.Image, random: Random) -> Image.Image:
    """Return it with a sensor's grain, as a phone leaves it after smoothing."""
    grains = Image.frombytes("L", scene.size, random.randbytes(scene.width * scene.height))
    grain = Image.blend(grains, Image.new("L", scene.size, 128), 0.93).filter(ImageFilter.GaussianBlur(0.6))
    return ImageChops.add(scene, Image.merge("RGB", [grain] * 3), 1, -128)
