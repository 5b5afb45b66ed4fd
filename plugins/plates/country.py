"""Plates of work on the land: coffee hills, terraces of rice, gardens of pepper."""

from plugins.plates.drawing import CREAM, EARTH, GREEN, RED, Dice, Drawing, height_at, mix
from plugins.plates.landscape import build_house, leaf_of, paint_sky, plant, roll
from plugins.plates.weave import lay_hem


def draw_country(drawing: Drawing, color: str, glow: str, dice: Dice, pattern: int) -> None:
    """Draw hills under a sun, with crops in front."""
    sky = (mix(glow, CREAM, 0.5), mix("#9fcfe6", CREAM, 0.35), mix("#f0a873", CREAM, 0.45))[dice.pick(3)]
    paint_sky(drawing, sky, mix(CREAM, "#ffffff", 0.3), dice)
    drawing.hill(mix(mix(glow, color, 0.25), sky, 0.35), roll(dice, 112, 22))
    middle = roll(dice, 140, 16, 4)
    drawing.hill(mix(glow, color, 0.6), middle)
    leaf = leaf_of(color, dice)
    x = dice.between(40, 320)
    if dice.pick(2):
        build_house(drawing, x, height_at(middle, x) + 8, dice.between(30, 44), (mix(color, RED, 0.6), CREAM, EARTH))
    for number in range(1 + dice.pick(2)):
        at = (x + 46 + number * 31) % 340 + 10
        plant(drawing, at, height_at(middle, at) + 4, dice.between(18, 32), leaf, (0, 1, 3)[dice.pick(3)])
    (_coffee, _terraces, _pepper)[dice.pick(3)](drawing, color, glow, dice)
    lay_hem(drawing, pattern, glow)


def _coffee(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    ground = roll(dice, 166, 9, 4)
    drawing.hill(mix(color, EARTH, 0.35), ground)
    lean, green = dice.between(-9, 9), mix(GREEN, color, 0.15)
    lit, cherries = mix(green, glow, 0.28), []
    for row, radius in enumerate((7.5, 9.5, 12)):
        spacing = radius * 2.6
        xs = [
            (row * 0.4 + lean / 9 * row) % 1 * spacing - 6 + number * spacing
            for number in range(int(372 / spacing) + 1)
        ]
        spots = [(x, height_at(ground, x) + 9 + row * (12 + row * 2)) for x in xs]
        drawing.dots(green, radius, spots)
        if row:
            drawing.dots(lit, radius * 0.45, [(x - radius * 0.3, y - radius * 0.35) for x, y in spots])
            cherries += [(x + radius * 0.4, y + radius * 0.1) for x, y in spots[row % 2 :: 2]]
    drawing.dots(RED, 2.2, cherries)


def _terraces(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    line = roll(dice, 158, 12, 4)
    rising = dice.between(16, 22)
    shades = (
        mix(color, GREEN, 0.35),
        mix(glow, GREEN, 0.25),
        mix(color, GREEN, 0.6),
        mix(glow, CREAM, 0.25),
        mix(GREEN, color, 0.25),
    )
    start = dice.pick(len(shades))
    for step in range(5):
        heights = [y + step * rising + (6 if (number + step) % 2 else -3) for number, y in enumerate(line)]
        drawing.hill(mix(glow, CREAM, 0.55), [y - 2.5 for y in heights])
        drawing.hill(shades[(start + step) % len(shades)], heights)


def _pepper(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    ground = roll(dice, 168, 6, 3)
    drawing.hill(mix(color, EARTH, 0.45), ground)
    green, lit, post = mix(GREEN, color, 0.1), mix(GREEN, glow, 0.38), mix(EARTH, CREAM, 0.3)
    shift = dice.between(0, 20)
    for row, radius in enumerate((8, 12)):
        spacing = (40, 52)[row]
        feet = [(shift * (1 + row) / 2 + number * spacing, 0.0) for number in range(int(360 / spacing) + 1)]
        feet = [(x, height_at(ground, x) + 14 + row * 30) for x, _ in feet]
        drawing.line(post, radius / 4, *(((x, y), (x, y - radius * 4.6)) for x, y in feet))
        # A vine climbs its post, and thins out as it climbs.
        drawing.line(green, radius * 1.7, *(((x, y - radius * 0.7), (x, y - radius * 2)) for x, y in feet))
        drawing.line(green, radius * 1.15, *(((x, y - radius * 2.2), (x, y - radius * 3.6)) for x, y in feet))
        if row:
            drawing.line(
                lit,
                radius * 0.35,
                *(((x - radius * 0.3, y - radius * 0.9), (x - radius * 0.3, y - radius * 3.4)) for x, y in feet),
            )
