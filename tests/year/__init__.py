"""A year of an office, from its plan to its report."""
