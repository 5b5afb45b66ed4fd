"""Facts of one file, read once for all checks; they depend on its bytes and suffix only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """Facts of a file, each empty where its kind has none."""

    # Addresses that may be followed, as written.
    links: tuple[str, ...] = ()
    # Addresses that a browser fetches by itself, each with the directive of a content security policy that allows it.
    loads: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()
    # Inline scripts and styles, as shown in messages.
    inline: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    # Personal numbers as written, each with the rule of language/privacy.py that found it.
    numbers: tuple[tuple[str, str], ...] = ()
    placeholders: tuple[str, ...] = ()
    # Marks of a draft or a sample.
    labels: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    # Metadata of a picture, as shown in messages.
    traces: tuple[str, ...] = ()
    # Bytes to transfer: of pages, styles and scripts compressed.
    weight: int = 0
