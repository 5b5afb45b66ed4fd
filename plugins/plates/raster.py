"""A plate as pixels: the same shapes, for the card that stands for a story elsewhere."""

from collections.abc import Sequence
from itertools import pairwise
from math import pi, sqrt

from PIL import Image, ImageDraw

from plugins.plates.drawing import HEIGHT, WIDTH, Band, Drawing, Point, Shape, point_at

# Painted larger and scaled down: Pillow's shapes have hard edges.
_FINE = 2
# Round the outline of a disc.
_TURNS = tuple(point_at(pi * number / 24) for number in range(48))


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
        outlines = list(map(_whole, placed))
        if shape.kind in ("fill", "discs") and shape.size:
            self._veil(shape, outlines)
        elif shape.kind in ("fill", "discs", "hill"):
            for points in outlines:
                self._draw.polygon(points, fill=shape.color)
        else:
            self._stroke(shape, placed)

    def _veil(self, shape: Shape, outlines: Sequence[Sequence[Point]]) -> None:
        """Fill translucent outlines; only their own boxes are blended."""
        xs, ys = ([int(point[axis]) for points in outlines for point in points] for axis in (0, 1))
        left, top = max(0, min(xs)), max(0, min(ys))
        size = min(self.image.width, max(xs) + 1) - left, min(self.image.height, max(ys) + 1) - top
        if min(size) <= 0:
            return
        veil = Image.new("L", size)
        for points in outlines:
            moved = [(x - left, y - top) for x, y in points]
            ImageDraw.Draw(veil).polygon(moved, fill=round(255 * shape.size))
        self.image.paste(shape.color, (left, top), veil)

    def _stroke(self, shape: Shape, placed: Sequence[Sequence[Point]]) -> None:
        thick = shape.size * self._scale
        for points in placed:
            for start, end in pairwise(points) if shape.kind == "line" else ():
                self._draw.polygon(_side(start, end, max(1, thick)), fill=shape.color)
            # Round ends and turns; those of a thin line are not seen.
            for x, y in points if shape.kind == "dots" or thick > 2 * _FINE else ():
                corners = _whole([(x - thick / 2, y - thick / 2), (x + thick / 2, y + thick / 2)])
                self._draw.ellipse(corners, fill=shape.color)


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
    return [(middle[0] + reach[0] * across, middle[1] + reach[1] * down) for across, down in _TURNS]


def _side(start: Point, end: Point, thick: float) -> list[Point]:
    """Return the outline of a straight line: Pillow asks the system for angles, whose last place differs."""
    across, down = end[0] - start[0], end[1] - start[1]
    part = thick / 2 / (sqrt(across * across + down * down) or 1)
    right, low = -down * part, across * part
    corners = (1, start), (1, end), (-1, end), (-1, start)
    return _whole([(x + sign * right, y + sign * low) for sign, (x, y) in corners])


def _whole(points: Sequence[Point]) -> list[Point]:
    return [(round(x), round(y)) for x, y in points]
