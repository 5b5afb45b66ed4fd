"""The command `collect`: compare files from communes with the register of a year, report, and write valid rows.

A file becomes a `Submission`; comparing submissions with the register gives `Findings` to report and `Edits` to write.
Reading tables belongs to `plugins.content.registers`.
"""
