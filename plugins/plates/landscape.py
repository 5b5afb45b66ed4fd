"""Parts that motifs share: sky and sun, hills behind hills, trees and houses."""

from collections.abc import Sequence

from plugins.plates.drawing import CREAM, EARTH, GOLD, GREEN, Dice, Drawing, mix


def paint_sky(drawing: Drawing, sky: str, sun: str, dice: Dice) -> None:
    """Paint a sky with a sun in its rings, high or about to set."""
    drawing.cover(sky)
    x, y, radius = dice.between(50, 310), dice.between(42, 112), dice.between(15, 30)
    for ring in range(dice.pick(2) + 1, 0, -1):
        drawing.disc(mix(sky, sun, 0.55 - 0.15 * ring), x, y, radius * (1 + 0.55 * ring))
    drawing.disc(sun, x, y, radius)
    if dice.pick(2):
        fly(drawing, mix(sky, EARTH, 0.75), dice)
    else:
        drift(drawing, mix(sky, CREAM, 0.6), dice)


def fly(drawing: Drawing, color: str, dice: Dice) -> None:
    """Let a few birds cross."""
    x, y = dice.between(60, 260), dice.between(30, 60)
    birds = []
    for number in range(2 + dice.pick(2)):
        left, top, wing = x + number * 19, y + (number * 37 % 23) - 8, 6 + number % 2 * 2
        birds.append(((left, top), (left + wing, top + 4), (left + 2 * wing, top - 1)))
    drawing.line(color, 1.8, *birds)


def drift(drawing: Drawing, color: str, dice: Dice) -> None:
    """Let flat clouds lie."""
    lines = []
    for number in range(2 + dice.pick(2)):
        x, y, length = dice.between(10, 270), 28 + number * 22, dice.between(30, 80)
        lines += [((x, y), (x + length, y)), ((x + 16, y + 7), (x + length + 24, y + 7))]
    drawing.line(color, 7, *lines)


def roll(dice: Dice, level: float, sway: float, count: int = 5) -> list[float]:
    """Return the heights of a hill's line about a level."""
    return [dice.between(level - sway, level + sway) for _ in range(count)]


def plant(drawing: Drawing, x: float, ground: float, size: float, leaf: str, kind: int) -> None:
    """Plant a tree: round, of two crowns, a palm, or an areca as slim as a line."""
    trunk = mix(EARTH, leaf, 0.35)
    if kind == 3:
        drawing.line(trunk, max(2, round(size / 12)), ((x, ground + 4), (x + size * 0.06, ground - size * 1.5)))
        top = ground - size * 1.5
        fronds = [
            ((x, top), (x + dx * size, top + (dy - 0.12) * size), (x + dx * size * 1.4, top + (dy + 0.2) * size))
            for dx, dy in ((-0.35, 0), (0.35, 0), (-0.18, -0.27), (0.2, -0.27))
        ]
        drawing.line(leaf, round(size / 9), *fronds)
        return
    # Of few widths: those of one are one path.
    drawing.line(trunk, 2 * round(size / 14), ((x, ground + 4), (x, ground - size * 0.6)))
    light = mix(leaf, GOLD, 0.18)
    if kind == 0:
        drawing.disc(leaf, x, ground - size, size * 0.55)
        drawing.disc(light, x - size * 0.14, ground - size * 1.12, size * 0.3)
    elif kind == 1:
        side, crown = size * 0.35, size * 0.4
        crowns = (x - side, ground - size * 0.8, crown, crown), (x + side, ground - size * 0.85, crown, crown)
        drawing.discs(leaf, *crowns)
        drawing.disc(light, x, ground - size * 1.15, size * 0.42)
    else:
        top, low, half = ground - size * 1.8, ground - size * 0.35, size * 0.45
        drawing.fill(leaf, ((x, top), (x + half, low), (x - half, low)))
        drawing.fill(light, ((x, top), (x, low), (x - half, low)))


def build_house(drawing: Drawing, x: float, ground: float, size: float, colors: Sequence[str]) -> None:
    """Build a small house with a door and a window; `colors`: roof, wall, opening."""
    roof, wall, opening = colors
    drawing.box(wall, x - size * 0.42, ground - size * 0.5, size * 0.84, size * 0.5 + 3)
    eaves, ridge = ground - size * 0.45, ground - size * 0.9
    drawing.roof(roof, (eaves, x - size * 0.58, x + size * 0.58), (ridge, x - size * 0.34, x + size * 0.34))
    drawing.box(opening, x - size * 0.26, ground - size * 0.34, size * 0.18, size * 0.2)
    drawing.box(opening, x + size * 0.06, ground - size * 0.36, size * 0.17, size * 0.39)


def leaf_of(color: str, dice: Dice) -> str:
    """Return a green that goes with a field's colour."""
    return mix(GREEN, color, (0.1, 0.25, 0.4)[dice.pick(3)])
