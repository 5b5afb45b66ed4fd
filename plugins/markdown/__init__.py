"""The one reading of a Markdown body."""
