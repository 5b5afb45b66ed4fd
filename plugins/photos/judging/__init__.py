"""Checks of a photo file before use: its format, whether it can be shown, whether it was copied whole.

`opening.py` comes first, `wholeness.py` second, with `jpeg.py` for the format that needs most. Nothing here changes a
pixel.
"""
