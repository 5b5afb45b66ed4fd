"""The house on Windows: real Windows CPython, under Wine, from a bare Debian machine. `python -m tests.windows`.

No test of pytest's: it downloads 270 MB. `.ci/run` runs it every time.
"""
