"""The bundle for Windows: one zip with Python, libraries, program and content.

`making.py` writes it, from what `downloads.py` fetches; `starting.py` and `updating.py` run in it, on the writer's
machine; `contents.py` knows its layout. `top/` has the files that people see beside content/.
"""
