"""The small page that stands at each old address of an edition, and in the place of each story taken down. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.sections import Crumb
from plugins.exemplars.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.content.addresses import Gone
    from plugins.exemplars.edition import Edition
    from plugins.exemplars.moves import Move


@dataclass(frozen=True)
class MovedSheet(Sheet, template="moved.html"):
    """What stands at an old address: where to now."""

    move: Move


@dataclass(frozen=True)
class GoneSheet(Sheet, template="gone.html"):
    """What stands in the place of a story that was taken down."""

    gone: Gone


def plan_signposts(edition: Edition) -> Iterator[Sheet]:
    """Yield the small page of each old address and of each story taken down; a feed's old address has the feed."""
    for old, move in edition.moves.items():
        if old.endswith(("/", ".html")):
            yield MovedSheet((Crumb(move.title, old),), move)
    for url, gone in edition.gone.items():
        yield GoneSheet((Crumb("", url),), gone)
