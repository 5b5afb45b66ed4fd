"""Reporting: the numbers of a year, counted once, and every form in which the district hands them on."""

from __future__ import annotations


def register() -> None:
    """Connect to Pelican. Imported on call, so that everything else here works where there is no Pelican."""
    from plugins.reports.plugin import connect

    connect()
