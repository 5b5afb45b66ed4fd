"""Releases: build a site aside, verify it, make it current, and bring it to readers.

Each command has a module: publishing.py, releases.py (`releases`, `rollback`), deploy.py, archive.py. store.py keeps
releases/, manifest.py what a release consists of, policy.py the headers of every answer. `servers/` writes rules for
web servers, `verify/` has the checks. What a site says is decided elsewhere: this room reads a site that is built.
"""
