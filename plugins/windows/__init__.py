"""The bundle for Windows: one zip with Python, libraries, program and content.

`making.py` writes it, with files that `downloads.py` fetches; `starting.py` and `updating.py` run in it, on the
writer's machine; `contents.py` knows its layout. `top/` has the files that people see beside content/, `licences/` the
texts that wheels lack. Code that does not concern the bundle does not belong here.
"""
