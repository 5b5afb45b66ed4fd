"""Kinds of places, tiers of offices, and all words that depend on them.

Nothing here reads files or knows the places of a project, which are terms of the vocabulary.
"""
