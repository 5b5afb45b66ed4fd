"""The program on Windows: real CPython for Windows, under Wine, from a bare Debian machine. `python -m tests.windows`.

Not part of pytest, as it downloads 270 MB; `.ci/run` always runs it. `test_*.py` test the bundle with pytest.
"""
