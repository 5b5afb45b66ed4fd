"""Staff pages that only show: the desk, all files, progress of a year, the calendar, a story's spoken and short text.

A page that changes files belongs to `form`, one that runs commands to `jobs`.
"""
