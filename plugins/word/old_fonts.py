"""A paragraph in fonts of old encodings -> Unicode; the font decides the encoding, unless another reads better."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from plugins.vietnamese import nfc
from plugins.word import legacy
from plugins.word.nodes import Inline
from plugins.word.report import ImportReport

# Vietnamese words that a text in a Unicode font must have in an old encoding, and hardly any in Unicode.
_FEWEST_WORDS = 3
_DOUBLED = re.compile("(?<=\u00ad)\u00ad+")


def convert_fonts(inlines: Iterable[Inline], report: ImportReport) -> list[Inline]:
    """Return the inlines of a paragraph in Unicode; texts side by side that share an encoding are one text."""
    found = list(inlines)
    texts = [one for one in found if one.kind == "text"]
    converted: list[str] = []
    for encoding, group in groupby(texts, lambda one: legacy.encoding_of(one.font)):
        written, fonts = zip(*((one.text, one.font) for one in group), strict=True)
        converted += _convert(written, fonts, encoding, report) if encoding else _settle(list(written), report)
    left = iter(converted)
    return [one._replace(text=next(left)) if one.kind == "text" else one for one in found]


def _convert(texts: Sequence[str], fonts: Sequence[str], encoding: legacy.Encoding, report: ImportReport) -> list[str]:
    single = _single_hyphens(texts)
    encoding = legacy.better_encoding("".join(single), encoding)
    if (after := legacy.to_unicode(single, encoding)) is None:
        report.changed["đoạn ghi phông chữ cũ mà đã là Unicode, để nguyên"] += any(map(str.strip, texts))
        return list(texts)
    _count(after, encoding, report)
    return [text.upper() if legacy.shows_capitals(font) else text for text, font in zip(after, fonts, strict=True)]


def _single_hyphens(texts: Sequence[str]) -> list[str]:
    """Return the pieces with single soft hyphens: that is the letter ư, which some programs wrote twice."""
    single, before = [], ""
    for text in texts:
        kept = _DOUBLED.sub("", before + text)[len(before) :]
        single.append(kept)
        before = kept[-1:] or before
    return single


def _settle(texts: list[str], report: ImportReport) -> list[str]:
    """Convert a text in a Unicode font that is clearly in an old encoding; report the words that may be."""
    text = nfc("".join(texts))
    if text.isascii():
        return texts
    wrong = legacy.find_doubtful(text)
    as_unicode = legacy.count_vietnamese_words(text)
    if not wrong and as_unicode:
        return texts
    for encoding in legacy.ENCODINGS:
        after = legacy.to_unicode(texts, encoding) or ()
        right, words = legacy.count_vietnamese_words("".join(after)), legacy.marked_words("".join(after))
        if right >= max(_FEWEST_WORDS, 3 * as_unicode) and len(words) <= right * 1.25:
            _count(list(after), encoding, report)
            return list(after)
    for word in wrong:
        readings = ("".join(legacy.to_unicode([word], encoding) or ()) for encoding in legacy.ENCODINGS)
        report.doubtful += [word] * any(not reading.isascii() and legacy.is_syllable(reading) for reading in readings)
    return texts


def _count(after: list[str], encoding: legacy.Encoding, report: ImportReport) -> None:
    text = "".join(after)
    report.changed[f"chữ gõ bằng phông {encoding.name} thành Unicode"] += len(text.split())
    report.doubtful += legacy.find_doubtful(text)
