"""Plates drawn for the last build, kept for the next one: hardly any story gets another plate."""

from collections.abc import Collection
from functools import cache as memoize
from hashlib import sha256
from pathlib import Path

from plugins import cache
from plugins.plates.plate import Plate

# Under the project.
FILE = ".cache/builds/plates"


def make_plates(plates: Collection[Plate], file: Path | None) -> dict[str, bytes]:
    """Return the SVG file of each plate by its address, from the file of kept plates where they are there.

    That file then has these. None keeps nothing.
    """
    known: dict[str, bytes] = (file and cache.load(file, _code())) or {}
    made = {plate.url: known.get(plate.key) or plate.make() for plate in plates}
    now = {plate.key: made[plate.url] for plate in plates}
    if file and now.keys() != known.keys():
        cache.save(file, _code(), now)
    return made


@memoize
def _code() -> str:
    """Return a hash of the code that draws."""
    return sha256(b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()
