"""What must hold before a release goes online: one function a check, each of the candidate."""
