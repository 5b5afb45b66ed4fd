"""Plates of shared places and things: the long house, a row of gongs."""

from plugins.plates.drawing import CREAM, EARTH, GOLD, NIGHT, RED, Dice, Drawing, mix
from plugins.plates.landscape import leaf_of, paint_sky, plant, roll
from plugins.plates.weave import lay_hem

_THATCH = "#c98a3c"


def draw_long_house(drawing: Drawing, color: str, glow: str, dice: Dice, pattern: int) -> None:
    """Draw a long house on its stilts, or gongs on a beam, before hills."""
    sky = (mix(glow, CREAM, 0.45), mix(glow, CREAM, 0.7), mix("#f3b27a", CREAM, 0.35))[dice.pick(3)]
    paint_sky(drawing, sky, mix(GOLD, CREAM, 0.45 + 0.2 * dice.pick(2)), dice)
    drawing.hill(mix(sky, color, 0.4), roll(dice, 118, 22))
    drawing.hill(mix(sky, color, 0.75), roll(dice, 146, 14, 4))
    if dice.pick(5) < 3:
        _house(drawing, color, glow, dice)
    else:
        _gongs(drawing, color, glow, dice)
    lay_hem(drawing, pattern, glow)


def _house(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    ground = 196
    drawing.hill(mix(color, NIGHT, 0.35), roll(dice, ground - 4, 5, 3))
    leaf = leaf_of(color, dice)
    bays, left = 4 + dice.pick(4), dice.between(28, 92)
    long = 30 * bays + 20
    for number in range(2):
        plant(drawing, (left + long + 26 + number * 33) % 372 - 6, ground, dice.between(40, 62), leaf, dice.pick(4))
    floor, eaves, ridge = ground - 20, ground - 52, ground - 88 - dice.pick(12)
    wood, wall = mix(EARTH, NIGHT, 0.35), mix(EARTH, _THATCH, 0.3)
    drawing.line(wood, 5, *(((left + 10 + n * 30, floor), (left + 10 + n * 30, ground + 6)) for n in range(bays + 1)))
    drawing.box(wall, left + 2, eaves, long - 4, floor - eaves)
    drawing.box(GOLD, left + 2, floor - 9, long - 4, 2)
    drawing.box(RED, left + 2, floor - 6, long - 4, 3)
    drawing.box(wood, left - 8, floor - 2, long + 24, 5)
    for bay in range(bays):
        if bay % 2 == dice.pick(2) % 2:
            drawing.box(NIGHT, left + 18 + bay * 30, eaves + 10, 13, 14)
    thatch = mix(_THATCH, glow, 0.15)
    drawing.fill(
        thatch, ((left - 18, eaves + 6), (left + 8, ridge), (left + long - 2, ridge), (left + long + 24, eaves + 6))
    )
    drawing.line(
        mix(thatch, EARTH, 0.45),
        1.6,
        *(((left + 4 + n * 15, ridge + 5), (left - 8 + n * 15.6, eaves + 2)) for n in range(2 * bays + 2)),
    )
    drawing.line(mix(thatch, EARTH, 0.7), 4, ((left + 4, ridge), (left + long + 2, ridge)))
    # Carved ends of the ridge, and the ladder by which one comes in.
    drawing.line(
        EARTH,
        3,
        ((left + 8, ridge + 4), (left - 4, ridge - 14)),
        ((left + long - 2, ridge + 4), (left + long + 10, ridge - 14)),
    )
    foot = left + long + 30
    drawing.line(_THATCH, 3, ((foot, ground + 8), (foot - 18, floor)), ((foot + 9, ground + 8), (foot - 9, floor)))
    drawing.line(
        _THATCH,
        2,
        *(((foot - 4.5 * n, ground + 2 - 6 * n), (foot + 9 - 4.5 * n, ground + 2 - 6 * n)) for n in range(4)),
    )


def _gongs(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    drawing.hill(mix(color, NIGHT, 0.4), roll(dice, 186, 10, 4))
    beam, count = dice.between(52, 66), 3 + dice.pick(4)
    wood = mix(EARTH, NIGHT, 0.25)
    first, last = 40, 320
    drawing.line(wood, 9, ((first, beam), (first, 226)), ((last, beam), (last, 226)))
    drawing.line(wood, 11, ((first - 18, beam), (last + 18, beam)))
    drawing.line(GOLD, 2, ((first - 14, beam), (last + 14, beam)))
    drawing.dots(RED, 4, [(first + n * 40, beam) for n in range(8)])
    room = (last - first - 10) / count
    growing = 1 if dice.pick(2) else -1
    bronze, rim = mix("#b8791f", glow, 0.12), mix("#6d4314", color, 0.15)
    cords, discs = [], []
    for number in range(count):
        size = 0.74 + 0.26 * (number if growing > 0 else count - 1 - number) / max(1, count - 1)
        radius = min(room * 0.47, 44) * size
        x, y = first + 5 + room * (number + 0.5), beam + 34 + radius
        cords += [
            ((x - radius * 0.5, beam), (x - radius * 0.5, y - radius * 0.8)),
            ((x + radius * 0.5, beam), (x + radius * 0.5, y - radius * 0.8)),
        ]
        discs.append((x, y, radius))
    drawing.line(CREAM, 1.6, *cords)
    boss, shine = mix(bronze, GOLD, 0.55), mix(GOLD, CREAM, 0.4)
    for shade, part, shift in ((rim, 1, 0), (bronze, 0.86, 0), (boss, 0.52, 0), (rim, 0.25, 0), (shine, 0.19, 0.045)):
        drawing.discs(shade, *((x - shift * r, y - shift * r, part * r, part * r) for x, y, r in discs))
