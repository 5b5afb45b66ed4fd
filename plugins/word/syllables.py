"""Is a word a Vietnamese syllable? Tells well-read text from text read in the wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
# A syllable that ends in one of these has the tone sắc or nặng, and no other.
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = {"\u0301", "\u0323"}
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
# Every rime of Vietnamese orthography, its tone left out.
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


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Tell whether Vietnamese spelling allows this word, in NFC and any case."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in letters if mark in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    if not found or len(tones) > 1:
        return False
    return bool(not tones or tones[0] in _STOP_TONES or not found["rime"].endswith(_STOPS))


def marked_words(text: str) -> list[str]:
    """Return the words that have letters outside ASCII, in order: those by which an encoding shows."""
    return [word for word in _WORD.findall(text) if not word.isascii()]
