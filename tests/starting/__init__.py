"""A new office’s project, and what it takes over."""
