"""Plates: drawn ornaments that stand in lists and on share cards for a story without a photo.

Start at `plate.py` (which plate a story has, and its address). `drawing.py` holds the shapes and writes SVG, `raster.py`
paints the same shapes as pixels; the rest are the motifs, each a function of the dice that the plate's variant throws.
"""

# Where they stand on a site.
FOLDER = "/hinh-trang-tri/"
