"""Plates of common affairs: the meeting house of a village under its flag."""

from math import pi

from plugins.plates.drawing import CREAM, EARTH, GOLD, HEIGHT, WIDTH, Dice, Drawing, height_at, mix, point_at
from plugins.plates.landscape import drift, leaf_of, paint_sky, plant, roll
from plugins.plates.weave import lay_hem

# The national flag's own colours, whatever those of the field.
_FLAG, _STAR = "#da251d", "#ffff00"


def draw_hall(drawing: Drawing, color: str, glow: str, dice: Dice, pattern: int) -> None:
    """Draw a meeting house with its columns, a flag before it, and trees beside it."""
    x = dice.between(130, 230)
    sky = (mix(glow, CREAM, 0.6), mix("#a9d3e8", CREAM, 0.3), mix(GOLD, CREAM, 0.72))[dice.pick(3)]
    if dice.pick(3):
        _shine(drawing, sky, mix(glow, CREAM, 0.25), x, dice)
    else:
        paint_sky(drawing, sky, mix(GOLD, CREAM, 0.5), dice)
    drawing.hill(mix(sky, color, 0.38), roll(dice, 128, 18))
    drawing.hill(mix(sky, color, 0.68), roll(dice, 150, 12, 4))
    leaf = leaf_of(color, dice)
    yard = [188.0, 184.0, 188.0]
    drawing.hill(mix(mix(color, EARTH, 0.3), CREAM, 0.12), yard)
    kind, wide = dice.pick(4), dice.between(112, 158)
    side = 1 if dice.pick(2) else -1
    pole = x + side * (wide / 2 + dice.between(22, 36))
    for number in range(2 + dice.pick(2)):
        at = (x + wide / 2 + 26 + number * 43) % 390 - 15
        if abs(at - x) > wide / 2 + 6 and abs(at - pole) > 14:
            plant(drawing, at, height_at(yard, at), dice.between(30, 54), leaf, (kind, 0, 1)[number % 3])
    _build(drawing, color, dice, x, wide)
    _fly_flag(drawing, pole, side)
    lay_hem(drawing, pattern, glow)


def _shine(drawing: Drawing, sky: str, ray: str, x: float, dice: Dice) -> None:
    """Let rays go out from behind the house."""
    drawing.box(sky, 0, 0, WIDTH, HEIGHT)
    count, turn = 7 + 2 * dice.pick(3), dice.between(0, 10) / 30
    beams = []
    for number in range(count):
        edges = [point_at(pi * (number + turn + part) / count) for part in (0, 0.5)]
        beams.append([(x, 170), *((x - 420 * across, 170 - 420 * up) for across, up in edges)])
    drawing.fill(mix(sky, ray, 0.6), *beams)
    if dice.pick(2):
        drift(drawing, mix(sky, "#ffffff", 0.6), dice)


def _build(drawing: Drawing, color: str, dice: Dice, x: float, wide: float) -> None:
    ground, tall = 198, dice.between(44, 54)
    eaves = ground - 8 - tall
    roof, wall = mix("#b5482e", color, 0.35), mix(CREAM, "#ffffff", 0.3)
    left = x - wide / 2
    drawing.box(mix(wall, EARTH, 0.25), left - 10, ground - 4, wide + 20, 5)
    drawing.box(mix(wall, EARTH, 0.12), left - 5, ground - 8, wide + 10, 5)
    drawing.box(mix(wall, GOLD, 0.18), left, eaves, wide, tall)
    style = dice.pick(3)
    ridge = eaves - (24, 30, 18)[style]
    inset = (0.2, 0.36, 0.12)[style]
    drawing.fill(
        roof,
        (
            (left - 12, eaves + 3),
            (left + wide * inset, ridge),
            (left + wide * (1 - inset), ridge),
            (left + wide + 12, eaves + 3),
        ),
    )
    if style == 2:
        top = mix(roof, EARTH, 0.2)
        drawing.box(wall, x - wide * 0.24, ridge - 9, wide * 0.48, 10)
        drawing.fill(
            top,
            (
                (x - wide * 0.34, ridge - 8),
                (x - wide * 0.16, ridge - 22),
                (x + wide * 0.16, ridge - 22),
                (x + wide * 0.34, ridge - 8),
            ),
        )
    drawing.box(mix(roof, EARTH, 0.45), left - 12, eaves + 2, wide + 24, 3)
    count = 4 + 2 * dice.pick(2)
    step = (wide - 12) / (count - 1)
    dark = mix(color, EARTH, 0.55)
    middle = (count - 1) // 2
    for bay in range(count - 1):
        at = left + 6 + bay * step
        if bay == middle:
            drawing.box(dark, at + step * 0.2, eaves + tall * 0.3, step * 0.6, tall * 0.7)
        else:
            drawing.box(mix(dark, GOLD, 0.12), at + step * 0.28, eaves + tall * 0.34, step * 0.44, tall * 0.36)
    for number in range(count):
        drawing.box(wall, left + 3 + number * step, eaves + 5, 6, tall - 5)
    drawing.box(_FLAG, x - step * 0.95, eaves + 8, step * 1.9, 6)


def _fly_flag(drawing: Drawing, x: float, side: int) -> None:
    """Fly the flag: two to three, with its star upright."""
    top, wide, high = 72, 36, 24
    drawing.line(mix(CREAM, EARTH, 0.3), 2.6, ((x, top - 4), (x, 202)))
    left = x + 1 if side > 0 else x - 1 - wide
    drawing.box(_FLAG, left, top, wide, high)
    star = []
    for point in range(10):
        radius, (up, across) = (7.2, 2.75)[point % 2], point_at(pi * point / 5)
        star.append((left + wide / 2 + radius * across, top + high / 2 - radius * up))
    drawing.fill(_STAR, star)
    drawing.disc(GOLD, x, top - 6, 2.6)
