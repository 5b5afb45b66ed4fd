"""The door to Pelican: articles, pages, generator and writer. No other folder may import Pelican."""
