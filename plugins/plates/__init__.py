"""Plates: drawn ornaments that stand in lists and on share cards for a story without a photo.

Start at `plate.py` (which plate a story has, its address, and its kept file). `drawing.py` holds the shapes, `svg.py`
writes them and `raster.py` paints them; `motifs.py` and `weave.py` draw, with dice seeded by the plate’s variant.
Nothing here knows a story or a page.
"""
