"""How to type a command on this machine, for messages."""

import os

from plugins.engine import BUNDLE, is_bundled

# On Windows there is no python3, and python may open the Microsoft Store; py comes with python.org's installer.
PYTHON = "py" if os.name == "nt" else "python3"


def command(words: str) -> str:
    """Return a command of tasks.py with its arguments as typed on this machine."""
    return f"{BUNDLE}\\lenh {words}" if is_bundled() else f"{PYTHON} tasks.py {words}"
