"""Changing files of content/: one value or one text at a time, never over a concurrent edit, every old text kept.

Nothing here knows of HTTP or of a form's layout; that is `preview`. Registers are edited by `registers`.
"""
