"""Style, scripts, fonts and icons of theme/static, each at an address that changes with its content."""

from __future__ import annotations


def register() -> None:
    """Connect to Pelican. Imported on call, so that everything else here works where there is no Pelican."""
    from plugins.assets.plugin import connect

    connect()
