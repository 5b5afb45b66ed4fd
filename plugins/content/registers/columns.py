"""The columns of registers, acts and papers, for the reader, the template and messages. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from plugins.content.registers.act import LEVELS, SPELLED_LEVELS, ActKind, parse_votes
from plugins.content.registers.paper import PaperKind
from plugins.content.registers.registration import OLD_STATUSES, State, parse_code
from plugins.content.territory.kinds import Tier, heads_places
from plugins.content.territory.words import Words
from plugins.content.vocabulary.terms import KINDS
from plugins.content.vocabulary.vocabulary import NamedCommune, Vocabulary
from plugins.sources import values
from plugins.sources.problem import suggest
from plugins.sources.schema import Key, Value
from plugins.vietnamese import squash

# Columns whose cells may be merged over several rows. The rows of a register differ in name and result; acts may share
# an exemplar or a decision.
SHARED_OF_ACTS = ("code", "kind", "day", "paper", "form", "level", "posted_at", "posted_until", "note")
SHARED = ("kind", "unit", "commune", "place", "field", "movement", "person", "registered_on", "status", "sample")
# Text columns in which a date is plausible.
MAY_BE_DAY = ("note", "paper")
# Stands for the office itself in the column of communes.
OFFICE = NamedCommune((), by_id=True)
OFFICE_NAME = "cơ quan"
# Former and alternative headings, with the attribute of their column.
_OTHER_HEADINGS = {"so": "number", "loaivanban": "kind", "ngay": "receivedon"}
_LONGEST_HEADING = 80
# TRUE and FALSE are the values of check boxes in spreadsheets.
_YES_OR_NO = values.choice("Giá trị", {"có": True, "không": False}, {"TRUE": True, "FALSE": False})
# The fix for a column that may be one of its writer's own; `collect` words it for the sender.
OWN_COLUMN = "cột riêng thì cứ để; nhầm tên thì xem bảng các cột trong sổ tay"
# Columns that people add for themselves.
_IGNORED = {"stt", "tt", "so", "sothutu"}
# Day 0 of Excel: 44062 is 19/8/2020. Nobody writes a date as five digits.
_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
# Days between this and the date system of old Macs.
_DAYS_TO_1904 = 1462
# A date and a time, as Excel writes them into CSV.
_WITH_TIME = re.compile(r"(\S+)[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?")


def register_columns(vocabulary: Vocabulary, year: int | None = None) -> tuple[Key, ...]:
    """Return the columns of a year's register in the order of the template.

    If the places of the office are hamlets, one column stands for the place and the hamlet.
    """
    text = values.text
    words = vocabulary.words_in(year) if year else vocabulary.words
    when = f"vào ngày đăng ký; cơ quan hay đơn vị của cơ quan tự đăng ký thì ghi “{OFFICE_NAME}”"
    place = Key("place", "/".join(words.hamlets).capitalize(), text, "Nơi thực hiện", example=f"{words.hamlets[0]} 8")
    communes = values.named(
        lambda name: OFFICE if squash(name).startswith(squash(OFFICE_NAME)) else vocabulary.name_commune(name)
    )
    field, movement = values.named(vocabulary.find_field), values.named(vocabulary.find_movement)
    kinds = values.choice("Loại", {kind.name: kind for kind in KINDS})
    states: dict[str, State | ActKind] = {state.label: state for state in State}
    status = values.choice("Trạng thái", states, OLD_STATUSES)
    return (
        Key("code", "Mã", parse_code, "Mỗi đăng ký một mã, không đổi", required=True, example="DK-2020-012"),
        Key("name", "Tên mô hình", text, "Tên mô hình, tập thể hoặc cá nhân", required=True),
        Key("kind", "Loại", kinds, "Tập thể, Cá nhân hoặc Mô hình", required=True, example="Mô hình"),
        Key("unit", "Đơn vị", text, "Tập thể thực hiện", example="Chi hội Phụ nữ thôn 8"),
        _commune_column(words, communes, when),
        *(() if words.is_hamlets else (place,)),
        Key("field", "Lĩnh vực", field, "Một lĩnh vực, lĩnh vực chính", required=True, example="Kinh tế"),
        Key("movement", "Phong trào", movement, "Cuộc vận động, phong trào; không có thì để trống"),
        Key("person", "Người phụ trách", text, "Để cán bộ phụ trách liên hệ; không bao giờ lên trang, báo cáo"),
        Key("registered_on", "Ngày đăng ký", parse_day, "Ngày trước, tháng sau", required=True, example="5/4/2020"),
        Key("status", "Trạng thái", status, "Bỏ trống là đăng ký", example="đang thực hiện"),
        Key("result", "Kết quả", text, "Số lượng và việc, cách nhau bằng dấu chấm phẩy", example="1,4 km đường hoa"),
        Key("note", "Ghi chú", text, "Ghi cho cán bộ phụ trách đọc"),
        Key("sample", "Mẫu", _YES_OR_NO, "có: dòng minh họa, không xuất bản"),
    )


def act_columns() -> tuple[Key, ...]:
    """Return the columns of the acts of a year, in the order of the template."""
    text = values.text
    kinds = {kind.label: kind for kind in ActKind}
    parse_kind = values.choice("Việc", kinds, OLD_STATUSES | {"bình xét công khai": ActKind.REVIEW})
    parse_level = values.choice("Cấp", {name: name for name in LEVELS}, SPELLED_LEVELS)
    return (
        Key("code", "Mã", parse_code, "Mã của điển hình trong sổ đăng ký", required=True, example="DK-2020-012"),
        Key("kind", "Việc", parse_kind, ", ".join(kinds), required=True, example="công nhận"),
        Key("day", "Ngày", parse_day, "Ngày trước, tháng sau; chưa rõ thì để trống", example="15/10/2020"),
        Key("paper", "Văn bản", text, "Biên bản, quyết định: số và ký hiệu", example="Quyết định 12/QĐ-MTTQ-BTT"),
        Key("form", "Hình thức", text, "Của biểu dương, khen thưởng", example="Giấy khen"),
        Key("level", "Cấp", parse_level, "Của biểu dương, khen thưởng", "tỉnh"),
        Key("votes", "Số phiếu", parse_votes, "Của bình xét: số đồng ý/số người dự", example="45/48"),
        Key("posted_at", "Nơi niêm yết", text, "Của bình xét", example="nhà văn hóa thôn 8"),
        Key("posted_until", "Niêm yết đến", parse_day, "Ngày cuối niêm yết", example="22/10/2020"),
        Key("receiver", "Nơi làm theo", text, "Của nhân rộng", example="thôn 2, xã bên"),
        Key("note", "Ghi chú", text, "Ghi cho cán bộ phụ trách đọc"),
    )


def paper_columns(vocabulary: Vocabulary, year: int | None = None) -> tuple[Key, ...]:
    """Return the columns of the register of papers of a year, in the order of the template."""
    words = vocabulary.words_in(year) if year else vocabulary.words
    kinds = {kind.label: kind for kind in PaperKind}
    parse = values.choice("Văn bản", kinds, {"kiểm tra": PaperKind.INSPECTION, "giám sát": PaperKind.SUPERVISION})
    return (
        _commune_column(words, values.named(vocabulary.name_commune), "vào ngày nhận"),
        Key("kind", "Văn bản", parse, ", ".join(kinds), required=True, example="báo cáo"),
        Key("number", "Số, ký hiệu", values.text, "Số và ký hiệu của văn bản", example="12/BC-MTTQ-BTT"),
        Key("received_on", "Ngày nhận", parse_day, "Của biên bản là ngày lập", required=True, example="6/11/2020"),
        Key("note", "Ghi chú", values.text, "Ghi cho cán bộ phụ trách đọc"),
        Key("sample", "Mẫu", _YES_OR_NO, "có: dòng minh họa"),
    )


def _commune_column(words: Words, parse: Callable[[Value], NamedCommune], when: str) -> Key:
    told, aliases = f"{words.heading} {when}", (*words.keys, words.key)
    return Key("commune", words.column, parse, told, words.example, required=True, aliases=aliases)


def parse_day(value: Value) -> date:
    """Parse a date, also as Excel writes it: with a time, or as a serial number."""
    written = values.text(value)
    if serial := _SERIAL.fullmatch(written):
        day = _DAY_ZERO + timedelta(days=int(serial[1]))
        if day.year in values.YEARS:
            return day
    timed = _WITH_TIME.fullmatch(written)
    return values.day(timed[1] if timed else written)


def count_from_1900(cell: str) -> str:
    """Convert a serial number from 1904 to one from 1900; any other text is returned as it is."""
    serial = _SERIAL.fullmatch(cell)
    return str(int(serial[1]) + _DAYS_TO_1904) if serial else cell


def find_column(columns: Iterable[Key], heading: str) -> Key | None:
    """Return the column that a heading names, by its Vietnamese or English name, marks and punctuation aside."""
    named = _name(tuple(columns))
    name = squash(heading)
    if key := named.get(name) or named.get(_OTHER_HEADINGS.get(name, "")):
        return key
    # A heading may only name kinds of places: Phường, đặc khu; Thôn/buôn.
    tier = heads_places(heading) if len(heading) <= _LONGEST_HEADING else None
    whole = named.get("place") if tier is Tier.HAMLET else None
    return whole or (named.get("commune") if tier else None)


def find_spare(columns: Iterable[Key], headings: Sequence[str]) -> frozenset[int]:
    """Return superfluous columns of places: communes beside hamlets, Địa bàn beside either."""
    columns = tuple(columns)
    keys = (find_column(columns, heading) for heading in headings)
    tiers = {at: heads_places(headings[at]) for at, key in enumerate(keys) if key and key.attribute == "commune"}
    kept = Tier.HAMLET if Tier.HAMLET in tiers.values() else Tier.COMMUNE
    return frozenset(at for at, tier in tiers.items() if tier is not kept and kept in tiers.values())


@lru_cache(maxsize=8)
def _name(columns: tuple[Key, ...]) -> dict[str, Key]:
    return {name: key for key in columns for name in map(squash, (*key.aliases, key.attribute, key.name))}


def count_headings(columns: Sequence[Key], cells: Iterable[str]) -> int:
    """Return how many distinct columns the cells of a row name."""
    return len({key.attribute for cell in cells if (key := find_column(columns, cell))})


def explain_unknown(columns: Iterable[Key], heading: str) -> str | None:
    """Return the fix for a heading that names no column; None if people commonly add it for themselves."""
    if squash(heading) in _IGNORED:
        return None
    return suggest(heading, (key.name for key in columns), OWN_COLUMN)
