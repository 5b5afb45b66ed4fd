"""Numbers of laws and official papers: 30/2020/NĐ-CP. Pure.

The type of a paper precedes its number in words; its issuer is said unless it follows in words.
"""

import re

from plugins.spoken.abbreviations import ABBREVIATIONS
from plugins.spoken.context import AT, END, UPPER, Occurrence, rule
from plugins.spoken.units import any_of

# Types of papers, which are not repeated after the word before the number.
_KINDS = {
    "QĐ": "quyết định",
    "NQ": "nghị quyết",
    "KH": "kế hoạch",
    "HD": "hướng dẫn",
    "BC": "báo cáo",
    "TB": "thông báo",
    "CT": "chỉ thị",
    "CV": "công văn",
    "TTr": "tờ trình",
    "NĐ": "nghị định",
    "TT": "thông tư",
    "KL": "kết luận",
    "QC": "quy chế",
    "CTr": "chương trình",
    "BB": "biên bản",
    "GM": "giấy mời",
    "PA": "phương án",
    "ĐA": "đề án",
    "LN": "liên ngành",
    "QH": "quy hoạch",
    "PL": "pháp lệnh",
    "TTLT": "thông tư liên tịch",
}
_ISSUERS = {
    **{short: ABBREVIATIONS[short] for short in ("BTT", "UBND", "HĐND", "MTTQ", "TW", "UBTVQH")},
    "BDVTU": "Ban Dân vận Tỉnh ủy",
    "BTGTU": "Ban Tuyên giáo Tỉnh ủy",
    "BTCTU": "Ban Tổ chức Tỉnh ủy",
    "MTTW": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    "VPCP": "Văn phòng Chính phủ",
    "BCA": "Bộ Công an",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BLĐTBXH": "Bộ Lao động – Thương binh và Xã hội",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNV": "Bộ Nội vụ",
    "BQP": "Bộ Quốc phòng",
    "BTC": "Bộ Tài chính",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BTP": "Bộ Tư pháp",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BXD": "Bộ Xây dựng",
    "BYT": "Bộ Y tế",
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "TU": "Tỉnh ủy",
    "HU": "Huyện ủy",
    "ĐU": "Đảng ủy",
}
_ISSUED_BY = re.compile(r"(?:,?\s+ngày\s+\d+/\d+(?:/\d+)?)?,?\s+của(?!\w)")
_NAMED = re.compile(rf"(?<!\w)(?:{any_of(_KINDS.values())}|luật|{any_of(_KINDS)})\s+(?:số:?\s+)?$", re.IGNORECASE)
_SIGNS = rf"[{UPPER}][\w]{{0,7}}(?:[-/][{UPPER}][\w]{{0,7}}){{0,3}}"


def _say_paper(place: Occurrence) -> str | None:
    parts = [re.sub(r"\d+$", "", part) for part in re.split(r"[-/]", place["signs"])]
    if not any(part in _KINDS or part in _ISSUERS for part in parts):
        return None
    said = _say_number(place)
    if place.precedes(_ISSUED_BY):
        return said
    names = (_ISSUERS.get(part) or ("" if part in _KINDS else ABBREVIATIONS.get(part)) for part in reversed(parts))
    issuer = " ".join(filter(None, names))
    return f"{said} của {issuer}" if issuer else said


def _say_law(place: Occurrence) -> str:
    said = _say_number(place)
    return said if place.precedes(_ISSUED_BY) else f"{said} của Quốc hội khóa {place.number(place['term'])}"


def _say_number(place: Occurrence) -> str:
    said = place.number(place["number"])
    return f"{said} năm {place.number(place['year'])}" if place["year"] else said


RULES = (
    rule(rf"{AT}(?P<number>\d{{1,5}})/(?P<year>(?:19|20)\d\d)/QH(?P<term>\d{{1,2}})(?!\w)", _say_law),
    rule(rf"{AT}(?P<number>\d{{1,5}})[/-](?:(?P<year>(?:19|20)\d\d)/)?(?P<signs>{_SIGNS})(?![\w-])", _say_paper),
    # After a type of paper: elsewhere it may be a month.
    rule(rf"{AT}(?P<number>\d{{1,5}})/(?P<year>(?:19|20)\d\d){END}", _say_number, after=_NAMED),
    rule(rf"{AT}(?P<kind>{any_of(_KINDS)})(?=\s(?:số:?\s)?\d)", lambda place: _KINDS[place["kind"]]),
)
