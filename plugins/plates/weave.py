"""Woven strips, after the brocade of the Ê Đê and M’Nông: the hem of every plate, and a plate of nothing else."""

from functools import lru_cache

from plugins.plates.drawing import CREAM, GOLD, HEIGHT, NIGHT, RED, WIDTH, Band, Dice, Drawing, Shape, mix

HEM = 22
PATTERNS = 4


def lay_hem(drawing: Drawing, pattern: int, thread: str) -> None:
    """Lay the hem along the foot of a plate: none of them is without it, so that none is taken for a photo."""
    weave(drawing, pattern, (HEIGHT - HEM, HEM), (NIGHT, thread))


def weave(drawing: Drawing, pattern: int, reach: tuple[float, float], colors: tuple[str, str]) -> None:
    """Weave a strip from a top, of a height: diamonds, chevrons, crosses or steps, between two red threads."""
    (top, height), (ground, thread) = reach, colors
    edge = _edge(height)
    drawing.box(ground, 0, top, WIDTH, height)
    drawing.box(RED, 0, top, WIDTH, edge)
    drawing.box(RED, 0, top + height - edge, WIDTH, edge)
    drawing.layers.append(_repeat(pattern, top, height, thread))


def _edge(height: float) -> float:
    return max(1.5, height / 12)


@lru_cache(1_024)
def _repeat(pattern: int, top: float, height: float, thread: str) -> Band:
    edge = _edge(height)
    middle, reach = height / 2, height / 2 - 2 * edge
    repeat = (4 * reach, 2 * reach, 3 * reach, 2.4 * reach)[pattern]
    half = repeat / 2
    shapes: list[Shape] = []
    if pattern == 0:
        shapes += [
            Shape("fill", thread, [_diamond(half, middle, reach)]),
            Shape("fill", GOLD, [_diamond(half, middle, reach * 0.6), *_half_left(middle, reach * 0.55, repeat)]),
            Shape("fill", RED, [_diamond(half, middle, reach * 0.28)]),
        ]
    elif pattern == 1:
        for color, shift in ((GOLD, -reach * 0.45), (thread, reach * 0.2)):
            low, high = middle + reach * 0.5 + shift, middle - reach * 0.35 + shift
            shapes.append(Shape("line", color, [((0, low), (half, high), (repeat, low))], reach * 0.32))
        shapes.append(Shape("dots", CREAM, [[(half, middle + reach * 0.7)]], reach * 0.35))
    elif pattern == 2:
        arm = reach * 0.8
        cross = [((half - arm, middle - rise), (half + arm, middle + rise)) for rise in (arm, -arm)]
        shapes += [
            Shape("line", thread, cross, reach * 0.42),
            Shape("fill", CREAM, [_diamond(half, middle, reach * 0.42)]),
            Shape("fill", GOLD, _half_left(middle, reach * 0.6, repeat)),
        ]
    else:
        step, base, rise = repeat / 6, height - 2 * edge, reach * 0.6
        rises = [_box(step * n, base - rise * (n + 1), repeat - 2 * step * n, rise * (n + 1)) for n in range(3)]
        shapes += [
            Shape("fill", thread, rises),
            Shape("fill", GOLD, [_diamond(half, middle + reach * 0.35, reach * 0.45)]),
            Shape("fill", CREAM, _half_left(middle - reach * 0.4, reach * 0.35, repeat)),
        ]
    # Hashable throughout: the SVG of a repeat is written once for all plates that have it.
    whole = (shape._replace(points=tuple(map(tuple, shape.points))) for shape in shapes)
    return Band(top, height, repeat, tuple(whole))


def draw_cloth(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    """A length of cloth, strip under strip."""
    deep = mix(color, NIGHT, 0.55)
    drawing.cover(NIGHT)
    top, number = -dice.pick(20), dice.pick(PATTERNS)
    while top < HEIGHT - HEM:
        high = (44, 66, 54, 90)[dice.pick(4)]
        ground = (NIGHT, deep, mix(color, NIGHT, 0.25))[dice.pick(3)]
        weave(drawing, number, (top, high), (ground, (glow, CREAM, RED, color)[dice.pick(4)]))
        top += high
        for thread in (GOLD, glow)[: dice.pick(3)]:
            drawing.box(thread, 0, top + 2, WIDTH, 2)
            top += 5
        top += 2
        number = (number + 1 + dice.pick(PATTERNS - 1)) % PATTERNS


def _box(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def _diamond(x: float, y: float, reach: float) -> list[tuple[float, float]]:
    return [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]


def _half_left(y: float, reach: float, repeat: float) -> list[list[tuple[float, float]]]:
    """Return a diamond that stands where two repeats meet, as its two halves."""
    right = [(0.0, y - reach), (reach, y), (0.0, y + reach)]
    return [right, [(repeat - x, level) for x, level in right]]
