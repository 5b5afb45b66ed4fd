"""Who of the Front stands for a place: its committee and how a letter names it; of a hamlet, its own board. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from plugins.content.territory.kinds import KINDS_BY_NAME, LEVELS, Tier
from plugins.vietnamese import fold

if TYPE_CHECKING:
    from plugins.content.territory.words import Words
    from plugins.content.vocabulary.terms import Commune

COMMITTEE = "Ủy ban Mặt trận Tổ quốc Việt Nam"
HAMLET_BOARD = "Ban Công tác Mặt trận"
STANDING = "Ban Thường trực"
# Which committee of the Party is beside an office of each level, and its own commission for this work.
_PARTY = {"huyện": "Huyện ủy", "thị xã": "Thị ủy", "quận": "Quận ủy", "tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy"}
_PLACE = re.compile(rf"(.+?) ((?:{'|'.join(sorted(LEVELS | KINDS_BY_NAME, key=len, reverse=True))}) .+)")
# Since then one commission of the Party has what two had.
_ONE_COMMISSION = date(2025, 3, 1)


def committee(commune: Commune) -> str:
    """Return who stands for a place, in full: Ủy ban Mặt trận Tổ quốc Việt Nam xã …, Ban Công tác Mặt trận thôn …."""
    return f"{HAMLET_BOARD if commune.kind.tier is Tier.HAMLET else COMMITTEE} {commune.full_name}"


def addressee(commune: Commune) -> str:
    """Return to whom of them a letter is addressed."""
    return standing_board(abbreviate(committee(commune)))


def standing_board(name: str) -> str:
    """Return who acts for a committee between its meetings: its standing board. Whoever is no committee has none."""
    return f"{STANDING} {name}" if fold(name).startswith("uy ban ") else name


def abbreviate(name: str) -> str:
    """Return a committee's name as official documents shorten it; dots to write on are for its place."""
    is_named = any(map(str.isalpha, name))
    return name.replace("Mặt trận Tổ quốc", "MTTQ") if is_named else f"Ủy ban MTTQ Việt Nam {name}"


def split_place(short: str) -> tuple[str, ...]:
    """Return a name and, where it ends with one, its place: on a letterhead each has a line of its own."""
    found = _PLACE.fullmatch(short)
    return found.groups() if found else (short,)


def recipients(above: str, unit: str, words: Words, day: date) -> tuple[str, ...]:
    """Return to whom a report goes where nobody wrote it: those above, beside and below whoever stands for a unit."""
    level = next((one for one in sorted(LEVELS | KINDS_BY_NAME, key=len, reverse=True) if unit.startswith(one)), "")
    board = f"{standing_board(abbreviate(above))} (báo cáo)"
    tier = LEVELS.get(level) or (Tier.HAMLET if level else None)
    if tier is Tier.HAMLET:
        head = "tổ trưởng" if level.startswith("tổ") else "trưởng"
        return (board, f"Chi ủy, {head} {unit}")
    if tier is Tier.COMMUNE:
        return (
            board,
            f"Đảng ủy, HĐND, UBND {unit}",
            f"Các tổ chức thành viên của MTTQ {level}",
            f"{HAMLET_BOARD} các {', '.join(words.hamlets)}",
        )
    commission = "Tuyên giáo và Dân vận" if day >= _ONE_COMMISSION else "Dân vận"
    party = (f"Ban {commission} {_PARTY[level]}",) if level else ()
    kinds = "xã, phường" if words.is_hamlets else words.listed
    members = f"Các tổ chức thành viên của MTTQ {level}".rstrip()
    return (board, *party, members, f"Ủy ban MTTQ Việt Nam các {kinds}", "Trang thông tin điện tử")
