"""Lines that name only an office, a place or a post, as letterheads do, or a type of document. Pure."""

import re
from dataclasses import dataclass

from plugins.vietnamese import fold, nfc

# First words of places, offices and posts, folded.
_PLACE_HEADS = (
    "xa|phuong|thi tran|tt|huyen|quan|thi xa|thanh pho|tp|tinh|thon|buon|bon|lang|ap|khoi pho|to dan pho|tdp|khu dan cu"
    "|kdc"
)
_OFFICE_HEADS = (
    "uy ban|ubnd|ub|ubmt|ubmttq|mttq|mat tran|hoi dong|hdnd|hoi|ban|dang|chi|doan|lien doan|cong doan|bo|so|phong"
    "|truong|tieu hoc|mam non|mau giao|thcs|thpt|cong an|quan su|bch|btv|btt|huyen uy|tinh uy|thi uy|thanh uy|xa doan"
    "|huyen doan|tinh doan|hop tac xa|htx|cong ty|trung tam|tram|hat|cuc|van phong|cau lac bo|clb|nhom|doi|to|lien doi"
    r"|don|benh vien|ngan hang|tap chi|bao|dai|cum|(?:lop|khoi) \d+\w*|khoi dan van|co quan"
    "|don vi|nha (?:van hoa|truong|tho)|chua"
)
_POST_HEADS = (
    "chu tich|pho|bi thu|giam doc|hieu truong|chu nhiem|thu ky|chu toa|chu tri|dai dien|nguoi|thu truong|ke toan"
    "|thuong truc"
)
_HEAD = re.compile(rf"\W*(?:(?P<place>{_PLACE_HEADS})|{_OFFICE_HEADS}|{_POST_HEADS})(?=\W|$)")
# Signing for an office: TM. is thay mặt, KT. ký thay; or confirming a document.
_SIGNING = re.compile(r"\W*(?:(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)[./]|(?:xac nhan|y kien) cua )")
# Words in names of offices, besides names of places and people.
_OFFICE_WORDS = """
ủy uỷ ban nhân dân ubnd ub ubmt ubmttq mttq mttqvn mt tq mặt trận tổ quốc việt nam hội đồng hđnd thường trực công tác
vận chỉ đạo tuyên giáo chức chấp hành biên tập kiểm tra nội chính đảng bộ cộng sản chi đoàn thanh niên tncs hồ chí
minh liên hiệp phụ nữ nông cựu chiến binh ccb lao động sở phòng trường tiểu học mầm non mẫu thcs thpt trung cơ phổ
thông tộc trú bán an quân sự huy huyện tỉnh thị thành xã hợp htx ty tnhh trách nhiệm hữu hạn tâm trạm y tế hạt lâm cục
văn câu lạc nhóm đội bệnh viện ngân hàng sách tạp báo đài truyền phát hình cụm lớp khối quan đơn vị nhà hóa hoá thể
thao du lịch thôn buôn bon làng ấp phố khu cư phường trấn quận tp tt tdp kdc và đào tạo dục gd gdđt gd&đt tài nguyên
môi nghiệp triển tư pháp thương lđtb xh người cao tuổi chữ thập đỏ khuyến tương thân ái chất độc da cam nạn mẹ sinh
cha thiếu nhi tiền phong tổng phó chủ tịch bí thư trưởng giám đốc hiệu ký toạ tọa trì đại diện thủ lĩnh xác nhận ý
kiến viết lập cáo làm khai cấp trên kế toán tm kt tl tuq q các thi đua khen thưởng tự vệ hòa hoà giải quản lý bảo rừng
số nước vn ubtw ương nghề tôn cán viên lãnh cs kp bch btv btt lhpn hnd ctmt qs vụ quỹ vì nghèo chợ chùa thờ tw
"""
_OFFICES = frozenset(_OFFICE_WORDS.split())
# Words before a name: of a place, a school, a branch.
_NAMED_WORDS = """
xã phường trấn huyện quận tỉnh phố tp tt thôn buôn bon làng ấp khối tổ tdp kdc cư lớp đội cụm học thcs thpt thông non
giáo chi bộ đoàn hội sở trú
"""
_NAMED = frozenset(_NAMED_WORDS.split())
# Words for actions: frequent in titles, never in the name of a place.
_DOING_WORDS = """
làm giữ giúp góp hiến chung tay dọn xây dựng đổi mới thực hiện vươn lên thoát trồng nuôi dạy lo khéo vượt khó đi về
với ở cho bằng biết chăm nhờ từ trong không có học theo đưa đón mở sạch đẹp xanh sáng ơn cùng ra quân thắp vào được
lắp bàn cứu sửa nối đoàn kết gương gìn hát kể chuyện nhặt gác thi tặng nghe nói hỏi đáp bảo hết vui ấm no đảm đang
việc
"""
_DOING = frozenset(_DOING_WORDS.split())
_WORD = re.compile(r"[\w’'ʼ‘`&]+")
_LONGEST_NAME = 4  # words
_LONGEST_SIGNING = 80


def is_place(text: str) -> bool:
    """Tell whether a line begins with a place: xã Đồng Xuân, thôn 3."""
    found = _HEAD.match(fold(text))
    return bool(found and found["place"])


def is_office(text: str, *, is_arranged: bool = False) -> bool:
    """Tell whether a line only names an office, a place or a post; less strictly in the table of a letterhead."""
    folded = fold(text)
    if _SIGNING.match(folded) and len(text) <= _LONGEST_SIGNING:
        return True
    if not _HEAD.match(folded) or text.rstrip().endswith((".", "!", "?", ":", ";")):
        return False
    is_capital = text.isupper()
    # Words since one that may precede a name; -1 before the first.
    named = 0 if is_arranged else -1
    for word in _WORD.findall(nfc(text)):
        lower = word.lower()
        if lower in _NAMED:
            named = 0
        elif lower not in _OFFICES or (named > 0 and lower in _DOING):
            is_name = word[0].isdigit() or (named >= 0 and word[:1].isupper() and not (is_capital and lower in _DOING))
            if not is_name or named >= _LONGEST_NAME:
                return False
            named += named >= 0
    return True


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
    """The type in a line, báo cáo, thư cảm ơn: whether its subject follows there, and whether it needs none."""

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
