"""A release: made, verified, put online, carried elsewhere. Knows nothing of Pelican."""
