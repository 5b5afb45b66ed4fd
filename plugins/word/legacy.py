"""Text in a font of an old encoding -> Unicode; Unicode text in such a font stays as it is.

Both encodings put Vietnamese letters on codes that Windows-1252 uses for others, so only the font tells them apart. The
share of Vietnamese syllables tells whether text was decoded correctly.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, islice
from typing import NamedTuple

from plugins.vietnamese import nfc
from plugins.word.nodes import Inline
from plugins.word.report import ImportReport

# Each small letter, its code in TCVN3 in hexadecimal, and its spelling in VNI.
# TCVN 5712:1993, table VN3, as the ABC fonts (.VnTime, .VnArial …) have it, and glibc's iconv as TCVN: a byte for each
# small letter and for seven capitals; all other capitals are small letters in a font whose name ends in H.
# VNI for Windows, as the VNI fonts of VNI Software Co. have it: a letter and then its mark, but for ơ, ư, đ and the
# toned i and y with a dot, which are one character. Capitals are the capitals of both.
_TABLE = """
à B5 aø  ả B6 aû  ã B7 aõ  á B8 aù  ạ B9 aï
ă A8 aê  ằ BB aè  ẳ BC aú  ẵ BD aü  ắ BE aé  ặ C6 aë
â A9 aâ  ầ C7 aà  ẩ C8 aå  ẫ C9 aã  ấ CA aá  ậ CB aä
è CC eø  ẻ CE eû  ẽ CF eõ  é D0 eù  ẹ D1 eï
ê AA eâ  ề D2 eà  ể D3 eå  ễ D4 eã  ế D5 eá  ệ D6 eä
ì D7 ì   ỉ D8 æ   ĩ DC ó   í DD í   ị DE ò
ò DF oø  ỏ E1 oû  õ E2 oõ  ó E3 où  ọ E4 oï
ô AB oâ  ồ E5 oà  ổ E6 oå  ỗ E7 oã  ố E8 oá  ộ E9 oä
ơ AC ô   ờ EA ôø  ở EB ôû  ỡ EC ôõ  ớ ED ôù  ợ EE ôï
ù EF uø  ủ F1 uû  ũ F2 uõ  ú F3 uù  ụ F4 uï
ư AD ö   ừ F5 öø  ử F6 öû  ữ F7 öõ  ứ F8 öù  ự F9 öï
ỳ FA yø  ỷ FB yû  ỹ FC yõ  ý FD yù  ỵ FE î
đ AE ñ
"""
_LETTERS = _TABLE.split()

# Characters in the file -> the letter meant.
_OF_TCVN3 = {chr(int(code, 16)): letter for letter, code in zip(_LETTERS[::3], _LETTERS[1::3], strict=True)}
_OF_TCVN3 |= {"¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ"}
_OF_VNI = {
    written: letter.upper() if written[0].isupper() else letter
    for letter, code in zip(_LETTERS[::3], _LETTERS[2::3], strict=True)
    # A capital is often followed by the mark of a small letter.
    for written in (code.upper(), code[0].upper() + code[1:], code, code[0] + code[1:].upper())
}

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
# A syllable that ends in one of these has the tone sắc or nặng.
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = {"\u0301", "\u0323"}
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
# Every rime of Vietnamese orthography, without tone.
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uy uya uych uyên uyêt uynh uyp uyt uyu
uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu ynh yt
"""
_SYLLABLE = re.compile(f"(?:{'|'.join(_ONSETS.split())})?(?P<rime>{'|'.join(_RIMES.split())})")
_WORD = re.compile(r"[^\W\d_]+")


class Encoding(NamedTuple):
    """An encoding: its name, and the letter for each of its characters or pairs of characters."""

    name: str
    letters: Mapping[str, str]


ENCODINGS = (Encoding("TCVN3", _OF_TCVN3), Encoding("VNI", _OF_VNI))
_TCVN3, _VNI = ENCODINGS
# Longest first: a letter with its mark before the letter alone.
_PATTERNS = {
    one.name: re.compile("|".join(map(re.escape, sorted(one.letters, key=len, reverse=True)))) for one in ENCODINGS
}
# Word on a Vietnamese Windows (code page 1258) decoded the bytes of old fonts so.
_HIGH = bytes(range(0xA0, 0x100))
_OF_1258 = str.maketrans(_HIGH.decode("cp1258"), _HIGH.decode("latin-1"))
# Symbol fonts, as some of these are, use these codes instead of 0x20–0xFF.
_OF_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}
# Vietnamese words that a text in a Unicode font must have in an old encoding, and hardly any in Unicode.
_FEWEST_WORDS = 3
_DOUBLED = re.compile("(?<=\u00ad)\u00ad+")


@lru_cache(maxsize=512)
def encoding_of(font: str) -> Encoding | None:
    """Return the encoding of a font; None for Unicode."""
    if re.match(r"VNI\b", font, re.IGNORECASE):
        return _VNI
    return _TCVN3 if re.match(r"\.Vn[A-Z]|VnTime|VnArial", font, re.IGNORECASE) else None


