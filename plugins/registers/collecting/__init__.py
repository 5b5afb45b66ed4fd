"""The command `collect`: compare files from communes with the register of a year, report, and write valid rows.

A file becomes a `Submission`; comparing it with the register adds its outcome, and returns `Edits` to write.
Reading tables belongs to `plugins.content.registers`.
"""
