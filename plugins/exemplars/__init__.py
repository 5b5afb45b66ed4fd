"""The product: vocabulary -> story -> index -> pages, feeds and open data. Only `door/` knows Pelican."""

from __future__ import annotations


def register() -> None:
    """Connect to Pelican. Imported on call, so that everything else here works where there is no Pelican."""
    from plugins.exemplars.door.site import connect

    connect()
