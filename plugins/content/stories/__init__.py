"""One story: its keys, its reading from front matter, its value, and the day from which it is published.

Checks that need several stories belong to `content/sources.py`; pages made of stories to `exemplars`.
"""
