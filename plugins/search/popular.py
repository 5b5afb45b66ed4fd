"""Which words are worth offering to someone who found nothing. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.search.entries import Entry


def find_popular(entries: Sequence[Entry], most: int = 8) -> list[str]:
    """Return pairs."""
    return []
