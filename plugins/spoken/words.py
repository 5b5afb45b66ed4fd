"""Roman numerals, abbreviations, titles, signs and names of letters, as they are said. Pure."""

import re

from plugins.spoken.abbreviations import ABBREVIATIONS, PLACES, PLACES_IN_SMALL, TITLES
from plugins.spoken.context import AT, HEADING, LINE_START, UPPER, Occurrence, rule, words_before
from plugins.spoken.numbers import NORTH, Speech, parse_roman, say_ordinal, say_whole
from plugins.spoken.units import any_of
from plugins.vietnamese import fold

_ORDER = words_before("thứ")
_NUMBERED = words_before(
    *("khóa", "khoá", "đại hội", "thế kỷ", "kỳ", "kì", "phần", "chương", "mục", "hạng", "loại", "cấp", "vùng", "điều"),
    *("khu vực", "nhiệm kỳ", "giai đoạn", "đợt", "tập", "lớp", "quân khu", "quân đoàn", "bậc", "phụ lục", "nhóm"),
)
_NAMED = re.compile(rf"\s?[{UPPER}\d]")
_NEXT_WORD = re.compile(r"\s+(\w{2,})")
_IN_ADDRESS = re.compile(r"(?:,\s*|(?:^|\s)(?:tại|ở|[Đđ]ịa chỉ:?)\s+)$")
_SIGNS = {
    "&": "và",
    "+": "cộng",
    "=": "bằng",
    "≥": "từ",
    "≤": "không quá",
    ">": "hơn",
    "<": "dưới",
    "~": "khoảng",
    "≈": "khoảng",
    "±": "cộng trừ",
    "½": "một phần hai",
    "¼": "một phần tư",
    "¾": "ba phần tư",
}
# Each letter before its name.
_NAMES_TABLE = """
A a Ă á Â ớ B bê C xê D dê Đ đê E e Ê ê F ép-phờ G giê H hát I i J gi K ca L e-lờ M em-mờ N en-nờ O o Ô ô Ơ ơ P pê
Q quy R e-rờ S ét-xì T tê U u Ư ư V vê W vê-kép X ích-xì Y i-dài Z dét
"""
_NAMES = dict(zip(_NAMES_TABLE.split()[::2], _NAMES_TABLE.split()[1::2], strict=True))
# A Vietnamese syllable without marks: words in capitals are syllables, abbreviations seldom.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|ieu|yeu|uoi|uou|oai|oay|oeo|uay|uyu|ia|ie|ua|uo|uu|uy|ue|oa|oe|oi|ai|ao|au|ay|eo|eu|iu|ui|ye|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
UNKNOWN = re.compile(rf"(?<![\w’'-])(?=[{UPPER}]*[BCDĐGHKLMNPQRSTVX])[{UPPER}]{{2,8}}(?![\w’'])")


def spell(letters: str, speech: Speech = NORTH) -> str:
    """Return the names of letters, with digits as numbers: “QK5” is “quy ca năm”."""
    parts = re.findall(r"\d+|[^\W\d_]", letters)
    return " ".join(say_whole(part, speech) if part.isdigit() else _NAMES.get(part.upper(), part) for part in parts)


def is_word(capitals: str) -> bool:
    """Tell whether capitals can be pronounced as a word: KHÔNG can, HTX cannot."""
    return _SYLLABLE.fullmatch(fold(capitals)) is not None


def _say_roman(place: Occurrence) -> str | None:
    numeral = place["roman"]
    if (number := parse_roman(numeral)) is None:
        return None
    if place.follows(_ORDER):
        return say_ordinal(number, place.speech)
    numbered = place.follows(_NUMBERED)
    heads = not set(numeral) - set("IVX") and place.follows(LINE_START) and place.precedes(HEADING)
    sure = len(numeral) > 1 and not set(numeral) - set("IVX") and not _is_among_capitals(place)
    if not (numbered or heads or sure):
        return None
    part = f" chấm {place.number(place['part'])}" if place["part"] else ""
    return f"{place.number(number)}{part}"


def _say_title(place: Occurrence) -> str | None:
    return f"{TITLES.get(place['title']) or PLACES[place['title']]} " if place.precedes(_NAMED) else None


def _say_abbreviation(place: Occurrence) -> str | None:
    return None if _is_among_capitals(place) else ABBREVIATIONS.get(place["word"])


def _is_among_capitals(place: Occurrence) -> bool:
    """Tell whether pronounceable capitals precede a word in capitals: VI PHẠM, XI MĂNG, CA NHẠC."""
    after = _NEXT_WORD.match(place.text, place.match.end())
    return bool(after and after[1].isupper() and is_word(place.match[0]))


def _say_two_abbreviations(place: Occurrence) -> str | None:
    first, last = ABBREVIATIONS.get(place["first"]), ABBREVIATIONS.get(place["last"])
    return f"{first}, {last}" if first and last else None


RULES = (
    rule(rf"{AT}(?P<roman>[IVXLCDM]+)(?:\.(?P<part>\d{{1,2}})(?!\d))?(?![\w&’'-])", _say_roman),
    rule(r"(?<!\w)(?P<letter>[Đđ])[/.]c\.?(?!\w)", lambda place: f"{place['letter']}ồng chí"),
    rule(rf"{AT}(?P<title>PGS|GS|TS|BS)\.\s?(?=(?:TS|ThS|BS|CK)(?!\w))", lambda place: f"{TITLES[place['title']]}, "),
    rule(rf"(?<!\w)(?P<title>{any_of(TITLES)})\.\s?", _say_title),
    rule(rf"{AT}(?P<title>Th\.S)\s", _say_title),
    rule(rf"{AT}(?P<title>TP|Tp|TX|TT)\s(?=[{UPPER}][^\W\dA-Z_]|HCM)", _say_title),
    rule(rf"{AT}(?P<title>[PQHX])\.\s?", _say_title, after=_IN_ADDRESS),
    rule(rf"{AT}(?P<title>[pqhx])\.\s?(?=[{UPPER}])", lambda place: f"{PLACES_IN_SMALL[place['title']]} "),
    rule(r"(?<!\w)T\.[ƯW](?!\w)", lambda _: "Trung ương"),
    rule(r"(?<![\w’'])(?P<word>\w+(?:[&-]\w+){0,5})(?![\w&’'])", _say_abbreviation),
    rule(rf"{AT}(?P<first>[{UPPER}]{{2,8}})\s?[-–/]\s?(?P<last>[{UPPER}]{{2,8}})(?!\w)", _say_two_abbreviations),
    rule(r"(?<![\w’'])(?P<word>\w+)(?![\w’'])", _say_abbreviation),
    rule(
        rf"{AT}(?=\w*\d)(?P<word>[{UPPER}\d]{{2,8}})(?<=[{UPPER}\d])(?!\w)",
        lambda place: spell(place["word"], place.speech),
    ),
    rule(r"(?<!\w)v\.\s?v\.?(?!\w)", lambda _: "vân vân"),
    rule(rf"(?P<sign>[{re.escape(''.join(_SIGNS))}])", lambda place: _SIGNS[place["sign"]]),
    # Any digits left.
    rule(r"(?P<digits>\d+)", lambda place: place.number(place["digits"])),
)
