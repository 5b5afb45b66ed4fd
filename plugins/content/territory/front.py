"""Names of the bodies of the Front and of the recipients of its documents. Pure."""

import re
from datetime import date

from plugins.content.territory.kinds import KINDS_BY_NAME, LEVELS, Tier
from plugins.content.territory.words import Words
from plugins.content.vocabulary.terms import Commune
from plugins.vietnamese import fold

COMMITTEE = "Ủy ban Mặt trận Tổ quốc Việt Nam"
HAMLET_BOARD = "Ban Công tác Mặt trận"
STANDING = "Ban Thường trực"
# The committee of the Party on each level.
_PARTY = {"huyện": "Huyện ủy", "thị xã": "Thị ủy", "quận": "Quận ủy", "tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy"}
_PLACE = re.compile(rf"(.+?) ((?:{'|'.join(sorted(LEVELS | KINDS_BY_NAME, key=len, reverse=True))}) .+)")


def committee(commune: Commune) -> str:
    """Return the Front's body of a place: Ủy ban Mặt trận Tổ quốc Việt Nam xã …, Ban Công tác Mặt trận thôn …."""
    return f"{HAMLET_BOARD if commune.kind.tier is Tier.HAMLET else COMMITTEE} {commune.full_name}"


def addressee(commune: Commune) -> str:
    """Return the addressee of a letter to a place."""
    return standing_board(abbreviate(committee(commune)))


def standing_board(name: str) -> str:
    """Return the standing board of a committee, which acts between its meetings; other bodies have none."""
    return f"{STANDING} {name}" if fold(name).startswith("uy ban ") else name


def abbreviate(name: str) -> str:
    """Return a committee's name as official documents shorten it; dotted lines stand for the place."""
    return name.replace("Mặt trận Tổ quốc", "MTTQ") if any(map(str.isalpha, name)) else f"Ủy ban MTTQ Việt Nam {name}"


def split_place(short: str) -> tuple[str, ...]:
    """Return a name split before the place at its end, if any: the lines of a letterhead."""
    found = _PLACE.fullmatch(short)
    return found.groups() if found else (short,)


def recipients(above: str, unit: str, words: Words, day: date) -> tuple[str, ...]:
    """Return the default recipients of a report: bodies above, beside and below a unit, as of a day."""
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
    # Since this day one commission of the Party has the tasks of two.
    commission = "Tuyên giáo và Dân vận" if day >= date(2025, 3, 1) else "Dân vận"
    party = (f"Ban {commission} {_PARTY[level]}",) if level else ()
    kinds = "xã, phường" if words.is_hamlets else words.listed
    members = f"Các tổ chức thành viên của MTTQ {level}".rstrip()
    return (board, *party, members, f"Ủy ban MTTQ Việt Nam các {kinds}", "Trang thông tin điện tử")
