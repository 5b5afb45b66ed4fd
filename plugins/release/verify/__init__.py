"""What must hold before a release goes online: one module a check, each a function of the candidate."""
