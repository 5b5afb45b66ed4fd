"""Member sites: their list, the open data gathered from them, and their exemplars as entries of this site's lists.

Fetching over the network belongs to `gathering`, writing this site's own open data to `exemplars`.
"""
