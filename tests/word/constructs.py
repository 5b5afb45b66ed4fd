"""Kinds of things in Word files, each a small document and what a reader of its page must see, for us and for others.

`python -m tests.word.constructs` prints a table of the kinds and of who reads each right; with names of kinds, those
alone, and what each makes of them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.word import peers
from tests.word.page import Page, our_page

if TYPE_CHECKING:
    from collections.abc import Callable


PLAIN = "Đoạn văn thường đứng giữa hai đoạn khác để tách chúng ra khỏi nhau."


class Construct(NamedTuple):
    """A kind: its group and name, how its document is made, and whether a page shows it right."""

    group: str
    name: str
    make: Callable[[], bytes]
    is_right: Callable[[Page], object]
    suffix: str = ".docx"


def read(construct: Construct, reader: Callable[[Path], Page]) -> Page:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"bai{construct.suffix}"
        file.write_bytes(construct.make())
        page = reader(file)
        # While its pictures are there.
        return Page(page.html, dict(page.opened()).get, page.said)


def is_right(construct: Construct, reader: Callable[[Path], Page]) -> bool:
    """Tell whether a reader's page shows a kind right; what ends in an error does not."""
    try:
        page = read(construct, reader)
        # The text before and after must be there too: a tool that cannot read a document is right about nothing in it.
        return page.text.count(PLAIN) >= 2 and bool(construct.is_right(page))
    except Exception:  # noqa: BLE001 - whatever a tool gives that the check does not expect
        return False


def main(names: list[str]) -> None:
    from tests.word.construct_kinds import KINDS

    readers = {"ours": our_page, **{name: peers.find(name) for name in peers.NAMES}}
    chosen = [kind for kind in KINDS if not names or kind.name in names]
    wins = dict.fromkeys(readers, 0)
    print(f"| | kind | {' | '.join(readers)} |\n|---|---|{'---|' * len(readers)}")
    for kind in chosen:
        marks = []
        for name, reader in readers.items():
            right = reader is not None and is_right(kind, reader)
            wins[name] += right
            marks.append("không có" if reader is None else "✓" if right else "–")
        print(f"| {kind.group} | {kind.name}{kind.suffix if kind.suffix != '.docx' else ''} | {' | '.join(marks)} |")
        if names:
            for name, reader in readers.items():
                print(f"--- {name}\n{read(kind, reader).html if reader else ''}")
    print(f"| | {len(chosen)} | {' | '.join(map(str, wins.values()))} |")


if __name__ == "__main__":
    main(sys.argv[1:])
