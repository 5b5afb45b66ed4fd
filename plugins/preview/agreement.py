"""What the command, and the process that it starts to serve, agree on."""

from __future__ import annotations

HOST = "127.0.0.1"
# The exit code that asks for another process, with the code as it is now.
AGAIN = 75
# Names the environment variable with the token of the pages that may change something.
TOKEN_VARIABLE = "XEM_THU_TOKEN"  # noqa: S105 - it only names it
# What only a new process would run.
CODE = ("plugins/", "pelicanconf.py", "publishconf.py", "tasks.py")
