"""On which line of a file each pointer of its body stands.

Markdown keeps no lines. So a body is read once more when a line is asked for, with a mark wherever an address may
begin: those that come out in an address tell where it was.
"""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from plugins.markdown.reading import read_body
from plugins.markdown.references import REFUSED

if TYPE_CHECKING:
    from plugins.markdown.body import Body
    from plugins.markdown.references import Reference

_TAGS = "|".join(sorted(REFUSED))
_ADDRESS = re.compile(
    r"\]\([ \t\n]*<?|\]:[ \t]*<?|(?<=<)https?://|\bhref\s*=\s*[\"']?|<(?P<tag>" + _TAGS + r")(?=[\s/>])", re.IGNORECASE
)


class Pointers:
    """What a body points at, and the lines; `first_line` is where the body starts in its file."""

    def __init__(self, body: Body, first_line: int) -> None:
        self.body, self._first_line = body, first_line

    def line(self, reference: Reference) -> int:
        """Return the line at which a reference stands."""
        at = next(at for at, other in enumerate(self.body.references) if other is reference)
        return self._first_line + self._lines[at]

    @cached_property
    def _lines(self) -> list[int]:
        source = self.body.source
        # No writer can have it: it comes of all that is written.
        mark = f"q{blake2b(source.encode('utf-8', 'replace'), digest_size=8).hexdigest()}q"

        def put(found: re.Match[str]) -> str:
            line = source.count("\n", 0, found.end())
            return f"{found[0]}{' ' if found['tag'] else ''}{mark}{line}q"

        marked = read_body(_ADDRESS.sub(put, source)).references
        told = [re.search(f"{mark}([0-9]+)q", other.target + other.written) for other in marked]
        if len(told) != len(self.body.references):
            told = [None] * len(self.body.references)
        pairs = zip(told, self.body.references, strict=True)
        return [int(found[1]) if found else self._guess(reference) for found, reference in pairs]

    def _guess(self, reference: Reference) -> int:
        source = self.body.source
        return source.count("\n", 0, max(0, source.find(reference.target)))
