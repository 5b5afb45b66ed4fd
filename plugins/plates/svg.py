"""The SVG of a drawing, in few bytes: attributes only, no style."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from plugins.plates.drawing import HEIGHT, WIDTH, Band, Drawing, Point, Shape

_Box = tuple[float, float, float, float]
_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}" '
    'fill="none" stroke-linecap="round">'
)


def write_svg(drawing: Drawing) -> bytes:
    """Return the SVG file: whole numbers at twice the size, each point relative to the one before, for few bytes."""
    parts = [_HEAD]
    for number, layer in enumerate(_merge(drawing.layers)):
        if isinstance(layer, Shape):
            parts.append(_write(layer))
            continue
        # Parts of the strip that it fills, and hardly rounded: the repeats must meet.
        size = f'width="{layer.repeat / WIDTH:.6g}" height="1"'.replace("0.", ".")
        parts.append(
            f'<pattern id="b{number}" {size}>{_write_repeat(layer.shapes)}</pattern>'
            f'<path fill="url(#b{number})" d="M0 {2 * layer.top:g}h{2 * WIDTH}v{2 * layer.height:g}H0"/>'
        )
    return ("".join(parts) + "</svg>\n").encode()


@lru_cache(1_024)
def _write_repeat(shapes: tuple[Shape, ...]) -> str:
    """Return one repeat of a woven strip: thousands of plates share a few dozen."""
    return "".join(map(_write, shapes))


def _merge(layers: Iterable[Shape | Band]) -> list[Shape | Band]:
    """Return the layers, those of one kind and colour as one where nothing that lies between them would be covered."""
    merged: list[Shape | Band] = []
    # The last layer of each kind, colour and size, and the boxes of those that had to be compared.
    last: dict[tuple[str, str, float], int] = {}
    boxes: dict[int, list[_Box]] = {}
    for layer in layers:
        if not isinstance(layer, Shape) or layer.kind == "hill":
            merged.append(layer)
            continue
        look = layer.kind, layer.color, layer.size
        at = last.get(look)
        if at is None or _is_covered(layer, merged, at, boxes):
            last[look] = len(merged)
            merged.append(layer)
            continue
        before = merged[at].points  # type: ignore[union-attr] # only shapes have a look
        joined = [[*before[0], *layer.points[0]]] if layer.kind == "dots" else [*before, *layer.points]
        merged[at] = layer._replace(points=joined)
        boxes.pop(at, None)
    return merged


def _is_covered(layer: Shape, merged: list[Shape | Band], at: int, boxes: dict[int, list[_Box]]) -> bool:
    """Tell whether a layer after that at `at` touches the given one."""
    between = range(at + 1, len(merged))
    reach = _reach(layer) if between else []
    for number in between:
        if number not in boxes:
            boxes[number] = _reach(merged[number])
        for left, top, right, bottom in boxes[number]:
            for one in reach:
                if one[0] < right and left < one[2] and one[1] < bottom and top < one[3]:
                    return True
    return False


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
    # In tenths where they show.
    thick = round(2 * size, 1) if size < 5 else round(2 * size)
    return f'<path stroke="{color}" stroke-width="{thick:g}" d="{path}"/>'


def _trace(groups: Iterable[Sequence[Point]], end: str = "") -> str:
    path, x, y = [], 0, 0
    for group in groups:
        letter = "m"
        for to_x, to_y in group:
            across, down = round(2 * to_x) - x, round(2 * to_y) - y
            x, y = x + across, y + down
            if letter == "m" or (across and down):
                # As `_pair`, of which there are too many to call.
                space = "" if letter or across < 0 else " "
                path.append(f"{letter}{space}{across}{down}" if down < 0 else f"{letter}{space}{across} {down}")
                # Points after the first need no letter.
                letter = ""
            elif across or down:
                by, to = (f"h{across}", f"H{x}") if across else (f"v{down}", f"V{y}")
                # A straight move by so much, or to there if that is fewer letters.
                path.append(to if len(to) < len(by) else by)
                letter = "l"
        path.append(end)
    return "".join(path)


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
