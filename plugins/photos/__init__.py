"""Photos: their files, their addresses and sizes, and copies without metadata.

Start at `photo.py` (a file and its addresses, no pixels) or `pixels.py` (everything that decodes). `formats/` parses
image files, `judging/` refuses what is broken or dangerous, and `recipe.py` has the limits and qualities.
"""
