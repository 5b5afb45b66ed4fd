"""The one parse of Markdown: `reading.py` turns the source of a body into a `Body`, its HTML, references and prose.

Only this room imports Python-Markdown and nh3. It knows neither stories nor photos' files: `body.py` gets both passed.
"""
