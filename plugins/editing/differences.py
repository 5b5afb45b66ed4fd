"""Two texts of a file -> what the later says otherwise: line by line and word by word, and in one short line. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from plugins.editing.rewriting import read_fields
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Invalid, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.sources.front_matter import FrontMatter
    from plugins.sources.schema import Key

# Beyond so many lines or words they are not told apart one by one: it would take minutes.
_MOST = 4000
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Lines less alike than this are one that went and one that came.
_ALIKE = 0.4
_MOST_NAMED = 4


@dataclass(frozen=True)
class Piece:
    """Some words of a line: the same in both texts, gone from the earlier, or come with the later."""

    kind: Literal["same", "gone", "come"]
    text: str


@dataclass(frozen=True)
class Line:
    """A line of either text with its pieces; `changed` when it is in both, in other words."""

    kind: Literal["same", "gone", "come", "changed"]
    pieces: tuple[Piece, ...]


def compare(before: str, after: str) -> list[Line]:
    """Return every line of both texts in order."""
    old, new = before.split("\n"), after.split("\n")
    found: list[Line] = []
    for kind, i, i_end, j, j_end in _changes(old, new):
        if kind == "equal":
            found += [_line("same", line) for line in old[i:i_end]]
            continue
        gone, come = old[i:i_end], new[j:j_end]
        both = min(len(gone), len(come))
        found += [one for pair in zip(gone, come, strict=False) for one in _compare_lines(*pair)]
        found += [_line("gone", line) for line in gone[both:]]
        found += [_line("come", line) for line in come[both:]]
    return found


def summarize(before: str, after: str, keys: Sequence[Key]) -> str:
    """Say in one line what the later text says otherwise; `keys` are what its front matter may hold, if it has one."""
    if before == after:
        return "không khác chữ nào"
    parts = _parse(before, keys), _parse(after, keys)
    if parts[0] is None or parts[1] is None:
        return _count(before, after)
    (old, said), (new, says) = parts[0], parts[1]
    names = [key.name for key in keys if said.get(key.attribute, ()) != says.get(key.attribute, ())]
    names = [name[0].lower() + name[1:] for name in names]
    more = [f"và {len(names) - _MOST_NAMED} mục khác"] if len(names) > _MOST_NAMED else []
    body = f"bài viết: {_count(old.body, new.body)}" if old.body.strip("\n") != new.body.strip("\n") else ""
    found = ", ".join([*names[:_MOST_NAMED], *more, *([body] if body else [])])
    return found[:1].upper() + found[1:] if found else "Chỉ khác ghi chú hay cách viết"


def _parse(text: str, keys: Sequence[Key]) -> tuple[FrontMatter, dict[str, tuple[str, ...]]] | None:
    matter = parse_front_matter(text, "") if keys else None
    if matter is None or isinstance(matter, Problem):
        return None
    try:
        return matter, read_fields(matter, keys)
    except Invalid:
        return None


def _count(before: str, after: str) -> str:
    """Say how many lines came, went and changed; of blank ones only where there is nothing else."""
    lines = compare(before, after)
    written = [line for line in lines if any(piece.text.strip() for piece in line.pieces)]
    counts = Counter(line.kind for line in written)
    said = [f"+{counts['come']} dòng"] if counts["come"] else []
    said += [f"−{counts['gone']} dòng"] if counts["gone"] else []
    said += [f"sửa {counts['changed']} dòng"] if counts["changed"] else []
    return ", ".join(said) or "chỉ khác dòng trống"


def _compare_lines(old: str, new: str) -> Iterator[Line]:
    """Yield a line that was changed word by word; or the one that went, and the one that came."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) + len(after) > _MOST or not (old.strip() and new.strip()) or matcher.ratio() < _ALIKE:
        yield _line("gone", old)
        yield _line("come", new)
        return
    pieces: list[Piece] = []
    gone = come = ""
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        text = "".join(before[i:i_end])
        # A space alone that stays between two changes would tear them apart.
        if kind == "equal" and (text.strip() or not (gone or come)):
            pieces += [*_pieces(gone, come), Piece("same", text)]
            gone = come = ""
        else:
            gone, come = gone + text, come + "".join(after[j:j_end])
    yield Line("changed", (*pieces, *_pieces(gone, come)))


def _pieces(gone: str, come: str) -> list[Piece]:
    return ([Piece("gone", gone)] if gone else []) + ([Piece("come", come)] if come else [])


def _changes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) + len(new) <= _MOST:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    shorter = min(len(old), len(new))
    first = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    last = next((n for n in range(shorter - first) if old[-1 - n] != new[-1 - n]), shorter - first)
    ends = len(old) - last, len(new) - last
    changes = [
        ("equal", 0, first, 0, first),
        ("replace", first, ends[0], first, ends[1]),
        ("equal", ends[0], len(old), ends[1], len(new)),
    ]
    return [change for change in changes if change[1] < change[2] or change[3] < change[4]]


def _line(kind: Literal["same", "gone", "come"], text: str) -> Line:
    return Line(kind, (Piece(kind, text),))
