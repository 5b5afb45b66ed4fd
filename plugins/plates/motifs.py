"""The motifs of plates: work on the land, shared places, quiet nights and common affairs."""

from math import pi

from plugins.plates.drawing import CREAM, EARTH, GOLD, GREEN, NIGHT, RED, WIDTH, Dice, Drawing, height_at, mix, point_at
from plugins.plates.landscape import build_house, drift, leaf_of, paint_sky, plant, roll

_THATCH = "#c98a3c"
_INDIGO = "#101d3a"
# A lamp's panel: parts of the lamp's height.
_PANEL = ((-0.14, -0.02), (0.06, -0.13), (0.14, -0.09), (-0.06, 0.02))
# The national flag's own colours, whatever those of the field.
_FLAG, _STAR = "#da251d", "#ffff00"


def draw_country(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
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


def _coffee(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    ground = roll(dice, 166, 9, 4)
    drawing.hill(mix(color, EARTH, 0.35), ground)
    lean, green = dice.between(-9, 9), mix(GREEN, color, 0.15)
    lit, cherries = mix(green, glow, 0.28), []
    for row, radius in enumerate((7.5, 9.5, 12)):
        spacing = radius * 2.6
        first = (row * 0.4 + lean / 9 * row) % 1 * spacing - 6
        xs = [first + number * spacing for number in range(int(372 / spacing) + 1)]
        spots = [(x, height_at(ground, x) + 9 + row * (12 + row * 2)) for x in xs]
        drawing.dots(green, radius, spots)
        if row:
            drawing.dots(lit, radius * 0.45, [(x - radius * 0.3, y - radius * 0.35) for x, y in spots])
            cherries += [(x + radius * 0.4, y + radius * 0.1) for x, y in spots[row % 2 :: 2]]
    drawing.dots(RED, 2.2, cherries)


def _terraces(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    line = roll(dice, 158, 12, 4)
    rising = dice.between(16, 22)
    mixed = (color, GREEN, 0.35), (glow, GREEN, 0.25), (color, GREEN, 0.6), (glow, CREAM, 0.25), (GREEN, color, 0.25)
    shades = [mix(*parts) for parts in mixed]
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
            shine = [((x - radius * 0.3, y - radius * 0.9), (x - radius * 0.3, y - radius * 3.4)) for x, y in feet]
            drawing.line(lit, radius * 0.35, *shine)


def draw_long_house(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    """Draw a long house on its stilts, or gongs on a beam, before hills."""
    sky = (mix(glow, CREAM, 0.45), mix(glow, CREAM, 0.7), mix("#f3b27a", CREAM, 0.35))[dice.pick(3)]
    paint_sky(drawing, sky, mix(GOLD, CREAM, 0.45 + 0.2 * dice.pick(2)), dice)
    drawing.hill(mix(sky, color, 0.4), roll(dice, 118, 22))
    drawing.hill(mix(sky, color, 0.75), roll(dice, 146, 14, 4))
    if dice.pick(5) < 3:
        _house(drawing, color, glow, dice)
    else:
        _gongs(drawing, color, glow, dice)


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
    right = left + long
    drawing.roof(thatch, (eaves + 6, left - 18, right + 24), (ridge, left + 8, right - 2))
    stalks = [((left + 4 + n * 15, ridge + 5), (left - 8 + n * 15.6, eaves + 2)) for n in range(2 * bays + 2)]
    drawing.line(mix(thatch, EARTH, 0.45), 1.6, *stalks)
    drawing.line(mix(thatch, EARTH, 0.7), 4, ((left + 4, ridge), (right + 2, ridge)))
    # Carved ends of the ridge, and the ladder by which one comes in.
    ends = ((left + 8, ridge + 4), (left - 4, ridge - 14)), ((right - 2, ridge + 4), (right + 10, ridge - 14))
    drawing.line(EARTH, 3, *ends)
    foot = right + 30
    drawing.line(_THATCH, 3, ((foot, ground + 8), (foot - 18, floor)), ((foot + 9, ground + 8), (foot - 9, floor)))
    rungs = [((foot - 4.5 * n, ground + 2 - 6 * n), (foot + 9 - 4.5 * n, ground + 2 - 6 * n)) for n in range(4)]
    drawing.line(_THATCH, 2, *rungs)


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
    is_growing = dice.pick(2)
    bronze, rim = mix("#b8791f", glow, 0.12), mix("#6d4314", color, 0.15)
    cords, discs = [], []
    for number in range(count):
        size = 0.74 + 0.26 * (number if is_growing else count - 1 - number) / max(1, count - 1)
        radius = min(room * 0.47, 44) * size
        x, y = first + 5 + room * (number + 0.5), beam + 34 + radius
        cords += [((at, beam), (at, y - radius * 0.8)) for at in (x - radius * 0.5, x + radius * 0.5)]
        discs.append((x, y, radius))
    drawing.line(CREAM, 1.6, *cords)
    boss, shine = mix(bronze, GOLD, 0.55), mix(GOLD, CREAM, 0.4)
    for shade, part, shift in ((rim, 1, 0), (bronze, 0.86, 0), (boss, 0.52, 0), (rim, 0.25, 0), (shine, 0.19, 0.045)):
        drawing.discs(shade, *((x - shift * r, y - shift * r, part * r, part * r) for x, y, r in discs))


def draw_night(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
    """Draw a sky full of stars, hills, houses, and a road that its lamps light."""
    sky = mix(_INDIGO, color, (0.04, 0.18, 0.36)[dice.pick(3)])
    _paint_night(drawing, sky, glow, dice)
    drawing.hill(mix(sky, color, 0.3), roll(dice, 112, 22))
    drawing.hill(mix(sky, color, 0.6), roll(dice, 142, 8, 4))
    ground = mix(mix(color, NIGHT, 0.45), sky, 0.25)
    drawing.hill(ground, roll(dice, 160, 5, 3))
    leaf, colors = mix(color, NIGHT, 0.35), (mix(color, "#8a2f22", 0.7), mix(sky, CREAM, 0.3), mix(GOLD, CREAM, 0.35))
    side = dice.pick(2)
    for number in range(1 + dice.pick(3)):
        x = (50 + number * 46 + dice.pick(14)) if side else (310 - number * 46 - dice.pick(14))
        build_house(drawing, x, 166 + number * 4, dice.between(30, 46), colors)
    for _ in range(2):
        plant(drawing, dice.between(8, 352), 168, dice.between(20, 38), leaf, 2 * dice.pick(2))
    _light_road(drawing, glow, sky, ground, side, dice)


def _paint_night(drawing: Drawing, sky: str, glow: str, dice: Dice) -> None:
    drawing.cover(sky)
    x, y, radius = dice.between(50, 310), dice.between(34, 66), dice.between(13, 24)
    stars = [(dice.between(6, 354), dice.between(8, 108)) for _ in range(8 + dice.pick(3))]
    drawing.dots(mix(sky, CREAM, 0.8), 1.3, stars[::2])
    drawing.dots(mix(sky, glow, 0.7), 0.9, stars[1::2])
    drawing.disc(mix(sky, glow, 0.16), x, y, radius * 2)
    drawing.disc(mix(CREAM, GOLD, 0.15), x, y, radius)
    phase = dice.pick(4)
    if phase:
        # Only the part of the ring that the moon covers is drawn.
        shift = radius * (0, 0.45, -0.5, 0.7)[phase]
        drawing.disc(mix(sky, glow, 0.16), x + shift, y - abs(shift) * 0.35, radius * 0.9)


def _light_road(drawing: Drawing, glow: str, sky: str, ground: str, side: int, dice: Dice) -> None:
    near, far, bend = (dice.between(60, 150), dice.between(215, 300), dice.between(-70, 70))
    if not side:
        near, far = WIDTH - near, WIDTH - far

    def center(part: float) -> float:
        return far + (near - far) * float(part**1.5) + bend * part * (1 - part)

    steps = [(center(part), 156 + 84 * part**1.6, 3 + 62 * part**1.5) for part in (number / 6 for number in range(7))]
    edges = [(x - half, y) for x, y, half in steps] + [(x + half, y) for x, y, half in reversed(steps)]
    drawing.fill(mix(mix(ground, CREAM, 0.3), GOLD, 0.12), edges)
    count = 3 + dice.pick(2)
    # On the outer side of the road, where they stand well apart.
    lean = 1 if near < far else -1
    pools, cones, posts, heads, panels = [], [], [], [], []
    for part in (0.1 + 0.62 * number / (count - 1) for number in range(count)):
        x, y = center(part) - lean * (8 + 74 * part**1.5), 158 + 84 * part**1.6
        tall = 24 + 116 * part
        top, reach = y - tall, lean * tall * 0.24
        posts.append(((x, y), (x, top), (x + reach, top - tall * 0.03)))
        heads.append((x + reach, top, tall * 0.028 + 1))
        cones.append(((x + reach, top), (x + reach + tall * 0.24, y), (x + reach - tall * 0.24, y)))
        pools.append((x + reach, y, tall * 0.24, tall * 0.05))
        panels.append([(x + lean * dx * tall, top + dy * tall) for dx, dy in _PANEL])
    drawing.discs(GOLD, *pools, opacity=0.4)
    drawing.fill(mix(GOLD, CREAM, 0.4), *cones, opacity=0.26)
    drawing.line(mix(NIGHT, glow, 0.3), 2.2, *posts)
    drawing.fill(mix("#7fb2e0", sky, 0.3), *panels)
    for x, y, radius in heads:
        drawing.disc("#fff3c4", x, y, radius)


def draw_hall(drawing: Drawing, color: str, glow: str, dice: Dice) -> None:
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


def _shine(drawing: Drawing, sky: str, ray: str, x: float, dice: Dice) -> None:
    """Let rays go out from behind the house."""
    drawing.cover(sky)
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
    start, end = left + wide * inset, left + wide * (1 - inset)
    drawing.roof(roof, (eaves + 3, left - 12, left + wide + 12), (ridge, start, end))
    if style == 2:
        low, high = (ridge - 8, x - wide * 0.34, x + wide * 0.34), (ridge - 22, x - wide * 0.16, x + wide * 0.16)
        drawing.box(wall, x - wide * 0.24, ridge - 9, wide * 0.48, 10)
        drawing.roof(mix(roof, EARTH, 0.2), low, high)
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
