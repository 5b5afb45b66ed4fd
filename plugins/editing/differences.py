"""Comparison of two texts of a file, by line and word, and summarized in one line. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from plugins.editing.rewriting import read_fields
from plugins.sources.front_matter import FrontMatter, parse_front_matter
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key

# Lines or words beyond which a comparison is coarser.
_MOST = 4000
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Ratio of common words below which two lines count as different lines.
_ALIKE = 0.4
_MOST_NAMED = 4


@dataclass(frozen=True)
class DiffPiece:
    """Some words of a line: in both texts, only in the earlier (`gone`), or only in the later (`come`)."""

    kind: Literal["same", "gone", "come"]
    text: str


@dataclass(frozen=True)
class DiffLine:
    """A line of either text, or one of both that has been `changed`."""

    kind: Literal["same", "gone", "come", "changed"]
    pieces: tuple[DiffPiece, ...]


def compare(before: str, after: str) -> list[DiffLine]:
    """Return every line of both texts in order."""
    old, new = before.split("\n"), after.split("\n")
    found: list[DiffLine] = []
    # Of long texts the most frequent lines are not matched, which would take minutes.
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > _MOST)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            found += [_line("same", line) for line in old[i:i_end]]
            continue
        gone, come = old[i:i_end], new[j:j_end]
        both = min(len(gone), len(come))
        found += [one for pair in zip(gone, come, strict=False) for one in _compare_lines(*pair)]
        found += [_line("gone", line) for line in gone[both:]]
        found += [_line("come", line) for line in come[both:]]
    return found


def summarize_changes(before: str, after: str, keys: Sequence[Key]) -> str:
    """Return a line on the differences; `keys` are those of a story, none for a file without front matter."""
    if before == after:
        return "không khác chữ nào"
    parts = _parse(before, keys), _parse(after, keys)
    if parts[0] is None or parts[1] is None:
        return _count(before, after)
    (old, said), (new, says) = parts[0], parts[1]
    changed = [key.name for key in keys if said.get(key.attribute, ()) != says.get(key.attribute, ())]
    names = [name[0].lower() + name[1:] for name in changed[:_MOST_NAMED]]
    names += [f"và {len(changed) - _MOST_NAMED} mục khác"] if len(changed) > _MOST_NAMED else []
    names += [f"bài viết: {_count(old.body, new.body)}"] if old.body.strip("\n") != new.body.strip("\n") else []
    found = ", ".join(names)
    return found[:1].upper() + found[1:] if found else "Chỉ khác ghi chú hay cách viết"


def _parse(text: str, keys: Sequence[Key]) -> tuple[FrontMatter, dict[str, tuple[str, ...]]] | None:
    matter = parse_front_matter(text, "") if keys else None
    if matter is None or isinstance(matter, Problem):
        return None
    with suppress(Invalid):
        return matter, read_fields(matter, keys)
    return None


def _count(before: str, after: str) -> str:
    """Return the number of lines added, removed and changed; blank ones count only if there are no others."""
    written = [line for line in compare(before, after) if any(piece.text.strip() for piece in line.pieces)]
    counts = Counter(line.kind for line in written)
    words = ((f"+{counts['come']}", "come"), (f"−{counts['gone']}", "gone"), (f"sửa {counts['changed']}", "changed"))
    return ", ".join(f"{said} dòng" for said, kind in words if kind in counts) or "chỉ khác dòng trống"


def _compare_lines(old: str, new: str) -> Iterator[DiffLine]:
    """Yield a line with its changed words, or two lines if they have too little in common."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) + len(after) > _MOST or not (old.strip() and new.strip()) or matcher.ratio() < _ALIKE:
        yield _line("gone", old)
        yield _line("come", new)
        return
    pieces: list[DiffPiece] = []
    gone = come = ""
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        text = "".join(before[i:i_end])
        # A single space between two changes belongs to them.
        if kind == "equal" and (text.strip() or not (gone or come)):
            pieces += [*_pieces(gone, come), DiffPiece("same", text)]
            gone = come = ""
        else:
            gone, come = gone + text, come + "".join(after[j:j_end])
    yield DiffLine("changed", (*pieces, *_pieces(gone, come)))


def _pieces(gone: str, come: str) -> list[DiffPiece]:
    return ([DiffPiece("gone", gone)] if gone else []) + ([DiffPiece("come", come)] if come else [])


def _line(kind: Literal["same", "gone", "come"], text: str) -> DiffLine:
    return DiffLine(kind, (DiffPiece(kind, text),))
