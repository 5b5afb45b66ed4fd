"""A new office's project: what it is asked, the places it pastes, and what of an older site it takes over."""
