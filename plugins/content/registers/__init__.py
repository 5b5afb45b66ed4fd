"""Read registers, acts, papers and deadlines from tables as offices keep them.

`sheets/` reads the files as text; here rows become registrations and acts. Reports about them belong to `registers`.
"""
