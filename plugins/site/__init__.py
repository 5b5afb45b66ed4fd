"""The commands check, build and clean: a whole new site replaces the old one, or nothing changes.

They read content by plugins/content, let plugins/exemplars write the site, and print one line a problem. cache.py
has the parsed content and templates for the next command. Publishing a site to readers belongs in plugins/release.
"""
