"""The cost of a story by the number of stories, drawn: one line a generator. A straight level line is linear cost."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from math import ceil, log10
from typing import TYPE_CHECKING

from plugins.vietnamese import format_number
from tests.benchmark.contestants import ELEVENTY, HUGO, NAMES, OURS, PELICAN

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 168, 56, 56
_LINES = 5
_GAP = 16
# Colour and shape: no line is told by its colour alone.
_LOOKS = {
    OURS: ("#a8141c", ""),
    HUGO: ("#0f5e8c", "8 4"),
    ELEVENTY: ("#3d6b21", "2 4"),
    PELICAN: ("#8a5a00", "12 4 2 4"),
}
_STYLE = 'font-family="system-ui, sans-serif" font-size="13" fill="#1f1a17"'


def draw_curve(points: Mapping[int, Mapping[str, float | None]]) -> str:
    """Return an SVG of milliseconds a story: sizes on a logarithmic axis; `points` are seconds by size and name."""
    sizes = sorted(points)
    lines = {
        name: [(size, 1000 * seconds / size) for size in sizes if (seconds := points[size].get(name))]
        for name in _LOOKS
    }
    top = _round_up(max((cost for line in lines.values() for _, cost in line), default=1))

    def x(size: int) -> float:
        span = log10(sizes[-1] / sizes[0]) or 1
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * log10(size / sizes[0]) / span

    def y(cost: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * cost / top

    title = "Mili giây cho mỗi bài khi dựng từ đầu"
    said = "; ".join(f"{NAMES[name]}: {_tell(line)}" for name, line in lines.items() if line)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" {_STYLE}>',
        f"<title>{title}</title>",
        f"<desc>{escape(said)}</desc>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fffdf9"/>',
        f'<text x="{_LEFT}" y="28" font-size="16" font-weight="bold">{title}</text>',
    ]
    for step in range(_LINES + 1):
        cost = top * step / _LINES
        out.append(f'<path d="M{_LEFT} {y(cost):.1f}H{_WIDTH - _RIGHT}" stroke="#d9cfc0"/>')
        out.append(f'<text x="{_LEFT - 8}" y="{y(cost) + 4:.1f}" text-anchor="end">{_number(cost)}</text>')
    out += [
        f'<text x="{x(size):.1f}" y="{_HEIGHT - 32}" text-anchor="middle">{format_number(size)}</text>'
        for size in sizes
    ]
    out.append(f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2:.1f}" y="{_HEIGHT - 10}" text-anchor="middle">số bài</text>')
    shown = [(name, line) for name, line in lines.items() if line]
    for name, line in shown:
        colour, dashes = _LOOKS[name]
        path = "L".join(f"{x(size):.1f} {y(cost):.1f}" for size, cost in line)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        out.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dashed}/>')
        out += [f'<circle cx="{x(size):.1f}" cy="{y(cost):.1f}" r="4" fill="{colour}"/>' for size, cost in line]
    lowest = float("inf")
    for name, line in sorted(shown, key=lambda pair: pair[1][-1][1]):
        # A name stands at the end of its line, above the one below it.
        size, cost = line[-1]
        lowest = min(y(cost) + 4, lowest - _GAP)
        label = f"{NAMES[name]}: {_number(cost)}"
        out.append(f'<text x="{x(size) + 10:.1f}" y="{lowest:.1f}" fill="{_LOOKS[name][0]}">{escape(label)}</text>')
    return "\n".join([*out, "</svg>", ""])


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10, 20… that the axis may end with."""
    scale = 10.0 ** (ceil(log10(value)) - 1)
    return next(scale * step for step in (1, 1.5, 2, 3, 4, 5, 7.5, 10) if scale * step >= value)


def _tell(line: list[tuple[int, float]]) -> str:
    return ", ".join(f"{_number(cost)} ms với {format_number(size)} bài" for size, cost in line)


def _number(value: float) -> str:
    return format_number(Decimal(f"{value:.2f}").normalize() if value < 10 else Decimal(f"{value:.0f}"))
