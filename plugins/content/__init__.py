"""Read everything under content/ into one value, `Content`, with all problems.

`load.py` reads all of it, `content.py` is the value; the rooms hold what stories, vocabulary, registers, member sites
and addresses are made of. Nothing here makes pages, and only `load.py` and the readers of files touch the disk.
"""
