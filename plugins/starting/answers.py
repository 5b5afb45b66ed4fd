"""The answers of a new office, asked for as `new` does, and the names that follow from them."""

import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from plugins.content.territory.kinds import BELOW, LEVELS, Tier
from plugins.content.vocabulary.offices import parse_site_url
from plugins.newsroom.scaffold import Question
from plugins.sources import values
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key
from plugins.sources.text import read_text
from plugins.starting.places import PastedPlace, PlaceList, read_places
from plugins.vietnamese import capitalize, fold

# The levels at which there are offices today: districts and their towns have ended.
LEVELS_TODAY = ("xã", "phường", "đặc khu", "tỉnh", "thành phố")
_FRONT = "Mặt trận Tổ quốc Việt Nam"
_SAYS_FRONT = re.compile(r"(?:ban thuong truc )?(?:uy ban|ubmttqvn|ub)? ?(?:mat tran to quoc|mttq) ?(?:viet nam|vn)? ")
_LEVEL = Key("level", "Cấp", values.text, "cơ quan Mặt trận ở cấp nào")
_NAME = Key("name", "Tên", values.text, "tên của địa bàn, ví dụ Đồng Xuân")
_AREA = Key("area", "Thuộc", values.text, "tỉnh hay thành phố nào, ví dụ tỉnh Yên Lãng; chưa rõ thì bỏ trống")
_ADDRESS = Key("address", "Địa chỉ trang", values.text, "ví dụ https://ten-mien.gov.vn; chưa có thì bỏ trống")
_PASTE = """
Các địa bàn của {unit}: dán cả danh sách chép từ Word hay Excel, mỗi nơi một dòng, có loại ở trước tên.
Xong, hay không có, thì bấm Enter hai lần ở dòng trống."""


@dataclass(frozen=True)
class Answers:
    """The office's level and bare name, the unit above and the site's address ("" if unknown), and its places."""

    level: str
    name: str
    area: str = ""
    address: str = ""
    pasted: PlaceList = field(default_factory=PlaceList)

    @property
    def places(self) -> tuple[PastedPlace, ...]:
        return self.pasted.places

    @property
    def tier(self) -> Tier:
        """The tier of its places."""
        return BELOW[LEVELS[self.level]]

    @property
    def unit(self) -> str:
        """The office's own place: xã Đồng Xuân."""
        return f"{self.level} {self.name}"

    @property
    def office(self) -> str:
        """The office's full name."""
        return f"Ủy ban {_FRONT} {self.unit}"

    @property
    def short(self) -> str:
        """The office's name at the top of the site."""
        return f"{_FRONT} {self.unit}"

    @property
    def governing_body(self) -> str:
        """The office above, "" if its place is unknown."""
        if self.tier is Tier.COMMUNE:
            return f"Ủy ban Trung ương {_FRONT}"
        return f"Ủy ban {_FRONT} {self.area}" if self.area else ""


def read_level(answer: str) -> str:
    """Return the level in an answer. Raises Invalid for one without offices today."""
    if found := [level for level in LEVELS_TODAY if fold(level) == fold(answer)]:
        return found[0]
    has_ended = fold(answer) in map(fold, LEVELS)
    what = f'Cấp "{answer}" không còn cơ quan nào hoạt động từ 1/7/2025' if has_ended else f'Không có cấp "{answer}"'
    raise Invalid(what, f"chọn một trong: {', '.join(LEVELS_TODAY)}")


def read_office_name(level: str, answer: str) -> str:
    """Return the bare name of an office's place from an answer with any part of the office's name."""
    words = answer.split()
    if said := _SAYS_FRONT.match(f"{fold(answer)} "):
        words = words[len(said[0].split()) :]
    for other in sorted(LEVELS, key=len, reverse=True):
        count = len(other.split())
        if len(words) > count and " ".join(words[:count]).lower() == other:
            if other != level:
                raise Invalid(f'"{answer}" là {other}, mà cấp đã chọn là {level}', "sửa tên hoặc cấp")
            words = words[count:]
            break
    name = " ".join(words).replace("'", "’")
    if not any(letter.isalnum() for letter in name):
        raise Invalid(f'Tên "{answer}" chưa có tên của {level}', f"ghi tên {level}, ví dụ Đồng Xuân")
    return capitalize(name)


