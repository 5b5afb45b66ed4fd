"""The parts of a plate: flat shapes, from back to front."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from math import cos, sin
from typing import NamedTuple

from plugins.tokens import own_tokens

# As wide to its height as a card's photo.
WIDTH, HEIGHT = 360, 240
NIGHT, GOLD = own_tokens().light["cloth"], own_tokens().light["gold"]
# Only drawings have these.
RED, CREAM, GREEN, EARTH = "#b3202a", "#fff3dc", "#27452a", "#5a3422"

Point = tuple[float, float]


def point_at(turn: float) -> Point:
    """Return the point of the unit circle at an angle, in radians, the same on any system: their sines differ."""
    return round(cos(turn), 6), round(sin(turn), 6)


class Shape(NamedTuple):
    """One layer: `kind` says how the points are read, `size` is a line's width, a dot's, or how opaque a filling is.

    Of "discs", each group is a middle and its reach across and down.
    """

    kind: str  # "fill", "hill", "line", "dots", "discs"
    color: str
    points: Sequence[Sequence[Point]]
    size: float = 0


class Band(NamedTuple):
    """A woven strip across the plate: the shapes of one repeat, between a top and a bottom edge."""

    top: float
    height: float
    repeat: float
    shapes: tuple[Shape, ...]


@dataclass
class Drawing:
    """Layers, from the back to the front."""

    layers: list[Shape | Band] = field(default_factory=list)

    def fill(self, color: str, *outlines: Sequence[Point], opacity: float = 0) -> None:
        """Fill outlines; an opacity below 1 lets the shapes behind show through."""
        self.layers.append(Shape("fill", color, outlines, opacity))

    def cover(self, color: str) -> None:
        """Fill the whole plate."""
        self.box(color, 0, 0, WIDTH, HEIGHT)

    def box(self, color: str, x: float, y: float, width: float, height: float) -> None:
        self.fill(color, ((x, y), (x + width, y), (x + width, y + height), (x, y + height)))

    def roof(self, color: str, eaves: tuple[float, float, float], ridge: tuple[float, float, float]) -> None:
        """Fill what lies between two level edges, each by its height and both its ends."""
        (low, left, right), (high, start, end) = eaves, ridge
        self.fill(color, ((left, low), (start, high), (end, high), (right, low)))

    def hill(self, color: str, heights: Sequence[float]) -> None:
        """Fill everything below a rolling line through these heights, at even steps."""
        step = WIDTH / (len(heights) - 1)
        self.layers.append(Shape("hill", color, [[(number * step, y) for number, y in enumerate(heights)]]))

    def line(self, color: str, width: float, *lines: Sequence[Point]) -> None:
        self.layers.append(Shape("line", color, lines, width))

    def dots(self, color: str, radius: float, points: Iterable[Point]) -> None:
        self.layers.append(Shape("dots", color, [list(points)], 2 * radius))

    def discs(self, color: str, *spots: tuple[float, float, float, float], opacity: float = 0) -> None:
        """Fill discs, each by its middle and its reach across and down."""
        self.layers.append(Shape("discs", color, [((x, y), (across, down)) for x, y, across, down in spots], opacity))

    def disc(self, color: str, x: float, y: float, radius: float) -> None:
        self.discs(color, (x, y, radius, radius))


class Dice:
    """Pseudo-random numbers seeded by a text, the same on every machine."""

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
