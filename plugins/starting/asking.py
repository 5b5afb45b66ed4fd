"""The questions of `start`, asked as `new` asks them."""

import sys
from collections.abc import Mapping
from pathlib import Path

from plugins.content.territory.kinds import Tier
from plugins.content.vocabulary.offices import parse_site_url
from plugins.newsroom.questions import Question
from plugins.sources import values
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key
from plugins.sources.text import read_text
from plugins.starting.answers import LEVELS_TODAY, Answers, read_area, read_level, read_office_name
from plugins.starting.places import PlaceList, read_places

_LEVEL = Key("level", "Cấp", values.text, "cơ quan Mặt trận ở cấp nào")
_NAME = Key("name", "Tên", values.text, "tên của địa bàn, ví dụ Đồng Xuân")
_AREA = Key("area", "Thuộc", values.text, "tỉnh hay thành phố nào, ví dụ tỉnh Yên Lãng; chưa rõ thì bỏ trống")
_ADDRESS = Key("address", "Địa chỉ trang", values.text, "ví dụ https://ten-mien.gov.vn; chưa có thì bỏ trống")
_PASTE = """
Các địa bàn của {unit}: dán cả danh sách chép từ Word hay Excel, mỗi nơi một dòng, có loại ở trước tên.
Xong, hay không có, thì bấm Enter hai lần ở dòng trống."""


def ask(given: Mapping[str, str], *, places_needed: bool = True) -> Answers:
    """Return the given answers, and ask for others at a terminal. Raises Invalid for missing ones elsewhere."""
    is_asking = sys.stdin is not None and sys.stdin.isatty()
    needed = ("level", "name", *(("places-file",) if places_needed else ()))
    missing = [f"--{name}" for name in needed if not given.get(name, "").strip()]
    if missing and not is_asking:
        raise Invalid("Không có ai ở bàn phím để trả lời", f"ghi thêm {', '.join(missing)}")
    level = Question(_LEVEL, read_level, LEVELS_TODAY, needed=True).settle(given.get("level", ""))
    name = Question(_NAME, lambda answer: read_office_name(level, answer), needed=True).settle(given.get("name", ""))
    answers = Answers(level, name)
    area = given.get("area", "")
    if answers.tier is Tier.HAMLET:
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
    file = Path(written)
    if not file.is_file():
        raise Invalid(f"Không có tệp {written}", "sửa tên tệp sau --places-file")
    if file.suffix.lower() in (".xlsx", ".xls", ".docx", ".doc"):
        raise Invalid(f"{file.name} không phải tệp chữ", "chép danh sách ấy rồi dán vào Notepad, lưu thành tệp .txt")
    text = read_text(file, file.name, utf16=True)
    if isinstance(text, Problem):
        raise Invalid(f"{file.name}: {text.message}", text.fix)
    pasted = read_places(text, tier)
    if pasted.unclear:
        shown = "".join(f"\n  {file.name}, {line}" for line in pasted.unclear)
        raise Invalid(f"Có {len(pasted.unclear)} dòng chưa hiểu", f"sửa rồi chạy lại:{shown}")
    return pasted


def _paste(answers: Answers) -> PlaceList:
    print(_PASTE.format(unit=answers.unit))
    pasted = read_places(_read_lines(), answers.tier)
    while pasted.unclear:
        print(f"\nHiểu {len(pasted.places)} nơi; chưa hiểu:", *pasted.unclear, sep="\n  ")
        print("Gõ hay dán lại các dòng ấy cho rõ; muốn bỏ cả thì bấm Enter hai lần.")
        again = _read_lines()
        if not again.strip():
            break
        more = read_places(again, answers.tier, pasted.places)
        pasted = PlaceList(more.places, more.unclear, (*pasted.skipped, *more.skipped))
    return pasted


def _read_lines() -> str:
    """Return input up to two empty lines in a row, or its end."""
    lines: list[str] = []
    while lines[-2:] != ["", ""]:
        try:
            lines.append(input().strip("\r\n"))
        except EOFError:
            break
    return "\n".join(lines)
