"""How photos are opened and copied, in figures. Pillow itself is not imported: most builds have nothing to draw."""

from __future__ import annotations

import PIL

from plugins.photos.sizes import WIDTHS

MAX_BYTES = 40_000_000
# A JPEG is decoded at an eighth of its size where that is enough; every other format is opened whole, 4 bytes a pixel.
MAX_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000}
# So is one that is written in passes over the whole picture, of which an attacker can write thousands.
MAX_PIXELS_WHOLE = 50_000_000

# What the largest of these takes while it is open: 8 bytes a pixel where it is transparent.
ROOM = 8 * MAX_PIXELS_WHOLE
# One of the many that a document may hold takes no more than this; a phone's JPEG takes half.
ROOM_OF_MANY = 68_000_000

JPEG_QUALITY = 78
WEBP_QUALITY = 69
# A phone on a slow link gets these: a photo that is heavier is written again, at less quality but at no less than this.
LIGHT_WIDTH, LIGHT_BYTES = 800, 80_000
LIGHT_QUALITIES = (36, 73)
# Counts changes of what is refused: what was let through before is looked at again.
JUDGED = 3
# What the copies of one photo depend on beside it. The number counts changes in how they are made that alter them.
RECIPE = f"3 {WIDTHS} {WEBP_QUALITY} {LIGHT_QUALITIES} {LIGHT_WIDTH} {LIGHT_BYTES} {JPEG_QUALITY}"
# Bytes may differ between versions of the libraries; addresses must not.
MADE_WITH = f"{RECIPE} Pillow {PIL.__version__}"
