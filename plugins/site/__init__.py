"""The commands check, build and clean: a whole new site replaces the old one, or nothing changes.

They read content by plugins/content, let plugins/exemplars write the site, and print one line a problem. What they
leave for the next command is in cache.py. Publishing a site to readers belongs in plugins/release.
"""
