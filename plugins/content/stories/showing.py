"""Find the day from which a story is published, even if its front matter is invalid. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from plugins.sources.problem import Invalid
from plugins.sources.schema import Key, Record, find_key

NEVER = date.max
_LINE = re.compile(r"([^\s:#-][^:#]{0,30}):\s*(\S.*)")
_FENCE = re.compile(r"\s*---\s*")
_DECIDING = frozenset({"date", "status", "sample", "withdrawn", "old_addresses", "registration"})


def shown_from(record: Record) -> date:
    """Return the first day on which a publish shows a story; NEVER for drafts, samples and withdrawn stories."""
    if any(record.get(attribute) for attribute in ("withdrawn", "status", "sample")):
        return NEVER
    day: date = record.get("date", date.min)
    return day


def read_roughly(text: str, keys: Sequence[Key], path: str) -> Record:
    """Read the lines of invalid front matter that decide whether and when a story is shown."""
    record = Record(1, path)
    fences = 0
    for number, line in enumerate(text.splitlines(), 1):
        fences += bool(_FENCE.fullmatch(line))
        if fences > 1:
            break
        found = _LINE.fullmatch(line)
        key = find_key(keys, found[1]) if found else None
        if found is None or key is None or key.attribute not in _DECIDING:
            continue
        record.lines[key.attribute] = number
        try:
            record.values[key.attribute] = key.parse(found[2].strip().strip("\"'"))
        except Invalid as invalid:
            if invalid.meant is not None:
                record.values[key.attribute] = invalid.meant
    return record
