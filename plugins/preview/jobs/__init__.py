"""Commands run from the browser: which there are, their boxes, the running process, its output and files.

What a command does is in its own package; here it is only started, followed and stopped.
"""
