"""What differs in production, and nothing else."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pelicanconf import *  # noqa: F403

SHOW_SAMPLES = False
SHARE_PICTURES = True
PUBLISHING = True
# How many releases `publish` keeps to go back to.
RELEASES_KEPT = 5
