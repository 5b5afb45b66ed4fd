"""How long we take, beside stock Pelican, Hugo and Eleventy on the same stories: `python -m tests.benchmark --help`."""
