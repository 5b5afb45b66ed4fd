"""The report of a year, of what content and edition have of it; and of which years there is one. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plugins.reports.report import Report, build_report

if TYPE_CHECKING:
    from plugins.content.load import Content
    from plugins.content.terms import Commune
    from plugins.exemplars.index import Index

# Counted as it was registered, and not named: its story was taken down.
_GONE = "(bài đã gỡ)"


def make_report(
    content: Content, whole: Index, year: int, commune: Commune | None = None, *, samples: bool = True
) -> Report:
    """Count a year of an edition's index; without `samples`, illustrative registrations are left out too."""
    register = content.registers.get(year)
    gone = {one.registration for one in content.gone.values()}
    kept = [
        replace(one, name=_GONE, unit="", place="", result="", note="") if one.code in gone else one
        for one in (register.registrations if register else ())
        if samples or not one.sample
    ]
    return build_report(whole, year, commune, kept)


def list_years(content: Content, whole: Index, samples: bool = True) -> tuple[int, ...]:
    """Return every year of which there is something to report, the oldest first."""
    registered = {one.year for one in content.registrations(samples=samples).values()}
    return tuple(sorted(registered | {year.number for year in whole.by_year}))
