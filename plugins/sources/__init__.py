"""Read text files, YAML with line numbers, front matter and keyed records, and write files atomically.

Faults become `Problem` values, never exceptions that reach a person. Nothing here knows stories or registers.
"""
