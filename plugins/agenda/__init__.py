"""The office's calendar: deadlines, reviews, postings, visits and its own dates, as events and as an .ics file.

How dates are read belongs to `content`; the page of the calendar to `preview`.
"""
