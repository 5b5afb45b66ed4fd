"""Statistics of any span of days, as an annex to an office's reply.

Its tables are those of `plugins.reports`, counted by the day of each act; the report of a year belongs there.
"""
