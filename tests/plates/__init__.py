"""Plates: which one a story has, and its drawing."""
