"""Limits, sizes and qualities of photos and their copies. Pillow itself is not imported: most builds draw nothing."""

import PIL

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

MAX_BYTES = 40_000_000
# The error for a larger file, and the fix.
TOO_HEAVY = "Ảnh nặng quá 40 MB", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại"
# By Pillow format. A JPEG is decoded at reduced size where that is enough; any other format whole, 4 bytes per pixel.
MAX_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000}
# For other formats, and for progressive JPEGs, whose coefficients are all kept in memory.
MAX_PIXELS_WHOLE = 50_000_000

# Bytes of memory for the largest of these: 8 per pixel if it is transparent.
ROOM = 8 * MAX_PIXELS_WHOLE
# The same for one of many photos in a document; a phone's JPEG takes half.
ROOM_OF_MANY = 68_000_000

JPEG_QUALITY = 78
WEBP_QUALITY = 69
# Copies up to this width, for phones, should not exceed these bytes: the quality is lowered for it, within this range.
LIGHT_WIDTH, LIGHT_BYTES = 800, 80_000
LIGHT_QUALITIES = (36, 73)
# Part of the cache key; increase it when more photos are refused, so that accepted ones are checked again.
JUDGED = 3
# Part of the addresses of copies; increase the number when a change of code alters the copies.
RECIPE = f"3 {WIDTHS} {WEBP_QUALITY} {LIGHT_QUALITIES} {LIGHT_WIDTH} {LIGHT_BYTES} {JPEG_QUALITY}"
# Part of the cache keys: bytes may differ between versions of Pillow, addresses must not.
MADE_WITH = f"{RECIPE} Pillow {PIL.__version__}"


def plan_sizes(width: int, height: int) -> tuple[Size, ...]:
    """Return the sizes, in pixels, in which an upright photo is offered, smallest first; never scaled up."""
    largest = min(WIDTHS[-1], width, max(1, round(width * MAX_HEIGHT / height)))
    return tuple(_scaled(width, height, step) for step in sorted({min(step, largest) for step in WIDTHS}))


def fallback_size(width: int, height: int) -> Size:
    """Return the size, in pixels, of the one copy that every browser can show; it is among those of plan_sizes."""
    return _scaled(width, height, min(FALLBACK_WIDTH, plan_sizes(width, height)[-1][0]))


def _scaled(width: int, height: int, to: int) -> Size:
    return to, max(1, min(MAX_HEIGHT, round(height * to / width)))
