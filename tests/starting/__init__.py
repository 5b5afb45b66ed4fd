"""A new office’s project, and its inheritance."""
