"""What differs in production, and nothing else."""

from pelicanconf import *  # noqa: F403

SHOW_SAMPLES = False
SHARE_PICTURES = True
