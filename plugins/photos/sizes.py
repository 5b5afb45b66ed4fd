"""The sizes of copies of a photo. Arithmetic only."""

Size = tuple[int, int]

# A card in a list on a large screen, a card on a phone, a phone held upright, a tablet, a large screen. The original,
# 4,000 px wide, is never shown.
WIDTHS = (240, 480, 800, 1200, 1600)
# The longest side in a story’s folder: enough for a large screen at double density. A phone’s 12 megapixels would fill
# the editors’ disks.
KEPT_LONGEST = 2560
# The JPEG for browsers without WebP, feeds and search engines.
FALLBACK_WIDTH = 800
# Two screens of a phone: taller than that is a strip, and WebP itself ends at 16,383 px.
MAX_HEIGHT = 3200


def plan_sizes(width: int, height: int) -> tuple[Size, ...]:
    """Return the sizes, in pixels, in which an upright photo is offered, smallest first; never scaled up."""
    largest = min(WIDTHS[-1], width, max(1, round(width * MAX_HEIGHT / height)))
    return tuple(_scaled(width, height, step) for step in sorted({min(step, largest) for step in WIDTHS}))


def fallback_size(width: int, height: int) -> Size:
    """Return the size, in pixels, of the one copy that every browser can show; it is among those of plan_sizes."""
    return _scaled(width, height, min(FALLBACK_WIDTH, plan_sizes(width, height)[-1][0]))


def _scaled(width: int, height: int, to: int) -> Size:
    return to, max(1, min(MAX_HEIGHT, round(height * to / width)))
