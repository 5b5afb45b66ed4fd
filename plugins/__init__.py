"""The engine of the site. Each folder is one capability; only its `plugin.py` knows Pelican."""
