"""Plates: which one a story has, and what is drawn on it."""
