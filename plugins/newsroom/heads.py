"""The lines at the head or foot of a document, with the role of each by its words: office, motto, byline… Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from plugins.language.names import find_names
from plugins.vietnamese import fold, nfc
from plugins.word.blocks import Block

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
_NUMBER_OF_PART = re.compile(r"(?:so )?(?:[ivx]{1,5}|\d{1,2})[a-z]?")


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
        is_closer = not words or bool(_NUMBER_OF_PART.fullmatch(rest.strip(" .:"))) or _CLOSER.issuperset(words)
        return DocumentType(not is_closer, bool(_ANY_WHOLE.match(folded)) or len(words) > 1)
    if found := _ANY_RUBRIC.match(folded):
        words = re.findall(r"\w+", folded[found.end() :])
        return DocumentType(has_subject=False, is_whole=len(words) > 4) if _CLOSER.issuperset(words) else None
    return None


class Role(Enum):
    """The role of a line. TEXT is any other line: a title, a subject, or something unforeseen."""

    RULE = auto()  # _____, -----, =====o0o=====, *
    MOTTO = auto()
    OFFICE = auto()  # author or signatory of the document
    NUMBER = auto()
    DAY = auto()  # place and date
    MARK = auto()  # a remark on the paper: (Dự thảo), Mẫu số 01, Chuyên mục: …
    GREETING = auto()  # addressee
    ABOUT = auto()  # V/v …, Về việc …
    KIND = auto()  # the type of the document alone
    OPENING = auto()  # the type, followed by the subject
    BYLINE = auto()
    PERSON = auto()  # a name alone
    FACT = auto()  # Lĩnh vực: …, Họ và tên: …
    SECTION = auto()  # I. …, 1. …, Phần thứ nhất
    BODY = auto()
    TEXT = auto()


LONGEST = 300  # characters of a title
_LONGEST_PLAIN = 160  # of a plain line that may be one
_MOST_BLOCKS = 40
_NATION = "cong hoa xa hoi chu nghia viet nam"
_BLANK = r"[\d\s.…_]*"  # a number, or a blank for one


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


# All are matched with a folded line, patterns for whole lines without brackets and stars around it.
_RULE = re.compile(r"[\W_]*(?:[o0]{2,4})?[\W_]*")
_DAY = _any(
    rf"(?:[^.!?:;]{{2,60}}?,?\s*)?(?:ngay{_BLANK} ?)?thang{_BLANK} ?nam{_BLANK}",
    r"[^.!?:;]{2,40},\s*ngay\s*\d+[-/.]\d+[-/.]\d+",
)
_MARK = _any(
    r"(?:mau|bieu|phieu)(?: mau)?(?: so)?\s*[:\d].{0,20}",
    r"du thao.{0,15}",
    r"mat|toi mat|(?:thuong |hoa )?(?:khan|toc)",
    r"ban (?:sao|chinh|thao).{0,15}",
    r"luu hanh noi bo|khong so|gop y lan.*|lan (?:thu )?\d+",
    r"chuyen (?:muc|trang)\b.*|(?:trang|muc)\s*:.*",
)
_MOTTO = _any(
    rf"\b(?:{_NATION}|doc lap\W+tu do\W+hanh phuc)\W*$",
    r"^\W*dang cong san viet nam\W*$",
)
_ABOUT = _any(r"\W*v\s*[/.]\s*v\b", r"\W*ve viec\b", r"\W*trich yeu\s*:")
_NUMBER = _any(r"\W*so\s*[:.…]", r"\W*so\s*[\d…_\s]*[-/]\s*[a-z]{2}")
_GREETING = _any(
    r"(?:dong )?kinh (?:gui|trinh|thua|moi)\b", r"than gui|gui\s*:|noi nhan", r"(?:thua|kinh) (?:cac|toan)\b"
)
_FACT = re.compile(
    r"(?:ho (?:va|,)? ?ten|ten \w+(?: \w+)?|toi ten|nam sinh|sinh (?:ngay|nam)|que quan|dan toc|nghe nghiep|chuc vu"
    r"|don vi|dia chi|dien thoai|noi o|lop|truong|thoi gian|dia diem|thanh phan|chu tri|thu ky|linh vuc|loai(?: hinh)?"
    r"|hinh thuc|nguoi \w+(?: \w+)?|tom tat|anh|so phieu|nguon|theo)\b[^:]{0,30}:"
)
_SECTION = _any(
    r"(?:[ivx]{1,5}|[a-e]|\d{1,2}(?:\.\d{1,2})*)\s?[.)/\-–]+\s?\D",
    r"(?:phan|chuong|dieu|muc) (?:thu )?(?:[ivx\d]+|mot|nhat|hai|ba|bon)\b(?!\s*thang)",
)
# Beginnings of body text, in plain lines.
_BEGINS = _any(
    r"hom nay\b|loi dau tien\b|can cu\b|gui \w|kinh thua",
    r"(?:(?:sang|trua|chieu|toi|vao|tu|ngay) )+\d|vao (?:luc|hoi)\b|hoi \d",
    r"(?:thuc hien|theo|tiep theo|qua|xet)\b.{0,60}\b(?:so|ngay)\b",
    r"(?:toi|chung toi|em|chau|gia dinh toi|thay mat|duoc su)\b",
    r"trong (?:nhung|thoi|nam|cac|suot)\b.*,",
)
_ENDS = re.compile(r"[.!?…;:,][”\"’)]?$")
_WRITER = re.compile(
    r"^\W*(?:(?P<who>tác giả|người viết(?: bài| tin)?|bài viết(?: của)?)"
    r"|(?:tin|bài)(?:,? (?:và )?bài)?(?:,? ?(?:và |- ?)?ảnh)?)"
    r"\s*:\s*(?P<name>[^\W\d_][^:;|]{1,79}?)(?:[\s,;.–-]+(?:ảnh|hình)\s*:[^:]*)?\W*$",
    re.IGNORECASE,
)
# In capitals most family names are words too: NÔNG THÔN, MÙA XUÂN, ĐOÀN KẾT. These are surely names.
_SURE = _any(
    "(?:NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|NGÔ|ĐINH|TRỊNH|TRƯƠNG|ĐÀM|TRIỆU|HỨA) ",
    r"\S+ (?:VĂN|THỊ) \S",
    r"H[’'ʼ‘`]\S|Y \S",
)
_HIGHLAND = re.compile(r"(?:(?:Điểu|Thị) )?K[’'ʼ‘`]\w+(?: \w+)?|Điểu \w+")


class _Seen(NamedTuple):
    text: str
    folded: str
    bare: str
    stands_out: bool
    is_arranged: bool

    @property
    def is_sentence(self) -> bool:
        """Whether this is a sentence of the body, or begins one."""
        if self.stands_out:
            return len(self.text) > 120 and self.text.endswith((".", ";", ":"))
        return bool(_ENDS.search(self.text) or len(self.text) > _LONGEST_PLAIN or _BEGINS.match(self.folded))


# The first condition that holds decides.
_ROLES: tuple[tuple[Role, Callable[[_Seen], object]], ...] = (
    (Role.RULE, lambda seen: _RULE.fullmatch(seen.bare)),
    (Role.DAY, lambda seen: _DAY.fullmatch(seen.bare)),
    (Role.BYLINE, lambda seen: read_byline(seen.text)),
    (Role.ABOUT, lambda seen: _ABOUT.match(seen.folded)),
    (Role.MARK, lambda seen: re.fullmatch(r"\(.*\)", seen.text) or _MARK.fullmatch(seen.bare)),
    (Role.MOTTO, lambda seen: _MOTTO.search(seen.folded)),
    (Role.NUMBER, lambda seen: _NUMBER.match(seen.folded)),
    (Role.GREETING, lambda seen: _GREETING.match(seen.folded)),
    (Role.FACT, lambda seen: _FACT.match(seen.folded)),
    (Role.SECTION, lambda seen: _SECTION.match(seen.folded)),
    (Role.BODY, lambda seen: len(seen.text) > LONGEST),
    (Role.KIND, lambda seen: (kind := read_document_type(seen.text)) and not kind.has_subject),
    (Role.OPENING, lambda seen: seen.stands_out and read_document_type(seen.text)),
    (Role.OFFICE, lambda seen: is_office(seen.text, is_arranged=seen.is_arranged)),
    (Role.PERSON, lambda seen: is_person(seen.text)),
    (Role.BODY, lambda seen: seen.is_sentence),
)


def classify(text: str, *, stands_out: bool, is_arranged: bool = False) -> Role:
    """Return the role of a line by its words, and by whether it stands out or is in the table of a letterhead."""
    seen = _Seen(text, fold(text), fold(text).strip("()* .:"), stands_out, is_arranged)
    return next((role for role, holds in _ROLES if holds(seen)), Role.TEXT)


def read_byline(text: str) -> str:
    """Return the name in a byline, "" for any other line: “Tin: …” may also begin a title."""
    if not (found := _WRITER.match(text)) or not found["name"][0].isupper():
        return ""
    names = re.split(r"\s*(?:[,;&–-]|\bvà\b)\s*", found["name"])
    is_named = all(is_office(name) or all(word[0].isupper() for word in name.split()) for name in names if name)
    return found["name"].strip() if found["who"] or is_named else ""


def is_person(text: str) -> bool:
    """Tell whether a line is only the name of a person."""
    text = text.strip(" .,()*")
    if text.isupper():
        if len(text.split()) > 4 or not _SURE.match(text):
            return False
        text = text.title()
    is_named = any((name.start, name.end) == (0, len(text)) for name in find_names(text))
    return is_named or bool(_HIGHLAND.fullmatch(text))


@dataclass(frozen=True)
class HeadLine:
    """A line with its role and look; `block` is the index of its block."""

    text: str
    role: Role
    block: int
    is_styled: bool = False  # in the style Title
    level: int = 0  # of a heading, 0 for any other
    is_bold: bool = False
    is_arranged: bool = False

    @property
    def is_capital(self) -> bool:
        return self.text.isupper()

    @property
    def stands_out(self) -> bool:
        return self.is_styled or self.level > 0 or self.is_bold or self.is_capital

    @property
    def look(self) -> tuple[bool, bool, int]:
        # Bold lines become headings because of the lines that follow, not because of their look.
        return self.is_styled, self.is_bold, 0 if self.is_bold else self.level


def read_head(blocks: Sequence[Block]) -> list[HeadLine]:
    """Return the lines of a document up to the first of its body text, without tables and pictures."""
    lines: list[HeadLine] = []
    for number, block in enumerate(blocks[:_MOST_BLOCKS]):
        # Stars with spaces between them look like a list.
        if block.kind == "list" and classify(block.text, stands_out=False) is not Role.RULE:
            break
        for line in _lines(number, block):
            lines.append(line)
            if line.role in (Role.BODY, Role.SECTION):
                return lines
    return lines


def read_lines(blocks: Sequence[Block]) -> list[HeadLine]:
    """Return every line of paragraphs and headings."""
    return [line for number, block in enumerate(blocks) for line in _lines(number, block)]


def _lines(number: int, block: Block) -> Iterator[HeadLine]:
    if block.kind not in ("title", "heading", "paragraph"):
        return
    level = len(block.markdown) - len(block.markdown.lstrip("#")) if block.kind == "heading" else 0
    for text in filter(None, map(str.strip, block.text.split("\n"))):
        stands_out = block.kind != "paragraph" or block.bold or text.isupper()
        role = classify(text, stands_out=stands_out, is_arranged=block.arranged)
        yield HeadLine(text, role, number, block.kind == "title", level, block.bold, block.arranged)
