"""The names of letters, and words in capitals against abbreviations. Pure."""

import re

from plugins.spoken.context import UPPER
from plugins.spoken.numbers import NORTH, Speech, say_whole
from plugins.vietnamese import fold

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
