"""The printed bulletin: the stories of a period as an A4 PDF, printed by a browser. Knows nothing of Pelican."""
