"""Tell records from other rows (column numbers, groups, sums, signatures), and find the group of each record. Pure.

In doubt a row is a record, whose faults are reported.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plugins.content.registers.columns import count_headings, find_column
from plugins.content.registers.sheets.tables import UNCALCULATED, CellTable
from plugins.content.territory.kinds import PLACE_KINDS
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.sources.schema import Key
from plugins.vietnamese import fold

# All patterns match folded text. Column numbers: (1), [2], -3-, A, C4, 5 = 3 + 4.
_NUMBER_OF_COLUMN = re.compile(r"(?:cot )?[(\[-]?(?:\d{1,2}|[a-z]\d{0,2})[)\].-]?(?:\s*=[\s()\[\]\d+*/x:.-]+)?")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_QUANTITY = re.compile(
    r"(?=[^a-z]*\d)[\d.,%\s-]+(?:(?:mo hinh|dien hinh|tap the|ca nhan|nguoi|ho|don vi|dang ky|van ban|viec|luot)\b.*)?"
)
_ORDINAL = re.compile(r"(?:[ivx]{1,5}|[a-h]|\d{1,2}\.\d{1,2})[.)/-]?")
_NUMBERED = re.compile(
    r"(?:\(?(?:[ivx]{1,5}|[a-h])\s*[,.)/-]+)\s*(?=\S)"
    r"|(?:phan|muc|nhom|khoi|cum)(?: thi dua)?(?: so)?\s+(?:[ivx]{1,5}|[a-h]|\d+|thu \w+)\b"
)
_COUNTED = re.compile(r"(?:\d{1,2}\s*[.)/-]*|[-+*•])\s*(?=[^\W\d])")
_PLACE = re.compile(rf"(?:{'|'.join(fold(kind.name) for kind in PLACE_KINDS)})\s")
# Group headings that need no number: no exemplar has such a name.
_PARTED = re.compile(
    r"(?:linh vuc|khoi (?:xa|co quan|doan the|mat tran|truong|doanh nghiep)|cac (?:co quan|xa|don vi|mo hinh))\b.*"
    r"|(?:mo hinh|dien hinh) (?:tap the|ca nhan|moi|cu|chuyen tiep|duy tri|(?:da )?dang ky)(?: .*\d.*)?"
    r"|(?:thon|buon|bon|to(?: dan pho)?|khu(?: pho)?|quy|thang|dot|nam) (?:so )?[\divxu]{1,5}(?:[,/ -].{0,25})?"
)
_SUM = re.compile(
    r"(?:tong cong|tong so|cong don|luy ke|cong lai|grand total|total|sum|σ)(?!\w).*"
    r"|(?:tong|cong)(?:\s*[:=(\d].*|\s+(?:toan|xa|thi tran|phuong|dac khu)\s.*)?|tong hop\s*:.*"
    r"|toan (?:xa|huyen|tinh|thi tran|phuong|dac khu|thanh pho)(?:\s*[:(\d].*)?|chia ra\b.*"
    r"|(?:trong do|bang chu|so (?:tap the|ca nhan|mo hinh))\s*:.*"
    r"|[-+*•]?\s*(?:tap the|ca nhan|mo hinh)\s*:\s*\d.*"
)
_OFFICE = (
    r"(?:\s+(?:uy ban|ubmttq|mttq|mat tran|ubnd|xa|thi tran|phuong|dac khu|huyen|tinh|don vi|co quan"
    r"|hoi (?:nong dan|phu nu|lien hiep|cuu chien binh|nguoi cao tuoi|chu thap do|khuyen hoc|dong))\b.*)?"
)
# Followed by a name, or a translation.
_BESIDE = r"(?:\s*[:;/(].*)?"
_CLOSING = re.compile(
    r"\(?(?:danh sach|bieu|bang|so)(?: nay)? (?:co|gom)\b.*\d.*|an dinh\b.*|noi nhan\b.*|\*.*"
    r"|(?:ghi chu|luu y|chu thich)\s*:.*"
    r"|(?:nguoi|can bo|ke toan) (?:lap|tong hop|ghi|theo doi|kiem tra|bao cao)"
    rf"(?: (?:bieu|bang|so|danh sach))?{_BESIDE}"
    r"|(?:(?:pho|q\.?|quyen) )?(?:chu tich|truong ban|bi thu|thu truong|chanh van phong|giam doc)"
    rf"{_OFFICE}{_BESIDE}"
    r"|(?:tm|kt|tl|tuq|t/m|k/t)\b[./]?\s.*|thay mat\b.*|xac nhan cua\b.*|thu ky|thu quy|ke toan|to truong|truong thon"
    r"|\(?(?:da ky|ky ten|ky, ?(?:dong dau|ghi ro|ho ten)|ky va ghi)\b.*"
    r"|(?:.{0,40}, ?)?ngay [\d. …_]{0,12}\s*thang [\d. …_]{0,12}\s*nam [\d. …_]{0,12}"
)
_AFTER_NAME = re.compile(r"\s*(?:\(.*\)|[:–—-].*|có \d.*)?\s*$")
# Groups within a commune.
_WITHIN = re.compile(r"(?:thon|buon|bon|to|khu|linh vuc|tap the|ca nhan|mo hinh|phong trao|quy|thang|dot)\b")
_LIKE_CODE = re.compile(r"d\s*k.*\d")
# Columns that are filled in workbooks that are handed out.
_GIVEN = {"code", "commune"}
# Longer texts are no labels, and patterns with brackets would take quadratic time on them.
_LONGEST = 200
# Signatures have nothing valid in these columns; a record rarely has all of them invalid.
_SIGNED = {"registered_on", "status", "sample", "day", "level", "votes", "posted_until", "received_on"}

_MOST_LISTED = 20
# By the number of filled cells, how many equal rows are taken for ones that were filled down.
_LEAST_ALIKE = {1: 3, 2: 3, 3: 10, 4: 10}


class RowKind(StrEnum):
    """The kind of a row that is not a record."""

    NUMBERS = "số cột"
    HINTS = "chú dẫn cột"
    HEADER = "tên cột lặp lại"
    GROUP = "tên nhóm"
    SUM = "dòng cộng"
    CLOSING = "cuối bảng"
    FORMULAS = "công thức chưa tính"
    UNFILLED = "mới chỉ có mã"
    FILLED = "chỉ có ô kéo sẵn"


def is_numbers(cells: Mapping[int, str]) -> bool:
    """Return whether a row under the headings only numbers the columns: (1) (2) (3), or A B 1 2."""
    labels = [_plain(cell) for cell in cells.values()]
    if len(labels) < 3:
        return False
    bare = [label.strip("()[]-.") for label in labels]
    if all(label in _ROMAN for label in bare):
        return bare == sorted(set(bare), key=_ROMAN.index)
    if not all(_NUMBER_OF_COLUMN.fullmatch(label) for label in labels):
        return False
    numbers = [int(found[0]) for label in labels if (found := re.search(r"\d+", label))]
    letters = [label for label in bare if not re.search(r"\d", label)]
    # Đ follows D.
    return numbers == sorted(set(numbers)) and letters == sorted(letters) and len(letters) <= len(set(letters)) + 1


def _plain(cell: str) -> str:
    """Return a cell folded, with Ⅰ and ① as plain characters."""
    return fold(unicodedata.normalize("NFKC", cell[:_LONGEST]))


def is_hints(cells: Mapping[int, str]) -> bool:
    """Return whether a row under the headings only has hints in brackets: (ngày/tháng/năm), (hộ)."""
    return all(cell.startswith("(") and cell.endswith(")") for cell in cells.values())


def is_unfilled(cells: Mapping[int, str], keys: Mapping[int, Key]) -> bool:
    """Return whether a row has a code and at most a commune, as in workbooks that are handed out."""
    if not any(key.attribute == "commune" for key in keys.values()):
        return False
    found = {keys[place].attribute: cell for place, cell in cells.items() if place in keys}
    is_all = all(place in keys or cell.isdigit() for place, cell in cells.items())
    return is_all and found.keys() <= _GIVEN and _LIKE_CODE.match(_plain(found.get("code", ""))) is not None


def tell_other(
    cells: Mapping[int, str], keys: Mapping[int, Key], *, is_wide: bool, is_after_closing: bool, is_last: bool = False
) -> RowKind | None:
    """Return the kind of a row that is not a record; None for a record.

    `cells` are the non-empty cells by column, `keys` the columns that are read. `is_wide` marks a row with a cell
    merged over several columns, `is_last` one that no record follows.
    """
    plain = {place: _plain(cell) for place, cell in cells.items()}
    worded = {place: cell for place, cell in cells.items() if not _QUANTITY.fullmatch(plain[place])}
    ordinals = {place for place, cell in plain.items() if _ORDINAL.fullmatch(cell)}
    texts = [plain[place] for place in worded if place not in ordinals]
    is_sum = any(_SUM.fullmatch(text) for text in texts)
    signed = sum(_CLOSING.fullmatch(text) is not None for text in texts)
    # A sum may name a commune in the column of communes, and four people may sign.
    known = 2 if is_sum or signed or is_after_closing else 1
    if is_record(worded, keys, known, many=1 if is_after_closing or 2 * signed >= len(texts) else 0):
        return None
    if is_sum or signed or is_after_closing or (is_last and _is_strange(worded, keys)):
        return RowKind.SUM if is_sum else RowKind.CLOSING
    parts = any(_heads_group(text, worded, keys) for text in texts)
    is_alone = len(texts) == 1
    return RowKind.GROUP if (ordinals and (parts or is_alone)) or (is_alone and (is_wide or parts)) else None


def is_record(worded: Mapping[int, str], keys: Mapping[int, Key], known: int, *, many: int) -> bool:
    """Return whether the cells with words make a record: a code, or several cells some of which are valid.

    Of two cells or three, `known` must be valid; of four or more, `many` suffice.
    """
    read = {place: cell for place, cell in worded.items() if place in keys}
    if any(keys[place].attribute == "code" and _LIKE_CODE.match(_plain(cell)) for place, cell in read.items()):
        return True
    found = sum(is_known(keys[place], cell) for place, cell in read.items())
    return (len(read) >= 2 and found >= known) or (len(read) >= 4 and found >= many)


def _is_strange(worded: Mapping[int, str], keys: Mapping[int, Key]) -> bool:
    """Return whether no cell of a row is valid, and its words are in columns without free text."""
    read = {place: cell for place, cell in worded.items() if place in keys}
    # A signature without the office of its signer has two at most.
    if not 0 < len(read) <= 2 or any(is_known(keys[place], cell) for place, cell in read.items()):
        return False
    is_named = any(keys[place].attribute in ("name", "kind") for place in read)
    return not is_named or any(keys[place].attribute in _SIGNED for place in read)


def _heads_group(text: str, worded: Mapping[int, str], keys: Mapping[int, Key]) -> bool:
    """Return whether the only text of a row heads a group, by its number or its words."""
    read = {place: cell for place, cell in worded.items() if place in keys}
    others = ((key, cell) for at, cell in read.items() for place, key in keys.items() if place != at)
    if _NUMBERED.match(text) or any(is_known(key, cell) for key, cell in others):
        return True
    counted = _COUNTED.match(text)
    name = text[counted.end() :] if counted else text
    return bool(_PARTED.fullmatch(name) or (_PLACE.match(name) and commune_of_heading(worded, keys)))


def commune_of_heading(cells: Mapping[int, str], keys: Mapping[int, Key]) -> str:
    """Return the name of the commune in the heading of a group, as the commune column reads it; "" for none."""
    parse = next((key.parse for key in keys.values() if key.attribute == "commune"), None)
    longest = max(cells.values(), key=len, default="")[:_LONGEST]
    numbered = _NUMBERED.match(_plain(longest)) or _COUNTED.match(_plain(longest))
    # Folding may change the length; the number is then one word.
    words = longest.split()
    if numbered:
        words = longest[numbered.end() :].split() if len(_plain(longest)) == len(longest) else words[1:]
    name = _AFTER_NAME.sub("", " ".join(words))
    if parse is None or not name:
        return ""
    try:
        return name if parse(name) else ""
    except Invalid:
        return ""


def is_known(key: Key, cell: str) -> bool:
    """Return whether a cell is valid in a column that does not take free text."""
    if key.parse is values.text:
        return False
    try:
        key.parse(cell)
    except Invalid:
        return False
    return True


@dataclass
class SortedRows:
    """The commune of the group of each record, "" for none, and the kind of each other row."""

    communes: dict[int, str] = field(default_factory=dict)
    others: dict[int, RowKind] = field(default_factory=dict)
    other_head: int | None = None  # a header in another order: the rows below it are not read


def sort_rows(table: CellTable, columns: tuple[Key, ...], keys: Mapping[int, Key], least: int, head: int) -> SortedRows:
    """Sort the non-empty rows below `head`, the last row of headings, of which `least` make a header."""
    body = SortedRows()
    wide = {top for top, left, bottom, right in table.merged if top == bottom and right - left >= 2}
    filled = _find_filled(table, keys, head)
    width = max(keys, default=0) + 1
    below = range(len(table.rows) - 1, head, -1)
    last = next((at for at in below if _is_plain_record(table.rows[at], keys)), len(table.rows))
    commune, is_after_closing, is_under_head = "", False, True
    for at in range(head + 1, len(table.rows)):
        cells = {place: cell for place, cell in enumerate(table.rows[at]) if cell}
        if not cells:
            continue
        if is_under_head and (is_numbers(cells) or is_hints(cells)):
            body.others[at] = RowKind.NUMBERS if is_numbers(cells) else RowKind.HINTS
        elif count_headings(columns, table.rows[at][:width]) >= least:
            if not _repeats_headings(table.rows[at], columns, keys):
                body.other_head = at
                break
            body.others[at], is_under_head = RowKind.HEADER, True
        elif is_unfilled(cells, keys):
            body.others[at] = RowKind.UNFILLED
        elif all(table.faults.get((at, place)) is UNCALCULATED for place in cells):
            body.others[at] = RowKind.FORMULAS
        elif at in filled:
            body.others[at] = RowKind.FILLED
        elif other := tell_other(cells, keys, is_wide=at in wide, is_after_closing=is_after_closing, is_last=at > last):
            body.others[at] = other
            is_after_closing = other is RowKind.CLOSING
            commune = _follow_group(commune, cells, keys) if other is RowKind.GROUP else ""
        else:
            body.communes[at] = commune
            is_after_closing = is_under_head = False
    return body


def _repeats_headings(row: list[str], columns: tuple[Key, ...], keys: Mapping[int, Key]) -> bool:
    """Return whether a row repeats the headings, each in its own column, as printed pages do."""
    found = {place: key for place, cell in enumerate(row) if (key := find_column(columns, cell))}
    return all(keys.get(place) is key for place, key in found.items())


def _find_filled(table: CellTable, keys: Mapping[int, Key], head: int) -> set[int]:
    """Return the rows that were only filled down for others to complete: equal, without a name."""
    places = {key.attribute: place for place, key in keys.items()}
    named = places.get("name")
    needed = next((places[name] for name in ("name", "code", "commune") if name in places), 0)
    own = {place for name, place in places.items() if name in ("code", "commune")}
    alike: dict[tuple[tuple[int, str], ...], list[int]] = {}
    for at in range(head + 1, len(table.rows)):
        row = table.rows[at]
        if needed < len(row) and row[needed]:
            continue
        same = tuple((place, row[place]) for place in keys if place < len(row) and row[place] and place not in own)
        if 0 < len(same) <= (max(_LEAST_ALIKE) if named is not None else 1):
            alike.setdefault(same, []).append(at)
    return {at for same, rows in alike.items() if len(rows) >= _LEAST_ALIKE[len(same)] for at in rows}


def _is_plain_record(row: list[str], keys: Mapping[int, Key]) -> bool:
    return sum(bool(place in keys and cell) and is_known(keys[place], cell) for place, cell in enumerate(row)) >= 2


def _follow_group(commune: str, cells: Mapping[int, str], keys: Mapping[int, Key]) -> str:
    """Return the commune of the rows below the heading of a group; `commune` is that of the group before."""
    text = _plain(max(cells.values(), key=len, default=""))
    text = text[found.end() :] if (found := _NUMBERED.match(text) or _COUNTED.match(text)) else text
    return commune_of_heading(cells, keys) or (commune if _WITHIN.match(text) else "")


def find_shifted(table: CellTable, header: int, records: Collection[int]) -> set[int]:
    """Return the rows of a CSV file with more cells than headings: a delimiter inside a cell has shifted them."""
    if not table.delimiter:
        return set()
    wide = len(table.rows[header])
    # When every row has one more empty cell, the lines end with a delimiter.
    is_one_width = len({len(table.rows[at]) for at in records}) == 1
    return {at for at in records if any(table.rows[at][wide:]) or (len(table.rows[at]) > wide and not is_one_width)}


def list_lines(rows: list[int]) -> str:
    """Return row indices as line numbers, with ranges: 3, 12–15."""
    parts: list[list[int]] = []
    for line in (row + 1 for row in rows):
        if parts and line == parts[-1][-1] + 1:
            parts[-1].append(line)
        else:
            parts.append([line])
    shown = [f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts]
    return ", ".join(shown[:_MOST_LISTED] + (["…"] if len(shown) > _MOST_LISTED else []))
