"""The site builder. `plugins/README.md` has a map of the folders; modules here are small tools that any of them uses.

Modules here know nothing of stories, registers or pages, and most need only the standard library.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    """Return the class that PELICAN_CLASS names: Pelican looks no deeper than here."""
    if name == "SitePelican":
        from plugins.exemplars.door.site import SitePelican

        return SitePelican
    raise AttributeError(name)
