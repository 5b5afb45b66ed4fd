"""Rules of writing: length, spaces, punctuation, capitals, dates and numbers, one function each.

Rules skip flaws that rendering corrects by itself.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from plugins.language.draft import Advice, Draft, Passage
from plugins.language.names import find_names
from plugins.markdown.body import plain
from plugins.vietnamese import capitalize, fold

MOST_OF_TITLE = 90  # characters
MOST_OF_LEAD = 60  # words
MOST_OF_PARAGRAPH = 150  # words
# Shorter bodies need no summary.
_FEWEST_FOR_LEAD = 60

_SENTENCE_END = re.compile(r"[.!?…][”\")»]*\s+")

_OLD_TONE = re.compile(r"[òóỏõọÒÓỎÕỌ][aeAE](?!\w)|[ùúủũụÙÚỦŨỤ][yY](?!\w)")
# After q, u is no vowel: quý has one spelling.
_NEW_TONE = re.compile(r"[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ](?!\w)|[uU](?<![qQ].)[ỳýỷỹỵỲÝỶỸỴ](?!\w)")
# The new style in lower case, by its first letter, which is fast to find.
_NEW_TONE_SIGNS = re.compile(r"o[àáảãạèéẻẽẹ](?!\w)"), re.compile(r"u(?<!qu)[ỳýỷỹỵ](?!\w)")

_TWO_SPACES = re.compile(r"[ \u00a0](?<=[^\s|].)[ \u00a0]+(?=[^\s|])")
_SPACE_AND_MARK = re.compile(" [,.;:!?]")
_SPACE_BEFORE = re.compile(r"(?<=[^\s|>])[ \u00a0]+([,;:!?]|\.(?!\.))(?=[\s”\")’»*]|$)")
_STRAIGHT = re.compile(r"\"([^\"]+)\"|(?<!\w)'([^']+)'(?!\w)")

_UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_WORD = rf"[{_UPPER}]+(?:[’'][{_UPPER}]+)?"
_CAPITALS = re.compile(rf"[{_UPPER}][{_UPPER}]+(?:[ \u00a0]+(?:{_WORD}|\d+|[–-])(?![^\W\d_{_UPPER}]))+(?!\w)")
_WHOLE_LINE = re.compile(r"[#>*\s]*$")

# Each begins with a digit, which is fast to find; `_numbers_found` excludes parts of longer numbers.
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/]|[.,]\d)")
_COMMA_THREE = re.compile(r"([1-9]\d{0,2})((?:,\d{3})+)(?![\d/]|[.,]\d)")
_MEASURED = re.compile(r"[ \u00a0]?(?:km|m|ha|kg|tấn|tạ|%)(?!\w)")
_UNITS = r"km|m|m²|m2|cm|ha|héc[- ]?ta|kg|tấn|tạ|yến|lít|%|triệu|tỷ|tỉ|nghìn|ngàn|mét|sào|km²|km2|điểm"
_POINT = re.compile(r"(\d{1,9})\.(\d{1,2})(?!\d)")
_UNIT = re.compile(rf"[ \u00a0]?(?:{_UNITS})(?!\w)")


def long_title(draft: Draft) -> Iterator[Advice]:
    """Titles too long for lists."""
    for title in draft.of("title"):
        if (length := len(title.text)) > MOST_OF_TITLE:
            clause = _longest_start(title.text, r"\s*[:;,–—?!.…]", lambda text: 20 <= len(text) <= MOST_OF_TITLE)
            fix = f"viết gọn, ví dụ Tiêu đề: {clause}" if clause else f"bớt ít nhất {length - MOST_OF_TITLE} ký tự"
            yield Advice(title.line, f"tiêu đề dài {length} ký tự, quá {MOST_OF_TITLE}", fix)


def lead(draft: Draft) -> Iterator[Advice]:
    """Missing or too long summaries."""
    for summary in draft.of("summary"):
        if (length := len(summary.text.split())) > MOST_OF_LEAD:
            start = _longest_start(summary.text, r"(?<=[.!?…])", lambda text: len(text.split()) <= MOST_OF_LEAD)
            fix = f"viết gọn, ví dụ Tóm tắt: {start}" if start else f"bớt ít nhất {length - MOST_OF_LEAD} chữ"
            yield Advice(summary.line, f"tóm tắt dài {length} chữ, quá {MOST_OF_LEAD}", fix)
    is_given = "summary" in draft.record.values or "summary" in draft.record.refused
    if is_given or len(draft.body.prose.split()) < _FEWEST_FOR_LEAD:
        return
    line = draft.record.lines.get("summary", draft.record.lines.get("title", 1))
    opening = plain(next((text for _, text in draft.read.paragraphs), ""))
    start = _longest_start(opening, r"(?<=[.!?…])", lambda text: len(text.split()) <= MOST_OF_LEAD // 2)
    written = '"' + start.replace('"', "”") + '"' if ": " in start or start.startswith(('"', "'", "[")) else start
    yield Advice(line, "bài chưa có tóm tắt dưới tiêu đề", f"thêm dòng Tóm tắt: {written or '…'}")


def wall_of_text(draft: Draft) -> Iterator[Advice]:
    """Paragraphs longer than the screen of a phone."""
    if max(map(len, draft.body.prose.split("\n\n"))) + len("\n") < 4 * MOST_OF_PARAGRAPH:
        return
    for start, text in draft.read.paragraphs:
        if len(text) < 4 * MOST_OF_PARAGRAPH or (length := len(text.split())) <= MOST_OF_PARAGRAPH:
            continue
        sentences = [end.end() for end in _SENTENCE_END.finditer(text.rstrip())]
        half = min(sentences, key=lambda at: abs(at - len(text) / 2), default=0)
        words = text[half:].split(maxsplit=6)
        opening = " ".join(words[:6]) + ("…" if len(words) > 6 else "")
        where = f"xuống đoạn (để một dòng trống) trước câu “{opening}”" if half else "tách làm hai, ba đoạn"
        yield Advice(draft.body.line_of(start), f"đoạn dài {length} chữ, quá {MOST_OF_PARAGRAPH}", where)


def mixed_tones(draft: Draft) -> Iterator[Advice]:
    """Tone marks of open oa, oe, uy in both the old place (hòa) and the new one (hoà)."""
    if not (any(sign.search(draft.lower) for sign in _NEW_TONE_SIGNS) and _OLD_TONE.search(draft.prose)):
        return
    # Names keep their own spelling.
    named = ((passage, name) for passage in draft.passages for name in find_names(passage.prose))
    names = {(passage, at) for passage, name in named for at in range(name.start, name.end)}
    old, new = (
        [(passage, found) for passage, found in draft.find(pattern) if (passage, found.start()) not in names]
        for pattern in (_OLD_TONE, _NEW_TONE)
    )
    if not (old and new):
        return
    fewer, more = (new, old) if len(new) <= len(old) else (old, new)
    (passage, found), (other_passage, other) = fewer[0], more[0]
    line, other_line = passage.line_of(found.start()), other_passage.line_of(other.start())
    mended = _place_tone(found.group(), old=fewer is new)
    places = f"{len(fewer)} chỗ, đầu tiên ở " if len(fewer) > 1 else ""
    one, another = f"“{_word(passage, found)}” ({places}dòng {line})", f"“{_word(other_passage, other)}”"
    fix = f"viết một kiểu, {passage.mend(found.start(), found.end(), mended)}"
    yield Advice(line, f"bài bỏ dấu hai kiểu: {one} và {another} (dòng {other_line})", fix)


def spaces(draft: Draft) -> Iterator[Advice]:
    """Double spaces."""
    body = draft.body
    # Values of the front matter are normalised when read. In the body, browsers collapse spaces, but not beside a
    # non-breaking space, and copied text keeps them. Reported once per story.
    if "  " not in body.text and "\u00a0" not in body.text:
        return
    for gap in _TWO_SPACES.finditer(body.prose):
        before = body.prose[body.prose.rfind("\n", 0, gap.start()) + 1 : gap.start()]
        # Blanked code and comments are spaces too, and tables are aligned with them.
        if body.text[gap.start() : gap.end()].strip() or "|" in before:
            continue
        yield Advice(body.line_of(gap.start()), "có hai dấu cách liền nhau", body.mend(gap.start(), gap.end(), " "))
        return


def space_before_mark(draft: Draft) -> Iterator[Advice]:
    """Spaces before commas, full stops and the like."""
    if not _SPACE_AND_MARK.search(draft.prose) and "\u00a0" not in draft.prose:
        return
    for passage, found in draft.find(_SPACE_BEFORE):
        if not passage.text[found.start() : found.start(1)].strip():
            message = f"có dấu cách trước dấu “{found[1]}”"
            yield Advice(passage.line_of(found.start()), message, passage.mend(found.start(), found.end(), found[1]))


def straight_quotes(draft: Draft) -> Iterator[Advice]:
    """Straight quotes outside the body, where rendering does not replace them."""
    for passage in draft.passages[:-1]:
        for found in _STRAIGHT.finditer(passage.text):
            mended = f"“{found[1]}”" if found[1] else f"‘{found[2]}’"
            yield Advice(passage.line, "có dấu nháy thẳng", passage.mend(found.start(), found.end(), mended))


def capitals(draft: Draft) -> Iterator[Advice]:
    """Words in capitals that are no abbreviations: hard to read, and spelt out by some screen readers."""
    for passage, found in draft.find(_CAPITALS):
        words = found.group().split()
        # An abbreviation has no vowel, or no diacritic.
        spelt = [word for word in words if _has_vowel(word) and fold(word) != word.lower().replace("đ", "d")]
        line_start = passage.prose.rfind("\n", 0, found.start()) + 1
        before, after = passage.prose[line_start : found.start()], passage.text[found.end() :].partition("\n")[0]
        is_whole = bool(_WHOLE_LINE.match(before)) and not after.strip(" *#:.!?")
        if len(spelt) > 1 and (is_whole or len(words) > 2):
            mended = capitalize(" ".join(word.lower() if _has_vowel(word) else word for word in words))
            fix = f"{passage.mend(found.start(), found.end(), mended)} (tên riêng thì viết hoa chữ đầu)"
            yield Advice(passage.line_of(found.start()), "có chữ viết hoa toàn bộ, khó đọc", fix)


def dates(draft: Draft) -> Iterator[Advice]:
    """Dates with two-digit years, or with the month first."""
    for passage, found in _numbers_found(draft, _DATE):
        day, month, year = (int(part) for part in found.groups())
        if len(found[3]) == 2 and 1 <= day <= 31 and 1 <= month <= 12:
            what, mended = "viết năm hai chữ số", f"{day}/{month}/{2000 + year if year < 50 else 1900 + year}"
        elif len(found[3]) == 4 and 1 <= day <= 12 < month <= 31:
            what, mended = "viết tháng trước ngày", f"{month}/{day}/{year}"
        else:
            continue
        fix = passage.mend(found.start(), found.end(), mended)
        yield Advice(passage.line_of(found.start()), f"ngày “{found.group()}” {what}, dễ hiểu nhầm", fix)


def numbers(draft: Draft) -> Iterator[Advice]:
    """Numbers with English separators; Vietnamese has a point before thousands and a comma before decimals."""
    for passage, found in _numbers_found(draft, _COMMA_THREE):
        # 7,125 ha may have decimals; 1,850 m² or 12,345 người are thousands.
        if not found.group().endswith("0") and _MEASURED.match(passage.prose, found.end()):
            continue
        fix = passage.mend(found.start(), found.end(), found.group().replace(",", "."))
        if len(found[2]) == 4:
            message = f"số “{found.group()}” có thể hiểu là hàng nghìn hoặc số lẻ"
            fix += f", hoặc {found[1]},{found[2][1:].rstrip('0') or '0'} nếu là số lẻ" if found[2][1:] != "000" else ""
        else:
            message = f"số “{found.group()}” dùng dấu phẩy cho hàng nghìn"
        yield Advice(passage.line_of(found.start()), message, fix)
    for passage, found in _numbers_found(draft, _POINT):
        if _UNIT.match(passage.prose, found.end()):
            fix = passage.mend(found.start(), found.end(), f"{found[1]},{found[2]}")
            yield Advice(passage.line_of(found.start()), f"số “{found.group()}” dùng dấu chấm cho số lẻ", fix)


def _numbers_found(draft: Draft, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage, match in draft.find(pattern) if pattern.search(draft.figures) else ():
        if not re.search(r"[\d/.,-]$", passage.prose[max(0, match.start() - 1) : match.start()]):
            yield passage, match


def _longest_start(text: str, end: str, fits: Callable[[str], bool]) -> str:
    """Return the longest start of a text that ends at a match of `end` and fits, or ""."""
    starts = (text[: found.start()].strip() for found in re.finditer(rf"{end}(?:\s|$)", text))
    return max((start for start in starts if fits(start)), key=len, default="")


def _word(passage: Passage, found: re.Match[str]) -> str:
    """Return the word that ends with a match."""
    return re.split(r"\W", passage.text[max(0, found.start() - 8) : found.start()])[-1] + found.group()


def _place_tone(vowels: str, *, old: bool) -> str:
    """Return two vowels with the tone mark on the first (old style: òa) or on the second (oà)."""
    first, second = (unicodedata.normalize("NFD", letter) for letter in vowels)
    tones = "".join(mark for mark in first + second if unicodedata.combining(mark))
    pair = (first[0] + tones, second[0]) if old else (first[0], second[0] + tones)
    return unicodedata.normalize("NFC", "".join(pair))


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in fold(word))
