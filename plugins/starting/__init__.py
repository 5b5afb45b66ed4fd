"""The start command: a new office's project from its answers, its list of places and, optionally, an older site.

The program is copied, content/ is written from the templates in mau/, and stories of inherited places come along with
their history and registers. Nothing here is used once the project exists.
"""
