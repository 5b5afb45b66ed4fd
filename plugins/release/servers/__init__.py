"""Files by which servers serve a release, each made from the one description in policy.py."""

from plugins.release.servers.writing import write_server_files

__all__ = ["write_server_files"]
