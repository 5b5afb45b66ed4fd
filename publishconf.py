"""What differs in production, and nothing else."""

from pelicanconf import *  # noqa: F403

SHOW_SAMPLES = False
SHARE_PICTURES = True
# How many releases `publish` keeps to go back to.
RELEASES_KEPT = 5
