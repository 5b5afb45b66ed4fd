"""The office's calendar: deadlines, reviews, postings, visits and its own days, for the desk and for any calendar."""
