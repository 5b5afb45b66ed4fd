"""How a command is typed on this machine, for the sentences that tell people what to type."""

from __future__ import annotations

import os

from plugins.engine import BUNDLE, is_bundled

# On Windows there is no python3, and python may open the shop; py comes with Python itself.
PYTHON = "py" if os.name == "nt" else "python3"


def command(words: str) -> str:
    """Return what to type for a command of tasks.py and what follows it."""
    return f"{BUNDLE}\\lenh {words}" if is_bundled() else f"{PYTHON} tasks.py {words}"
