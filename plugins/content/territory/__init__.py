"""The kinds of places and the tiers of offices, and every word that depends on them: one table, one room."""
