"""Documents of word processors -> clean Markdown, their pictures, and a report of what was kept, changed and lost.

Nothing here knows what a story is.
"""
