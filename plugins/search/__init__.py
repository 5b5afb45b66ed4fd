"""Finding: what can be found, cut into small files that a reader's browser fetches as it needs them."""

from __future__ import annotations


def register() -> None:
    """Connect to Pelican. Imported on call, so that everything else here works where there is no Pelican."""
    from plugins.search.plugin import connect

    connect()
