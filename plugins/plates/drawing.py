"""What a plate is made of: flat shapes in the order they are laid, and the SVG of them. Attributes only, no style."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# As wide to its height as a card's photo.
WIDTH, HEIGHT = 360, 240
NIGHT, RED, GOLD, CREAM, GREEN, EARTH = "#1c1210", "#b3202a", "#e9ac1e", "#fff3dc", "#27452a", "#5a3422"

Point = tuple[float, float]


class Shape(NamedTuple):
    """One layer: `kind` says how the points are read, `size` is a line's width, a dot's, or how opaque a filling is."""

    kind: str  # "fill", "hill", "line", "dots"
    color: str
    points: Sequence[Sequence[Point]]
    size: float = 0


class Band(NamedTuple):
    """A woven strip across the plate: what one repeat of it shows, from a top to a bottom edge."""

    top: float
    height: float
    repeat: float
    shapes: tuple[Shape, ...]


@dataclass
class Drawing:
    """Layers, from the back to the front."""

    layers: list[Shape | Band] = field(default_factory=list)

    def fill(self, color: str, *outlines: Sequence[Point], opacity: float = 0) -> None:
        """Fill outlines; where an opacity is given, what is behind shines through."""
        self.layers.append(Shape("fill", color, outlines, opacity))

    def box(self, color: str, x: float, y: float, width: float, height: float) -> None:
        self.fill(color, ((x, y), (x + width, y), (x + width, y + height), (x, y + height)))

    def hill(self, color: str, heights: Sequence[float]) -> None:
        """Fill all that is below a rolling line, which stands at these heights at even steps."""
        step = WIDTH / (len(heights) - 1)
        self.layers.append(Shape("hill", color, [[(number * step, y) for number, y in enumerate(heights)]]))

    def line(self, color: str, width: float, *lines: Sequence[Point]) -> None:
        self.layers.append(Shape("line", color, lines, width))

    def dots(self, color: str, radius: float, points: Iterable[Point]) -> None:
        self.layers.append(Shape("dots", color, [list(points)], 2 * radius))

    def disc(self, color: str, x: float, y: float, radius: float) -> None:
        self.dots(color, radius, [(x, y)])


class Dice:
    """What differs between plates: a row of throws that a text decides, on every machine the same."""

    def __init__(self, text: str) -> None:
        self._bytes = iter(blake2b(text.encode()).digest() * 4)

    def pick(self, count: int) -> int:
        """Return a number from 0 that is below a count of at most some dozens."""
        return next(self._bytes) * count >> 8

    def between(self, low: float, high: float) -> int:
        return round(low + (high - low) * next(self._bytes) / 255)


@lru_cache(4_096)
def mix(first: str, second: str, part: float) -> str:
    """Return the first colour with so much of the second in it."""
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(low + (high - low) * part):02x}" for low, high in pairs)


def height_at(heights: Sequence[float], x: float) -> float:
    """Return how high a hill's line stands above a point, near enough to plant a tree."""
    at = min(max(x / WIDTH, 0), 0.999) * (len(heights) - 1)
    number, part = int(at), at % 1
    return heights[number] + (heights[number + 1] - heights[number]) * (3 - 2 * part) * part * part


_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
    f'viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}" fill="none" stroke-linecap="round">'
)


def write_svg(drawing: Drawing) -> bytes:
    """Return the SVG file: whole numbers at twice the size, each point told from the one before, for few bytes."""
    parts = [_HEAD]
    for number, layer in enumerate(_merge(drawing.layers)):
        if isinstance(layer, Shape):
            parts.append(_write(layer))
            continue
        inner = "".join(map(_write, layer.shapes))
        # Not rounded: the repeats must meet.
        size = f'y="{2 * layer.top:g}" width="{2 * layer.repeat:g}" height="{2 * layer.height:g}"'
        parts.append(
            f'<pattern id="b{number}" {size} patternUnits="userSpaceOnUse">{inner}</pattern>'
            f'<path fill="url(#b{number})" d="M0 {2 * layer.top:g}h{2 * WIDTH}v{2 * layer.height:g}H0z"/>'
        )
    return ("".join(parts) + "</svg>\n").encode()


def _merge(layers: Iterable[Shape | Band]) -> Iterator[Shape | Band]:
    """Yield the layers, those of one kind and colour that lie next to each other as one."""
    held: Shape | None = None
    for layer in layers:
        if held and isinstance(layer, Shape) and layer.kind != "hill" and _is_alike(held, layer):
            joined = [[*held.points[0], *layer.points[0]]] if held.kind == "dots" else [*held.points, *layer.points]
            held = held._replace(points=joined)
            continue
        if held:
            yield held
        held = layer if isinstance(layer, Shape) else None
        if isinstance(layer, Band):
            yield layer
    if held:
        yield held


def _is_alike(first: Shape, second: Shape) -> bool:
    return (first.kind, first.color, first.size) == (second.kind, second.color, second.size)


def _write(shape: Shape) -> str:
    kind, color, groups, size = shape
    if kind == "hill":
        return f'<path fill="{color}" d="{_roll(groups[0])}"/>'
    if kind == "fill":
        clear = f' fill-opacity="{size:g}"' if size else ""
        return f'<path fill="{color}"{clear} d="{_trace(groups, "z")}"/>'
    # A dot is a line of no length with round ends: the shortest way to write a disc.
    path = _trace([[point] for point in groups[0]], "h0") if kind == "dots" else _trace(groups, "")
    return f'<path stroke="{color}" stroke-width="{round(2 * size, 1):g}" d="{path}"/>'


def _trace(groups: Iterable[Sequence[Point]], end: str) -> str:
    path, x, y = [], 0, 0
    for group in groups:
        # Points after the first need no letter, nor a space before a minus.
        start, letter = None, "m"
        for to_x, to_y in group:
            next_x, next_y = round(2 * to_x), round(2 * to_y)
            across, down = next_x - x, next_y - y
            path.append(f"{letter or ('' if across < 0 else ' ')}{across}{'' if down < 0 else ' '}{down}")
            x, y, letter = next_x, next_y, ""
            start = start or (x, y)
        path.append(end)
        if end == "z" and start:
            x, y = start
    return "".join(path)


def _roll(points: Sequence[Point]) -> str:
    half = points[1][0]
    levels = [round(2 * y) for _, y in points]
    first = f"M0 {levels[0]}c{half:g} 0 {half:g} {levels[1] - levels[0]} {2 * half:g} {levels[1] - levels[0]}"
    rest = (f"s{half:g} {b - a} {2 * half:g} {b - a}" for a, b in pairwise(levels[1:]))
    return f"{first}{''.join(rest)}V{2 * HEIGHT}H0z"
