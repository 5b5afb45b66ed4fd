"""The year's work: what communes register, how far it has come, and what the district must urge."""

from __future__ import annotations


def register() -> None:
    """Connect to Pelican. Imported on call, so that everything else here works where there is no Pelican."""
    from plugins.registers.plugin import connect

    connect()
