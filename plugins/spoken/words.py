"""Abbreviations, Roman numerals, numbers of papers and signs, as they are said. Pure."""

from __future__ import annotations

import re

from plugins.spoken.context import Place, rule, words_before
from plugins.spoken.numbers import parse_roman, say_number, say_ordinal, say_whole
from plugins.spoken.tables import ABBREVIATIONS, ISSUERS, LETTERS, PAPERS, ROADS, SIGNS, TITLES

_UPPER = "A-ZĐĂÂÊÔƠƯ"
_ORDER = words_before("thứ")
_NUMBERED = words_before(
    *("khóa", "khoá", "đại hội", "thế kỷ", "kỳ", "kì", "phần", "chương", "mục", "hạng", "loại", "cấp", "vùng"),
    *(
        "khu vực",
        "nhiệm kỳ",
        "giai đoạn",
        "đợt",
        "tập",
        "lớp",
        "quân khu",
        "quân đoàn",
        "bậc",
        "phụ lục",
        "điều",
        "nhóm",
    ),
)
_ISSUED_BY = re.compile(r"(?:,?\s+ngày\s+\d+/\d+(?:/\d+)?)?,?\s+của(?!\w)")
_NAMED = re.compile(rf"\s?[{_UPPER}\d]")


def spell(letters: str) -> str:
    """Return the names of letters, digits among them as numbers: “QK5” is “quy ca năm”."""
    parts = re.findall(r"\d+|[^\W\d_]", letters)
    return " ".join(say_whole(part) if part.isdigit() else LETTERS.get(part.upper(), part) for part in parts)


def _say_roman(place: Place) -> str | None:
    numeral = place["roman"]
    number = parse_roman(numeral)
    if number is None:
        return None
    if place.follows(_ORDER):
        return say_ordinal(number)
    sure = len(numeral) > 1 and not set(numeral) - set("IVX") and numeral not in ABBREVIATIONS
    return say_number(number) if sure or place.follows(_NUMBERED) else None


def _say_paper(place: Place) -> str | None:
    """Say the number of a paper, and who issued it unless that follows: what it is stands before its number."""
    if not any(part in PAPERS or part in ISSUERS for part in re.split(r"[-/]", re.sub(r"\d+$", "", place["signs"]))):
        return None
    said = say_whole(place["number"])
    if place["year"]:
        said += f" năm {say_number(int(place['year']))}"
    parts = [re.sub(r"\d+$", "", part) for part in re.split(r"[-/]", place["signs"])]
    if place.precedes(_ISSUED_BY):
        return said
    issuer = " ".join(
        filter(
            None,
            (ISSUERS.get(part) or (ABBREVIATIONS.get(part) if part not in PAPERS else "") for part in reversed(parts)),
        )
    )
    return f"{said} của {issuer}" if issuer else said


def _say_law(place: Place) -> str | None:
    return f"{say_whole(place['number'])} năm {say_number(int(place['year']))} của Quốc hội"


def _say_road(place: Place) -> str | None:
    return f"{ROADS[place['road']]} {say_whole(place['number'])}{_say_letter(place['letter'])}"


def _say_numbered(place: Place) -> str | None:
    return f"{say_whole(place['number'])}{_say_letter(place['letter'])}"


def _say_letter(letter: str) -> str:
    return f" {LETTERS[letter.upper()]}" if letter else ""


def _say_code(place: Place) -> str | None:
    said = [spell(part) if not part.isdigit() else say_whole(part) for part in place["code"].split("-")]
    return ", ".join(said)


def _say_title(place: Place) -> str | None:
    return f"{TITLES[place['title']]} " if place.precedes(_NAMED) else None


def _say_comrade(place: Place) -> str | None:
    return "Đồng chí" if place["comrade"][0] == "Đ" else "đồng chí"


def _say_abbreviation(place: Place) -> str | None:
    return ABBREVIATIONS.get(place["word"])


def _say_letters_and_digits(place: Place) -> str | None:
    return spell(place["word"])


def _say_sign(place: Place) -> str | None:
    return SIGNS[place["sign"]]


def _say_and_so_on(place: Place) -> str | None:
    del place
    return "vân vân"


def _say_dash_of_abbreviations(place: Place) -> str | None:
    first, last = ABBREVIATIONS.get(place["first"]), ABBREVIATIONS.get(place["last"])
    return f"{first}, {last}" if first and last else None


_AT = r"(?<![\w])"
_SIGNS_OF_PAPER = rf"[{_UPPER}][\w]{{0,7}}(?:[-/][{_UPPER}][\w]{{0,7}}){{0,3}}"
RULES = (
    rule(rf"{_AT}(?P<number>\d{{1,5}})(?P<sign>/)(?P<year>(?:19|20)\d\d)/QH\d+(?!\w)", _say_law),
    rule(
        rf"{_AT}(?P<number>\d{{1,5}})[/-](?:(?P<year>(?:19|20)\d\d)/)?(?P<signs>{_SIGNS_OF_PAPER})(?![\w-])", _say_paper
    ),
    rule(rf"{_AT}(?P<road>QL|TL|ĐT|ĐH|ĐX)\s?\.?\s?(?P<number>\d{{1,4}})(?P<letter>[A-Da-d](?!\w))?(?!\w)", _say_road),
    rule(r"(?<![\w.,/-])(?P<number>\d{1,4})(?P<letter>[A-HĐa-eđ])(?![\w²³/])", _say_numbered),
    rule(rf"{_AT}(?P<roman>[IVXLCDM]+)(?![\w&-])", _say_roman),
    rule(r"(?<!\w)(?P<comrade>[Đđ][/.]c)\.?(?!\w)", _say_comrade),
    rule(rf"{_AT}(?P<title>{'|'.join(sorted(map(re.escape, TITLES), key=len, reverse=True))})\.\s?", _say_title),
    rule(rf"{_AT}(?P<word>[\w]+(?:[&-][\w]+)*)(?![\w&])", _say_abbreviation),
    rule(rf"{_AT}(?P<first>[{_UPPER}]{{2,8}})\s?[-–/]\s?(?P<last>[{_UPPER}]{{2,8}})(?!\w)", _say_dash_of_abbreviations),
    rule(rf"{_AT}(?P<word>[\w]+)(?![\w])", _say_abbreviation),
    rule(rf"{_AT}(?P<code>[{_UPPER}]{{1,4}}(?:-\d+)+)(?!\w)", _say_code),
    rule(rf"{_AT}(?P<word>[{_UPPER}]{{1,4}}\d{{1,4}}|\d{{1,3}}[{_UPPER}]{{2,4}})(?!\w)", _say_letters_and_digits),
    rule(r"(?<!\w)v\.\s?v\.?(?!\w)", _say_and_so_on),
    rule(rf"(?P<sign>[{re.escape(''.join(SIGNS))}])", _say_sign),
)
# Letters in capitals that no table has: spelt, and told, so that a person puts words in their place.
UNKNOWN = re.compile(rf"(?<![\w-])(?=[{_UPPER}]*[BCDĐGHKLMNPQRSTVX])[{_UPPER}]{{2,6}}(?![\w])")
