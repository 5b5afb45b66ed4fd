"""A plate as pixels: the same shapes, for the card that stands for a story elsewhere."""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from plugins.plates.drawing import HEIGHT, WIDTH, Band

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.plates.drawing import Drawing, Point, Shape

# Painted larger and scaled down: Pillow's shapes have hard edges.
_FINE = 2


def paint(drawing: Drawing, width: int, height: int) -> Image.Image:
    """Return the plate as it fills a box of pixels: its middle, and all of its foot."""
    canvas = _Canvas(_FINE * width, _FINE * height)
    for layer in drawing.layers:
        if not isinstance(layer, Band):
            canvas.lay(layer, 0, 0)
            continue
        for number in range(int(WIDTH / layer.repeat) + 1):
            for shape in layer.shapes:
                canvas.lay(shape, number * layer.repeat, layer.top)
    return canvas.image.reduce(_FINE)


class _Canvas:
    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width, height))
        self._draw = ImageDraw.Draw(self.image)
        self._scale = max(width / WIDTH, height / HEIGHT)
        self._left, self._top = (WIDTH * self._scale - width) / 2, HEIGHT * self._scale - height

    def lay(self, shape: Shape, right: float, down: float) -> None:
        """Lay a shape, moved so far."""
        if shape.kind == "discs":
            groups: Sequence[Sequence[Point]] = [_ring(*group) for group in shape.points]
        else:
            groups = [_curve(shape.points[0])] if shape.kind == "hill" else shape.points
        placed = [
            [((x + right) * self._scale - self._left, (y + down) * self._scale - self._top) for x, y in group]
            for group in groups
        ]
        if shape.kind in ("fill", "discs") and shape.size:
            veil = Image.new("L", self.image.size)
            for points in placed:
                ImageDraw.Draw(veil).polygon(points, fill=round(255 * shape.size))
            self.image.paste(shape.color, None, veil)
        elif shape.kind in ("fill", "discs", "hill"):
            for points in placed:
                self._draw.polygon(points, fill=shape.color)
        else:
            self._stroke(shape, placed)

    def _stroke(self, shape: Shape, placed: Sequence[Sequence[Point]]) -> None:
        thick = shape.size * self._scale
        for points in placed:
            if shape.kind == "line":
                self._draw.line(points, shape.color, max(1, round(thick)), "curve")
            # Round ends; those of a thin line are not seen.
            for x, y in points if shape.kind == "dots" or thick > 2 * _FINE else ():
                self._draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=shape.color)


def _curve(points: Sequence[Point]) -> list[Point]:
    """Return the outline of a hill, as its SVG curves."""
    line = [points[0]]
    for (x, y), (to, level) in pairwise(points):
        for number in range(1, 13):
            t = number / 12
            line.append((x + (to - x) * (1.5 * t * (1 - t) + t**3), y + (level - y) * t * t * (3 - 2 * t)))
    return [*line, (WIDTH, HEIGHT), (0, HEIGHT)]


def _ring(middle: Point, reach: Point) -> list[Point]:
    """Return the outline of a disc."""
    turns = [pi * number / 24 for number in range(48)]
    return [(middle[0] + reach[0] * cos(turn), middle[1] + reach[1] * sin(turn)) for turn in turns]
