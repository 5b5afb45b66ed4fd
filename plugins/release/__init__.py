"""Releases: build a site aside, verify it, make it current, and bring it to readers.

Each command has a module: publishing.py, releases.py (`releases`, `rollback`), deploy.py, archive.py. store.py keeps
releases/, manifest.py lists the files of a release, policy.py has the headers of every response. `servers/` writes
rules for web servers, `verify/` has the checks. The content of pages is decided elsewhere: this room only reads a built
site.
"""
