"""The type of a document, named over its subject: báo cáo, kế hoạch, thư cảm ơn; or a rubric: gương điển hình. Pure."""

import re
from dataclasses import dataclass

from plugins.vietnamese import fold


def _phrases(table: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in table.split(";")]


_COURTESIES = _phrases("""
cam on; khen; ngo; moi; keu goi; chuc; chuc mung; chia buon; xin loi; tri an; phat dong
""")
# Types that need no subject: the name is enough.
_WHOLE = _phrases("""
giay moi; giay khen; giay gioi thieu; giay xac nhan; giay de nghi; giay uy quyen; don de nghi; don xin; don kien nghi;
don dang ky; don trinh bay; don phan anh; ban cam ket; giay cam ket; ban kiem diem; ban tu nhan xet; ban thoa thuan;
ban thanh tich; bao cao thanh tich; bai phat bieu; dien van; so yeu ly lich; quy uoc; huong uoc; noi quy;
bao cao tom tat thanh tich; bien ban hop; bien ban hoi nghi; bien ban cuoc hop; bien ban binh xet;
ban tom tat thanh tich
""") + [f"{paper} {courtesy}" for paper in ("thu", "loi") for courtesy in _COURTESIES]
_OFFICIAL = _phrases("""
bao cao; ke hoach; to trinh; thong bao; huong dan; quyet dinh; bien ban; nghi quyet; chi thi; ket luan; chuong trinh;
quy che; quy dinh; de an; phuong an; du an; cong van; cong dien; thong tri; thong tu; quy trinh; the le; phu luc;
danh sach; bang tong hop; bang ke; bieu tong hop; bang thong ke; de cuong; ban tom tat; ban thuyet minh;
ban gioi thieu; ban dang ky; phieu dang ky; tham luan; bai tham luan; bai viet; bai du thi; bai tuyen truyen;
bai thu hoach; tin bai; kich ban; hop dong; to khai; phieu lay y kien; phieu binh xet; phieu khao sat; phieu de xuat;
ho so; de xuat; tai lieu; sang kien; chuyen de; bao cao vien; lich cong tac; noi dung; quy chuan; giao uoc
""")
# Over a story. A title may begin with the same words, so only a line of nothing else is a rubric.
_RUBRICS = _phrases("mot so guong; tam guong; guong; dien hinh; nguoi tot; mo hinh; tin; tin tuc; chuyen ke; bai")
# Words that specify a type before the subject begins.
_CLOSER_WORDS = """
thanh tich tom tat tong ket so tham luan chuyen de nhanh xuat qua dien hinh hop phoi lien nganh hoat dong to chuc cong
tac thi dua dang ky ca nhan tap the tien tieu bieu sac dan van kheo nguoi tot viec sang tet mung nam moi hay hoc trong
phong trao thon xa buon bon khu cu hoi nghi lam ban giao kiem tra binh xet
"""
_CLOSER = frozenset(_CLOSER_WORDS.split())
_NUMBER = re.compile(r"(?:so )?(?:[ivx]{1,5}|\d{1,2})[a-z]?")


@dataclass(frozen=True)
class DocumentType:
    """The type in a line: whether its subject follows in the line, and whether it needs none (`is_whole`)."""

    has_subject: bool
    is_whole: bool = False


def _longest_first(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(sorted(phrases, key=len, reverse=True))})(?=\W|$)")


_ANY_WHOLE, _ANY_OFFICIAL = _longest_first(*_WHOLE), _longest_first(*_WHOLE, *_OFFICIAL)
_ANY_RUBRIC = _longest_first(*_RUBRICS)
_BEFORE = re.compile(r"\W*(?:du thao|de cuong|mau)\s+(?=\w)")


def read_document_type(text: str) -> DocumentType | None:
    """Return the type of document that a line names, or None."""
    folded = fold(text)
    if (before := _BEFORE.match(folded)) and _ANY_OFFICIAL.match(folded, before.end()):
        folded = folded[before.end() :]
    if found := _ANY_OFFICIAL.match(folded):
        rest = folded[found.end() :]
        words = re.findall(r"\w+", rest)
        is_closer = not words or bool(_NUMBER.fullmatch(rest.strip(" .:"))) or _CLOSER.issuperset(words)
        return DocumentType(not is_closer, bool(_ANY_WHOLE.match(folded)) or len(words) > 1)
    if found := _ANY_RUBRIC.match(folded):
        words = re.findall(r"\w+", folded[found.end() :])
        return DocumentType(has_subject=False, is_whole=len(words) > 4) if _CLOSER.issuperset(words) else None
    return None