def shows_capitals(font: str) -> bool:
    """Tell whether a TCVN3 font shows small letters as capitals: .VnTimeH."""
    return font.endswith("H") and encoding_of(font) is _TCVN3


def better_encoding(text: str, encoding: Encoding) -> Encoding:
    """Return the encoding in which a text clearly reads better, or else that of its font."""
    plain = text.translate(_OF_SYMBOLS).translate(_OF_1258)
    counts = {one.name: count_vietnamese_words("".join(_decode(plain, one))) for one in ENCODINGS}
    best = max(ENCODINGS, key=lambda one: counts[one.name])
    return best if counts[best.name] > 2 + 2 * counts[encoding.name] else encoding


def to_unicode(pieces: Sequence[str], encoding: Encoding) -> list[str] | None:
    """Convert a text in pieces, which may split a letter; None if it is Unicode already.

    Each letter goes to the piece in which it begins. A text is Unicode in spite of its font if more of its words are
    spelt correctly so. In close cases the font is right, unless there are letters that the encoding cannot have.
    """
    text = "".join(pieces).translate(_OF_SYMBOLS)
    plain = text.translate(_OF_1258)
    decoded = _decode(plain, encoding)
    as_unicode, as_encoded = count_vietnamese_words(nfc(text)), count_vietnamese_words("".join(decoded))
    if as_unicode >= as_encoded + (0 if _is_beyond(text) else 2) or _is_beyond(plain, 0x1E00):
        return None
    letters = iter(decoded)
    return ["".join(islice(letters, len(piece))) for piece in pieces]


def _is_beyond(text: str, first: int = 0x100) -> bool:
    """Tell whether a text has letters from this code point on."""
    return any(ord(letter) >= first and letter.isalpha() for letter in text)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Tell whether a word, in NFC and any case, is spelt as a Vietnamese syllable."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in letters if mark in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    if not (found := _SYLLABLE.fullmatch(bare)) or len(tones) > 1:
        return False
    return bool(not tones or tones[0] in _STOP_TONES or not found["rime"].endswith(_STOPS))


def marked_words(text: str) -> list[str]:
    """Return the words with letters outside ASCII, in order: only these depend on the encoding."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def count_vietnamese_words(text: str) -> int:
    """Count the words with Vietnamese letters that are spelt correctly."""
    return sum(map(is_syllable, marked_words(text)))


def find_doubtful(text: str) -> list[str]:
    """Return the words with Vietnamese letters in no Vietnamese spelling, each once."""
    return list(dict.fromkeys(word for word in marked_words(text) if not is_syllable(word)))


def _decode(text: str, encoding: Encoding) -> list[str]:
    """Return the letter for each character, "" for a mark that belongs to the one before."""
    decoded = list(text)
    for match in _PATTERNS[encoding.name].finditer(text):
        decoded[match.start() : match.end()] = [encoding.letters[match[0]], *[""] * (len(match[0]) - 1)]
    return decoded


def convert_fonts(inlines: Iterable[Inline], report: ImportReport) -> list[Inline]:
    """Return the inlines of a paragraph in Unicode; texts side by side that share an encoding are one text."""
    found = list(inlines)
    texts = [one for one in found if one.kind == "text"]
    converted: list[str] = []
    for encoding, group in groupby(texts, lambda one: encoding_of(one.font)):
        written, fonts = zip(*((one.text, one.font) for one in group), strict=True)
        converted += _convert(written, fonts, encoding, report) if encoding else _settle(list(written), report)
    left = iter(converted)
    return [one._replace(text=next(left)) if one.kind == "text" else one for one in found]


def _convert(texts: Sequence[str], fonts: Sequence[str], encoding: Encoding, report: ImportReport) -> list[str]:
    single = _single_hyphens(texts)
    encoding = better_encoding("".join(single), encoding)
    if (after := to_unicode(single, encoding)) is None:
        report.changed["đoạn ghi phông chữ cũ mà đã là Unicode, để nguyên"] += any(map(str.strip, texts))
        return list(texts)
    _count(after, encoding, report)
    return [text.upper() if shows_capitals(font) else text for text, font in zip(after, fonts, strict=True)]


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
    if (text := nfc("".join(texts))).isascii():
        return texts
    wrong = find_doubtful(text)
    as_unicode = count_vietnamese_words(text)
    if not wrong and as_unicode:
        return texts
    for encoding in ENCODINGS:
        after = to_unicode(texts, encoding) or ()
        right, words = count_vietnamese_words("".join(after)), marked_words("".join(after))
        if right >= max(_FEWEST_WORDS, 3 * as_unicode) and len(words) <= right * 1.25:
            _count(list(after), encoding, report)
            return list(after)
    for word in wrong:
        readings = ("".join(to_unicode([word], encoding) or ()) for encoding in ENCODINGS)
        report.doubtful += [word] * any(not reading.isascii() and is_syllable(reading) for reading in readings)
    return texts


def _count(after: list[str], encoding: Encoding, report: ImportReport) -> None:
    text = "".join(after)
    report.changed[f"chữ gõ bằng phông {encoding.name} thành Unicode"] += len(text.split())
    report.doubtful += find_doubtful(text)
