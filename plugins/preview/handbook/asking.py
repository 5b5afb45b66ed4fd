"""How staff ask: words of asking, which say nothing of the thing asked, and their own words for the handbook's."""

import re

_ASKING = re.compile(
    "ai|ban|bi|cac|cai|can|cho|chi|co|con|cua|do|duoc|gi|hay|hoi|khi|khong|kieu|la|lai|lam|len|ma|minh|muon"
    "|nao|nay|nhi|nhu|nhung|oi?|phai|roi|sao|the|theo|thi|toi|va|vay|ve|vi|voi|xin"
)
# Without marks. A phrase that stands for itself keeps a part of it from being replaced.
SYNONYMS = {
    "ba con": "nguoi trong bai",
    "chinh ta": "sai",
    "clip": "video",
    "copy": "dan",
    "dien hinh": "dien hinh",
    "dua bai len": "dang bai len",
    "dung hinh": "dung hinh",
    "file": "tep",
    "font": "phong",
    "hinh": "anh",
    "khong vao duoc": "khong mo duoc",
    "gui bai len tinh": "gui bai len cap tren",
    "laptop": "may",
    "link": "lien ket",
    "man hinh den": "cua so den",
    "man hinh": "man hinh",
    "may vi tinh": "may",
    "mo hinh": "mo hinh",
    "nguoi dan": "nguoi trong bai",
    "paste": "dan",
    "phan mem": "chuong trinh",
    "pass": "mat khau",
    "password": "mat khau",
    "phuc hoi": "khoi phuc",
    "sdt": "so dien thoai",
    "tai anh": "tha anh",
    "tre han": "qua han",
    "up": "dang",
    "utf8": "utf 8",
    "website": "trang",
    "web": "trang",
}
_PHRASES = re.compile(rf"\b(?:{'|'.join(sorted(SYNONYMS, key=len, reverse=True))})\b")


def is_asking(word: str) -> bool:
    """Return whether a word without marks only asks."""
    return bool(_ASKING.fullmatch(word))


def reword(words: str) -> str:
    """Return words without marks, with those of staff replaced by the handbook's."""
    return _PHRASES.sub(lambda found: SYNONYMS[found[0]], words)
