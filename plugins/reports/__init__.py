"""Reporting: the numbers of a year, counted once, and every form in which the district hands them on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.exemplars.hooks import Capability


def register() -> None:
    """Do nothing: Pelican asks it of every plugin, and plugins.exemplars has what this one adds."""


def capability() -> type[Capability]:
    """Return what this adds to a site. Imported on call, so that the commands which need none of it do not wait."""
    from plugins.reports.plugin import ReportCapability

    return ReportCapability
