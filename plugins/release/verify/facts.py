"""What one file of a site says, read once for every check; the same bytes say the same, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """What a file says. A kind of file has only what it can have; a text in `faults` is why it is broken."""

    # Addresses that a reader or a machine may follow, as written.
    links: tuple[str, ...] = ()
    # What a browser fetches by itself: the directive of a content security policy that lets it, and the address.
    loads: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()
    # What no content security policy of ours allows, in words.
    inline: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    # Numbers that are someone's own, as written, each after the rule of language/privacy.py that knows it.
    numbers: tuple[tuple[str, str], ...] = ()
    placeholders: tuple[str, ...] = ()
    # Marks of a draft or a sample.
    labels: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    # What a picture tells of whoever took it.
    traces: tuple[str, ...] = ()
    # Bytes as they go over the line, compressed where that is worth it.
    weight: int = 0
