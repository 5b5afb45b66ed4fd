"""Reporting: the numbers of a year, counted once, and every form in which the district hands them on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.exemplars.hooks import register as register

if TYPE_CHECKING:
    from plugins.exemplars.hooks import Capability


def capability() -> type[Capability]:
    """Return what this adds to a site. Imported on call, so that the commands which need none of it do not wait."""
    from plugins.reports.plugin import ReportCapability

    return ReportCapability
