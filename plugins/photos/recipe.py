"""Limits and qualities of photos and their copies. Pillow itself is not imported: most builds have nothing to draw."""

import PIL

from plugins.photos.sizes import WIDTHS

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
