"""What differs in production, and nothing else."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pelicanconf import *  # noqa: F403

# No samples, cards to share, and nothing wrong in what is shown.
SHOW_SAMPLES = False
SHARE_PICTURES = True
PUBLISHING = True
# How many releases `publish` keeps to go back to. The one online is kept besides, and the last one deleted as `.spare`,
# since a disk moves its files into the next release much faster than it makes them.
RELEASES_KEPT = 5
