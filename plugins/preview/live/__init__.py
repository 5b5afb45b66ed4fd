"""The site as the files stand now: content read again after each change, pages rendered on request, faults explained.

Knows no HTTP and no staff page.
"""
