"""The year's work: what communes register, how far it has come, and what the district must urge."""
