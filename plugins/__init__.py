"""All that makes the site."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """Give Pelican, which looks no deeper than here, the class that PELICAN_CLASS names."""
    if name == "SitePelican":
        from plugins.exemplars.door.site import SitePelican

        return SitePelican
    raise AttributeError(name)
