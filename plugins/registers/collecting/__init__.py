"""Collect what communes send: compare it with the register of a year, say what is wrong, write what is sound on demand.

A file becomes a `Submission`; comparing submissions with the register gives `Findings` to report and `Edits` to write.
"""
