"""How words are read: the same table holds for the reader in the browser (tests/browser/test_search.py)."""

import unicodedata

import pytest

from plugins.search.words import read_words

WORDS = [
    ("Đắk D’rông", "dak drong", "đăk4 drông"),
    ("dak d'rong", "dak drong", "dak drong"),
    ("Cư K’nia, Cư K'NIA", "cu knia cu knia", "cư knia cư knia"),
    ("hòa hoà HÒA", "hoa hoa hoa", "hoa1 hoa1 hoa1"),
    ("thúy thuý", "thuy thuy", "thuy4 thuy4"),
    ("đường Dương", "duong duong", "đương1 dương"),
    ("bà con H’Loan Byă", "ba con hloan bya", "ba1 con hloan byă"),
    ("Klei blŭ Êđê mâo ĕ ŏ ĭ ŭ ƀ", "klei blu ede mao e o i u b", "klei blŭ êđê mâo ĕ ŏ ĭ ŭ ƀ"),
    ("ơ̆ ê̆", "o e", "ơ ê"),
    ("3,2 km và 3.2km", "3,2 km va 3,2 km", "3,2 km va1 3,2 km"),
    ("1.850 m² hay 1850 m2", "1850 m2 hay 1850 m 2", "1850 m2 hay 1850 m 2"),
    ("1.234.567,5", "1,234,567,5", "1,234,567,5"),
    ("19/8/2020", "19 8 2020", "19 8 2020"),
    ("Nghị quyết 1671/NQ-UBTVQH15", "nghi quyet 1671 nq ubtvqh 15", "nghi5 quyêt4 1671 nq ubtvqh 15"),
    ("“Dân vận khéo”!", "dan van kheo", "dân vân5 kheo4"),
    ("thôn-buôn _gạch_", "thon buon gach", "thôn buôn gach5"),
    ("'mở đầu' và ’", "mo dau va", "mơ2 đâu1 va1"),
    ("", "", ""),
]


@pytest.mark.parametrize("normal_form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text", "keys", "forms"), WORDS)
def test_words_are_read_without_and_with_their_marks(text: str, keys: str, forms: str, normal_form: str) -> None:
    words = read_words(unicodedata.normalize(normal_form, text))
    assert " ".join(word.key for word in words) == keys
    assert " ".join(word.form for word in words) == forms
