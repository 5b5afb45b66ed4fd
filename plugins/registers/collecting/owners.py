"""The owner of a file, and the communes that it may register. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from plugins.registers.ranges import OFFICE_ID, Holder, holder_id
from plugins.vietnamese import squash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugins.content.vocabulary.terms import Commune
    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.registers.grid import Cells, Grid

# Rows that must all name another commune before the stamp of a workbook is overruled.
_LEAST_OF_ANOTHER = 3


def are_one_place(one: Commune | None, other: Commune | None, vocabulary: Vocabulary) -> bool:
    """Return whether two communes are the same, or one was merged into the other; None is the office."""
    if one is None or other is None:
        return one is other
    return one == other or vocabulary.today(one) == other or vocabulary.today(other) == one


def may_register(owner: Holder | None, commune: Commune | None, vocabulary: Vocabulary) -> bool:
    """Return whether the owner of a file may register for a commune: its own, or any if it is the office."""
    return owner is None or owner.commune is None or are_one_place(owner.commune, commune, vocabulary)


def find_owner(
    stamped: str, grid: Grid | None, file: Path, holders: Sequence[Holder], vocabulary: Vocabulary
) -> Holder | None:
    """Return the owner of a file by its stamp, else the commune of most rows, else the file name."""
    named = [_name_holder(grid, cells, holders, vocabulary) for _, cells in grid.rows()] if grid else []
    votes = Counter(filter(None, named))
    for holder in holders:
        is_former = holder.commune is not None and stamped in holder.commune.old_ids
        if (stamped == holder.id or is_former) and not (holder.commune and _is_of_another(holder, votes)):
            return holder
    if votes:
        best = max(votes.values())
        most = {holder.id: holder for holder in holders if votes[holder.id] == best}
        by_file = [holder for holder in most.values() if _bare_name(holder) in squash(file.stem)]
        # On a tie, the commune of the first row; the rows of the others are then refused.
        return [*by_file, *(most[voted] for voted in votes if voted in most)][0]
    return _find_by_name(squash(file.stem), holders, vocabulary)


def _find_by_name(name: str, holders: Sequence[Holder], vocabulary: Vocabulary) -> Holder | None:
    by_length = sorted(holders, key=lambda one: -len(one.name))
    if found := next((one for one in by_length if _bare_name(one) in name), None):
        return found
    former = [vocabulary.today(one).id for one in vocabulary.communes if squash(one.written) in name]
    return next((one for one in holders if one.id in former), None)


def _is_of_another(holder: Holder, votes: Counter[str]) -> bool:
    """Return whether all rows name one other holder than the stamped one, too many for a slip."""
    return len(votes) == 1 and not votes[holder.id] and votes.total() >= _LEAST_OF_ANOTHER


def _bare_name(holder: Holder) -> str:
    return squash(holder.commune.written) if holder.commune else squash(OFFICE_ID)


def _name_holder(grid: Grid, cells: Cells, holders: Sequence[Holder], vocabulary: Vocabulary) -> str:
    """Return the id of the holder that a row names, also by the name of a merged commune; "" for none."""
    communes = grid.communes(cells)
    ids = {holder.id for holder in holders}
    now = (one and vocabulary.today(one) for one in communes)
    return next((found for one in (*communes, *now) if (found := holder_id(one)) in ids), "")
