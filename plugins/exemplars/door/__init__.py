"""The door to Pelican: nothing else in the house imports it."""
