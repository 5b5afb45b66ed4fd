"""Pages, feeds and labels: which pages an edition has, the values and filters their templates read, and the rendering.

A kind of page is a small class in sheets; its words are in theme/templates. Nothing here chooses or counts stories
(model/ does) or knows Pelican (door/ does).
"""
