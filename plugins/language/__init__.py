"""Advice on the Vietnamese of a story and on the privacy of people named in it.

Advice never keeps a story out. Rules see the text of one story; checks that need other files belong to `content`.
"""
