"""A plate as pixels: the same shapes, for the card that stands for a story elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from plugins.plates.drawing import HEIGHT, WIDTH, Band, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plugins.plates.drawing import Drawing, Point

# Painted larger and scaled down: Pillow's shapes have hard edges.
_FINE = 2


def paint(drawing: Drawing, width: int, height: int) -> Image.Image:
    """Return the plate as it fills a box of pixels: its middle, and all of its foot."""
    scale = _FINE * max(width / WIDTH, height / HEIGHT)
    left, top = (WIDTH * scale - _FINE * width) / 2, HEIGHT * scale - _FINE * height
    image = Image.new("RGB", (_FINE * width, _FINE * height))
    draw = ImageDraw.Draw(image)

    def at(points: Iterable[Point], right: float = 0, down: float = 0) -> list[Point]:
        return [((x + right) * scale - left, (y + down) * scale - top) for x, y in points]

    def paint_shape(shape: Shape, right: float = 0, down: float = 0) -> None:
        kind, color, groups, size = shape
        thick = size * scale
        # Only what shines through needs one.
        veil = Image.new("L", image.size if kind == "fill" and size else (1, 1))
        for group in [_curve(groups[0])] if kind == "hill" else groups:
            points = at(group, right, down)
            if kind == "fill" and size:
                ImageDraw.Draw(veil).polygon(points, fill=round(255 * size))
                continue
            if kind in ("fill", "hill"):
                draw.polygon(points, fill=color)
                continue
            if kind == "line":
                draw.line(points, color, max(1, round(thick)), "curve")
            for x, y in points if kind == "dots" or thick > 2 * _FINE else ():
                draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=color)
        if veil.size == image.size:
            image.paste(color, None, veil)

    for layer in drawing.layers:
        if isinstance(layer, Band):
            for number in range(int(WIDTH / layer.repeat) + 1):
                for shape in layer.shapes:
                    paint_shape(shape, number * layer.repeat, layer.top)
        else:
            paint_shape(layer)
    return image.reduce(_FINE)


def _curve(points: Sequence[Point]) -> list[Point]:
    """Return the outline of a hill, as its SVG curves."""
    line = [points[0]]
    for (x, y), (to, level) in zip(points, points[1:], strict=False):
        for number in range(1, 13):
            t = number / 12
            ease = t * t * (3 - 2 * t)
            line.append((x + (to - x) * (1.5 * t * (1 - t) + t**3), y + (level - y) * ease))
    return [*line, (WIDTH, HEIGHT), (0, HEIGHT)]
