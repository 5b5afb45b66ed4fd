"""The year of the reports' tests, whose numbers the statistics share."""

from tests.reports.conftest import year

__all__ = ["year"]
