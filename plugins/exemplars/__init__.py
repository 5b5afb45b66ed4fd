"""The site itself: content -> edition -> pages and files. Four folders, each importing only those before it.

model/ chooses the stories of an edition and indexes them; open_data/ writes them as CSV and JSON; pages/ plans and
renders every page, feed and label; door/ hands all of it to Pelican, and alone may import Pelican. hooks.py is the
surface on which other plugins extend the site.
"""


def register() -> None:
    """Connect to Pelican, which only this call imports."""
    from plugins.exemplars.door.site import connect

    connect()
