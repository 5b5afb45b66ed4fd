"""The SVG of a drawing, in few bytes: attributes only, no style."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from plugins.plates.drawing import HEIGHT, WIDTH, Band, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plugins.plates.drawing import Drawing, Point

    _Box = tuple[float, float, float, float]

_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}" '
    'fill="none" stroke-linecap="round">'
)


def write_svg(drawing: Drawing) -> bytes:
    """Return the SVG file: whole numbers at twice the size, each point told from the one before, for few bytes."""
    parts = [_HEAD]
    for number, layer in enumerate(_merge(drawing.layers)):
        if isinstance(layer, Shape):
            parts.append(_write(layer))
            continue
        inner = "".join(map(_write, layer.shapes))
        # Parts of the strip that it fills, and hardly rounded: the repeats must meet.
        size = f'width="{layer.repeat / WIDTH:.6g}" height="1"'.replace("0.", ".")
        parts.append(
            f'<pattern id="b{number}" {size}>{inner}</pattern>'
            f'<path fill="url(#b{number})" d="M0 {2 * layer.top:g}h{2 * WIDTH}v{2 * layer.height:g}H0"/>'
        )
    return ("".join(parts) + "</svg>\n").encode()


def _merge(layers: Iterable[Shape | Band]) -> list[Shape | Band]:
    """Return the layers, those of one kind and colour as one where nothing that lies between them would be covered."""
    merged: list[Shape | Band] = []
    reaches: list[list[_Box]] = []
    for layer in layers:
        at, boxes = len(merged), _reach(layer)
        while isinstance(layer, Shape) and layer.kind != "hill" and at:
            at -= 1
            other = merged[at]
            if isinstance(other, Shape) and _is_alike(other, layer):
                joined = (
                    [[*other.points[0], *layer.points[0]]] if layer.kind == "dots" else [*other.points, *layer.points]
                )
                merged[at] = other._replace(points=joined)
                reaches[at] = reaches[at] + boxes
                break
            if any(_touch(one, two) for one in boxes for two in reaches[at]):
                at = 0
        else:
            merged.append(layer)
            reaches.append(boxes)
    return merged


def _is_alike(first: Shape, second: Shape) -> bool:
    return (first.kind, first.color, first.size) == (second.kind, second.color, second.size)


def _reach(layer: Shape | Band) -> list[_Box]:
    """Return the boxes that hold all of a layer."""
    if isinstance(layer, Band):
        return [(0, layer.top, WIDTH, layer.top + layer.height)]
    kind, _, groups, size = layer
    if kind == "hill":
        return [(0, min(y for _, y in groups[0]), WIDTH, HEIGHT)]
    if kind == "discs":
        return [(x - across, y - down, x + across, y + down) for (x, y), (across, down) in groups]
    thick = size / 2 if kind in ("line", "dots") else 0
    parts = [[point] for point in groups[0]] if kind == "dots" else groups
    boxes = []
    for part in parts:
        xs, ys = [x for x, _ in part], [y for _, y in part]
        boxes.append((min(xs) - thick, min(ys) - thick, max(xs) + thick, max(ys) + thick))
    return boxes


def _touch(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _write(shape: Shape) -> str:
    kind, color, groups, size = shape
    if kind == "hill":
        return f'<path fill="{color}" d="{_roll(groups[0])}"/>'
    if kind in ("fill", "discs"):
        clear = f' fill-opacity="{size:g}"'.replace("0.", ".") if size else ""
        # A filling closes itself.
        path = _trace(groups) if kind == "fill" else _round(groups)
        return f'<path fill="{color}"{clear} d="{path}"/>'
    # A dot is a line of no length with round ends: the shortest way to write many of one size.
    path = _trace([[point] for point in groups[0]], "h0") if kind == "dots" else _trace(groups)
    return f'<path stroke="{color}" stroke-width="{_thick(2 * size)}" d="{path}"/>'


def _thick(width: float) -> str:
    """Return a width, in tenths where they show."""
    return f"{round(width, 1) if width < 10 else round(width):g}"


def _trace(groups: Iterable[Sequence[Point]], end: str = "") -> str:
    path, x, y = [], 0, 0
    for group in groups:
        letter = "m"
        for to_x, to_y in group:
            next_x, next_y = round(2 * to_x), round(2 * to_y)
            across, down = next_x - x, next_y - y
            x, y = next_x, next_y
            if letter == "m" or (across and down):
                path.append(_pair(letter, across, down))
                # Points after the first need no letter.
                letter = ""
            elif across or down:
                path.append(_shorter("h", across, x) if across else _shorter("v", down, y))
                letter = "l"
        path.append(end)
    return "".join(path)


def _shorter(letter: str, by: int, to: int) -> str:
    """Return a straight move by so much, or to there if that is fewer letters."""
    return min(f"{letter}{by}", f"{letter.upper()}{to}", key=len)


def _pair(letter: str, across: int, down: int) -> str:
    """Return two numbers after a letter or none, with no space that a minus makes needless."""
    return f"{letter or ('' if across < 0 else ' ')}{across}{'' if down < 0 else ' '}{down}"


def _round(groups: Iterable[Sequence[Point]]) -> str:
    """Return discs: each an arc from its top, nearly all the way round."""
    path, x, y = [], 0, 0
    for (middle_x, middle_y), (across, down) in groups:
        wide, high = max(1, round(2 * across)), max(1, round(2 * down))
        next_x, next_y = round(2 * middle_x), round(2 * (middle_y - down))
        path.append(f"{_pair('m', next_x - x, next_y - y)}a{wide} {high} 0 1 0 1 0")
        x, y = next_x + 1, next_y
    return "".join(path)


def _roll(points: Sequence[Point]) -> str:
    half = points[1][0]
    levels = [round(2 * y) for _, y in points]
    curves = [f"{_pair('', round(half), b - a)}{_pair('', round(2 * half), b - a)}" for a, b in pairwise(levels)]
    first = f"M0 {levels[0]}c{half:g} 0{curves[0]}s{''.join(curves[1:]).lstrip()}"
    return f"{first}V{2 * HEIGHT}H0"
