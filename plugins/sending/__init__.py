"""Sending stories to the committee above: articles in Word with photos and a cover note, and the log of their use.

Only what concerns sending; letterhead and signature belong to `official`, reading the log to `content.sent`.
"""
