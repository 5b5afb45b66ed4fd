"""Deciding about a photo file before it is used: what it is, whether it may be shown, whether it was copied whole.

`opening.py` comes first, `wholeness.py` second; `jpeg.py` and `webp.py` judge one format each.
"""
