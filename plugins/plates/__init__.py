"""Plates: drawn ornaments that stand in lists and on share cards for a story without a photo.

Start at `plate.py` (which plate a story has, and its address). `drawing.py` holds the shapes, `svg.py` writes them
and `raster.py` paints them; the rest are motifs, each a function of dice seeded by the plate’s variant. Nothing here
knows a story or a page.
"""
