"""Plates of quiet nights: a road under its lamps, houses with their lights on."""

from plugins.plates.drawing import CREAM, GOLD, HEIGHT, NIGHT, WIDTH, Dice, Drawing, mix
from plugins.plates.landscape import build_house, plant, roll
from plugins.plates.weave import lay_hem

_INDIGO = "#101d3a"
# A lamp's panel: parts of the lamp's height.
_PANEL = ((-0.14, -0.02), (0.06, -0.13), (0.14, -0.09), (-0.06, 0.02))


def draw_night(drawing: Drawing, color: str, glow: str, dice: Dice, pattern: int) -> None:
    """Draw a sky full of stars, hills, houses, and a road that its lamps light."""
    sky = mix(_INDIGO, color, (0.04, 0.18, 0.36)[dice.pick(3)])
    _paint_night(drawing, sky, glow, dice)
    drawing.hill(mix(sky, color, 0.3), roll(dice, 112, 22))
    drawing.hill(mix(sky, color, 0.6), roll(dice, 142, 8, 4))
    ground = mix(mix(color, NIGHT, 0.45), sky, 0.25)
    drawing.hill(ground, roll(dice, 160, 5, 3))
    leaf = mix(color, NIGHT, 0.35)
    light = mix(GOLD, CREAM, 0.35)
    side = dice.pick(2)
    for number in range(1 + dice.pick(3)):
        x = (50 + number * 46 + dice.pick(14)) if side else (310 - number * 46 - dice.pick(14))
        build_house(
            drawing,
            x,
            166 + number * 4,
            dice.between(30, 46),
            (mix(color, "#8a2f22", 0.7), mix(sky, CREAM, 0.3), light),
        )
    for _ in range(2):
        plant(drawing, dice.between(8, 352), 168, dice.between(20, 38), leaf, 2 * dice.pick(2))
    _light_road(drawing, glow, sky, ground, side, dice)
    lay_hem(drawing, pattern, glow)


def _paint_night(drawing: Drawing, sky: str, glow: str, dice: Dice) -> None:
    drawing.box(sky, 0, 0, WIDTH, HEIGHT)
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

    steps = [number / 6 for number in range(7)]
    depth = [156 + 84 * part**1.6 for part in steps]
    half = [3 + 62 * part**1.5 for part in steps]
    road = mix(mix(ground, CREAM, 0.3), GOLD, 0.12)
    drawing.fill(
        road,
        [
            *((center(part) - width, y) for part, y, width in zip(steps, depth, half, strict=True)),
            *((center(part) + width, y) for part, y, width in reversed(list(zip(steps, depth, half, strict=True)))),
        ],
    )
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