def read_area(answer: str) -> str:
    """Return the province or city of an office's place, with its kind, which letters need."""
    area = answer.replace("'", "’")
    if not (head := re.match(r"(?:tỉnh|thành phố)(?= \S)", area, re.IGNORECASE)):
        raise Invalid(f'"{answer}" chưa rõ là tỉnh hay thành phố', "ghi cả loại, ví dụ tỉnh Yên Lãng")
    return f"{head[0].lower()}{area[head.end() :]}"


def ask(given: Mapping[str, str], *, places_needed: bool = True) -> Answers:
    """Return the given answers, and ask for others at a terminal. Raises Invalid for missing ones elsewhere."""
    is_asking = sys.stdin is not None and sys.stdin.isatty()
    needed = ("level", "name", *(("places-file",) if places_needed else ()))
    missing = [f"--{name}" for name in needed if not given.get(name, "").strip()]
    if missing and not is_asking:
        raise Invalid("Không có ai ở bàn phím để trả lời", f"ghi thêm {', '.join(missing)}")
    level = Question(_LEVEL, read_level, LEVELS_TODAY, needed=True).settle(given.get("level", ""))
    name = Question(_NAME, lambda answer: read_office_name(level, answer), needed=True).settle(given.get("name", ""))
    area = given.get("area", "")
    if Answers(level, name).tier is Tier.HAMLET:
        area = Question(_AREA, read_area).settle(area)
    address = Question(_ADDRESS, parse_site_url).settle(given.get("address", ""))
    answers = Answers(level, name, area, address)
    pasted = PlaceList()
    if file := given.get("places-file", "").strip():
        pasted = _read_file(file, answers.tier)
    elif is_asking:
        pasted = _paste(answers)
    if places_needed and not pasted.places:
        raise Invalid("Chưa có địa bàn nào", "dán danh sách thôn, xã…, hoặc ghi tệp có danh sách sau --places-file")
    return Answers(level, name, area, address, pasted)


def _read_file(written: str, tier: Tier) -> PlaceList:
    """Return the places of a file. Raises Invalid with all unclear lines."""
    if not (file := Path(written)).is_file():
        raise Invalid(f"Không có tệp {written}", "sửa tên tệp sau --places-file")
    if file.suffix.lower() in (".xlsx", ".xls", ".docx", ".doc"):
        raise Invalid(f"{file.name} không phải tệp chữ", "chép danh sách ấy rồi dán vào Notepad, lưu thành tệp .txt")
    if isinstance(text := read_text(file, file.name, utf16=True), Problem):
        raise Invalid(f"{file.name}: {text.message}", text.fix)
    if (pasted := read_places(text, tier)).unclear:
        shown = "".join(f"\n  {file.name}, {line}" for line in pasted.unclear)
        raise Invalid(f"Có {len(pasted.unclear)} dòng chưa hiểu", f"sửa rồi chạy lại:{shown}")
    return pasted


def _paste(answers: Answers) -> PlaceList:
    print(_PASTE.format(unit=answers.unit))
    pasted = read_places(_read_lines(), answers.tier)
    while pasted.unclear:
        print(f"\nHiểu {len(pasted.places)} nơi; chưa hiểu:", *pasted.unclear, sep="\n  ")
        print("Gõ hay dán lại các dòng ấy cho rõ; muốn bỏ cả thì bấm Enter hai lần.")
        if not (again := _read_lines()).strip():
            break
        more = read_places(again, answers.tier, pasted.places)
        pasted = PlaceList(more.places, more.unclear, (*pasted.skipped, *more.skipped))
    return pasted


def _read_lines() -> str:
    """Return input up to two empty lines in a row, or its end."""
    lines: list[str] = []
    with suppress(EOFError):
        while lines[-2:] != ["", ""]:
            lines.append(input().strip("\r\n"))
    return "\n".join(lines)
