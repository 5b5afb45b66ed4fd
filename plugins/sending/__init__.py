"""Sending stories on: to the paper and the site of the committee above, and a log of what was sent and used."""
