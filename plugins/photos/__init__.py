"""Photos: their files, their addresses and sizes, and copies without metadata.

Start at `photo.py` (a file and its addresses, no pixels) or `pixels.py` (everything that decodes). `formats/` parses
image files, `judging/` refuses broken or dangerous ones, and `recipe.py` has the limits and qualities. Only
`share_card.py` and `card_picture.py` draw; nothing here reads a story or its keys.
"""
