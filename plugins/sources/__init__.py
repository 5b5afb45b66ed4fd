"""What people wrote, read carefully: text, YAML with line numbers, front matter, and keys by schema.

Nothing here knows what a story is; a fault becomes a `Problem`, never an exception that reaches a person.
"""
