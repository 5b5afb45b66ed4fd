"""Checks of a site before it goes online. `candidate.py` reads every file once; each check is a function of that.

A check yields findings and changes nothing. It is listed, with its Vietnamese name, in checks.py.
"""
