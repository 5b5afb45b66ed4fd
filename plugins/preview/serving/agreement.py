"""What the command, and the process that it starts to serve, agree on."""

from __future__ import annotations

import os
import secrets
import subprocess

HOST = "127.0.0.1"
# The exit code that asks for another process, with the code as it is now.
AGAIN = 75
# Names the environment variable with the token of the pages that may change something.
TOKEN_VARIABLE = "XEM_THU_TOKEN"  # noqa: S105 - it only names it
# Whoever bears the token may change something. No page of another site can read it, nor send its header without
# being asked about. The command hands it on, so that a page that is open stays good when the code has changed.
TOKEN = os.environ.get(TOKEN_VARIABLE) or secrets.token_urlsafe()
TOKEN_HEADER = "X-Xem-Thu"  # noqa: S105 - it only names it
# Of a process that is to work unseen: on Windows no black window flashes up; elsewhere there is none.
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
# What only a new process would run.
CODE = ("plugins/", "pelicanconf.py", "publishconf.py", "tasks.py")
